"""A dialogue of several lines to fill in; what is refused is said in it, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from assess.errors import AssessError
from assess.i18n import _
from assess.tui.commands import spelled
from assess.tui.screens.base import AppModal
from assess.tui.widgets.prose import Line, Panel, Prose


@dataclass(frozen=True, slots=True)
class Field:
    """One line: the key that its text is given back under, what is asked, what stands in it."""

    key: str
    label: str
    value: str = ""
    hint: str = ""
    """Shown in the line while it is empty."""


class FormScreen(AppModal[dict[str, str] | None]):
    """Gives the texts by their keys once ``keep`` has taken them; None when it was left.

    ``keep`` runs in a thread; an AssessError that it raises is shown and the form stays.
    """

    DEFAULT_CSS = """
    FormScreen #message { color: $muted; }
    FormScreen .label { margin-top: 1; }
    FormScreen .low { margin-top: 0; }
    FormScreen #refused { color: $error; margin-top: 1; }
    """
    BINDINGS = [
        Binding("escape", "leave", show=False, id="form.leave"),
        Binding("down", "go(1)", show=False, priority=True, id="form.down"),
        Binding("up", "go(-1)", show=False, priority=True, id="form.up"),
    ]

    def __init__(
        self,
        title: str,
        message: str,
        fields: Sequence[Field],
        keep: Callable[[dict[str, str]], object],
        *,
        at: int = 0,
    ) -> None:
        super().__init__()
        self._words = (title, message)
        self._fields = list(fields)
        self._keep = keep
        self._at = at
        self._busy = False

    def compose(self) -> ComposeResult:
        """Title, what it is about, a label and a line for each field, keys."""
        title, message = self._words
        with Panel():
            yield Prose(title, classes="heading")
            yield Prose(message, id="message")
            for field in self._fields:
                yield Prose(field.label, classes="label")
                line = Line(field.value)
                line.placeholder = field.hint
                yield line
            yield Prose(id="refused")
            yield Prose(classes="keys", id="keys")

    def on_mount(self) -> None:
        """Begin at the first field, or the one asked for."""
        self._begin(self._lines[min(self._at, len(self._fields) - 1)])
        # four lines with air between them do not fit into a low window
        low = self.app.size.height < 5 + 3 * len(self._fields) + 6
        self.query(".label").set_class(low, "low")
        # Textual itself calls the on_mount of AppModal next, which shows the words

    @property
    def _lines(self) -> list[Line]:
        return list(self.query(Line))

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the lines."""
        lines = zip(self._fields, self._lines, strict=True)
        return {field.key: line.value.strip() for field, line in lines}

    def show_words(self) -> None:
        """The keys; what was asked stays as it was."""
        self.query_one("#keys", Prose).show(
            spelled(_("↵ next, at the end done   ↑↓ move   esc cancel"))
        )

    def action_go(self, step: int) -> None:
        """To the next or the previous line."""
        lines = self._lines
        here = next((n for n, line in enumerate(lines) if line.has_focus), 0)
        self._begin(lines[max(0, min(len(lines) - 1, here + step))])

    def _begin(self, line: Line) -> None:
        # what stands there gives way to what is typed; an arrow key keeps it
        line.focus()
        line.action_select_all()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next line; at the last one keep what was filled in."""
        if event.input is not self._lines[-1]:
            self.action_go(1)
        elif not self._busy:
            self.run_worker(self._finish(), group="form", exclusive=True)

    async def _finish(self) -> None:
        self._busy = True
        texts = self.texts
        try:
            await asyncio.to_thread(self._keep, texts)
        except AssessError as error:
            said = " ".join(part for part in (error.message, error.hint) if part)
            self.query_one("#refused", Prose).show(said)
        else:
            self.dismiss(texts)
        finally:
            self._busy = False

    def action_leave(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
