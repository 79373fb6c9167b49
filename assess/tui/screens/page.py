"""A page to read through: lines that follow language and width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult

from assess.tui.commands import Command, back, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.lines import Row
from assess.tui.widgets.rows import Rows

BACK = back("page")


class PageScreen(AppScreen[None]):
    """Subclasses give :meth:`heading` and :meth:`page`."""

    ACTIONS: ClassVar[tuple[Command, ...]] = (BACK,)
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def heading(self) -> Sequence[str]:
        """The words of the top line, the left ones first."""
        raise NotImplementedError

    def page(self, width: int) -> Sequence[Row]:
        """The lines for a width in cells."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        yield TitleBar()
        yield Rows(id="page")
        yield KeyBar()

    def show_words(self) -> None:
        """Everything anew; the cursor stays."""
        left, *right = self.heading()
        self.title_bar(left, *right)
        self.rows.show(self.page(max(20, self.size.width - 1)))

    @property
    def rows(self) -> Rows:
        """The lines on the screen."""
        return self.query_one("#page", Rows)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
