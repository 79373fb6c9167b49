"""A field for several lines of text that knows how Chinese is wrapped and what a word is."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.document._document import DocumentBase, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from assess.i18n import N_
from assess.tui.commands import Command, bindings
from assess.tui.widgets.wrapping import row_starts, word_end, word_start

PAUSE = 0.7
"""Seconds without a key after which what was typed is saved."""


class ProseDocument(WrappedDocument):
    """A document wrapped by the rules of :mod:`assess.tui.widgets.wrapping`.

    Textual wraps at spaces only; the lists filled here are those that its class reads. Notes are
    short, so an edit wraps the whole text again.
    """

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap every line to ``width`` cells; 0 for no wrapping."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        self._wrap_offsets, self._tab_width_cache = [], []
        self._offset_to_line_info, self._line_index_to_offsets = [], []
        for index, line in enumerate(self.document.lines):
            starts = row_starts(line, width, self._tab_width)
            self._wrap_offsets.append(starts)
            self._tab_width_cache.append([w for _, w in get_tab_widths(line, self._tab_width)])
            first = len(self._offset_to_line_info)
            self._offset_to_line_info += [(index, row) for row in range(len(starts) + 1)]
            self._line_index_to_offsets.append(list(range(first, first + len(starts) + 1)))

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:  # noqa: ARG002
        """Wrap again after an edit."""
        self.wrap(self._width)


class NoteArea(TextArea):
    """What is typed is announced after a pause (``Paused``) and on leaving it (``Left``)."""

    ACTIONS = (
        Command(
            "note.leave",
            "leave_note",
            "escape,ctrl+s",
            N_("done"),
            N_("Keep what was typed and go back to the item."),
            footer=1,
        ),
        Command(
            "note.delete_word",
            "delete_word_left",
            "ctrl+w",
            N_("delete a word"),
            N_("Delete the word before the cursor; of Chinese, two characters."),
            footer=4,
            palette=False,
        ),
        Command(
            "note.undo",
            "undo",
            "ctrl+z",
            N_("undo"),
            N_("Take the last change back."),
            footer=3,
            palette=False,
        ),
    )
    BINDINGS = bindings(ACTIONS)

    @dataclass
    class Paused(Message):
        """Nothing was typed for a moment."""

        area: NoteArea

    @dataclass
    class Left(Message):
        """Typing here is over; ``done`` where the user said so."""

        area: NoteArea
        done: bool

    def __init__(self, *, id: str) -> None:
        super().__init__(
            id=id, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False, compact=True
        )
        # a steady cursor: calm, and no traffic over ssh while nobody types
        self.cursor_blink = False
        self._typing: Timer | None = None
        self._given = self._shown = ""

    @property
    def said(self) -> str:
        """What stands in it, and what was shown and not changed as it was given.

        The field shows the ends of lines all alike, whichever a text has.
        """
        return self._given if self.text == self._shown else self.text

    def show(self, text: str) -> None:
        """Show a text, from which nothing can be undone."""
        if text == self.text:
            self.history.clear()
            if self.cursor_location != self.document.end:
                self.move_cursor(self.document.end)
        else:
            self.load_text(text)
        self._given, self._shown = text, self.text

    def load_text(self, text: str) -> None:
        """Show a text, wrapped as prose."""
        super().load_text(text)
        self._wrap_as_prose(self.document)

    def on_mount(self) -> None:
        """Wrap as prose from the start."""
        self._wrap_as_prose(self.document)

    def _wrap_as_prose(self, document: DocumentBase) -> None:
        self.wrapped_document = ProseDocument(document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        # what wraps again and measures anew
        self.soft_wrap = False
        self.soft_wrap = True
        self.move_cursor(document.end)

    def get_cursor_word_left_location(self) -> Location:
        """The start of the word before the cursor."""
        row, column = self.cursor_location
        if row > 0 and column == 0:
            return row - 1, len(self.document[row - 1])
        return row, word_start(self.document[row], column)

    def get_cursor_word_right_location(self) -> Location:
        """The end of the word behind the cursor."""
        row, column = self.cursor_location
        if column == len(self.document[row]) and row < self.document.line_count - 1:
            return row + 1, 0
        return row, word_end(self.document[row], column)

    def action_delete_word_right(self) -> None:
        """Delete to the end of the word behind the cursor, or what is selected."""
        start, end = self.selection
        self.delete(start, end if start != end else self.get_cursor_word_right_location())

    def action_leave_note(self) -> None:
        """Keep what was typed and give the keys back to the screen."""
        self._stop_timer()
        self.post_message(self.Left(self, done=True))

    def on_text_area_changed(self) -> None:
        """Wait for a pause."""
        self._stop_timer()
        if self.has_focus:
            self._typing = self.set_timer(PAUSE, lambda: self.post_message(self.Paused(self)))

    def on_blur(self, event: events.Blur) -> None:
        """Leaving by mouse or tab keeps what was typed too."""
        del event
        self._stop_timer()
        self.post_message(self.Left(self, done=False))

    def _stop_timer(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
