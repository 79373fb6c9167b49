"""Where the lines of home lead, each to the place where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.i18n import _
from assess.tui.screens.home_todo import Target, Todo
from assess.tui.screens.manager_places import ManagerPlaces
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.overview import Overview


class HomePlaces(ManagerPlaces):
    """Lines with keys such as ``module:COST``; a line to do names its targets or its command."""

    _overview: Overview | None
    _todos: list[Todo]

    @property
    def _rows(self) -> Rows:
        return self.query_one("#lines", Rows)

    @property
    def _under_cursor(self) -> tuple[str, str]:
        """Kind and code of the line under the cursor."""
        kind, _colon, code = self._rows.key.partition(":")
        return kind, code

    @property
    def module_here(self) -> str:
        """The module under the cursor."""
        kind, code = self._under_cursor
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

    def on_rows_picked(self) -> None:
        """Go where the line is done."""
        self.action_open_line()

    def action_open_line(self) -> None:
        """Go where the line under the cursor is done."""
        kind, code = self._under_cursor
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

        kind, code = self._under_cursor
        if not self.workspace.candidates():
            self.notify(_("There is nobody to interview yet: a adds the first candidate."))
            return
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
