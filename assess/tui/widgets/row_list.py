"""The rows of a dialogue: one of them is lit, those in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from assess.tui.widgets.drawn import laid_out_once, strip_of
from assess.tui.widgets.scrolled import BarAtOnce


class RowList(BarAtOnce, ScrollView, can_focus=False):
    """Rows of one line each; the line above them has the keys.

    It stays as high as most rows needed, so that nothing jumps while they are narrowed.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--lit"}
    # room for the bar is kept, so that nothing is laid out again where it comes or goes
    DEFAULT_CSS = "RowList { height: auto; overflow: hidden scroll; }"

    virtual_size = laid_out_once()

    @dataclass
    class Picked(Message):
        """Somebody clicked on a row."""

        place: int

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Content] = ()
        self._lit: int | None = None
        self._most = 0

    @property
    def highlighted(self) -> int | None:
        """The place of the row that is lit; None where there are no rows."""
        return self._lit

    @property
    def words(self) -> list[str]:
        """The words of all rows."""
        return [line.plain for line in self._lines]

    def show(self, lines: Sequence[Content], at: int) -> None:
        """Show other rows, with the cursor at a place or as near to it as there are rows."""
        self._lines = lines
        self._lit = min(at, len(lines) - 1) if lines else None
        self.virtual_size = Size(0, len(lines))
        grown = len(lines) > self._most
        self._most = max(self._most, len(lines))
        self.refresh(layout=grown)
        if grown:
            self.call_after_refresh(self._bring)
        else:
            self._scroll_update(self.virtual_size)
            self._bring()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as there were at most."""
        return self._most

    def move(self, by: int) -> None:
        """Light another row."""
        if self._lit is not None:
            self._lit = min(len(self._lines) - 1, max(0, self._lit + by))
            self.refresh()
            self._bring()

    def _bring(self) -> None:
        if self._lit is not None:
            self.scroll_to_region(Region(0, self._lit, 1, 1), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Draw the line ``y`` of what is in sight, cut with "…" where room is short."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        style = self.visual_style
        if place >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        if place == self._lit:
            style += Style.from_styles(self.get_component_styles("row-list--lit"))
        line = self._lines[place].truncate(width, ellipsis=True)
        drawn = strip_of(line, y, style, self._get_style)
        return drawn.extend_cell_length(width, style.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Say which row was clicked."""
        place = event.y + self.scroll_offset.y
        if place < len(self._lines):
            self.post_message(self.Picked(place))
