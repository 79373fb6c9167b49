"""Rows that are made for the width they are drawn at."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar, ScrollBarRender
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

    def content(self, width: int) -> Content:
        """The rows at a width."""
        return self._draw(width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The rows as Textual draws them."""
        if not width:
            return []
        content = self._draw(width)
        if options.selection is not None or options.post_style is not None:
            return content.render_strips(width, height, style, options)
        # rows that fit need no wrapping, and the same styles come again in the same places
        lines = content.split(allow_blank=True)[:height]
        get_style = options.get_style
        return [strip_of(line, at, style, get_style) for at, line in enumerate(lines)]

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
    segments, column = [], 0
    for text, words in line.render(style, end="", parse_style=get_style):
        segments.append(Segment(text, _terminal_style(style + words, column, row)))
        column += len(text)
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
        width = self.size.width
        _behind, background = self.background_colors
        filters = self.get_line_filters()
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y).adjust_cell_length(width, plain)
            if left or right:
                strip = Strip([Segment(" " * left, plain), *strip, Segment(" " * right, plain)])
            for one in filters:
                strip = strip.apply_filter(one, background)
            strips.append(strip)
        start, end = crop.column_span
        if (start, end) != (0, left + width + right):
            strips = [strip.crop(start, end) for strip in strips]
        return strips


class DrawnWidget(QuickLines):
    """A widget that draws all its rows itself."""

    virtual_size = laid_out_once()


class Stack(Vertical):
    """Widgets below each other."""

    virtual_size = laid_out_once()


class Bar(ScrollBar):
    """A scrollbar whose rows are made directly."""

    virtual_size = laid_out_once()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight."""
        drawn = self.render()
        if not self.vertical or not isinstance(drawn, ScrollBarRender):
            return super().render_lines(crop)
        style = self.app.console.get_style(drawn.style)
        assert style.color is not None and style.bgcolor is not None
        segments = drawn.render_bar(
            self.size.height,
            drawn.virtual_size,
            drawn.window_size,
            drawn.position,
            drawn.thickness,
            back_color=style.bgcolor,
            bar_color=style.color,
        ).segments
        _behind, background = self.background_colors
        strips = [Strip([segment], drawn.thickness) for segment in segments]
        for one in self.get_line_filters():
            strips = [strip.apply_filter(one, background) for strip in strips]
        return [strips[y].crop(*crop.column_span) for y in crop.line_range]


class BarAtOnce:
    """What scrolls draws its bar with what it stands beside, not in a frame of its own behind it.

    To be named before the widget that scrolls.
    """

    _vertical_scrollbar: ScrollBar | None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar, made where there is none yet."""
        assert isinstance(self, Widget)
        if self._vertical_scrollbar is None:
            bar = Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def _scroll_update(self, virtual_size: Size) -> None:
        super()._scroll_update(virtual_size)  # type: ignore[misc]
        assert isinstance(self, Widget)
        if self.show_vertical_scrollbar:
            bar = self.vertical_scrollbar
            self.screen._compositor.update_widgets({bar})
            bar._repaint_required = False


class ScrolledStack(BarAtOnce, VerticalScroll):
    """Widgets below each other that scroll where there is no room for all.

    Room for the bar is kept, so that nothing is laid out again where it comes or goes.
    """

    DEFAULT_CSS = "ScrolledStack { overflow-y: scroll; }"

    virtual_size = laid_out_once()

    def scroll_now(self, rows: float) -> None:
        """Scroll by rows in the next frame; Textual's own keys glide there over several."""
        self.scroll_relative(y=rows, animate=False, immediate=True)

    def action_scroll_down(self) -> None:
        """A row down."""
        self.scroll_now(1)

    def action_scroll_up(self) -> None:
        """A row up."""
        self.scroll_now(-1)

    def action_page_down(self) -> None:
        """A screenful down, one row of it kept."""
        self.scroll_now(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """A screenful up, one row of it kept."""
        self.scroll_now(-max(1, self.size.height - 1))

    def action_scroll_home(self) -> None:
        """To the top."""
        self.scroll_home(animate=False, immediate=True)

    def action_scroll_end(self) -> None:
        """To the end."""
        self.scroll_end(animate=False, immediate=True)


class Board(Container):
    """Widgets placed by the style sheet."""

    virtual_size = laid_out_once()
