"""A dialogue to choose one of many: a line to type into, and rows that narrow as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from assess.i18n import _
from assess.tui.commands import spelled
from assess.tui.screens.base import AppModal
from assess.tui.widgets.prose import Line, Panel, Prose
from assess.tui.widgets.row_list import RowList

T = TypeVar("T")


@dataclass(frozen=True)
class Row(Generic[T]):
    """One thing to choose: ``value`` is given back, ``words`` are searched, ``line`` is shown."""

    value: T
    words: str
    line: Content
    disabled: bool = False


class Chooser(AppModal[T | None], Generic[T]):
    """Subclasses say ``words()``, ``rows()`` and may override ``choose`` and ``narrow``."""

    BINDINGS = [
        Binding("escape", "cancel_choice", show=False, id="chooser.cancel"),
        Binding("down,ctrl+n", "move_cursor(1)", show=False, priority=True, id="chooser.down"),
        Binding("up", "move_cursor(-1)", show=False, priority=True, id="chooser.up"),
        Binding("pagedown", "move_cursor(8)", show=False, priority=True, id="chooser.page_down"),
        Binding("pageup", "move_cursor(-8)", show=False, priority=True, id="chooser.page_up"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, *, typed: str = "") -> None:
        super().__init__()
        self._typed = typed
        self._all: list[Row[T]] = []
        self._shown: list[Row[T]] = []

    def words(self) -> tuple[str, str]:
        """The title, and the hint inside the empty line."""
        raise NotImplementedError

    def rows(self) -> list[Row[T]]:
        """All rows in their order."""
        raise NotImplementedError

    def start_row(self) -> int:
        """Where the cursor stands at first."""
        return 0

    def keys_line(self) -> str:
        """The keys, under the rows."""
        return spelled(_("↑ ↓ move   ↵ choose   esc close"))

    def choose(self, value: T) -> None:
        """Give the chosen value back."""
        self.dismiss(value)

    def narrow(self, rows: Sequence[Row[T]], typed: str) -> list[Row[T]]:
        """The rows that hold every word typed; first the one whose code, or first word, it is."""
        whole = typed.casefold().strip()
        parts = whole.split()
        found = [row for row in rows if all(part in row.words.casefold() for part in parts)]
        return _first_words_first(found, whole) if whole else found

    def compose(self) -> ComposeResult:
        """Title, line, rows, keys."""
        with Panel():
            yield Prose(classes="heading", id="title")
            yield Line(self._typed)
            yield RowList()
            yield Prose(classes="keys", id="keys")

    def show_words(self) -> None:
        """Title, hint and rows in the language in use; what was typed stays."""
        title, hint = self.words()
        self.query_one("#title", Prose).show(title)
        line = self.query_one(Input)
        line.placeholder = hint
        at = self.query_one(RowList).highlighted
        self._fill(line.value, self.start_row() if at is None else at)

    def on_mount(self) -> None:
        """Follow what is typed at once, so that the letter and the rows left come in one frame."""
        self.watch(self.query_one(Input), "value", self._typed_now, init=False)

    def _typed_now(self, value: str) -> None:
        if value != self._typed:
            self._typed = value
            self._narrow(0)

    def _fill(self, typed: str, at: int) -> None:
        self._typed = typed
        self._all = self.rows()
        self._narrow(at)
        self._show_keys()

    def _narrow(self, at: int) -> None:
        found = bool(self._shown)
        self._shown = self.narrow(self._all, self._typed)
        self.query_one(RowList).show([row.line for row in self._shown], at)
        if found != bool(self._shown):
            self._show_keys()

    def _show_keys(self) -> None:
        nothing = _("Nothing here holds what was typed.   esc close")
        some = self._shown or not self._typed
        self.query_one("#keys", Prose).show(self.keys_line() if some else nothing)

    def action_move_cursor(self, by: int) -> None:
        """Move among the rows while typing."""
        self.query_one(RowList).move(by)

    def on_input_submitted(self) -> None:
        """Choose the row that is lit."""
        at = self.query_one(RowList).highlighted
        if at is not None and not self._shown[at].disabled:
            self.choose(self._shown[at].value)

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """Choose the row that was clicked."""
        if not self._shown[event.place].disabled:
            self.choose(self._shown[event.place].value)

    def action_cancel_choice(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _first_words_first(rows: list[Row[T]], typed: str) -> list[Row[T]]:
    """Rows whose first word was typed, those that begin so, the others; each in their order."""
    whole: list[Row[T]] = []
    begun: list[Row[T]] = []
    others: list[Row[T]] = []
    for row in rows:
        head = row.words[: len(typed) + 1].casefold()
        if not head.startswith(typed):
            others.append(row)
        elif head[len(typed) :].strip():
            begun.append(row)
        else:
            whole.append(row)
    return [*whole, *begun, *others]
