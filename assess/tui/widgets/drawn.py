"""Rows that are made for the width they are drawn at."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.visual import Visual
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
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
        return self._draw(width).render_strips(width, height, style, options) if width else []

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """How many rows there are at that width."""
        return self._draw(width).plain.count("\n") + 1 if width else 0


class DrawnWidget(Widget):
    """A widget that draws all its rows itself."""

    # Textual lays the screen out a second time where the size of a widget's content changed, for
    # what may scroll in it; here nothing does
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
