"""The item on the screen: question, probes, levels, and the note below or beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from assess.i18n import _
from assess.model.items import Item, TextItem
from assess.tui.screens import interview_item as words
from assess.tui.widgets.drawn import Board, Stack
from assess.tui.widgets.item_view import ItemView, ItemWords
from assess.tui.widgets.note import NoteArea
from assess.tui.widgets.prose import Prose, Steady
from assess.tui.widgets.strip import FLAG

if TYPE_CHECKING:
    from assess.tui.screens.interview_sheet import Sheet

WIDE = 112
"""From so many columns on the note stands beside the item, and the probes over the note."""
HIGH = 23
"""Screens with fewer rows are short of them."""


class InterviewPage(Board):
    """Shows one item of a sheet; the screen decides which and what happens with its answer."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.view = ItemView()
        """The item as it is read, with its levels or options."""
        self.text = NoteArea(id="text")
        """The field for the answer in words, shown at text items."""
        self.note = NoteArea(id="note")
        self._probes = Prose(id="probes", hang=4)
        self._evidence = Steady(id="evidence")

    def compose(self) -> ComposeResult:
        """The item, and its side with the note."""
        with Stack(id="item"):
            yield self.view
            yield self.text
        with Stack(id="side"):
            yield self._probes
            yield self._evidence
            yield self.note

    def on_descendant_focus(self) -> None:
        """Say more about what to note while it is noted."""
        self.add_class("-noting")

    def on_descendant_blur(self) -> None:
        """Say less again."""
        self.remove_class("-noting")

    @property
    def written(self) -> str:
        """What stands in both fields."""
        return self.note.text + "\n" + (self.text.text if self.text.display else "")

    def _say(self, text: Any) -> str:
        return self._sheet.session.pack.say(text, self._sheet.language) if text else ""

    def show_item(self, item: Item, draft: words.Draft) -> None:
        """Everything that is read; the fields keep what is typed in them."""
        self.remove_class("-warned")
        self.place(item)
        self._evidence.show(self._note_words(item))
        self.show_answers(item, draft)

    def place(self, item: Item) -> None:
        """What is asked, where there is room for it in a window of this size."""
        session = self._sheet.session
        competency = session.pack.competencies.get(item.competency or "")
        section = next(s.title for s in session.questionnaire.sections if item in s.items)
        marks = [_("must be answered")] if item.required else []
        marks += [FLAG + " " + _("flagged")] if item.id in self._sheet.flags else []
        fallback = session.pack.file.languages[0]
        probes = item.probes.say(self._sheet.language, fallback) if item.probes else []
        cards = " ".join(card.id for card in self._sheet.cards_of(item))
        shown = [_("case card {ids}: c shows it").format(ids=cards)] if cards else []
        columns, rows = self.app.size
        beside = [*shown, *probes] if columns >= WIDE else []
        self.view.show(
            ItemWords(
                head=self._say(competency.name if competency else section),
                aside="   ".join([*marks, item.id]),
                ask=self._say(item.ask),
                probes=() if beside else (*shown, *probes),
                reason=self._say(item.reason) if session.submitted else "",
            ),
            tight=rows < HIGH,
        )
        self._probes.show("\n".join(f"  ▸ {probe}" for probe in beside))
        self._evidence.hold(rows >= HIGH and not self.has_class("-warned"))

    def warn(self, item: Item, text: str) -> None:
        """Say something over the note, before what to note there, until the item is shown anew.

        Without words it says nothing more.
        """
        told = [text] if text else []
        self.set_class(bool(text), "-warned")
        self._evidence.hold(not text and self.app.size.height >= HIGH)
        self._evidence.show("\n".join([*told, self._note_words(item)]))

    def _note_words(self, item: Item) -> str:
        evidence = self._say(item.evidence)
        return _("Note · {evidence}").format(evidence=evidence) if evidence else _("Note")

    def show_answers(self, item: Item, draft: words.Draft) -> None:
        """The levels, what is chosen, what is typed."""
        session = self._sheet.session
        answer = self._sheet.answer_of(item.id)
        typed = words.takes_number(session.pack, item) and not session.submitted
        self.view.show_answers(
            words.levels(
                session.pack,
                item,
                answer,
                draft,
                spoken=self._sheet.language,
                with_verdict=session.submitted,
            ),
            words.state_levels(answer, session.no_values),
            lead=words.number_lead(session.pack, item, self._sheet.language) if typed else "",
            entry=draft.typed if typed else None,
        )

    def load_fields(self, item: Item) -> None:
        """Put the note and the text as they stand into their fields."""
        answer = self._sheet.answer_of(item.id)
        self.text.display = isinstance(item, TextItem)
        self.set_class(isinstance(item, TextItem), "-worded")
        for field, text in ((self.text, answer.value), (self.note, answer.note)):
            field.show(text if isinstance(text, str) else "")
            field.read_only = self._sheet.session.submitted

    def scroll_item(self, pages: int) -> None:
        """Scroll a long item by pages; 0 goes to its top."""
        self.view.scroll_pages(pages)
