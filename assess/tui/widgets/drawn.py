"""Rows that are made for the width they are drawn at."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
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


def _laid_out_once() -> Reactive[Size]:
    """For ``virtual_size``, the size of what is in a widget.

    Textual lays the screen out and draws it a second time where it changed, for the sake of
    scrollbars, which ask for that by themselves where they come or go.
    """
    return Reactive(Size(0, 0), repaint=False)


class DrawnWidget(Widget):
    """A widget that draws all its rows itself."""

    virtual_size = _laid_out_once()
    # no row holds a link
    auto_links = Reactive(False)


class Stack(Vertical):
    """Widgets below each other."""

    virtual_size = _laid_out_once()


class ScrolledStack(VerticalScroll):
    """Widgets below each other that scroll where there is no room for all."""

    virtual_size = _laid_out_once()


class Board(Container):
    """Widgets placed by the style sheet."""

    virtual_size = _laid_out_once()
