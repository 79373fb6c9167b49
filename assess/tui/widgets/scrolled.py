"""What scrolls, drawn in one frame with its bar."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.containers import VerticalScroll
from textual.geometry import Region, Size
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from assess.tui.widgets.drawn import filtered, laid_out_once


class Bar(ScrollBar):
    """A scrollbar whose rows are made directly."""

    virtual_size = laid_out_once()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in sight."""
        drawn = self.render()
        if not self.vertical or not isinstance(drawn, ScrollBarRender):
            return super().render_lines(crop)
        assert isinstance(drawn.style, Style)
        place = drawn.virtual_size, drawn.window_size, drawn.position
        strips = _bar(self.size.height, place, drawn.thickness, drawn.style)
        return filtered(self, [strips[y] for y in crop.line_range], crop)


@lru_cache(maxsize=64)
def _bar(size: int, place: tuple[float, float, float], thickness: int, style: Style) -> list[Strip]:
    assert style.color is not None and style.bgcolor is not None
    drawn = ScrollBarRender.render_bar(
        size, *place, thickness, back_color=style.bgcolor, bar_color=style.color
    )
    return [Strip([segment], thickness) for segment in drawn.segments]


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
