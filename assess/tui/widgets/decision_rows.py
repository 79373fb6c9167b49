"""Roles of the modules as lines: who is decided or proposed, and what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assess.i18n import _, language
from assess.model.pack import Pack
from assess.model.pack_file import Module
from assess.model.people import Candidate
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.workspace import wording
from assess.workspace.cover_results import CoverPlan
from assess.workspace.deciding import Decision
from assess.workspace.results import Ranking

_NAME_LEAST = 8


@dataclass(frozen=True)
class RoleTable:
    """Who is decided or proposed in each module; ``plan`` and ``ranking`` may not be known yet."""

    pack: Pack
    people: Mapping[str, Candidate]
    taken: Mapping[str, Decision]
    plan: CoverPlan | None
    ranking: Ranking | None
    waiting: str

    def rows(self, modules: Sequence[Module]) -> list[Row]:
        """A line for each module, its code as key: A and B, decided by whom or proposed."""
        code = widest([module.id for module in modules], most=10)
        seats = {m.id: [self._called(m.id, role) for role in ("a", "b")] for m in modules}
        wide = [widest([pair[at] for pair in seats.values()], most=34) for at in (0, 1)]
        states = {module.id: self._state(module.id) for module in modules}
        state = widest(list(states.values()), most=40)

        def draw(module: Module) -> Callable[[int], Spans]:
            def line(width: int) -> Spans:
                room = width - 3 - code - 1 - 2 * 4 - sum(wide) - state - 3
                name = self.pack.say(module.name, language())
                a, b = seats[module.id]
                cells = [
                    (module.id, code, "strong"),
                    (name, min(30, room) if room >= _NAME_LEAST else 0, ""),
                    ("A", 1, "accent"),
                    (a, wide[0], ""),
                    ("B", 1, "accent"),
                    (b, wide[1], ""),
                    (states[module.id], state, "" if module.id in self.taken else "muted"),
                ]
                return fit_spans([("   ", ""), *columns(cells)], width)

            return line

        return [Row(draw(module), module.id, module.id) for module in modules]

    def _state(self, module: str) -> str:
        decision = self.taken.get(module)
        if decision is not None:
            return _("decided {day}, {name}").format(day=decision.at[:10], name=decision.name)
        return self.waiting if self.plan is None else _("proposed")

    def _called(self, module: str, role: str) -> str:
        """Who holds a role, with the score: ``JA Jia 84.2 ±7.1``."""
        decision = self.taken.get(module)
        if decision is not None:
            code = decision.a if role == "a" else decision.b
        else:
            seat = self.plan.seat(module, role) if self.plan else None
            code = seat.candidate if seat else None
        if code is None:
            return wording.DASH
        orders = self.ranking.modules if self.ranking else []
        result = next((m.of(code) for m in orders if m.module == module), None)
        name = self.people[code].name if code in self.people else ""
        score = wording.score(result) if result else ""
        return " ".join(part for part in (code, name, score) if part)


def history_rows(told: Sequence[Decision], width: int) -> list[Row]:
    """What was decided, the newest first, with reason and in which way it departed."""
    rows: list[Row] = []
    for one in reversed(told):
        state = _("in force") if one.in_force else _("replaced")
        said = _("{day} {module}: A {a}, B {b} · {name} · {state}").format(
            day=one.at[:10],
            module=one.module,
            a=one.a or wording.DASH,
            b=one.b or wording.DASH,
            name=one.name,
            state=state,
        )
        rows += prose_rows(said, width, "strong" if one.in_force else "muted", hang=2)
        if one.reason:
            rows += prose_rows(_("reason: {reason}").format(reason=one.reason), width, indent=5)
        for line in one.departs:
            words = _("departs from the proposal: {what}").format(what=line)
            rows += prose_rows(words, width, "muted", indent=5)
    if not rows:
        return [text_row("   " + _("nothing was decided yet"), "muted")]
    return rows


def decisions_page(
    modules: list[Row], told: Sequence[Decision], notes: Sequence[str], width: int
) -> list[Row]:
    """The whole page: modules, what stands open, history."""
    rows = [rule(_("Role A and role B")), *modules]
    for note in notes:
        rows += prose_rows(note, width, "warning", hang=2)
    return [*rows, text_row(""), rule(_("Decisions so far")), *history_rows(told, width)]
