"""What an interview's screen keeps and shows: item, progress, what is saved; and how it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.message import Message

from assess.errors import StoreError
from assess.i18n import _, language, ngettext
from assess.model.items import Item
from assess.tui.frames import Hold
from assess.tui.screens import interview_item as words
from assess.tui.screens.base import AppScreen
from assess.tui.screens.interview_page import HIGH, WIDE, InterviewPage
from assess.tui.screens.interview_sheet import Sheet
from assess.tui.screens.interview_writer import Writer, Written
from assess.tui.screens.message import QuestionScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Ends
from assess.tui.widgets.strip import ProgressStrip
from assess.workspace.interviewing import Interview
from assess.workspace.moment import one_moment

_TICK = 20.0
"""Seconds between two looks at the clock."""


def time_of_day() -> str:
    """Hours and minutes, local."""
    return datetime.now().astimezone().strftime("%H:%M")


class SheetScreen(AppScreen[None]):
    """An interview on the screen; "saved" is shown when an answer is on disk, and not before."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]

    @dataclass
    class AnswerWritten(Message):
        """A job of the writer came to its end."""

        written: Written

    def __init__(self, session: Interview, *, at: str | None = None) -> None:
        super().__init__()
        self.session = session
        self.writer = Writer(
            lambda written: self.post_message(self.AnswerWritten(written)),
            lambda error: self.call_later(self._end_with, error),
        )
        self.sheet = Sheet(session, self._put)
        self._hold = Hold(self)
        first = None if session.submitted else session.resume_at()
        self.at = at or first or next((item.id for item in self.sheet.items), "")
        self._draft = words.Draft()
        self._goes_on = False
        self._failing = False
        self._saved = ""
        self._told = ""

    def on_unmount(self) -> None:
        """Let the writer's thread go."""
        self.writer.end()

    def _end_with(self, error: BaseException) -> None:
        raise error

    def _put(self, item: str, run: Callable[[], object]) -> int:
        # a disk is mostly quicker than a frame: the answer and that it is saved come in one
        self._hold.begin()
        return self.writer.put(item, run).number

    def compose(self) -> ComposeResult:
        """Title, strip, the item with its note, what was saved, keys."""
        yield TitleBar()
        yield ProgressStrip()
        yield InterviewPage(self.sheet)
        yield Ends(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the fields of the first item."""
        self.page.load_fields(self.item)
        self.set_interval(_TICK, self._show_progress)
        if not self.session.submitted:
            self.run_worker(self.session.prepare, thread=True, group="prepare", exit_on_error=False)

    # -- what is shown

    @property
    def page(self) -> InterviewPage:
        """The item on the screen."""
        return self.query_one(InterviewPage)

    @property
    def item(self) -> Item:
        """The item shown."""
        return self.session.item(self.at)

    def show_words(self) -> None:
        """Everything, at mount and when the language was switched."""
        with one_moment():
            self.page.show_item(self.item, self._draft)
            self._show_progress()

    def _show_progress(self) -> None:
        with one_moment():
            self._show_where()
        self._show_status()

    def _show_where(self) -> None:
        """The strip and the top line."""
        session, sheet = self.session, self.sheet
        items = sheet.items
        marks, flags = sheet.marks(items), sheet.flags
        flagged = [item.id in flags for item in items]
        at = next((place for place, item in enumerate(items) if item.id == self.at), 0)
        before, marked = marks[:at].count("open"), sum(flagged)
        counts = [
            (before, ngettext("{n} open before", "{n} open before", before)),
            (marked, ngettext("{n} flag", "{n} flags", marked)),
        ]
        told = " · ".join(text.format(n=n) for n, text in counts if n)
        self.query_one(ProgressStrip).show(marks, flagged, at, told)
        minutes = None if session.submitted else sheet.minutes_left(marks.count("open"))
        left = _("~{n} min left").format(n=minutes) if minutes else ""
        place = _("{n} of {all}").format(n=at + 1, all=len(items))
        right = [part for part in (left, words.rater_words(session), place) if part]
        clock = time_of_day()
        about = self._about([clock, *right])
        if about != session.candidate.id:
            right = [clock, *right]
        else:  # the clock gives way before the name
            about = self._about(right)
        self.title_bar(about, *right)

    def _about(self, right: list[str]) -> str:
        """Whom and what it is about, as long as there is room beside what stands at the right."""
        session = self.session
        person, modules = session.candidate, session.modules
        who = f"{person.id} {person.name}" if person.name else person.id
        wave = session.pack.say(session.wave.name, language())
        some = f"{modules[0]} +{len(modules) - 1}" if len(modules) > 1 else " ".join(modules)
        room = self.query_one(TitleBar).room - cell_len("   ".join(right)) - 2
        forms = (
            [who, " ".join(modules), wave],
            [who, some, wave],
            [who, wave],
            [who, some],
            [who],
        )
        told = [" · ".join(part for part in form if part) for form in forms]
        return next((one for one in told if cell_len(one) <= room), person.id)

    def on_resize(self, _event: events.Resize) -> None:
        """The top line says as much as there is room for; probes stand where there is room."""
        if self.is_mounted:
            self.page.place(self.item)
            self._show_progress()

    def _show_status(self) -> None:
        unwritten = self.writer.unwritten
        right = _("saved {time}").format(time=self._saved) if self._saved else ""
        if self.session.submitted:
            right = _("submitted, read only")
        elif self._failing:
            right = ngettext("{n} not saved", "{n} not saved", unwritten).format(n=unwritten)
        elif not self.session.kept:
            right = _("nothing is stored")
        elif unwritten or self._note_in_hand():
            right = _("saving …")
        status = self.query_one("#status", Ends)
        if not self._failing:
            room = (self.page.size.width or self.app.size.width) - 4 - cell_len(self._told)
            whole, brief = self.session.waiting, self.session.waiting_brief
            right = (whole if cell_len(whole) <= room else brief) or right
        status.show(self._told, right)
        status.set_class(self._failing, "-failing")

    def _note_in_hand(self) -> bool:
        """Whether the note holds words that are not on their way to disk yet."""
        return self.page.note.said != self.sheet.answer_of(self.at).note

    def on_text_area_changed(self) -> None:
        """What is being typed is not saved yet, and must not look so."""
        self._show_status()

    def tell(self, text: str) -> None:
        """Say something in the line above the keys, until the next item."""
        self._told = text
        self._show_status()

    # -- saving and leaving

    def keep_in_hand(self) -> None:
        """Hand what is typed and chosen to the writer."""
        raise NotImplementedError

    def on_sheet_screen_answer_written(self, event: AnswerWritten) -> None:
        """Say what is on disk since when, or what could not be saved."""
        written = event.written
        refused = isinstance(written.error, StoreError)
        if not refused:
            self.sheet.written(written.job.item, written.job.number)
        if written.error is not None and not (refused and self._failing):
            self.app.show_error(written.error)
        if written.error is None:
            answer = self.session.answers.get(written.job.item)
            self._saved = local_time(answer.at) if answer else self._saved
        if self._failing != refused:
            self._failing = refused
            self.refresh_bindings()
        if self.is_mounted and written.error is None:
            self._show_status()
        elif self.is_mounted:
            self._show_progress()
        if not self.writer.unwritten:
            self._hold.end_soon()

    def action_retry_saving(self) -> None:
        """Try again to bring to disk what is in hand."""
        self.writer.retry()

    async def before_leaving(self) -> bool:
        """Try once more to bring everything to disk; where the disk refuses it, ask."""
        self.keep_in_hand()
        self.writer.retry()
        if await self.writer.settle():
            return True
        unwritten = self.writer.unwritten
        question = QuestionScreen(
            _("Not everything is saved"),
            ngettext(
                "{n} answer is not on disk. Leave and lose it?",
                "{n} answers are not on disk. Leave and lose them?",
                unwritten,
            ).format(n=unwritten),
        )
        lose: bool = await self.app.push_screen_wait(question)
        return lose

    def action_leave_interview(self) -> None:
        """Leave; the next time it opens where it stopped."""
        self.run_worker(self._leave(), group="leaving", exclusive=True)

    async def _leave(self) -> None:
        if await self._stops_here() and await self.before_leaving():
            self.app.leave_screen(self)

    async def _stops_here(self) -> bool:
        """A self-test that was begun ends the program when it is left, so it asks before."""
        session = self.session
        self.keep_in_hand()
        given = sum(self.sheet.answer_of(item.id).given for item in self.sheet.items)
        if not (self.app.locked and session.form == "self" and given):
            return True
        words = _("Nothing is stored: what you answered is forgotten.")
        if session.kept:
            words = _("{n} of {all} answered, and kept. Go on later with: assess self {candidate}")
        told = words.format(n=given, all=len(self.sheet.items), candidate=session.candidate.id)
        stop: bool = await self.app.push_screen_wait(QuestionScreen(_("Stop here?"), told))
        return stop


def local_time(at: str) -> str:
    """The local time of day of an ISO 8601 time."""
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M:%S")
