"""An interview as lines of text, for screen readers, dumb terminals and pipes.

Prompts go to stderr; stdout is a record of what was stored, ``ITEM<tab>VALUE`` a line.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from assess import i18n
from assess.cli.common import open_workspace, say, tell
from assess.cli.plain_begin import Beginning
from assess.cli.plain_item import by_position, in_one_line, question
from assess.cli.plain_words import (
    begun,
    behind_the_last,
    ended,
    explanation,
    not_saved,
    reasons,
    review_lines,
    stopped,
)
from assess.errors import AssessError, BadInput, StoreError
from assess.exchange.answers import read_answer
from assess.exchange.cells import CellError
from assess.i18n import _, ngettext
from assess.model.asking import Answer
from assess.model.items import ChoiceItem, ChoicesItem
from assess.model.records import State
from assess.model.topics import topics_touched
from assess.workspace.interviewing import Interview

STATES: dict[str, State] = {"n": "not_asked", "o": "not_observed", "d": "declined"}


def interview(arguments: argparse.Namespace) -> int:
    """``assess interview --plain``."""
    workspace = open_workspace(arguments)
    session = workspace.interview(
        arguments.candidate,
        arguments.rater,
        arguments.questionnaire,
        arguments.wave,
        form=arguments.form,
    )
    talk: Talk | None = None
    try:
        talk = Talk(session, sys.stdin)
        talk.open_again()
        talk.offer_calibration(workspace)
        if session.notice_due and not talk.give_notice(given=arguments.notice_given):
            return 1
        talk.run()
        return 0
    except KeyboardInterrupt:
        if talk is None or not talk.unsaved:
            say(stopped(session))
            return 130
        raise not_saved(talk.unsaved) from None


class Talk(Beginning):
    """Reads a line, does what it says, prompts for the next."""

    def __init__(self, session: Interview, lines: TextIO) -> None:
        super().__init__(session, lines)
        self._at: str | None = None
        """The item asked; None behind the last one."""
        self._noted: str | None = None
        """The item that ``+`` adds to: the one answered last, or shown by ``b`` or ``g``."""
        self._before_change: list[Answer] = []
        self._asked_in = ""
        """The language of the questions; empty: that of the program."""

    # -- reading and telling

    def run(self) -> None:
        """Ask until submitted, stopped, or out of lines.

        Raises StoreError at the end where something said could not be saved.
        """
        self._talk()
        if self.unsaved:
            raise not_saved(self.unsaved)

    def _talk(self) -> None:
        say(begun(self.session))
        self._ask(self.session.resume_at() if self.session.review().open else None)
        while (line := self.read_line()) is not None:
            said = self.typed(line)
            if not self._is_option(said) and self.took_samples(said):
                self._ask(self._at)
                continue
            said_of = f"+ {self._noted}" if said.startswith("+") else self._at or said
            try:
                if not self._obey(said):
                    if said == "q" and not self.unsaved:
                        say(stopped(self.session))
                    return
            except (AssessError, CellError) as error:
                if isinstance(error, StoreError):
                    self.unsaved[said_of] = None
                say(str(error))
            if waiting := self.session.waiting:
                say(waiting)
        if not self.unsaved:
            say(ended(self.session))

    def _obey(self, line: str) -> bool:
        """Do what a line says; False where it ends the interview."""
        if line in ("q", "s"):
            return not (line == "q" or self._submit())
        commands: dict[str, Callable[[], None]] = {
            "?": lambda: self._tell(explanation(self.session)),
            "r": lambda: self._tell(review_lines(self.session)),
            "z": self._undo,
            "l": self._switch_language,
            "b": lambda: self._go(self._before()),
        }
        if not self._is_option(line):
            commands |= {"f": self._flag, "g": self._ask_where}
        if line in commands:
            commands[line]()
        elif line.startswith("g ") and line[2:].strip() in self._asked():
            self._go(line[2:].strip())
        elif line.startswith("g ") and not self._takes_text():
            raise BadInput(_("{item} is not asked here").format(item=line[2:].strip()))
        elif line.startswith("+"):
            self._note(line[1:].strip())
        elif self._at is None:
            self._ask_nothing(line)
        elif not line:
            self._ask(self._next(self._at))
        else:
            self._answer(self._at, line)
        return True

    # -- what the lines do

    def _answer(self, item_id: str, line: str) -> None:
        item = self.session.item(item_id)
        before = self.session.answers.get(item_id, Answer(item_id, "open"))
        if line in STATES:
            stored = self.session.mark(item_id, STATES[line])
        else:
            states = ["d"] if self.session.form == "self" else list(STATES)
            said = by_position(item, line)
            state, value = read_answer(self.session.pack, item, said, states=states)
            stored = (
                self.session.answer(item_id, value)
                if state == "answered"
                else self.session.mark(item_id, state)
            )
        tell(f"{item_id}\t{in_one_line(stored)}")
        self.unsaved.pop(item_id, None)
        self.samples = None
        self._before_change.append(before)
        self._noted = item_id
        if isinstance(stored.value, str):
            self._warn(stored.value)
        if self.session.note_due(item_id):
            say(_("evidence, please: + followed by the note"))
            if item.evidence is not None:
                spoken = self._asked_in or i18n.language()
                say("  " + self.session.pack.say(item.evidence, spoken))
        self._ask(self._next(item_id))

    def _note(self, text: str) -> None:
        if self._noted is None:
            raise BadInput(_("a note belongs to an answer: answer first, or go to an item"))
        if not text:
            raise BadInput(_("+ takes the text of the note behind it"))
        before = self.session.answers.get(self._noted, Answer(self._noted, "open"))
        joined = "\n".join(part for part in (before.note, text) if part)
        self.session.note(self._noted, joined)
        self._before_change.append(before)
        self.unsaved.pop(f"+ {self._noted}", None)
        say(_("noted beside {item}").format(item=self._noted))
        self._warn(text)

    def _warn(self, text: str) -> None:
        """Say gently that a text touches what must not be recorded."""
        for topic in topics_touched(self.session.pack, text):
            said = self.session.pack.say(topic.topic, i18n.language())
            say(_("Better left out of notes: {topic}").format(topic=said))

    def _undo(self) -> None:
        if not self._before_change:
            raise BadInput(_("there is nothing left of this sitting to take back"))
        before = self._before_change.pop()
        changed = self.session.answers[before.item]
        stored = self.session.put_back(before)
        tell(f"{before.item}\t{in_one_line(stored)}")
        told = _("taken back: the answer to {item}")
        if changed.note != before.note:  # a note is a change of its own
            told = _("taken back: the note beside {item}")
        say(told.format(item=before.item))
        self._go(before.item)

    def _ask_where(self) -> None:
        raise BadInput(
            _("g takes the item to go to, such as g {item}").format(item=self._asked()[0])
        )

    def _flag(self) -> None:
        if self._at is None:
            raise BadInput(_("no item is asked now: go to one first, with g ITEM"))
        on = self._at not in self.session.flags
        self.session.flag(self._at, on)
        told = (
            _("{item} is flagged, to come back to") if on else _("{item} is not flagged any more")
        )
        say(told.format(item=self._at))

    def _switch_language(self) -> None:
        known = self.session.pack.file.languages
        now = self._asked_in or i18n.language()
        at = known.index(now) if now in known else -1
        self._asked_in = known[(at + 1) % len(known)]
        if self._at is not None:
            self._ask(self._at)

    def _submit(self) -> bool:
        try:
            self.session.submit()
        except BadInput as error:
            say(str(error))
            return False
        say(_("submitted"))
        if left := len(self.session.review().open):
            say(ngettext("{n} item is open.", "{n} items are open.", left).format(n=left))
        if self.session.form == "self":
            return True
        self._tell(reasons(self.session))
        return True

    def _go(self, item_id: str | None) -> None:
        self._noted = item_id
        self._ask(item_id)

    # -- where one is

    def _asked(self) -> list[str]:
        return [item.id for item in self.session.items]

    def _is_option(self, line: str) -> bool:
        item = self.session.item(self._at) if self._at is not None else None
        options = item.options if isinstance(item, ChoiceItem | ChoicesItem) else []
        return any(option.id == line for option in options) or self._takes_text()

    def _takes_text(self) -> bool:
        return self._at is not None and self.session.item(self._at).type == "text"

    def _next(self, item_id: str) -> str | None:
        """The next open item behind this one; None behind the last."""
        asked = self._asked()
        behind = asked[asked.index(item_id) + 1 :] if item_id in asked else []
        return next((item for item in behind if self.session.is_open(item)), None)

    def _before(self) -> str | None:
        asked = self._asked()
        at = asked.index(self._at) if self._at in asked else len(asked)
        return asked[max(0, at - 1)] if asked else None

    # -- what is said

    def _ask(self, item_id: str | None) -> None:
        self._at = item_id
        if item_id is None:
            self._tell(review_lines(self.session))
            say(behind_the_last(self.session))
            return
        spoken = self._asked_in or i18n.language()
        self._tell(question(self.session, self.session.item(item_id), self._asked(), spoken))

    def _ask_nothing(self, line: str) -> None:
        """What can be done behind the last item, after a line that was none of it."""
        if line:
            say(_("no item is asked now, so '{line}' answers nothing").format(line=line[:40]))
        self._ask(None)

    @staticmethod
    def _tell(lines: Iterable[str]) -> None:
        for line in lines:
            say(line)
