"""A long list to walk through: only the lines in sight are drawn, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assess.i18n import N_
from assess.tui.widgets.cells import Spans
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import COMPONENTS, LINE_STYLES, DrawnLines, Row, text_of
from assess.tui.widgets.scrolled import BarAtOnce

_KEPT = 200
"""Rows kept as they were drawn: some screens full, whatever is walked through."""


class Rows(BarAtOnce, ScrollView, DrawnLines, can_focus=True):
    """A list of lines with a cursor on those that have a key."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS
    DEFAULT_CSS = (
        "Rows { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable;"
        # a list as high as its rows would keep a row free for a scrollbar that it never has
        " scrollbar-size-horizontal: 0; " + LINE_STYLES + " }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("up"), show=False),
        Binding("down", "move(1)", N_("down"), show=False),
        Binding("pageup", "page(-1)", N_("a page up"), show=False),
        Binding("pagedown", "page(1)", N_("a page down"), show=False),
        Binding("home", "edge(-1)", N_("the first"), show=False),
        Binding("end", "edge(1)", N_("the last"), show=False),
        Binding("enter", "pick", N_("open"), show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor came to the row of this key."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """The list that it happened in."""
            return self.rows

    @dataclass
    class Picked(Message):
        """The row of this key was opened: by Enter, or by a click."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """The list that it happened in."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._cursor = -1
        self._kept: LRUCache[tuple[int, int, bool], Strip] = LRUCache(_KEPT)

    # -- content

    def show(self, rows: Sequence[Row], at: str | None = None) -> None:
        """Show these rows instead; the cursor stays on its key, or goes to ``at``."""
        wanted = at or self.key
        before = self._cursor
        self._rows = rows
        keys = [i for i, row in enumerate(rows) if row.key]
        same = next((i for i in keys if rows[i].key == wanted), None)
        near = next((i for i in keys if i >= before), keys[-1] if keys else -1)
        self._cursor = near if same is None else same
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.refresh()
        if self.size:  # in the same frame; and again behind it, where the rows make themselves room
            self._keep_in_sight()
        self.call_after_refresh(self._keep_in_sight)
        if self.key:
            self.post_message(self.Highlighted(self, self.key))

    @property
    def key(self) -> str:
        """The key of the row under the cursor, empty where there is none."""
        return self._rows[self._cursor].key if 0 <= self._cursor < len(self._rows) else ""

    @property
    def text(self) -> str:
        """The words of all rows, a line each."""
        return text_of(self._rows, self.scrollable_content_region.width)

    @property
    def row_text(self) -> str:
        """The words of the row under the cursor, empty where there is none."""
        rows = self._rows[self._cursor : self._cursor + 1] if self.key else ()
        return text_of(rows, self.scrollable_content_region.width)

    def go_to(self, key: str) -> None:
        """Put the cursor on the row of that key, if there is one."""
        for index, row in enumerate(self._rows):
            if row.key == key and key:
                self._put_cursor(index)
                return

    def find(self, wanted: str, *, onwards: bool = False) -> bool:
        """Go to the next row whose words hold ``wanted``, around the end; False if none does."""
        wanted = wanted.casefold()
        count = len(self._rows)
        start = max(0, self._cursor) + (1 if onwards else 0)
        for step in range(count):
            index = (start + step) % count
            row = self._rows[index]
            if row.key and wanted in row.words.casefold():
                self._put_cursor(index)
                return True
        return False

    # -- moving

    def _put_cursor(self, index: int) -> None:
        if index == self._cursor:
            return
        before, self._cursor = self._cursor, index
        self.refresh_line(before)
        self.refresh_line(index)
        self._keep_in_sight()
        self.post_message(self.Highlighted(self, self.key))

    def _keep_in_sight(self) -> None:
        if self._cursor < 0:
            return
        first = self._cursor
        while first > 0 and not self._rows[first - 1].key and self._cursor - first < 3:
            first -= 1  # the headings over the first row of a section come into sight with it
        height = self._cursor - first + 1
        if height <= self.scrollable_content_region.height:
            self.scroll_to_region(
                Region(0, first, 1, height), animate=False, force=True, immediate=True
            )

    def _step(self, direction: int, start: int) -> int:
        """The next row with a key from ``start`` in a direction, or where the cursor is."""
        index = start
        while 0 <= index < len(self._rows):
            if self._rows[index].key:
                return index
            index += direction
        return self._cursor

    def action_move(self, direction: int) -> None:
        """Go to the next or the previous row; at the edges show what lies beyond."""
        target = self._step(direction, self._cursor + direction)
        if target == self._cursor:
            self.scroll_relative(y=direction, animate=False)
        self._put_cursor(target)

    def action_page(self, direction: int) -> None:
        """Go a screenful on."""
        height = max(1, self.scrollable_content_region.height - 1)
        if self._cursor < 0:  # nothing but lines to read
            self.scroll_relative(y=direction * height, animate=False)
            return
        aim = min(len(self._rows) - 1, max(0, self._cursor + direction * height))
        target = self._step(direction, aim)
        self._put_cursor(target if target != self._cursor else self._step(-direction, aim))

    def action_edge(self, direction: int) -> None:
        """Go to the first or the last row."""
        if self._cursor < 0:
            (self.scroll_home if direction < 0 else self.scroll_end)(animate=False)
            return
        self._put_cursor(self._step(-direction, 0 if direction < 0 else len(self._rows) - 1))

    def action_pick(self) -> None:
        """Open the row under the cursor."""
        if self.key:
            self.post_message(self.Picked(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """Open the row that was clicked."""
        index = event.y + self.scroll_offset.y
        if 0 <= index < len(self._rows) and self._rows[index].key:
            self._put_cursor(index)
            self.action_pick()

    def on_resize(self) -> None:
        """Rows are as wide as there is room."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self._keep_in_sight()

    # -- drawing

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Draw anew; where only a part is, by cursor or scrolling, rows stay as they were drawn."""
        if not regions:
            self._kept.clear()
        return super().refresh(*regions, **how)

    def notify_style_update(self) -> None:
        """Draw all rows anew."""
        super().notify_style_update()
        self._kept.clear()

    def render_line(self, y: int) -> Strip:
        """Draw the line ``y`` of what is in sight."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        key = width, index, index == self._cursor
        strip = self._kept.get(key)
        if strip is None:
            strip = self._kept[key] = self._drawn(*key)
        return strip

    def _drawn(self, width: int, index: int, under_cursor: bool) -> Strip:
        spans = self._rows[index].draw(width) if index < len(self._rows) else []
        if under_cursor:
            spans = _with_cursor(spans)
        return self.strip(spans, width, under_cursor=under_cursor)


def _with_cursor(spans: Spans) -> Spans:
    """The spans with the cursor's mark in the first cell, which every row leaves free."""
    mark = (glyphs().cursor, "accent")
    if spans and spans[0][0].startswith(" "):
        return [mark, (spans[0][0][1:], spans[0][1]), *spans[1:]]
    return spans
