"""The departure kit: B in place the same day, hand-over, short forms, what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.errors import AssessError
from assess.i18n import N_, _, language, listed
from assess.tui.commands import Command, bindings
from assess.tui.screens.cover_choices import CoverChoices, choices_of
from assess.tui.screens.form import Field, FormScreen
from assess.tui.screens.page import BACK
from assess.tui.screens.ranking_measured import MeasuredScreen
from assess.tui.screens.watched import Job
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.cover_rows import open_rows, seat_words
from assess.tui.widgets.kit_rows import kit_rows
from assess.tui.widgets.leaving_rows import leaving_rows
from assess.tui.widgets.lines import Row, rule, text_row
from assess.tui.widgets.rows import Rows
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.workspace.departing import Leaving


class DepartureScreen(MeasuredScreen):
    """What to do when those marked on the cover have given notice, module by module."""

    ABOUT = N_(
        "The departure kit, for the day somebody gives notice: who takes over the same day, "
        "the hand-over with dates inside the notice period, who is to be interviewed next, "
        "questions on scope, cost and time. Nothing here asks or keeps why somebody leaves, "
        "or who might follow: only what the modules need from the same day on."
    )

    ACTIONS = (
        Command(
            "departure.do",
            "do_line",
            "enter",
            N_("do"),
            N_("Open the short form of a successor, or answer a question on scope, cost, time."),
            footer=1,
        ),
        Command(
            "departure.day",
            "set_day",
            "n",
            N_("notice from"),
            N_("From which day the notice runs; all dates follow."),
            footer=3,
        ),
        Command(
            "departure.decide",
            "decide_module",
            "d",
            N_("decide"),
            N_("Record who takes over in this module."),
            footer=3,
        ),
        Command(
            "departure.export",
            "export_kit",
            "x",
            N_("export"),
            N_("Write the departure kit to a file."),
            footer=2,
        ),
        BACK,
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__()
        self._left: Leaving | None = None
        self._job: Job | None = None

    def compose(self) -> ComposeResult:
        """Title, the kit, keys."""
        yield TitleBar()
        yield Rows(id="kit")
        yield KeyBar()

    @property
    def choices(self) -> CoverChoices:
        """What was chosen on the cover."""
        return choices_of(self.app)

    @property
    def left(self) -> Leaving | None:
        """What is shown, once it is worked out."""
        return self._left

    @property
    def _rows(self) -> Rows:
        return self.query_one("#kit", Rows)

    async def measure(self) -> None:
        """Work out what happens if they leave."""
        from assess.workspace.departing import leaving

        job = self._job = Job()
        choices, gone = self.choices, list(self.choices.marked)
        options = choices.options_without(gone)
        found = await job.run(
            lambda watch: leaving(
                choices.view(self.workspace),
                gone,
                told_on=choices.told_on,
                explain=False,
                watch=watch,
                **options,
            )
        )
        if found is not None:
            self._left = found
        self.show_words()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        if self._job is not None:
            self._job.stopped = True

    def show_words(self) -> None:
        """Everything anew; the cursor stays."""
        left = self._left
        people = listed(self.choices.marked)
        day = self.choices.told_on or self.workspace.clock()[:10]
        self.title_bar(
            _("Departure kit · {people}").format(people=people),
            _("notice from {day}").format(day=day),
        )
        if left is None:
            self._rows.show([text_row(""), text_row("   " + self.waiting_words, "muted")])
            return
        pack = self.workspace.pack
        width = max(20, self.size.width - 1)
        rows: list[Row] = list(leaving_rows(pack, left, width))
        for kit in left.kits:
            rows += kit_rows(kit, width)
        cover = _("cover {cover} of 100").format(cover=wording.number(left.plan.cover))
        rows.append(rule(_("The new plan"), cover))
        for module in left.plan.modules:
            name = pack.say(pack.modules[module.module].name, language())
            a, b = (seat_words(pack, seat) for seat in (module.a, module.b))
            rows.append(text_row(f"   {module.module} {name}   A {a}   B {b}"))
        rows += open_rows(left.plan, width)
        self._rows.show(rows)

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The past is only read."""
        del parameters
        return not (action in ("do_line", "decide_module") and self.choices.as_of)

    def on_rows_picked(self) -> None:
        """Do what the line says."""
        self.action_do_line()

    def action_do_line(self) -> None:
        """Open a short form, answer a question, or decide."""
        kind, _colon, rest = self._rows.key.partition(":")
        module, _colon, what = rest.partition(":")
        if kind == "form":
            self.app.run_worker(self._interview(what), group="opening", exclusive=True)
        elif kind == "impact":
            self.run_worker(self._answer(module, what), group="asking", exclusive=True)
        elif kind == "kit":
            self.action_decide_module()

    async def _interview(self, candidate: str) -> None:
        from assess.tui.screens.candidates import RaterScreen
        from assess.tui.screens.interview_opening import open_interview

        try:
            chosen = RaterScreen("", candidate)
            rater = self.workspace.me or await self.app.push_screen_wait(chosen)
            if rater is not None:
                await open_interview(self.app, candidate, rater, None, None, form="short")
        except AssessError as error:
            self.app.show_error(error)

    async def _answer(self, module: str, about: str) -> None:
        from assess.workspace.facts import put_facts

        kits = [kit for kit in (self._left.kits if self._left else ()) if kit.module == module]
        question = next((q for kit in kits for q in kit.impact if q.about == about), None)
        if question is None:
            return
        workspace = self.workspace
        fields = [
            Field("answer", _("answer"), question.answer or ""),
            Field("source", _("where it comes from")),
        ]

        def keep(texts: dict[str, str]) -> None:
            put_facts(
                workspace, module, [f"impact_{about}={texts['answer']}"], source=texts["source"]
            )

        if await self.app.push_screen_wait(FormScreen(module, question.ask, fields, keep)):
            self.measure_again()

    def action_set_day(self) -> None:
        """Ask from when the notice runs."""
        self.run_worker(self._ask_day(), group="asking", exclusive=True)

    async def _ask_day(self) -> None:
        from assess.workspace.days import day_of

        now = self.choices.told_on or self.workspace.clock()[:10]
        fields = [Field("day", _("day"), now, "2026-05-31")]
        title = _("From which day does the notice run?")
        message = _("Hand-over and last days are counted from it.")
        form = FormScreen(title, message, fields, lambda texts: day_of(texts["day"]))
        texts = await self.app.push_screen_wait(form)
        if texts is not None:
            self.choices.told_on = day_of(texts["day"]).isoformat()
            self.measure_again()

    def action_decide_module(self) -> None:
        """Open the decisions at the module of this line."""
        from assess.tui.screens.decisions import DecisionsScreen

        parts = self._rows.key.split(":")
        self.app.push_screen(DecisionsScreen(parts[1] if len(parts) > 1 else ""))

    def action_export_kit(self) -> None:
        """Open the export of the kit."""
        from assess.tui.screens.cover_asking import export_plan

        export_plan(self.app, "kit")

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
