"""What the interview's screen shows: what is on disk, and above it what is on its way there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Literal

from assess.i18n import language
from assess.model.asking import Answer, Value, asked_items, note_due, values
from assess.model.items import Card, Item
from assess.model.records import State
from assess.workspace.interviewing import Interview
from assess.workspace.moment import once

Mark = Literal["open", "answered", "note_due", "no_value"]

Changed = Literal["answer", "note", "whole_note", "flag"]

_PAUSE = 600.0
"""Seconds after which a gap between two answers is taken for a pause."""


@dataclass(frozen=True)
class Undone:
    """What was taken back of an item: its answer, what was last noted, all of its note, a flag."""

    item: str
    changed: Changed


class Sheet:
    """An interview with the answers just given laid over those stored, so that no screen waits.

    ``write`` takes an item and what to run, and gives the number of the job.
    """

    def __init__(
        self, session: Interview, write: Callable[[str, Callable[[], object]], int]
    ) -> None:
        self.session = session
        self._write = write
        self._pending: dict[str, tuple[int, Answer]] = {}
        self._flagging: dict[str, tuple[int, bool]] = {}
        self._undo: list[tuple[str, Answer | bool]] = []
        """What stood before each change of this sitting: an answer, or whether it was flagged."""
        self.asked_in = ""
        """The language of the questions; empty: that of the screen."""

    # -- the language of the questions

    @property
    def language(self) -> str:
        """The language that questions are shown in."""
        return self.asked_in or language()

    def switch_language(self) -> None:
        """The next of the pack's languages, whatever the screen speaks."""
        known = self.session.pack.file.languages
        at = known.index(self.language) if self.language in known else -1
        self.asked_in = known[(at + 1) % len(known)]

    # -- what stands

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers as the user knows them, stored or on their way."""
        return self.session.answers | {item: a for item, (_n, a) in self._pending.items()}

    @property
    def flags(self) -> set[str]:
        """The items flagged, likewise."""
        taken = {item for item, (_n, on) in self._flagging.items() if not on}
        return (self.session.flags - taken) | {i for i, (_n, on) in self._flagging.items() if on}

    @property
    def items(self) -> list[Item]:
        """The items asked now, in order."""
        return once(self, "items", self._asked)

    def _asked(self) -> list[Item]:
        session = self.session
        return asked_items(
            session.questionnaire, session.wave, values(self.answers), session.modules
        )

    def cards_of(self, item: Item) -> list[Card]:
        """The cards that may be used for this candidate."""
        return item.cards_for(self.session.modules)

    def answer_of(self, item: str) -> Answer:
        """The answer to an item; an open one where none was given."""
        if item in self._pending:
            return self._pending[item][1]
        return self.session.answers.get(item) or Answer(item, "open")

    def mark_of(self, item: Item) -> Mark:
        """Where an item stands, as the strip and the lists show it."""
        return self._mark(item, self.answer_of(item.id))

    def marks(self, items: Iterable[Item]) -> list[Mark]:
        """Where each of the items stands."""
        answers = self.answers
        return [self._mark(item, answers.get(item.id) or Answer(item.id, "open")) for item in items]

    def _mark(self, item: Item, answer: Answer) -> Mark:
        if not answer.given:
            return "open"
        if answer.state != "answered":
            return "no_value"
        due = self.session.wants_evidence and note_due(self.session.pack, item, answer)
        return "note_due" if due else "answered"

    def note_due(self, item: Item) -> bool:
        """Whether the pack wants evidence for the answer and none is noted."""
        return self.mark_of(item) == "note_due"

    def place(self, item: str) -> int:
        """The place of an item among those asked now, from 0; 0 for one no longer asked."""
        ids = [one.id for one in self.items]
        return ids.index(item) if item in ids else 0

    def minutes_left(self, left: int) -> int | None:
        """How long ``left`` items take at the pace so far; None while that cannot be told."""
        times = sorted(datetime.fromisoformat(a.at) for a in self.answers.values() if a.at)
        gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
        gaps = [gap for gap in gaps if gap < _PAUSE]
        if len(gaps) < 3 or not left:
            return None
        return max(1, round(median(gaps) * left / 60))

    # -- what is done

    def answer(self, item: str, value: Value) -> None:
        """Answer an item; its note stays."""
        before = self.answer_of(item)
        self._lay(replace(before, state="answered", value=value), "answer", value)

    def mark(self, item: str, state: State) -> None:
        """Say that there is no value and why, or open the item again; its note stays."""
        self._lay(replace(self.answer_of(item), state=state, value=None), "mark", state)

    def note(self, item: str, text: str) -> None:
        """Note something beside an item."""
        before = self.answer_of(item)
        if text != before.note:
            self._lay(replace(before, note=text), "note", text)

    def flag(self, item: str) -> None:
        """Mark an item to come back to, or take the mark away."""
        on = item not in self.flags
        self._undo.append((item, not on))
        self._set_flag(item, on)

    def undo(self) -> Undone | None:
        """Take the last change of this sitting back; None without one."""
        if not self._undo:
            return None
        item, before = self._undo.pop()
        if isinstance(before, bool):
            self._set_flag(item, before)
            return Undone(item, "flag")
        changed = _changed(before, self.answer_of(item))
        number = self._write(item, lambda: self.session.put_back(before))
        self._pending[item] = (number, replace(before, at=""))
        return Undone(item, changed)

    def _set_flag(self, item: str, on: bool) -> None:
        number = self._write(item, lambda: self.session.flag(item, on))
        self._flagging[item] = (number, on)

    def _lay(self, answer: Answer, verb: str, *what: object) -> None:
        before = self.answer_of(answer.item)
        item, last = self._undo[-1] if self._undo else ("", False)
        # a note is saved at every pause in typing; all of it is one change
        typing = verb == "note" and item == answer.item and _same_but_note(last, before)
        if typing and isinstance(last, Answer):
            self._undo.pop()
            before = last
        # given once more, or typed back to what it was, there is nothing to take back
        if not _same(before, answer):
            self._undo.append((answer.item, before))
        run = getattr(self.session, verb)
        number = self._write(answer.item, lambda: run(answer.item, *what))
        self._pending[answer.item] = (number, replace(answer, at=""))

    def written(self, item: str, number: int) -> None:
        """A job is on disk (or was refused for good): what it laid over goes."""
        for laid in (self._pending, self._flagging):
            if item in laid and laid[item][0] <= number:
                del laid[item]


def _changed(before: Answer, after: Answer) -> Changed:
    if not _same_but_note(before, after):
        return "answer"
    return "note" if before.note else "whole_note"


def _same(before: Answer, after: Answer) -> bool:
    return (before.state, before.value, before.note) == (after.state, after.value, after.note)


def _same_but_note(before: Answer | bool, after: Answer) -> bool:
    return (
        isinstance(before, Answer)
        and before.note != after.note
        and (before.state, before.value) == (after.state, after.value)
    )
