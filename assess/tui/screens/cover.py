"""Cover: who stands behind whom, what stands in the way, and what happens if they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from assess.i18n import N_, _, language
from assess.tui.commands import bindings
from assess.tui.screens import cover_asking as asking
from assess.tui.screens.cover_commands import COMMANDS
from assess.tui.screens.cover_places import CoverPlaces
from assess.tui.screens.watched import EVERY, Job
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.cover_rows import (
    PlanTable,
    decided_row,
    open_rows,
    people_rows,
    wishes_row,
)
from assess.tui.widgets.leaving_rows import cut, leaving_rows, people_words, worst_line
from assess.tui.widgets.lines import Caption, Row, prose_rows, rule, text_row
from assess.tui.widgets.rows import Rows
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.workspace.cover_results import CoverPlan

_BELOW = 0.45
"""Share of the height that the departures may take."""


class CoverScreen(CoverPlaces):
    """The plan above, the departures below; ``module`` is lit at first."""

    ABOUT = N_(
        "A module: who takes role A and role B, with scores; together is the lowest "
        "competency of the better of both. * pinned by hand. A ! behind somebody: the "
        "appointment would be refused, behind a load: nothing is left of the capacity, behind "
        "together: lower than asked for. Flags are raised on modules, from facts with date and "
        "source; nothing is asked or kept on why somebody leaves."
    )

    ACTIONS = COMMANDS
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, module: str = "") -> None:
        super().__init__()
        self._at = f"module:{module}" if module else ""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, heads of the columns, plan and people, departures, keys."""
        yield TitleBar()
        yield Caption(id="head")
        yield Rows(id="plan")
        yield Caption(id="below")
        yield KeyBar()

    def on_mount(self) -> None:
        """Look now and then how far the work is."""
        self._timer = self.set_interval(EVERY, self.show_progress, pause=True)
        # Textual itself calls the on_mount of AppScreen next, which shows the words

    # -- what is shown

    @property
    def _width(self) -> int:
        return max(20, self.size.width - 1)

    def show_words(self) -> None:
        """Everything anew; the cursor stays."""
        found = self._plan
        if found is None:
            self.show_progress()
            return
        pack, choices = self.view.pack, self.choices
        self.title_bar(self._phase_words(found), *self._aside(found))
        table = PlanTable(pack, found, choices.pinned())
        self.query_one("#head", Caption).show([Row(lambda width: table.head(width - 1))])
        people = [one for one in self.view.candidates().values() if self.view.modules_of(one)]
        barred = {bar for bar in choices.bars if "=" not in bar}
        rows = [
            *table.rows(self._width),
            *open_rows(found, self._width),
            *wishes_row(choices.pins, choices.bars),
            *decided_row(found),
            *people_rows(found, people, choices.marked, barred),
        ]
        self._rows.show(rows, self._at or None)
        self._at = ""
        self.refresh_bindings()
        self.show_progress()

    def _phase_words(self, found: CoverPlan) -> str:
        pack = self.view.pack
        phase = next((one for one in pack.file.phases if one.id == found.phase), None)
        if phase is None:
            return _("Plan")
        return _("Plan for {phase}").format(phase=pack.say(phase.name, language()))

    def _aside(self, found: CoverPlan) -> list[str]:
        pack, choices, said = self.view.pack, self.choices, []
        if not found.proven:
            said.append(_("best found in the time given"))
        if choices.decided:
            said.append(_("decided kept"))
        if choices.wave:
            said.append(pack.say(pack.waves[choices.wave].name, language()))
        if found.next_best is not None:
            next_best = _("next best plan {cover}")
            said.append(next_best.format(cover=wording.number(found.next_best.cover)))
        if choices.as_of:
            said.append(_("as of {day}").format(day=choices.as_of))
        return [*said, _("cover {cover} of 100").format(cover=wording.number(found.cover))]

    def show_progress(self) -> None:
        """How far it is: instead of the plan until there is one, then below it."""
        if not self.is_mounted:
            return
        if self._plan is None:
            job = self._jobs.get("plan")
            words = _("stopped; f or v plans anew") if job and job.stopped else self._waiting(job)
            self.title_bar(_("Cover"))
            self._rows.show([text_row(""), text_row("   " + words, "muted")])
        else:
            self._show_below()
        if self._timer is not None:
            working = any(self.running_job(name) for name in self._jobs)
            (self._timer.resume if working else self._timer.pause)()

    def _waiting(self, job: Job | None) -> str:
        return _("{what} …   esc stops").format(what=(job and job.said) or _("planning"))

    def _show_below(self) -> None:
        """What happens if they leave, or how far that is worked out."""
        width = max(20, self.size.width)
        most = max(3, int((self.size.height - 3) * _BELOW))
        aside = _("space marks · t a whole team")
        rows = [rule(_("If they leave"), aside)]
        last = prose_rows(self._worst_words(), width, "muted", hang=2)
        if planning := self.running_job("plan"):
            last = [text_row("   " + self._waiting(planning), "accent"), *last]
        elif self._stale:
            last = [text_row("   " + _("stopped: this is the plan before"), "warning"), *last]
        if self.choices.marked:
            who = people_words(*self._marked_words())
            decided = self._plan is not None and any(one.decided for one in self._plan.modules)
            if decided and not self.choices.decided:
                # the plan above was made anew, but whoever was decided is who leaves
                who = _("{who} · with what was decided kept").format(who=who)
            rows.append(text_row("   " + who, "strong"))
            rows += cut(self._leaving_lines(width), most - len(rows) - len(last))
        self.query_one("#below", Caption).show([*rows, *last])

    def _leaving_lines(self, width: int) -> list[Row]:
        left = self.left
        if left is not None:
            return list(leaving_rows(self.view.pack, left, width))
        job = self.running_job("leaving")
        words = self._waiting(job) if job else _("stopped; space works it out anew")
        return [text_row("   " + words, "accent")]

    def _worst_words(self) -> str:
        if self._worst is not None:
            return worst_line(self._worst)
        job = self.running_job("worst")
        return self._waiting(job) if job else _("u tries the departure of all and of every two")

    def _marked_words(self) -> tuple[list[str], list[str]]:
        """Who is marked, and the teams and departments that are marked as a whole."""
        marked = self.choices.marked
        whole = [name for name, codes in asking.groups(self.view) if set(codes) <= {*marked}]
        return marked, whole

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Most needs a plan; the past is only read."""
        del parameters
        free = ("leave_cover", "choose_phase", "choose_moment")
        if action in ("decide_module", "open_facts") and self.choices.as_of:
            return False
        known = {command.action for command in COMMANDS}
        return action not in known or action in free or self._plan is not None

    def action_mark_person(self) -> None:
        """Mark who is under the cursor, and go on."""
        person = self.under_cursor("person")
        if not person:
            self.notify(_("marks go on people: further down"))
            return
        self.choices.mark(person)
        self.show_words()
        self._rows.action_move(1)
        self.try_leaving()

    def action_mark_team(self) -> None:
        """Mark the team of who is under the cursor; on a module choose a team."""
        person = self.under_cursor("person")
        if person:
            self.choices.mark_team(asking.team_to_mark(self.view, person, self.choices.marked))
            self.show_words()
            self.try_leaving()
        else:
            self.run_worker(asking.mark_a_team(self), group="asking", exclusive=True)

    def action_pin_person(self) -> None:
        """Choose who is pinned to which role."""
        self.run_worker(asking.pin(self), group="asking", exclusive=True)

    def action_bar_person(self) -> None:
        """Choose who is barred from which role."""
        self.run_worker(asking.bar(self), group="asking", exclusive=True)

    def action_choose_phase(self) -> None:
        """Choose the phase that is planned for."""
        self.run_worker(asking.phase(self), group="asking", exclusive=True)

    def action_choose_moment(self) -> None:
        """Choose the wave or the day that is read."""
        self.run_worker(asking.read_at_another(self), group="asking", exclusive=True)

    def action_keep_decided(self) -> None:
        """Keep what was decided, or plan everything anew."""
        self.choices.decided = not self.choices.decided
        self.measure_again()

    def action_leave_cover(self) -> None:
        """Stop what is being worked out; else go back."""
        if self._stop(*self._jobs):
            self.show_progress()
        else:
            self.app.leave_screen(self)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
