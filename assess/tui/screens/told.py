"""A dialogue that tells something and takes one of a few answers, by digit or by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from assess.tui.screens.base import AppModal
from assess.tui.widgets.answers import AnswerList, Answers, Level
from assess.tui.widgets.prose import Panel, Prose

T = TypeVar("T")


class ToldScreen(AppModal[T | None], Generic[T]):
    """Subclasses say ``title_words()``, ``told()``, ``choices()`` and ``keys_words()``.

    Gives the value of the choice, None where it was left with esc.
    """

    BINDINGS = [
        Binding("escape", "choose_nothing", show=False, id="told.leave"),
        Binding("down", "move_cursor(1)", show=False, id="told.down"),
        Binding("up", "move_cursor(-1)", show=False, id="told.up"),
        Binding("pagedown,space", "scroll_told(1)", show=False, id="told.page_down"),
        Binding("pageup", "scroll_told(-1)", show=False, id="told.page_up"),
        Binding("enter", "take_cursor", show=False, id="told.take"),
    ]
    AUTO_FOCUS = ""

    def title_words(self) -> str:
        """What it is about."""
        raise NotImplementedError

    def told(self) -> str:
        """What is told above the choices."""
        raise NotImplementedError

    def choices(self) -> Sequence[tuple[T, str]]:
        """The choices, the first answered by 1: what is given back, and its words."""
        raise NotImplementedError

    def keys_words(self) -> str:
        """The keys, in the last line."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, what is told, choices, keys."""
        with Panel():
            yield Prose(classes="heading", id="title")
            with VerticalScroll(can_focus=False):
                yield Prose(id="told")
            yield AnswerList()
            yield Prose(classes="keys", id="keys")

    def show_words(self) -> None:
        """All of it in the language in use."""
        self.query_one("#title", Prose).show(self.title_words())
        self.query_one("#told", Prose).show(self.told())
        choices = [Level(str(at), words) for at, (_value, words) in enumerate(self.choices(), 1)]
        self.query_one(AnswerList).show_answers(choices, ())
        self.query_one("#keys", Prose).show(self.keys_words())

    def on_key(self, event: events.Key) -> None:
        """A digit is a choice."""
        if event.character and event.character.isdecimal():
            event.stop()
            self._choose(event.character)

    def on_answers_level_picked(self, event: Answers.LevelPicked) -> None:
        """So is a click on one."""
        self._choose(event.key)

    def _choose(self, key: str) -> None:
        choices = self.choices()
        if 1 <= int(key) <= len(choices):
            self.dismiss(choices[int(key) - 1][0])

    def action_move_cursor(self, by: int) -> None:
        """Move among the choices."""
        self.query_one(AnswerList).move_cursor(by)

    def action_scroll_told(self, pages: int) -> None:
        """Scroll what is longer than the dialogue."""
        told = self.query_one(VerticalScroll)
        told.scroll_relative(y=pages * max(1, told.size.height - 1), animate=False)

    def action_take_cursor(self) -> None:
        """Choose what the cursor stands on; nothing without a cursor."""
        lit = self.query_one(AnswerList).under_cursor
        if lit is not None:
            self._choose(lit)

    def action_choose_nothing(self) -> None:
        """Leave it."""
        self.dismiss(None)
