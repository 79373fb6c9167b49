"""Growth of the whole pool: what is overdue, what lifts the cover most, who could become B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from assess.i18n import N_, _, language
from assess.tui.commands import Command, bindings
from assess.tui.screens import growth_asking as asking
from assess.tui.screens.cover_asking import read_at_another
from assess.tui.screens.cover_choices import CoverChoices, choices_of
from assess.tui.screens.growth import MOMENT, GrowthScreen
from assess.tui.screens.ranking_measured import MeasuredScreen
from assess.tui.screens.watched import EVERY, Job
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.find import FindLine
from assess.tui.widgets.growth_rows import pool_rows
from assess.tui.widgets.lines import Row, text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.agreed import Agreed
    from assess.workspace.pool import Pool


class PoolScreen(MeasuredScreen):
    """A line leads to the growth of whom it names."""

    ABOUT = N_(
        "Who becomes ready by what: actions overdue, those that lift the cover most, who "
        "could become role B, the gaps of everybody. Each action is taken to lift a "
        "competency to its next mark, by one step of the scale at most; tried are all of "
        "them, and those are listed that lift the cover of the best plan most, one after the "
        "other."
    )

    ACTIONS = (
        Command(
            "pool.open",
            "open_candidate",
            "enter",
            N_("open"),
            N_("The growth of whom this line names: gaps, actions, waves."),
            footer=1,
        ),
        Command(
            "pool.state",
            "change_state",
            "s",
            N_("state"),
            N_("Say how far this action is: planned, started, done with a proof, dropped."),
            footer=2,
        ),
        Command(
            "pool.cover",
            "open_cover",
            "c",
            N_("cover"),
            N_("Role A and role B for each module, and what if they leave."),
            footer=3,
        ),
        Command(
            "pool.find",
            "find_line",
            "slash",
            N_("find"),
            N_("Find a candidate by code, or an action."),
            footer=5,
        ),
        MOMENT,
        Command(
            "pool.back",
            "leave_pool",
            "escape,q",
            N_("back"),
            N_("Stop what is being worked out; else go back."),
            footer=2,
        ),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__()
        self._found: Pool | None = None
        self._job = Job()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        rows = Rows(id="pool")
        yield TitleBar()
        yield rows
        yield FindLine(rows)
        yield KeyBar()

    def on_mount(self) -> None:
        """Look now and then how far the work is."""
        self._timer = self.set_interval(EVERY, self._progress, pause=True)
        # Textual itself calls the on_mount of AppScreen next, which shows the words

    @property
    def choices(self) -> CoverChoices:
        """The phase, the wave and the day that are read, as on the cover."""
        return choices_of(self.app)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#pool", Rows)

    async def measure(self) -> None:
        """Try which actions lift the cover most."""
        from assess.workspace.pool import pool

        self._job.stopped = True
        job = self._job = Job()
        choices = self.choices
        if self._timer is not None:
            self._timer.resume()
        found = await job.run(
            lambda watch: pool(
                choices.view(self.workspace),
                phase=choices.phase,
                wave=choices.wave,
                watch=watch,
            )
        )
        if self._timer is not None:
            self._timer.pause()
        if found is not None:
            self._found = found
        self.show_words()

    def _progress(self) -> None:
        if self._found is None and self.is_mounted:
            self.show_words()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._job.stopped = True

    def show_words(self) -> None:
        """Everything anew; the cursor stays."""
        pack, found, choices = self.workspace.pack, self._found, self.choices
        right = [pack.say(pack.waves[found.wave].name, language())] if found else []
        if choices.as_of:
            right.append(_("as of {day}").format(day=choices.as_of))
        self.title_bar(
            _("Growth · {engagement}").format(engagement=self.workspace.engagement.name), *right
        )
        if found is None:
            said = _("stopped; v works it out anew")
            if not self._job.stopped:
                said = _("{what} …   esc stops").format(what=self._job.said or _("trying actions"))
            self._rows.show([text_row(""), text_row("   " + said, "muted")])
            return
        rows: list[Row] = list(pool_rows(pack, found, max(20, self.size.width - 1)))
        self._rows.show(rows)

    # -- commands

    def on_rows_picked(self) -> None:
        """Open the candidate's growth."""
        self.action_open_candidate()

    def action_open_candidate(self) -> None:
        """The growth of whom the line names."""
        kind, *rest = self._rows.key.split(":")
        if rest:
            action = rest[1] if kind == "agreed" else ""
            self.app.push_screen(GrowthScreen(rest[0], at=action))

    def action_change_state(self) -> None:
        """Ask how far the agreed action under the cursor is."""
        agreed = self._found.agreed if self._found else ()
        key = self._rows.key
        one = next((a for a in agreed if key == f"agreed:{a.candidate}:{a.action}"), None)
        if one is None:
            self.notify(_("put the cursor on an agreed action"))
        else:
            self.run_worker(self._change(one), group="asking", exclusive=True)

    async def _change(self, one: Agreed) -> None:
        if await asking.change_state(self.app, one):
            self.measure_again()

    def action_open_cover(self) -> None:
        """The cover."""
        from assess.tui.screens.cover import CoverScreen

        self.app.push_screen(CoverScreen())

    def action_find_line(self) -> None:
        """Type to find a candidate."""
        self.query_one(FindLine).open()

    def action_choose_moment(self) -> None:
        """Choose the wave or the day that is read."""
        self.run_worker(read_at_another(self), group="asking", exclusive=True)

    def action_leave_pool(self) -> None:
        """Stop what is being worked out; else go back."""
        if self._found is None and not self._job.stopped:
            self._job.stopped = True
            self.show_words()
        else:
            self.app.leave_screen(self)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
