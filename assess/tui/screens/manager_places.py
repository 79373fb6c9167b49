"""The places that home and the ranking both lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.tui.screens.ranking_measured import MeasuredScreen

if TYPE_CHECKING:
    from assess.workspace.results import Ranking


class ManagerPlaces(MeasuredScreen):
    """A screen of figures from which grid, cover, growth, raters … are opened."""

    _ranking: Ranking | None

    @property
    def module_here(self) -> str:
        """The module under the cursor or on the screen; empty where there is none."""
        return ""

    def action_open_grid(self) -> None:
        """Every candidate in every module."""
        from assess.tui.screens.grid import GridScreen

        self.app.push_screen(GridScreen(ranking=self._ranking))

    def action_open_cover(self) -> None:
        """Who stands behind whom."""
        from assess.tui.screens.cover import CoverScreen

        self.app.push_screen(CoverScreen(self.module_here))

    def action_open_growth(self) -> None:
        """The growth of all candidates."""
        from assess.tui.screens.growth_pool import PoolScreen

        self.app.push_screen(PoolScreen())

    def action_open_raters(self) -> None:
        """How the raters rate."""
        from assess.tui.screens.raters import RatersScreen

        self.app.push_screen(RatersScreen())

    def action_open_decisions(self) -> None:
        """Who is decided or proposed."""
        from assess.tui.screens.decisions import DecisionsScreen

        self.app.push_screen(DecisionsScreen(self.module_here, ranking=self._ranking))

    def action_ask_fairness(self) -> None:
        """Ask for a file of groups and show the report."""
        from assess.tui.screens.fairness import ask_fairness

        self.app.run_worker(ask_fairness(self.app, self.module_here), group="fairness")
