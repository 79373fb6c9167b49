"""Where the lines of the cover lead: why, facts, decisions, the departure kit, growth."""

from __future__ import annotations

from assess.i18n import _
from assess.tui.screens import cover_asking as asking
from assess.tui.screens.cover_work import CoverWork
from assess.tui.widgets.rows import Rows


class CoverPlaces(CoverWork):
    """Lines with keys such as ``module:COST`` and ``person:JA``."""

    @property
    def _rows(self) -> Rows:
        return self.query_one("#plan", Rows)

    def under_cursor(self, kind: str) -> str:
        """The code of the module or person that is lit; empty where it is another kind."""
        here, _colon, code = self._rows.key.partition(":")
        return code if here == kind else ""

    def on_rows_picked(self) -> None:
        """Open what is under the cursor."""
        self.action_open_line()

    def action_open_line(self) -> None:
        """Why each was chosen in a module; where the points of a person come from."""
        module, person = self.under_cursor("module"), self.under_cursor("person")
        if module and self._plan is not None:
            from assess.tui.screens.cover_why import CoverWhyScreen

            self.app.push_screen(CoverWhyScreen(self._plan, module))
        elif person:
            from assess.tui.screens.why import WhyScreen

            self.app.push_screen(WhyScreen(person))

    def action_decide_module(self) -> None:
        """Open the decisions at this module."""
        from assess.tui.screens.decisions import DecisionsScreen

        self.app.push_screen(DecisionsScreen(self.under_cursor("module")))

    def action_open_facts(self) -> None:
        """Open the facts of this module, of the first where a person is lit."""
        from assess.tui.screens.cover_facts import FactsScreen

        self.app.push_screen(FactsScreen(self.under_cursor("module")))

    def action_open_kit(self) -> None:
        """Open the departure kit of the marked, of who is under the cursor where nobody is."""
        if not self.choices.marked and (person := self.under_cursor("person")):
            self.choices.mark(person)
            self.show_words()
        if not self.choices.marked:
            self.notify(_("mark who leaves with space first"))
            return
        from assess.tui.screens.departures import DepartureScreen

        self.app.push_screen(DepartureScreen())

    def action_export_plan(self) -> None:
        """Open the export of the plan, of the kit where people are marked."""
        asking.export_plan(self.app, "kit" if self.choices.marked else "plan")

    def action_show_formula(self) -> None:
        """How cover is worked out."""
        if self._plan is not None:
            from assess.tui.screens.cover_why import FormulaScreen

            self.app.push_screen(FormulaScreen(self._plan))

    def action_try_departures(self) -> None:
        """Try them all; list them once they were."""
        if self._worst is None:
            self.try_departures(again=True)
        else:
            from assess.tui.screens.cover_why import WorstScreen

            self.app.push_screen(WorstScreen(self._worst))

    def action_open_growth(self) -> None:
        """The pool's growth."""
        from assess.tui.screens.growth_pool import PoolScreen

        self.app.push_screen(PoolScreen())
