"""Rows that are made for the width they are drawn at."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.containers import Container, Vertical
from textual.content import Content
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style
    from textual.visual import RenderOptions


class Drawn(Visual):
    """What a widget's ``render`` returns where its rows depend on its width.

    ``draw`` gets the width in cells and gives rows that are no wider, one per line.
    """

    def __init__(self, draw: Callable[[int], Content]) -> None:
        # measured, then drawn: the same rows, as long as the widget is not refreshed
        self._draw = lru_cache(maxsize=2)(draw)
        self.lines = lru_cache(maxsize=1)(lambda width: self._draw(width).split(allow_blank=True))

    def content(self, width: int) -> Content:
        """The rows at a width."""
        return self._draw(width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The rows as Textual draws them."""
        if not width:
            return []
        return self._draw(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """How many rows there are at that width."""
        return self._draw(width).plain.count("\n") + 1 if width else 0


def strip_of(
    line: Content, row: int, style: Style, get_style: Callable[[str | Style], Style]
) -> Strip:
    """A line that needs no wrapping, as it is drawn in a row of its widget."""
    text, spans = line.plain, [span for span in line.spans if span.style]
    edges = {0, len(text)}.union(*((span.start, span.end) for span in spans))
    segments = []
    for start, end in pairwise(sorted(edge for edge in edges if edge <= len(text))):
        full = style
        for span in spans:
            if span.start <= start < span.end:
                full += get_style(span.style)
        segments.append(Segment(text[start:end], _terminal_style(full, start, row)))
    return Strip(segments, line.cell_length)


@lru_cache(maxsize=4096)
def _terminal_style(style: Style, column: int, row: int) -> RichStyle:
    """With the place in the text, from which Textual knows what the mouse selects."""
    return style.rich_style_with_offset(column, row)


def laid_out_once() -> Reactive[Size]:
    """For ``virtual_size``, the size of what is in a widget.

    Textual lays the screen out and draws it a second time where it changed, for the sake of
    scrollbars, which ask for that by themselves where they come or go.
    """
    return Reactive(Size(0, 0), repaint=False)


class QuickLines(Widget):
    """A widget whose rows are put on the screen without the frames that it does not have."""

    # no row holds a link
    auto_links = Reactive(False)

    _frameless: tuple[int, bool] = (-1, False)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight.

        Textual goes through what may stand around and over a row one by one for each of them; most
        widgets have a margin inside at the sides and nothing else.
        """
        styles = self.styles
        if self._frameless[0] != styles._cache_key:
            framed = styles.border or styles.outline or styles.tint.a or styles.has_rule("hatch")
            high = styles.padding.top or styles.padding.bottom
            self._frameless = styles._cache_key, not (framed or high)
        if not self._frameless[1] or self.opacity != 1.0:
            return super().render_lines(crop)
        _top, right, _bottom, left = styles.padding
        plain = self.visual_style.background_style.rich_style
        width, full = self.size.width, left + self.size.width + right
        front = [Segment(" " * left, plain)] if left else []
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            if strip.cell_length > width:
                strip = strip.crop(0, width)
            gap = full - left - strip.cell_length
            behind = [Segment(" " * gap, plain)] if gap else []
            strips.append(Strip([*front, *strip, *behind], full) if front or behind else strip)
        return filtered(self, strips, crop)


def filtered(widget: Widget, strips: list[Strip], crop: Region) -> list[Strip]:
    """Rows of a widget without colours where there are none, cut to what is in sight."""
    # no style here names one of the terminal's own colours where others are shown
    filters = [one for one in widget.get_line_filters() if not isinstance(one, ANSIToTruecolor)]
    if filters:
        _behind, background = widget.background_colors
        for one in filters:
            strips = [strip.apply_filter(one, background) for strip in strips]
    start, end = crop.column_span
    return [s if (start, end) == (0, s.cell_length) else s.crop(start, end) for s in strips]


class DrawnWidget(QuickLines):
    """A widget that draws all its rows itself, and anew only where something of it changed."""

    virtual_size = laid_out_once()

    _kept: tuple[tuple[object, ...], list[Strip]] = (), []

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight."""
        # every refresh makes another visual
        look = self.styles._cache_key, self.opacity, self.app.theme
        now = self._render(), crop, self.size, look
        if now != self._kept[0]:
            self._kept = now, super().render_lines(crop)
        return self._kept[1]

    def redraw(self) -> None:
        """Draw anew; the screen is laid out where that takes more or fewer rows."""
        self.refresh()
        width, height = self.content_size
        # what is not shown is laid out when it is
        if self.display and not (width and len(self._drawn.lines(width)) == height):
            self.refresh(layout=True)

    @property
    def _drawn(self) -> Drawn:
        drawn = self._render()
        assert isinstance(drawn, Drawn)
        return drawn

    def render_line(self, y: int) -> Strip:
        """Draw the line ``y``."""
        if self.text_selection is not None:
            return super().render_line(y)
        lines, style = self._drawn.lines(self.size.width), self.visual_style
        if y >= len(lines):
            return Strip.blank(self.size.width, style.rich_style)
        return strip_of(lines[y], y, style, self._get_style)


class Stack(Vertical):
    """Widgets below each other."""

    virtual_size = laid_out_once()


class Board(Container):
    """Widgets placed by the style sheet."""

    virtual_size = laid_out_once()
