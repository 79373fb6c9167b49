"""The notes on one competency of the people compared, side by side."""

from __future__ import annotations

from collections.abc import Collection

from assess.i18n import N_
from assess.tui.screens.ground import GroundScreen
from assess.tui.widgets.lines import Row
from assess.tui.widgets.notes_rows import notes_rows


class CompareNotesScreen(GroundScreen):
    """``candidates`` by code with the name to show; ``among`` are the competencies to leaf."""

    ABOUT = N_(
        "The candidates side by side on one competency: each item with what every rater "
        "answered and noted on each of them."
    )

    def __init__(
        self, candidates: dict[str, str], module: str, competency: str, among: list[str]
    ) -> None:
        super().__init__(module, competency, among)
        self._candidates = candidates

    def people(self) -> Collection[str]:
        """Those compared."""
        return self._candidates

    def ground(self, width: int) -> list[Row]:
        """A column each."""
        found = {
            code: self.workspace.evidence(code, self._competency, self._module)
            for code in self._candidates
        }
        return notes_rows(self.workspace.pack, found, self._candidates, width)
