"""The interview: one item at a time, answered by a key, with its note beside it."""

from __future__ import annotations

from textual import events

from assess.i18n import N_, _
from assess.model.items import ChoicesItem, TextItem
from assess.model.records import State
from assess.tui.commands import Command, bindings
from assess.tui.screens import interview_item as words
from assess.tui.screens.interview_commands import COMMANDS, WRITING
from assess.tui.screens.interview_keeping import KeepingScreen
from assess.tui.widgets.answers import Answers
from assess.tui.widgets.strip import ProgressStrip

_ANSWERING = frozenset("0123456789.-")
_UNDONE = {
    "answer": N_("Taken back: the answer to {item}."),
    "note": N_("Taken back: the last change of the note at {item}."),
    "whole_note": N_("Taken back: the whole note at {item}."),
    "flag": N_("Taken back: the flag at {item}."),
}


class InterviewScreen(KeepingScreen):
    """A conversation with a form at its side."""

    ABOUT = N_(
        "One question at a time: a digit gives the level and goes on, a letter says why there"
        " is no value. Every answer is on disk before “saved” appears, so that one may stop "
        "anywhere. The strip above shows what is answered, open and flagged; the review lists"
        " it and submits."
    )

    ACTIONS = COMMANDS
    BINDINGS = bindings(COMMANDS)

    _keys: tuple[object, ...] = ()
    """What the keys that are shown depend on."""

    def command_words(self, command: Command) -> tuple[str, str] | None:
        """How the shown item is answered, and what enter does with it."""
        if command.id == "interview.answer":
            if words.takes_number(self.session.pack, self.item):
                return "0-9", _("type the number")
            last = self.page.view.keys[-1:] or ["9"]
            first = self.page.view.keys[:1] or ["1"]
            keys = f"{first[0]}-{last[0]}" if first != last else first[0]
            return keys, _("choose") if isinstance(self.item, ChoicesItem) else command.label
        if command.id == "interview.next" and self.session.submitted:
            return "", _("next item")
        if command.id == "interview.next" and not self._draft.empty:
            return "", _("confirm")
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A submitted interview is only read; what has nothing to do is not offered."""
        del parameters
        if action == "reopen_interview":
            return self.session.submitted
        if action == "retry_saving":
            return self._failing
        if action == "show_cards":
            return bool(self.sheet.cards_of(self.item))
        reason = action.removeprefix("mark_")
        if reason != action and reason not in self.session.no_values:
            return False
        return not (self.session.submitted and action in WRITING)

    # -- moving

    def go_to(self, item: str) -> None:
        """Show another item, keeping what is in hand of this one."""
        self.keep_item()
        self.at, self._draft, self._told, self._goes_on = item, words.Draft(), "", False
        self.set_focus(None)
        self.page.view.cursor = None
        self.page.load_fields(self.item)
        self.page.scroll_item(0)
        self.show_words()
        self._show_keys()

    def _show_keys(self) -> None:
        """Look at the keys anew where they are not those of the item before."""
        pack, item, keys = self.session.pack, self.item, self.page.view.keys
        cards, typed = bool(self.sheet.cards_of(item)), words.takes_number(pack, item)
        now = (type(item), typed, *keys[:1], *keys[-1:], cards, self._draft.empty)
        if now != self._keys:
            self._keys = now
            self.refresh_bindings()

    def go_on(self) -> None:
        """The next item, or the review behind the last."""
        self.keep_item()
        items = self.sheet.items
        place = next((place for place, item in enumerate(items, 1) if item.id == self.at), 1)
        if place < len(items):
            self.go_to(items[place].id)
        else:
            self.action_review_answers()

    def action_show_next(self) -> None:
        """Confirm what was typed or chosen; where there is nothing, leave the item as it is."""
        lit = self.page.view.under_cursor
        if self.session.submitted:
            self.go_on()
        elif not self._draft.empty:
            answer = self.sheet.answer_of(self.at)
            self._take(words.confirm(self.session.pack, self.item, answer, self._draft))
        elif lit is not None:
            self._pick(lit)
        else:
            self.go_on()

    def action_skip_item(self) -> None:
        """The next item."""
        self.go_on()

    def action_show_previous(self) -> None:
        """The item before."""
        self.keep_item()
        place = self.sheet.place(self.at)
        if place:
            self.go_to(self.sheet.items[place - 1].id)

    def action_move_cursor_down(self) -> None:
        """The next level."""
        self.page.view.move_cursor(1)

    def action_move_cursor_up(self) -> None:
        """The level before."""
        self.page.view.move_cursor(-1)

    def action_scroll_item_down(self) -> None:
        """Scroll a long item."""
        self.page.scroll_item(1)

    def action_scroll_item_up(self) -> None:
        """Scroll back."""
        self.page.scroll_item(-1)

    def on_progress_strip_item_picked(self, event: ProgressStrip.ItemPicked) -> None:
        """Go to the item that was clicked."""
        self.go_to(self.sheet.items[event.place].id)

    def action_find_item(self) -> None:
        """Choose the item to go to."""
        from assess.tui.screens.item_list import ItemListScreen

        self.keep_in_hand()
        self.app.push_screen(ItemListScreen(self.sheet, self.at), self.go_if_chosen)

    def go_if_chosen(self, item: str | None) -> None:
        """The item chosen in a list; without one the words may have changed."""
        if item is not None:
            self.go_to(item)
        else:
            self.show_words()

    def action_show_cards(self) -> None:
        """Show the cards of a work sample."""
        from assess.tui.screens.case_card import CardScreen

        self.keep_in_hand()
        pack, cards = self.session.pack, self.sheet.cards_of(self.item)
        with_key = self.session.questionnaire.audience != "candidate"
        self.app.push_screen(CardScreen(pack, cards, self.sheet.language, with_key=with_key))

    # -- answering

    def on_key(self, event: events.Key) -> None:
        """Digits, the point, the minus sign and backspace belong to the answer."""
        if self.focused is None and (event.key == "backspace" or event.character in _ANSWERING):
            event.stop()
            self._press("backspace" if event.key == "backspace" else event.character or "")

    def on_answers_level_picked(self, event: Answers.LevelPicked) -> None:
        """A click on a level or on a state is its key."""
        if self.session.submitted:
            self._press(event.key)
        elif event.key in words.STATES:
            self._mark(words.STATES[event.key][0])
        else:
            self._pick(event.key)

    def _pick(self, key: str) -> None:
        if words.takes_number(self.session.pack, self.item):
            self._draft = words.Draft(typed=key, chosen=self._draft.chosen)
            self.action_show_next()
        else:
            self._press(key)

    def _press(self, key: str) -> None:
        if self.session.submitted:
            self.tell(_("This interview is submitted; u opens it again."))
        elif isinstance(self.item, TextItem) and key == "1":
            self.page.text.focus()
        else:
            answer = self.sheet.answer_of(self.at)
            self._take(words.press(self.session.pack, self.item, answer, self._draft, key))

    def _take(self, chosen: words.Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.refused:
            self.tell(_("Here the answer is {what}.").format(what=chosen.refused))
        if chosen.refused or chosen.draft is not None:
            self._draft = chosen.draft or self._draft
            self.page.show_answers(self.item, self._draft)
            self._show_keys()
            return
        self.sheet.answer(self.at, chosen.value)
        self._draft = words.Draft()
        if self.sheet.note_due(self.item):
            self._open_due_note()
        else:
            self.go_on()

    def _open_due_note(self) -> None:
        self.page.show_answers(self.item, self._draft)
        self._show_progress()
        self._goes_on = True
        self.tell(_("This answer wants evidence; esc then goes on."))
        self.page.note.focus()
        self.call_after_refresh(self.page.view.bring_chosen)

    def _mark(self, state: State) -> None:
        self.sheet.mark(self.at, state)
        self._draft = words.Draft()
        # words left in the field would be taken for the answer
        self.page.text.load_text("")
        self.go_on()

    def action_mark_not_asked(self) -> None:
        """No value: not asked."""
        self._mark("not_asked")

    def action_mark_not_observed(self) -> None:
        """No value: not observed."""
        self._mark("not_observed")

    def action_mark_declined(self) -> None:
        """No value: declined."""
        self._mark("declined")

    def action_clear_answer(self) -> None:
        """Open the item again; its note stays."""
        self._draft = words.Draft()
        if self.sheet.answer_of(self.at).given:
            self.sheet.mark(self.at, "open")
        self.page.text.load_text("")
        self.show_words()

    def action_undo_change(self) -> None:
        """Take the last change back and show its item."""
        self.keep_in_hand()
        undone = self.sheet.undo()
        if undone is None:
            self.tell(_("Nothing was changed in this sitting, or all of it is taken back."))
            return
        # what stands in the fields is the change that goes
        self.at, self._draft, self._goes_on = undone.item, words.Draft(), False
        self.page.view.cursor = None
        self.page.load_fields(self.item)
        self.show_words()
        self._show_keys()
        self.tell(_(_UNDONE[undone.changed]).format(item=undone.item))

    def action_switch_questions(self) -> None:
        """Ask in the pack's next language; what is typed and chosen stays."""
        self.sheet.switch_language()
        self.show_words()

    def action_flag_item(self) -> None:
        """Mark the item to come back to."""
        self.sheet.flag(self.at)
        self.show_words()
