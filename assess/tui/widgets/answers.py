"""The levels or options of an item as a list in which a key chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len
from textual import events
from textual.content import Content, Span
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from assess.tui.widgets.drawn import Drawn, DrawnWidget
from assess.tui.widgets.wrapping import wrap


@dataclass(frozen=True)
class Level:
    """One row: the key that chooses it, its words, whether it is chosen."""

    key: str
    words: str
    chosen: bool = False
    faint: bool = False
    """A level that only lies between two anchors."""
    remark: str = ""
    """After submission: right or wrong."""
    box: bool = False
    """One of several that may be chosen together."""


class Answers(Widget):
    """Rows with a key each; a sign, not the colour alone, shows what is chosen.

    ``entry`` is what has been typed so far where a number is typed, None where one key answers.
    Whoever draws them says what stands above them and how a row is brought into sight.
    """

    cursor: reactive[int | None] = reactive(None)
    """The row that the arrows stand on; None until they are used."""

    @dataclass
    class LevelPicked(Message):
        """Somebody clicked on a row."""

        key: str

    _levels: tuple[Level, ...] = ()
    _states: tuple[Level, ...] = ()
    _entry: str | None = None
    _lead = ""

    def show_answers(
        self,
        levels: Sequence[Level],
        states: Sequence[Level],
        *,
        lead: str = "",
        entry: str | None = None,
    ) -> None:
        """Set the rows, the states below them, and the line to type into with its ``lead``."""
        now = tuple(levels), tuple(states), lead, entry
        if now != (self._levels, self._states, self._lead, self._entry):
            self._levels, self._states, self._lead, self._entry = now
            self.redraw()

    def redraw(self) -> None:
        """Draw anew."""
        raise NotImplementedError

    def bring(self, top: int, height: int) -> None:
        """Scroll so that ``height`` rows from ``top`` on can be seen; 0 is the first of these."""
        raise NotImplementedError

    def watch_cursor(self) -> None:
        """The row under the cursor is drawn differently."""
        self.redraw()

    @property
    def keys(self) -> list[str]:
        """The keys of the rows, states not among them."""
        return [level.key for level in self._levels]

    @property
    def under_cursor(self) -> str | None:
        """The key of the row that the arrows stand on."""
        if self.cursor is None or self.cursor >= len(self._levels):
            return None
        return self._levels[self.cursor].key

    def move_cursor(self, by: int) -> None:
        """Move the row that enter chooses, and bring it into view."""
        if not self._levels:
            return
        chosen = [place for place, level in enumerate(self._levels) if level.chosen]
        start = self.cursor
        if start is None:
            start = chosen[0] - by if chosen else (-1 if by > 0 else len(self._levels))
        self.cursor = max(0, min(len(self._levels) - 1, start + by))
        self._bring(self.cursor)

    def bring_chosen(self) -> None:
        """Scroll so that what is chosen can be seen."""
        for place, level in enumerate(self._levels):
            if level.chosen:
                self._bring(place)

    def _bring(self, place: int) -> None:
        width = self.scrollable_content_region.width
        above = sum(len(self._rows(level, width)) for level in self._levels[:place])
        height = len(self._rows(self._levels[place], width))
        self.bring(above + (self._entry is not None), height)

    def draw_answers(self, width: int) -> list[Content]:
        """Entry, levels, states: a line each."""
        lines: list[Content] = []
        if self._entry is not None:
            lines.append(
                Content.assemble("   ", self._lead, " ", (self._entry, "bold"), ("▏", "$accent"))
            )
        for place, level in enumerate(self._levels):
            lines += self._drawn_level(level, width, place == self.cursor)
        if self._states:
            lines += self._drawn_states(width)
        return lines

    @property
    def _indent(self) -> int:
        return 3 + max((cell_len(level.key) for level in self._levels), default=0) + 2

    def _rows(self, level: Level, width: int) -> list[str]:
        words = level.words + (f"  {level.remark}" if level.remark else "")
        return wrap(words, max(8, width - self._indent))

    def _drawn_level(self, level: Level, width: int, lit: bool) -> list[Content]:
        sign = "›" + _sign(level)[1:] if lit and not level.box else _sign(level)
        keys = " " * (self._indent - 5 - cell_len(level.key)) + level.key
        style = "bold $accent" if level.chosen else ("$muted" if level.faint else "")
        drawn = []
        for place, row in enumerate(self._rows(level, width)):
            front = f"{sign}{keys}  " if place == 0 else " " * self._indent
            end = len(front) + len(row)
            gap = " " * max(0, width - self._indent - cell_len(row))
            spans = [
                Span(0, len(front), "bold $accent" if level.chosen else "bold"),
                Span(len(front), end, style),
                Span(0, end + len(gap), "on $cursor-line" if lit else ""),
            ]
            drawn.append(Content(front + row + gap, [span for span in spans if span.style]))
        return drawn

    def _drawn_states(self, width: int) -> list[Content]:
        lines: list[Content] = []
        used = 0
        parts: list[Content] = []
        for state in self._states:
            words = _state_words(state)
            if used and 3 + used + words.cell_length > width:
                lines.append(Content.assemble("   ", *parts))
                parts, used = [], 0
            parts += [words, Content("    ")]
            used += words.cell_length + 4
        return [*lines, Content.assemble("   ", *parts[:-1])]

    def pick_at(self, row: int, meta: Mapping[str, object]) -> None:
        """Somebody clicked on a row of these, on words with a ``meta``: states share a row."""
        key = meta.get("key") or self._key_at(row)
        if isinstance(key, str):
            self.post_message(self.LevelPicked(key))

    def _key_at(self, row: int) -> str | None:
        row -= self._entry is not None
        for level in self._levels if row >= 0 else ():
            row -= len(self._rows(level, self.scrollable_content_region.width))
            if row < 0:
                return level.key
        return None


class AnswerList(DrawnWidget, Answers):
    """The rows alone, in something that scrolls."""

    DEFAULT_CSS = "AnswerList { height: auto; }"

    def bring(self, top: int, height: int) -> None:
        """Scroll what these rows stand in."""
        if isinstance(self.parent, Widget):
            region = Region(0, self.virtual_region.y + top, self.content_size.width, height)
            self.parent.scroll_to_region(region, animate=False)

    def render(self) -> Drawn:
        """Entry, levels, states."""
        return Drawn(lambda width: Content("\n").join(self.draw_answers(width)))

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        at = event.get_content_offset(self)
        if at is not None:
            self.pick_at(at.y, event.style.meta)


@lru_cache(maxsize=32)
def _state_words(state: Level) -> Content:
    style = "bold $accent" if state.chosen else ""
    return Content.assemble(
        ("◉ " if state.chosen else "", style),
        (state.key, style or "bold"),
        ("  " + state.words, style or "$muted"),
    ).stylize(Style.from_meta({"key": state.key}))


def _sign(level: Level) -> str:
    if level.box:
        return "[x]" if level.chosen else "[ ]"
    return " ◉ " if level.chosen else "   "
