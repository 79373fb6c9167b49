"""An item as it is read, in one widget: question, probes, levels, and the reason behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assess.tui.widgets.answers import Answers
from assess.tui.widgets.drawn import QuickLines, laid_out_once, strip_of
from assess.tui.widgets.prose import ends, paragraph_rows
from assess.tui.widgets.scrolled import BarAtOnce
from assess.tui.widgets.wrapping import wrap


@dataclass(frozen=True)
class ItemWords:
    """What stands above and below the levels."""

    head: str = ""
    """What the item is about."""
    aside: str = ""
    """At the other end of that line."""
    ask: str = ""
    probes: Sequence[str] = ()
    """Questions that help to ask on, a row each; none where they stand elsewhere."""
    reason: str = ""


class ItemView(BarAtOnce, ScrollView, QuickLines, Answers, can_focus=False):
    """Scrolls where there is no room for all; nothing else moves when another item is shown.

    ``tight``: without empty rows, the probes one behind the other; so too where levels or states
    would be pushed out of sight.
    """

    # room for the bar is kept, so that nothing is laid out again where it comes or goes
    DEFAULT_CSS = "ItemView { height: 1fr; overflow: hidden scroll; }"

    virtual_size = laid_out_once()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ItemWords()
        self._tight = False
        self._lines: list[Content] = []
        self._first = 0
        """The row of the first of the answers."""
        self._drawn_for = 0, 0

    def show(self, words: ItemWords, *, tight: bool) -> None:
        """Show another item; its levels are shown by ``show_answers``."""
        if (words, tight) != (self._words, self._tight):
            self._words, self._tight = words, tight
            self.redraw()

    @property
    def words(self) -> ItemWords:
        """What is shown around the levels."""
        return self._words

    @property
    def text(self) -> str:
        """All rows as they are drawn."""
        return "\n".join(line.plain for line in self._drawn())

    def redraw(self) -> None:
        """Draw anew, once for all that has changed."""
        if self._drawn_for[0]:
            self._drawn_for = 0, 0
            self.refresh(layout=self.styles.is_auto_height)
            # behind everything else that changes with it
            self.post_message(events.Callback(callback=self._measure))

    def _measure(self) -> None:
        rows = len(self._drawn())
        if rows != self.virtual_size.height:
            self.virtual_size = Size(0, rows)
            self._scroll_update(self.virtual_size)

    def on_resize(self) -> None:
        """Rows are as wide as there is room."""
        self._measure()

    def _drawn(self) -> list[Content]:
        width, height = self.scrollable_content_region.size
        if self._drawn_for != (width, height):
            self._drawn_for = width, height
            self._lines = self._draw(width, tight=self._tight) if width else []
            if len(self._lines) > height and not self._tight and not self.styles.is_auto_height:
                self._lines = self._draw(width, tight=True)
        return self._lines

    def _draw(self, width: int, *, tight: bool) -> list[Content]:
        words = self._words
        gap = [] if tight else [Content("")]
        lines = [ends(words.head, words.aside, width, "bold $accent")]
        lines += [Content(row) for row in paragraph_rows(words.ask, width)]
        lines += [Content.styled(row, "$muted") for row in self._probe_rows(width, tight)]
        lines += gap
        self._first = len(lines)
        lines += self.draw_answers(width)
        if words.reason:
            lines += [*gap, *map(Content, paragraph_rows(words.reason, width))]
        return lines

    def _probe_rows(self, width: int, tight: bool) -> list[str]:
        probes = [f"▸ {probe}" for probe in self._words.probes]
        if tight:
            return ["  " + row for row in wrap("  ".join(probes), width - 2)] if probes else []
        return paragraph_rows("\n".join("  " + probe for probe in probes), width, hang=4)

    def bring(self, top: int, height: int) -> None:
        """Scroll so that rows of the answers can be seen."""
        self._measure()
        region = Region(0, self._first + top, 1, height)
        self.scroll_to_region(region, animate=False, immediate=True)

    def scroll_pages(self, pages: int) -> None:
        """Scroll by pages; 0 goes to the top."""
        if pages:
            rows = pages * max(1, self.size.height - 2)
            self.scroll_relative(y=rows, animate=False, immediate=True)
        else:
            self.scroll_home(animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Draw the line ``y`` of what is in sight."""
        lines, place = self._drawn(), y + self.scroll_offset.y
        width, style = self.scrollable_content_region.width, self.visual_style
        if place >= len(lines):
            return Strip.blank(width, style.rich_style)
        return strip_of(lines[place], y, style, self._get_style)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        self.pick_at(event.y + self.scroll_offset.y - self._first, event.style.meta)
