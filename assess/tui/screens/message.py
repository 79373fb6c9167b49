"""Dialogues: an error with what to do about it, a question, a line to fill in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input

from assess.errors import AssessError, BadInput
from assess.i18n import _
from assess.tui.commands import spelled
from assess.tui.screens.base import AppModal
from assess.tui.widgets.prose import Line, Panel, Prose


class MessageScreen(AppModal[None]):
    """An error: its title, what happened, every finding, what to do. Any usual key closes it."""

    BINDINGS = [
        Binding("escape,enter,space,q", "close_message", show=False, id="message.close"),
    ]

    def __init__(self, error: AssessError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Title, message, findings, hint."""
        with Panel():
            yield Prose(classes="heading", id="title")
            with VerticalScroll(can_focus=False):
                yield Prose(id="message")
                yield Prose(classes="hint", id="hint")
            yield Prose(classes="keys", id="keys")

    def show_words(self) -> None:
        """The message stays as it was raised; the words around it follow the language."""
        error = self._error
        findings = error.findings if isinstance(error, BadInput) else ()
        self.query_one("#title", Prose).show(error.title or _("That did not work"))
        self.query_one("#message", Prose).show("\n".join([error.message, *findings]))
        self.query_one("#hint", Prose).show(error.hint)
        self.query_one("#keys", Prose).show(_("esc close"))

    def on_click(self) -> None:
        """A click closes it too."""
        self.action_close_message()

    def action_close_message(self) -> None:
        """Go back to where it happened."""
        self.dismiss(None)


class QuestionScreen(AppModal[bool]):
    """A question that is answered with yes or no."""

    BINDINGS = [
        Binding("y,enter,1", "answer_question(True)", show=False, id="question.yes"),
        Binding("n,escape,2", "answer_question(False)", show=False, id="question.no"),
    ]

    def __init__(self, title: str, message: str, *, hint: str = "") -> None:
        super().__init__()
        self._words = (title, message, hint)

    def compose(self) -> ComposeResult:
        """Title, question, keys."""
        title, message, hint = self._words
        with Panel():
            yield Prose(title, classes="heading")
            with VerticalScroll(can_focus=False):
                yield Prose(message)
                if hint:
                    yield Prose(hint, classes="hint")
            yield Prose(classes="keys", id="keys")

    def show_words(self) -> None:
        """The keys; the question stays as it was asked."""
        self.query_one("#keys", Prose).show(spelled(_("y ↵ yes   n esc no")))

    def action_answer_question(self, yes: bool) -> None:
        """Give the answer back to who asked."""
        self.dismiss(yes)


class LineScreen(AppModal[str | None]):
    """One line to fill in; esc gives None. ``optional`` takes an empty line as well."""

    BINDINGS = [Binding("escape", "cancel_line", show=False, id="line.cancel")]

    def __init__(
        self, title: str, message: str, *, value: str = "", optional: bool = False
    ) -> None:
        super().__init__()
        self._words = (title, message)
        self._value = value
        self._optional = optional

    def compose(self) -> ComposeResult:
        """Title, what is asked, the line."""
        title, message = self._words
        with Panel():
            yield Prose(title, classes="heading")
            yield Prose(message)
            yield Line(self._value)
            yield Prose(classes="keys", id="keys")

    def on_mount(self) -> None:
        """What stands there gives way to what is typed; an arrow key keeps it."""
        self.query_one(Line).action_select_all()

    def show_words(self) -> None:
        """The keys."""
        self.query_one("#keys", Prose).show(spelled(_("↵ done   esc cancel")))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed, without spaces around it; an empty line is no answer."""
        if event.value.strip() or self._optional:
            self.dismiss(event.value.strip())

    def action_cancel_line(self) -> None:
        """Leave it."""
        self.dismiss(None)
