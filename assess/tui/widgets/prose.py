"""Text in rows broken by the rules of its script, and the frame of dialogues."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from assess.tui.widgets.drawn import Drawn
from assess.tui.widgets.wrapping import wrap


class Prose(Widget):
    """A paragraph or several; later rows of a paragraph are indented by ``hang`` cells.

    Chinese wraps between characters, and no row starts with closing punctuation.
    """

    DEFAULT_CSS = "Prose { height: auto; }"

    def __init__(
        self, text: str = "", *, hang: int = 0, classes: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(classes=classes, id=id)
        self._text = text
        self._hang = hang

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show(self, text: str) -> None:
        """Say something else; an empty text takes no room."""
        if text != self._text:
            self._text = text
            self.display = bool(text)
            self.refresh(layout=True)

    def rows(self, width: int) -> list[str]:
        """The rows at a width in cells."""
        found: list[str] = []
        for line in self._text.splitlines():
            first, *rest = wrap(line, width)
            # the first row is full width; the rest of the paragraph hangs under its beginning
            if rest and self._hang:
                rest = wrap(line[len(first) :].lstrip(), width - self._hang)
            found += [first, *(" " * self._hang + row for row in rest)]
        return found

    def render(self) -> Drawn:
        """The rows that fit."""
        return Drawn(lambda width: Content("\n".join(self.rows(width))))


class Panel(Vertical):
    """The frame of a dialogue."""
