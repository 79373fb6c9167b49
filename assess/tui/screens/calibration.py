"""Calibration: sample answers, scored like an interview; the master rating comes behind."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from assess.errors import AssessError
from assess.i18n import N_, _, language
from assess.model.asking import Answer
from assess.model.calibration import Sample
from assess.model.items import RatingItem
from assess.tui.commands import Command, bindings
from assess.tui.screens import interview_item as words
from assess.tui.screens.base import AppScreen
from assess.tui.screens.calibration_asking import ResultScreen
from assess.tui.screens.calibration_commands import COMMANDS
from assess.tui.widgets.answers import AnswerList, Answers, Level
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Ends, Prose
from assess.tui.widgets.strip import ProgressStrip
from assess.workspace.calibration import Calibration, Verdict
from assess.workspace.calibration_words import verdict_words

_TYPED = frozenset("0123456789.-")


class CalibrationScreen(AppScreen[None]):
    """One sample at a time: question, answer, anchors; then the verdict."""

    ABOUT = N_(
        "Sample answers to rate on the anchors of the interview. The master rating and its "
        "reason appear when yours is stored, and the first rating stands. What comes out is "
        "feedback for you: no score takes it in. You can stop at any time and go on later."
    )

    ACTIONS = COMMANDS
    BINDINGS = bindings(COMMANDS)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (23, "-high")]

    def __init__(self, mine: Calibration, *, on_the_way: bool = False) -> None:
        """``on_the_way``: whoever opened it waits for its end and goes on."""
        super().__init__()
        self.mine = mine
        self._on_the_way = on_the_way
        self._samples = mine.samples
        self.at: Sample = mine.next_open() or self._samples[0]
        self._draft = words.Draft()
        self._refused = ""
        self._asked_in = ""
        """The language of the samples; empty: that of the screen."""

    def compose(self) -> ComposeResult:
        """Title, strip, the sample, what was refused or saved, keys."""
        yield TitleBar()
        yield ProgressStrip()
        with Container(id="sample"):
            yield Ends(id="head")
            with VerticalScroll(id="body", can_focus=False):
                yield Prose(id="ask")
                yield Prose(id="said")
                yield AnswerList()
                yield Prose(id="verdict", hang=2)
        yield Ends(id="status")
        yield KeyBar()

    def command_words(self, command: Command) -> tuple[str, str] | None:
        """The keys that rate, and what enter does."""
        if command.id == "calibration.rate":
            keys = self.query_one(AnswerList).keys or ["1", "9"]
            return f"{keys[0]}-{keys[-1]}", command.label
        if command.id == "calibration.next" and not self._draft.empty:
            return "", _("confirm")
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A sample that is rated takes no second rating."""
        del parameters
        return action != "rate_sample" or self._verdict is None

    # -- what is shown

    @property
    def _item(self) -> RatingItem:
        return self.mine.item(self.at)

    @property
    def _verdict(self) -> Verdict | None:
        return self.mine.verdict(self.at.id)

    @property
    def _spoken(self) -> str:
        return self._asked_in or language()

    def show_words(self) -> None:
        """The sample in the language in use."""
        pack, item, sample = self.mine.pack, self._item, self.at
        verdicts = [self.mine.verdict(one.id) for one in self._samples]
        place = self._samples.index(sample)
        self.title_bar(
            _("Calibration"),
            _("rater {rater}").format(rater=self.mine.rater),
            _("{n} of {all}").format(n=place + 1, all=len(self._samples)),
        )
        marks = ["answered" if verdict else "open" for verdict in verdicts]
        self.query_one(ProgressStrip).show(marks, [False] * len(marks), place, "")
        competency = pack.competencies.get(item.competency or "")
        name = pack.say(competency.name, self._spoken) if competency else ""
        self.query_one("#head", Ends).show(name, sample.id)
        self.query_one("#ask", Prose).show(pack.say(item.ask, self._spoken))
        said = pack.say(sample.answer, self._spoken)
        self.query_one("#said", Prose).show(_("Sample answer: {answer}").format(answer=said))
        self._show_levels()
        verdict = self._verdict
        told = verdict_words(self.mine, verdict, self._spoken) if verdict else []
        self.query_one("#verdict", Prose).show("\n".join(told))
        right = _("saved") if verdict else _("the master rating comes after yours")
        self.query_one("#status", Ends).show(self._refused, right)

    def _show_levels(self) -> None:
        pack, item, verdict = self.mine.pack, self._item, self._verdict
        given = Answer(item.id, "answered", verdict.value) if verdict else Answer(item.id, "open")
        typed = words.takes_number(pack, item) and verdict is None
        rows = words.levels(pack, item, given, self._draft, spoken=self._spoken, with_verdict=False)
        if verdict:
            rows = [_marked(row, verdict) for row in rows]
        self.query_one(AnswerList).show_answers(
            rows,
            (),
            lead=words.number_lead(pack, item, self._spoken) if typed else "",
            entry=self._draft.typed if typed else None,
        )

    # -- moving

    def _go_to(self, sample: Sample) -> None:
        self.at, self._draft, self._refused = sample, words.Draft(), ""
        self.query_one(AnswerList).cursor = None
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        self.show_words()
        self.refresh_bindings()

    def action_show_next(self) -> None:
        """Confirm what was typed or lit; else the next sample, behind the last one the result."""
        lit = self.query_one(AnswerList).under_cursor
        if self._verdict is None and not self._draft.empty:
            self._take(words.confirm(self.mine.pack, self._item, Answer("", "open"), self._draft))
            return
        if self._verdict is None and lit is not None:
            self._press(lit)
            return
        place = self._samples.index(self.at) + 1
        if place < len(self._samples):
            self._go_to(self._samples[place])
        else:
            self.run_worker(self._tell_result(), group="result", exclusive=True)

    def action_show_previous(self) -> None:
        """The sample before."""
        place = self._samples.index(self.at)
        if place:
            self._go_to(self._samples[place - 1])

    def action_move_cursor_down(self) -> None:
        """The next level."""
        self.query_one(AnswerList).move_cursor(1)

    def action_move_cursor_up(self) -> None:
        """The level before."""
        self.query_one(AnswerList).move_cursor(-1)

    def action_scroll_sample(self, pages: int) -> None:
        """Scroll a long sample."""
        body = self.query_one("#body", VerticalScroll)
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False)

    def action_switch_questions(self) -> None:
        """The samples in the pack's next language; the screen keeps its own."""
        known = self.mine.pack.file.languages
        at = known.index(self._spoken) if self._spoken in known else -1
        self._asked_in = known[(at + 1) % len(known)]
        self.show_words()

    def on_progress_strip_item_picked(self, event: ProgressStrip.ItemPicked) -> None:
        """Go to the sample that was clicked."""
        self._go_to(self._samples[event.place])

    async def _tell_result(self) -> None:
        if await self.app.push_screen_wait(ResultScreen(self.mine)) == "leave":
            self.action_leave_calibration()
        elif (left := self.mine.next_open()) is not None:
            self._go_to(left)

    def action_leave_calibration(self) -> None:
        """Leave; what was rated is kept."""
        if self._on_the_way:
            self.dismiss(None)
        else:
            self.app.leave_screen(self)

    # -- rating

    def on_key(self, event: events.Key) -> None:
        """Digits, the point, the minus sign and backspace belong to the rating."""
        if event.key == "backspace" or event.character in _TYPED:
            event.stop()
            self._press("backspace" if event.key == "backspace" else event.character or "")

    def on_answers_level_picked(self, event: Answers.LevelPicked) -> None:
        """A click on a level is its key."""
        self._press(event.key)

    def _press(self, key: str) -> None:
        if self._verdict is not None:
            self._tell(_("Your first rating stands; the master rating is known now."))
        elif words.takes_number(self.mine.pack, self._item) and len(key) > 1 and key[0].isdecimal():
            self._draft = words.Draft(typed=key)
            self.action_show_next()
        else:
            answer = Answer(self._item.id, "open")
            self._take(words.press(self.mine.pack, self._item, answer, self._draft, key))

    def _tell(self, text: str) -> None:
        self._refused = text
        self.show_words()

    def _take(self, chosen: words.Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.draft is not None:
            self._draft = chosen.draft
        if chosen.refused:
            self._tell(_("Here the answer is {what}.").format(what=chosen.refused))
        elif chosen.draft is not None:
            self.show_words()
            self.refresh_bindings()
        elif isinstance(chosen.value, int | float):
            self.run_worker(
                self._rate(self.at, float(chosen.value)), group="rating", exclusive=False
            )

    async def _rate(self, sample: Sample, value: float) -> None:
        try:
            await asyncio.to_thread(self.mine.rate, sample.id, value)
        except AssessError as error:
            self.app.show_error(error)
            return
        self._draft, self._refused = words.Draft(), ""
        self.show_words()
        self.refresh_bindings()
        self.call_after_refresh(self._bring_verdict)

    def _bring_verdict(self) -> None:
        self.query_one("#verdict", Prose).scroll_visible(animate=False)


def _marked(row: Level, verdict: Verdict) -> Level:
    """The level that the master gave, marked in words."""
    if row.key != words.number_words(verdict.master):
        return row
    return replace(row, remark=_("← master"))
