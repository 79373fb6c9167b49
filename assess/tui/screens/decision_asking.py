"""Asking for a decision on a module: role A, role B, who decides, and the reason."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.content import Content

from assess import i18n
from assess.errors import AssessError
from assess.i18n import _, clauses
from assess.tui.commands import spelled
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.message import LineScreen
from assess.tui.screens.ranking_measured import measured
from assess.tui.widgets.statuses import short_status
from assess.tui.widgets.wrapping import pad
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.cover_results import CoverPlan
    from assess.workspace.deciding import Decision
    from assess.workspace.results import CandidateResult, ModuleResult

NOBODY = ""
"""What :class:`RoleScreen` gives for a role that stays empty."""


class RoleScreen(Chooser[str]):
    """Who takes a role: the module's candidates in their order, with what stands against them."""

    def __init__(
        self,
        module: ModuleResult,
        role: str,
        proposed: str | None,
        *,
        beside: str = "",
        at: str | None = None,
        names: bool = True,
    ) -> None:
        super().__init__()
        self._module = module
        self._role = role
        self._proposed = proposed
        self._beside = beside
        self._at = at or proposed
        self._names = names

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        asked = (
            _("{module}: who takes role A?") if self._role == "a" else _("{module}: and role B?")
        )
        return asked.format(module=self._module.module), _("type to find")

    def rows(self) -> list[Row[str]]:
        """A row for each who stands for the module; role B may stay empty."""
        people = [one for one in self._module.candidates if one.candidate != self._beside]
        rows = [self._row(one) for one in people]
        if self._role == "b":
            nobody = _("nobody for now")
            rows.append(Row(NOBODY, nobody, Content(nobody)))
        return rows

    def start_row(self) -> int:
        """The one proposed or asked for."""
        values = [row.value for row in self.rows()]
        return values.index(self._at) if self._at in values else 0

    def _row(self, one: CandidateResult) -> Row[str]:
        from assess.workspace.cover_words import refusals

        pack, name = self.workspace.pack, one.name if self._names else ""
        notes = [_("proposed")] if one.candidate == self._proposed else []
        notes += [
            _("not yet: {reason}").format(reason=reason)
            for reason in refusals(pack, one, i18n.language())
        ]
        line = Content.assemble(
            (pad(one.candidate, 8), "bold"),
            " ",
            pad(name, 12) if self._names else "",
            " ",
            pad(wording.score(one), 12),
            pad(short_status(pack, one), 18),
            (" · ".join(notes), "$accent"),
        )
        return Row(one.candidate, f"{one.candidate} {name}", line)


async def ask_decision(
    app: AssessApp, module: str, *, at: str | None = None, names: bool = True
) -> Decision | None:
    """Ask, weigh and record; None where it was left or refused, which is then shown.

    ``at`` is the candidate on whom the question for role A begins.
    """
    try:
        return await _ask(app, module, at, names)
    except AssessError as error:
        app.show_error(error)
        return None


async def _ask(app: AssessApp, module: str, at: str | None, names: bool) -> Decision | None:
    from assess.workspace.deciding import decide, history, proposal_for, refuse_appointment, weigh

    workspace = app.workspace
    ranking = await measured(lambda: workspace.rank([module]))
    result = ranking.modules[0]
    proposal: CoverPlan = await measured(lambda: proposal_for(workspace, module))
    seats = {role: proposal.seat(module, role) for role in ("a", "b")}
    proposed = {role: seat.candidate if seat else None for role, seat in seats.items()}
    a = await app.push_screen_wait(RoleScreen(result, "a", proposed["a"], at=at, names=names))
    if a is None:
        return None
    refuse_appointment(workspace, result, a)
    b = await app.push_screen_wait(RoleScreen(result, "b", proposed["b"], beside=a, names=names))
    if b is None:
        return None
    weighed = await measured(lambda: weigh(workspace, module, a=a, b=b or None))
    title = _("{module}: A {a}, B {b}").format(module=module, a=a, b=b or wording.DASH)
    earlier = history(workspace)
    by = await app.push_screen_wait(
        LineScreen(title, _("Who decides?"), value=earlier[-1].name if earlier else "")
    )
    if by is None:
        return None
    asked = spelled(_("Why? It stays on record; ↵ alone leaves it out."))
    if weighed.departs:
        asked = _("This departs from what was proposed and takes a reason: {departs}. Why?").format(
            departs=clauses(weighed.departs)
        )
    reason = await app.push_screen_wait(LineScreen(title, asked, optional=not weighed.departs))
    if reason is None:
        return None
    taken = await asyncio.to_thread(
        lambda: decide(workspace, module, a=a, b=b or None, name=by, reason=reason)
    )
    app.notify(
        _("{module}: A {a}, B {b}, decided by {name}").format(
            module=taken.module, a=taken.a, b=taken.b or wording.DASH, name=taken.name
        )
    )
    return taken
