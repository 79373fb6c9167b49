"""Decisions: who is appointed as A and B of each module, by whom and why; the tool proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.i18n import N_, _, ngettext
from assess.tui.commands import Command, back, bindings
from assess.tui.screens.decision_asking import ask_decision
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.decision_rows import RoleTable, decisions_page
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.cover_results import CoverPlan
    from assess.workspace.results import Ranking


class DecisionsScreen(MeasuredScreen):
    """All modules with what is decided or proposed, and the history; ``module`` is lit at first."""

    ABOUT = N_(
        "proposed: by the plan that covers all modules best, with what is decided kept. "
        "A decision that departs from it takes a reason; an open release or a gate that is "
        "not yes refuses the appointment. Earlier decisions stay on record."
    )

    ACTIONS = (
        Command(
            "decisions.decide",
            "decide_module",
            "enter,d",
            N_("decide"),
            N_("Appoint role A and role B of the module, with your name and the reason."),
            footer=1,
        ),
        Command(
            "decisions.ranking",
            "open_ranking",
            "m",
            N_("ranking"),
            N_("The order of this module."),
            footer=3,
        ),
        back("decisions"),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, module: str = "", *, ranking: Ranking | None = None) -> None:
        super().__init__()
        self._at = module
        self._ranking = ranking
        self._plan: CoverPlan | None = None

    def compose(self) -> ComposeResult:
        """Title, modules and history, keys."""
        yield TitleBar()
        yield Rows(id="decisions")
        yield KeyBar()

    async def measure(self) -> None:
        """Rank, and plan around what is decided."""
        from assess.workspace.covering import plan

        self._ranking = await measured(self.workspace.rank)
        self._plan = await measured(lambda: plan(self.workspace, decided=True, explain=False))
        self.show_words()

    @property
    def _rows(self) -> Rows:
        return self.query_one("#decisions", Rows)

    def show_words(self) -> None:
        """Everything anew; the cursor stays on its module."""
        from assess.workspace.deciding import decisions, history

        workspace = self.workspace
        taken = decisions(workspace)
        modules = workspace.modules
        self.title_bar(
            _("Decisions · {engagement}").format(engagement=workspace.engagement.name),
            ngettext("{n} of {all} module decided", "{n} of {all} modules decided", len(modules))
            .format(n=len(taken), all=len(modules)),
        )  # fmt: skip
        width = max(20, self.size.width - 1)
        table = RoleTable(
            workspace.pack,
            workspace.candidates(),
            taken,
            self._plan,
            self._ranking,
            self.waiting_words,
        )
        page = decisions_page(table.rows(modules), history(workspace), self._notes(), width)
        self._rows.show(page, self._at or None)
        self._at = ""

    def _notes(self) -> list[str]:
        """What stands against appointing whom the plan proposes, and roles that stay open."""
        if self._plan is None:
            return []
        seats = [(m.module, seat) for m in self._plan.modules for seat in (m.a, m.b) if seat]
        found = [
            _("{candidate} in {module} not yet: {reason}").format(
                candidate=seat.candidate, module=module, reason=reason
            )
            for module, seat in seats
            for reason in seat.refused
        ]
        return found + [one.why for one in self._plan.infeasible]

    # -- commands

    def on_rows_picked(self) -> None:
        """Decide on the module."""
        self.action_decide_module()

    def action_decide_module(self) -> None:
        """Ask for A, B, name and reason, and record them."""
        module = self._rows.key
        if module:
            self.app.run_worker(self._decide(module), group="deciding", exclusive=True)

    async def _decide(self, module: str) -> None:
        if await ask_decision(self.app, module) is not None:
            self.measure_again()

    def action_open_ranking(self) -> None:
        """The order of the module under the cursor."""
        from assess.tui.screens.ranking import RankingScreen

        screen = RankingScreen(self._rows.key or None, ranking=self._ranking)
        self.app.push_screen(screen)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
