"""Text in rows broken by the rules of its script, and the frame of dialogues."""

from __future__ import annotations

from rich.cells import cell_len
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from assess.tui.widgets.drawn import Drawn, DrawnWidget
from assess.tui.widgets.row_list import RowList
from assess.tui.widgets.wrapping import shorten, wrap


class Prose(DrawnWidget):
    """A paragraph or several; later rows of a paragraph are indented by ``hang`` cells.

    Chinese wraps between characters, and no row starts with closing punctuation.
    """

    DEFAULT_CSS = """
    Prose { height: auto; }
    Prose.-empty { display: none !important; }
    """

    def __init__(
        self, text: str = "", *, hang: int = 0, classes: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(classes=classes, id=id)
        self._text = text
        self._hang = hang
        self.set_class(not text, "-empty")

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show(self, text: str) -> None:
        """Say something else; an empty text takes no room."""
        if text != self._text:
            self._text = text
            self.set_class(not text, "-empty")
            self.redraw()

    def rows(self, width: int) -> list[str]:
        """The rows at a width in cells."""
        return paragraph_rows(self._text, width, self._hang)

    def render(self) -> Drawn:
        """The rows that fit."""
        return Drawn(lambda width: Content("\n".join(self.rows(width))))


class Steady(Prose):
    """Keeps as many rows as it once had, above its words, so that what is below stays in place."""

    MOST = 3
    """Rows that are kept at most."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._most = 0, 0
        self._steady = True

    def hold(self, steady: bool) -> None:
        """Keep the rows, or take as many as the words need."""
        if steady != self._steady:
            self._steady = steady
            self.redraw()

    def rows(self, width: int) -> list[str]:
        """The rows at a width in cells."""
        rows = super().rows(width)
        if not self._steady:
            return rows
        before = self._most[1] if width == self._most[0] else 0
        self._most = width, max(before, min(len(rows), self.MOST))
        return [""] * (self._most[1] - len(rows)) + rows


def paragraph_rows(text: str, width: int, hang: int = 0) -> list[str]:
    """Paragraphs in rows of a width; later rows of a paragraph are indented by ``hang`` cells."""
    found: list[str] = []
    for line in text.splitlines():
        first, *rest = wrap(line, width)
        # the first row is full width; the rest of the paragraph hangs under its beginning
        if rest and hang:
            rest = wrap(line[len(first) :].lstrip(), width - hang)
        found += [first, *(" " * hang + row for row in rest)]
    return found


class Line(Input):
    """A line to type into, with a steady cursor."""

    def __init__(self, value: str = "") -> None:
        super().__init__(value, select_on_focus=False)
        self.cursor_blink = False


class Panel(Vertical):
    """The frame of a dialogue; of its parts the one that scrolls gets the rows that are left."""

    def on_mount(self) -> None:
        """Fit into the screen."""
        self.refit()

    def refit(self) -> None:
        """Fit into the screen, whose size has changed."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        body = [part for part in self.children if isinstance(part, VerticalScroll | RowList)]
        fixed = sum(
            part.outer_size.height + part.styles.margin.height
            for part in self.children
            if part not in body and part.display
        )
        for part in body:
            room = self.app.size.height * 9 // 10 - self.gutter.height - fixed
            part.styles.max_height = max(3, room)


class Ends(DrawnWidget):
    """One line with words at both ends; the left ones are cut where room is short."""

    DEFAULT_CSS = "Ends { height: 1; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._left = self._right = ""

    def show(self, left: str, right: str = "") -> None:
        """Say something else."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Drawn:
        """Left in bold, right standing back."""
        return Drawn(lambda width: ends(self._left, self._right, width))


def ends(left: str, right: str, width: int, style: str = "bold") -> Content:
    """A line with words at both ends; the left ones are cut where room is short."""
    right = shorten(right, width)
    room = width - cell_len(right)
    left = shorten(left, room - 2 if right else room)
    gap = " " * (room - cell_len(left))
    return Content.assemble((left, style), gap, (right, "$muted"))
