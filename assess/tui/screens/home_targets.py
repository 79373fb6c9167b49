"""The places that one line of home leads to, to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from assess.i18n import _
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.home_todo import Target


class TargetsScreen(Chooser[Target]):
    """Which of several to go to."""

    def __init__(self, title: str, targets: Iterable[Target]) -> None:
        super().__init__()
        self._title = title
        self._targets = list(targets)

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return self._title, _("type to find")

    def rows(self) -> list[Row[Target]]:
        """A line each."""
        return [Row(target, target.words, Content(target.words)) for target in self._targets]
