"""Every item of an interview as one sign; a click goes to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message

from assess.tui.widgets.drawn import Drawn, DrawnWidget

SIGNS = {"open": "□", "answered": "■", "note_due": "◧", "no_value": "▨"}
CURRENT = "▣"
FLAG = "⚑"
ROWS = 3


class ProgressStrip(DrawnWidget):
    """One sign per item, in order, the current one marked; words at the right where they fit."""

    DEFAULT_CSS = "ProgressStrip { height: auto; padding: 0 1; }"

    @dataclass
    class ItemPicked(Message):
        """Somebody clicked on an item."""

        place: int

    def __init__(self) -> None:
        super().__init__()
        self._signs: list[str] = []
        self._at = 0
        self._words = ""

    def show(self, marks: Sequence[str], flagged: Sequence[bool], at: int, words: str) -> None:
        """Set where each item stands (keys of ``SIGNS``), which are flagged, which is current."""
        signs = [FLAG if flag else SIGNS[mark] for mark, flag in zip(marks, flagged, strict=True)]
        if (signs, at, words) == (self._signs, self._at, self._words):
            return
        self._signs, self._at, self._words = signs, at, words
        self.redraw()

    def render(self) -> Drawn:
        """The signs in as few rows as they need."""
        return Drawn(self._draw)

    def _draw(self, width: int) -> Content:
        first = self._first_shown(width)
        shown = range(first, min(len(self._signs), first + ROWS * width))
        rows = [shown[i : i + width] for i in range(0, len(shown), width)] or [shown]
        lines = [Content.assemble(*self._runs(row)) for row in rows]
        room = width - len(rows[-1]) - cell_len(self._words)
        if room >= 2:
            lines[-1] = Content.assemble(lines[-1], " " * room, (self._words, "$muted"))
        elif self._words and len(lines) < ROWS and cell_len(self._words) <= width:
            gap = " " * (width - cell_len(self._words))
            lines.append(Content.assemble(gap, (self._words, "$muted")))
        return Content("\n").join(lines)

    def _first_shown(self, width: int) -> int:
        """Where there are more items than room, the window around the current one."""
        room = ROWS * width
        return max(0, min(self._at - room // 2, len(self._signs) - room))

    def _runs(self, places: range) -> Iterator[tuple[str, str]]:
        """The signs with their styles, those alike together."""
        for style, run in groupby(map(self._sign, places), key=itemgetter(1)):
            yield "".join(sign for sign, _style in run), style

    def _sign(self, place: int) -> tuple[str, str]:
        sign = self._signs[place]
        if place == self._at:
            return CURRENT, "bold $accent"
        if sign == FLAG:
            return sign, "bold $warning"
        return sign, "$muted" if sign == SIGNS["open"] else ""

    def on_click(self, event: events.Click) -> None:
        """Go to the item under the mouse."""
        width = self.content_size.width
        at = event.get_content_offset(self)
        if at is not None and at.x < width:
            place = self._first_shown(width) + at.y * width + at.x
            if place < len(self._signs):
                self.post_message(self.ItemPicked(place))
