"""Home: the engagement at a glance, what to do next, and the way to every other screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.errors import BadInput
from assess.i18n import N_, _, language
from assess.model.ids import ID_RULE, as_id
from assess.tui.commands import bindings
from assess.tui.screens.home_commands import COMMANDS
from assess.tui.screens.home_todo import Target, Todo, todos
from assess.tui.screens.manager_places import ManagerPlaces
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
    from assess.model.people import Candidate
    from assess.workspace.glance import Glance
    from assess.workspace.results import Ranking


QUIET = 0.5
"""Seconds from the first screen to measuring: what somebody presses at the start is answered
first."""


_LOOK = 1.0
"""Seconds between two looks at whether a team server is away."""


class HomeScreen(ManagerPlaces):
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

    @property
    def _rows(self) -> Rows:
        return self.query_one("#lines", Rows)

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

    def on_rows_picked(self) -> None:
        """Go where the line is done."""
        self.action_open_line()

    def action_open_line(self) -> None:
        """Go where the line under the cursor is done."""
        kind, _colon, code = self._rows.key.partition(":")
        if kind == "module":
            self._go(Target("ranking", "", module=code))
        elif kind == "candidate":
            self._go(Target("why", "", code))
        elif kind == "todo":
            self._open_todo(code)

    def _open_todo(self, key: str) -> None:
        todo = next((todo for todo in self._todos if todo.key == key), None)
        if todo is None:
            self.notify(_("run: assess verify"))
        elif todo.command:
            self.app.run_worker(self.app.run_command(todo.command), group="opening")
        elif len(todo.targets) == 1:
            self._go(todo.targets[0])
        else:
            from assess.tui.screens.home_targets import TargetsScreen

            self.app.push_screen(TargetsScreen(todo.words.split(" · ")[0], todo.targets), self._go)

    def _go(self, target: Target | None) -> None:
        if target is None:
            return
        if target.place == "interview":
            self.app.run_worker(self._resume(target), group="opening", exclusive=True)
        elif target.place == "candidates":
            self.action_choose_interview()
        elif target.place == "ranking":
            from assess.tui.screens.ranking import RankingScreen

            self.app.push_screen(RankingScreen(target.module or None, ranking=self._ranking))
        elif target.place == "decisions":
            from assess.tui.screens.decisions import DecisionsScreen

            self.app.push_screen(DecisionsScreen(target.module, ranking=self._ranking))
        else:
            from assess.tui.screens.why import WhyScreen

            module = target.module or None
            screen = WhyScreen(
                target.candidate, module, self._ranking, competency=target.competency
            )
            self.app.push_screen(screen)

    async def _resume(self, target: Target) -> None:
        from assess.tui.screens.interview_opening import open_interview

        with self.errors_shown():
            await open_interview(
                self.app, target.candidate, target.rater, target.questionnaire, target.wave
            )

    def action_choose_interview(self) -> None:
        """Interview the candidate under the cursor, or choose whom."""
        from assess.tui.screens.candidates import CandidatesScreen, ask_further

        kind, _colon, code = self._rows.key.partition(":")
        if kind != "candidate":
            self.app.push_screen(CandidatesScreen())
            return
        newest = max(
            self._overview.half_done if self._overview else (),
            key=lambda one: one.last,
            default=None,
        )
        asked = ask_further(self.app, code, None, newest.rater if newest else "")
        self.app.run_worker(asked, group="opening", exclusive=True)

    @property
    def module_here(self) -> str:
        """The module under the cursor."""
        kind, _colon, code = self._rows.key.partition(":")
        return code if kind == "module" else ""

    def action_open_ranking(self) -> None:
        """The ranking, of the module under the cursor if it is on one."""
        self._go(Target("ranking", "", module=self.module_here))

    def action_open_panel(self) -> None:
        """The ratings that are far apart."""
        from assess.tui.screens.panel import PanelScreen

        self.app.push_screen(PanelScreen())

    def action_open_export(self) -> None:
        """Open the export."""
        from assess.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen())

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
        with self.errors_shown():
            person = candidate_of(line)
            if person.id in self.workspace.candidates():
                raise BadInput(
                    _("there is already a candidate {code}").format(code=person.id),
                    hint=_("choose another code"),
                )
            self.workspace.put_people([person])
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


def candidate_of(line: str) -> Candidate:
    """The candidate that ``code, name, department`` describes. Raises BadInput for a bad code."""
    from assess.model.people import Candidate

    parts = [part.strip() for part in line.replace("，", ",").split(",", 2)]
    code, name, department = [*parts, "", ""][:3]
    try:
        return Candidate(id=as_id(code), name=name, department=department)
    except ValueError:
        raise BadInput(
            _("“{code}” cannot be a candidate's code").format(code=code), hint=_(ID_RULE)
        ) from None
