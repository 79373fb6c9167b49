"""Lines of text made of spans with roles, and captions that show some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from assess.tui.widgets.cells import Spans, cell_len, fit, fit_spans, plain
from assess.tui.widgets.drawn import QuickLines
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.wrapping import wrap
from assess.workspace.wording import printable

_ROLES = (
    "accent",
    "axis",
    "cursor",
    "error",
    "heading",
    "interval",
    "muted",
    "score",
    "strong",
    "success",
    "warning",
)
_PREFIX = "line--"
_HANG = 2
LINE_STYLES = """
    & > .line--accent { color: $accent; }
    & > .line--axis { color: $rule; }
    & > .line--cursor { text-style: bold; }
    & > .line--error { color: $error; text-style: bold; }
    & > .line--heading { color: $muted; }
    & > .line--interval { color: $accent; }
    & > .line--muted { color: $muted; }
    & > .line--score { color: $accent; text-style: bold; }
    & > .line--strong { text-style: bold; }
    & > .line--success { color: $success; }
    & > .line--warning { color: $warning; }
    &:focus > .line--cursor {
        background: $block-cursor-background; text-style: $block-cursor-text-style;
    }
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: ``draw`` gives its spans for a width in cells.

    A row with a ``key`` can be walked to and picked; one without is a heading or an explanation.
    ``words`` are what a search looks at.
    """

    draw: Callable[[int], Spans]
    key: str = ""
    words: str = ""


def text_row(text: str, role: str = "") -> Row:
    """A line that only says something."""
    return Row(lambda width: [(fit(text, width), role)])


def prose_rows(
    text: str, width: int, role: str = "", *, indent: int = 3, hang: int = 0
) -> list[Row]:
    """A paragraph as lines; later lines of it are indented by ``hang`` more."""
    room = max(10, width - indent - hang)
    first, *rest = wrap(text, room)
    lines = [" " * indent + first] + [" " * (indent + hang) + line for line in rest]
    return [text_row(line, role) for line in lines]


def entry_rows(
    entries: Sequence[str], width: int, role: str = "", *, indent: int = 3, between: str = " · "
) -> list[Row]:
    """Short entries after each other, a new line before one that would not fit whole."""
    room = max(10, width - indent - _HANG)
    lines: list[str] = []
    for entry in entries:
        if lines and cell_len(lines[-1] + between + entry) <= room:
            lines[-1] += between + entry
        else:
            lines.append(entry)
    return [
        row for line in lines for row in prose_rows(line, width, role, indent=indent, hang=_HANG)
    ]


def rule(title: str, aside: str = "") -> Row:
    """A heading in a line across: ``─ title ────── aside ──``."""

    def draw(width: int) -> Spans:
        bar = glyphs().bar
        head, tail = f" {bar} {title} ", f" {aside} {bar}{bar}" if aside else ""
        gap = bar * max(0, width - cell_len(head) - cell_len(tail) - 1)
        return fit_spans([(head, "heading"), (gap, "axis"), (tail, "heading")], width)

    return Row(draw)


COMPONENTS = {_PREFIX + role for role in _ROLES}


class DrawnLines(QuickLines):
    """What turns roles into styles; the two widgets below draw with it.

    Each names its component classes itself: Textual takes them from one line of ancestors only.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._looks: dict[tuple[str, bool], Style] = {}

    def notify_style_update(self) -> None:
        """Look styles up anew."""
        super().notify_style_update()
        self._looks.clear()

    def strip(self, spans: Spans, width: int, *, under_cursor: bool = False) -> Strip:
        """One line of ``width`` cells."""
        segments = [
            Segment(printable(text), self._look(role, under_cursor))
            for text, role in fit_spans(spans, width)
        ]
        return Strip(segments, width)

    def _look(self, role: str, under_cursor: bool) -> Style:
        look = self._looks.get((role, under_cursor))
        if look is None:
            look = self.rich_style
            if under_cursor:
                look += self.get_component_rich_style(_PREFIX + "cursor", partial=True)
            if role:
                full = self.get_component_rich_style(_PREFIX + role)
                look += Style(color=full.color, bold=full.bold or None, italic=full.italic or None)
            self._looks[role, under_cursor] = look
        return look


class Caption(DrawnLines):
    """Lines that stand still: a title, the heads of columns, an explanation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS
    DEFAULT_CSS = "Caption { height: auto; " + LINE_STYLES + " }"

    @dataclass
    class Pressed(Message):
        """A cell was clicked."""

        caption: Caption
        x: int
        y: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()

    def on_click(self, event: events.Click) -> None:
        """Say where."""
        self.post_message(self.Pressed(self, event.x, event.y))

    def show(self, rows: Sequence[Row]) -> None:
        """Show these lines instead."""
        changed = len(rows) != len(self._rows)
        self._rows = rows
        self.refresh(layout=changed)

    @property
    def text(self) -> str:
        """The words shown, a line each."""
        return text_of(self._rows, self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are."""
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        """Draw the line ``y``."""
        width = self.size.width
        spans = self._rows[y].draw(width) if y < len(self._rows) else []
        return self.strip(spans, width)


def text_of(rows: Sequence[Row], width: int) -> str:
    """The words of rows at a width, a line each."""
    return "\n".join(plain(row.draw(width)).rstrip() for row in rows)
