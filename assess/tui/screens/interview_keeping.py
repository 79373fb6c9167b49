"""What an interview keeps besides its answers: notes, what is in hand, how it ends and reopens."""

from __future__ import annotations

import asyncio

from assess.i18n import _, language
from assess.model.items import TextItem
from assess.model.topics import topics_touched
from assess.tui.screens import interview_item as words
from assess.tui.screens.interview_base import SheetScreen
from assess.tui.widgets.note import NoteArea


class KeepingScreen(SheetScreen):
    """Notes beside the answers, and the review; which item is shown is decided elsewhere."""

    def go_on(self) -> None:
        """The next item."""
        raise NotImplementedError

    def go_if_chosen(self, item: str | None) -> None:
        """The item that was chosen; without one the same as before."""
        raise NotImplementedError

    # -- notes

    def action_edit_note(self) -> None:
        """Write beside the answer."""
        self.page.note.focus()

    def on_note_area_paused(self) -> None:
        """Save while typing."""
        self.keep_in_hand()
        self._warn(self.page.written, self.at)

    def _warn(self, text: str, at: str) -> None:
        """Say gently that the note of an item touches what must not be recorded, until it does not.

        What it was is kept nowhere.
        """
        topics = topics_touched(self.session.pack, text)
        if topics:
            topic = self.session.pack.say(topics[0].topic, language())
            words = _("Better left out of notes: {topic}")
            if at != self.at:
                words = _("Better left out of the note at {item}: {topic}")
            self.page.warn(self.item, words.format(topic=topic, item=at))
        elif at == self.at and self.page.has_class("-warned"):
            self.page.warn(self.item, "")

    def on_note_area_left(self, event: NoteArea.Left) -> None:
        """Save on leaving; where the note was due or was the answer, go on."""
        self.keep_in_hand()
        if not event.done:
            return
        text, at = self.page.written, self.at
        goes_on = self._goes_on or event.area is self.page.text
        self._goes_on, self._told = False, ""
        self.set_focus(None)
        if goes_on:
            self.go_on()
        self._warn(text, at)

    def keep_in_hand(self) -> None:
        """Write the note, the text and the options chosen, as they stand."""
        self.keep_item()
        self._show_progress()

    def keep_item(self) -> None:
        """Write what stands at the item, and nothing where nothing has changed."""
        if self.session.submitted:
            return
        self.sheet.note(self.at, self.page.note.said)
        answer = self.sheet.answer_of(self.at)
        if isinstance(self.item, TextItem):
            text = self.page.text.said
            if text.strip() and text != answer.value:
                self.sheet.answer(self.at, text)
            elif not text.strip() and answer.state == "answered":
                self.sheet.mark(self.at, "open")
        elif self._draft.chosen is not None:
            given = words.Draft(chosen=self._draft.chosen)
            self.sheet.answer(
                self.at, words.confirm(self.session.pack, self.item, answer, given).value
            )
            self._draft = words.Draft()

    # -- review

    def action_review_answers(self) -> None:
        """Show what is open; submit from there."""
        self.run_worker(self._review(), group="review", exclusive=True)

    async def _review(self) -> None:
        from assess.tui.screens.profile import ProfileScreen
        from assess.tui.screens.review import ReviewScreen
        from assess.workspace.selftest import SelfTest

        self.keep_in_hand()
        await self.writer.settle()
        item = await self.app.push_screen_wait(ReviewScreen(self.session))
        if self.session.submitted and isinstance(self.session, SelfTest):
            # which answers were right is told at the supervised check, so there is no way back
            self.app.switch_screen(ProfileScreen(self.session))
            return
        if self.session.submitted:
            self._told = ""
            self.page.load_fields(self.item)
            self.refresh_bindings()
        self.go_if_chosen(item)

    def action_reopen_interview(self) -> None:
        """Open a submitted interview again."""
        self.run_worker(self._reopen(), group="review", exclusive=True)

    async def _reopen(self) -> None:
        from assess.tui.screens.message import LineScreen

        reason = await self.app.push_screen_wait(
            LineScreen(_("Open this interview again"), _("Why? The reason stays on record."))
        )
        if reason:
            with self.errors_shown():
                await asyncio.to_thread(self.session.reopen, reason)
                self._told = _("Open again; r submits it anew.")
            self.page.load_fields(self.item)
            self.show_words()
            self.refresh_bindings()
