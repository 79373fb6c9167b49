"""Home: the engagement at a glance, what to do next, and the way to every other screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.i18n import N_, _, language
from assess.tui.commands import bindings
from assess.tui.screens.home_commands import COMMANDS
from assess.tui.screens.home_places import HomePlaces
from assess.tui.screens.home_todo import Todo, todos
from assess.tui.screens.ranking_measured import measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.find import FindLine
from assess.tui.widgets.home_rows import (
    candidate_rows,
    module_rows,
    moment,
    todo_row,
    without_candidates,
    without_engagement,
)
from assess.tui.widgets.lines import Row, rule, text_row
from assess.tui.widgets.rows import Rows
from assess.workspace.glance import glance
from assess.workspace.overview import Overview, overview, with_roles
from assess.workspace.overview_kept import save_overview, saved_overview
from assess.workspace.team import says_who, state_words

if TYPE_CHECKING:
    from assess.workspace.glance import Glance
    from assess.workspace.results import Ranking


QUIET = 0.5
"""Seconds from the first screen to measuring: what somebody presses at the start is answered
first."""


_LOOK = 1.0
"""Seconds between two looks at whether a team server is away."""


class HomeScreen(HomePlaces):
    """Shows the last saved figures at once and measures them again in a worker."""

    ABOUT = N_(
        "The engagement at a glance. Modules: who holds or is proposed for role A and role B,"
        " with score and error, and what is open; ! presses. To do: what waits for somebody; "
        "Enter goes where it is done. Candidates: ● an interview submitted, ◐ begun, ○ not "
        "begun."
    )

    ACTIONS = COMMANDS
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._ranking: Ranking | None = None
        self._todos: list[Todo] = []
        self._damaged: Mapping[str, str] = {}
        self._fresh = self._begun = False
        self._shown_at = 0
        self._state = ""

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        rows = Rows(id="lines")
        yield TitleBar()
        yield rows
        yield FindLine(rows)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the figures that were saved last."""
        if self.workspace.has_engagement:
            self._overview = saved_overview(self.workspace)
        if says_who(self.workspace.store):
            self.set_interval(_LOOK, self._tell_state)
        # Textual itself calls the on_mount of AppScreen next, which shows them

    def measure_soon(self) -> None:
        """Measure at once, but at the start of the app let the first keys go before."""
        if self._begun or self.app.is_headless:
            self.measure_again()
        else:
            self.set_timer(QUIET, self.measure_again)
        self._begun = True

    def measure_again(self) -> None:
        """Measure in a worker, where there is something to measure."""
        if self.workspace.has_engagement:
            self._fresh = False
            super().measure_again()

    async def measure(self) -> None:
        """Rank everybody and look over the interviews, then plan who takes which role."""
        workspace, before = self.workspace, self._overview

        def at_a_glance() -> tuple[Ranking, Overview]:
            self._damaged = workspace.store.damaged()
            ranking = workspace.rank()
            found = overview(workspace, ranking)
            return ranking, found._replace(roles=before.roles if before else ())

        ranking, found = await measured(at_a_glance)
        self._ranking, self._overview = ranking, found
        self.show_words()

        def roles_too() -> Overview:
            whole = with_roles(workspace, ranking, found)
            save_overview(workspace, whole)
            return whole

        self._overview = await measured(roles_too)
        self._fresh = True
        self.show_words()

    def language_switched(self) -> None:
        """Flags are said by the plan, so that it is asked again."""
        super().language_switched()
        self.measure_again()

    # -- what is shown

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an engagement one can only leave."""
        del parameters
        mine = {command.action for command in COMMANDS} - {"app.quit"}
        return action not in mine or self.workspace.has_engagement

    def show_words(self) -> None:
        """Everything anew; the cursor stays on its line."""
        self._shown_at = self._width
        if not self.workspace.has_engagement:
            self.title_bar("assess")
            self._rows.show(without_engagement(self.workspace.place, self._width))
            return
        now = glance(self.workspace)
        right = []
        if now.phase:
            phase = now.face.phase(now.phase, language())
            right.append(_("phase: {phase}").format(phase=phase))
        if now.go_live:
            right.append(_("go-live {day}").format(day=now.go_live))
        if self.workspace.me is not None:
            right.append(_("you are {me}").format(me=self.workspace.me))
        self._state = state_words(self.workspace.store)
        if self._state:
            right.append(self._state)
        self.title_bar(now.name, *right)
        self._rows.show(self._lines(now))

    def _tell_state(self) -> None:
        """Say anew whether a team server is away, where that changed."""
        if self.is_current and self._state != state_words(self.workspace.store):
            self.show_words()

    @property
    def _width(self) -> int:
        return max(20, self.size.width - 1)

    def _lines(self, now: Glance) -> list[Row]:
        found = self._overview
        rows = [rule(_("Modules"), self._dated())]
        rows += module_rows(now, found, self.waiting_words)
        if not now.people:
            return [*rows, rule(_("To do")), *without_candidates(self._width)]
        self._todos = todos(now, found) if found else []
        rows.append(rule(_("To do")))
        rows += [todo_row(t.key, t.count, t.words, t.leads_to, t.by) for t in self._todos]
        rows += [
            todo_row("damaged", 1, f"{stream[:12]}: {why}", "assess verify", "")
            for stream, why in self._damaged.items()
        ]
        if not self._todos:
            rows.append(
                text_row("   " + (_("nothing waits") if found else self.waiting_words), "muted")
            )
        rows.append(rule(_("Candidates"), str(len(now.people))))
        rows += candidate_rows(now, found)
        return rows

    def _dated(self) -> str:
        if self._overview is None:
            return ""
        at = _("figures of {moment}").format(moment=moment(self._overview.at))
        if self.workspace.me is not None:
            at = _("what you may see") + " · " + at
        return at if self._fresh else at + " · " + self.waiting_words

    # -- commands

    def action_add_candidate(self) -> None:
        """Ask for code, name and department."""
        from assess.tui.screens.message import LineScreen

        screen = LineScreen(
            _("A new candidate"), _("code, name, department (the code alone will do)")
        )
        self.app.push_screen(screen, self._add)

    def _add(self, line: str | None) -> None:
        if line is None:
            return
        from assess.workspace.adding import add_candidate

        with self.errors_shown():
            person = add_candidate(self.workspace, line)
            self.show_words()
            self._rows.go_to(f"candidate:{person.id}")
            self.measure_again()

    def action_find_line(self) -> None:
        """Type to find a candidate."""
        self.query_one(FindLine).open()

    def on_resize(self, _event: events.Resize) -> None:
        """Explanations follow the width."""
        if self.is_mounted and self._shown_at != self._width:
            self.show_words()
