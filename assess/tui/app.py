"""The app: its screens, what is pressed, how it ends, what it says when something goes wrong."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.console import Console
from textual import events, messages
from textual.dom import DOMNode
from textual.screen import Screen

from assess.errors import AssessError
from assess.i18n import _, ngettext
from assess.tui import working
from assess.tui.app_commands import COMMANDS
from assess.tui.commands import active_commands, bindings
from assess.tui.hangup import LOOK_EVERY, on_hangup
from assess.tui.screens.base import AppModal, AppScreen
from assess.tui.starts import CalibrationStart, InterviewStart
from assess.tui.switches import SwitchedApp
from assess.tui.tidying import Tidying, share_one_heap
from assess.tui.turns import Turns
from assess.workspace.team import follow

if TYPE_CHECKING:
    from assess.workspace.interviewing import Interview
    from assess.workspace.workspace import Workspace


class AssessApp(SwitchedApp):
    """``assess`` on a workspace, opened at home or at one interview."""

    TITLE = "assess"
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False

    ACTIONS = COMMANDS
    BINDINGS = bindings(ACTIONS)

    def __init__(
        self, workspace: Workspace, *, start: InterviewStart | CalibrationStart | None = None
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.start_at = start
        self.kept: dict[str, object] = {}
        """What screens keep while the app runs, by the name of the screen."""
        self._turns = Turns(self, super().on_event)
        self._tidying = Tidying()
        self.error_console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)

    @property
    def locked(self) -> bool:
        """Whether only the interview named at the start may be seen."""
        return isinstance(self.start_at, InterviewStart) and self.start_at.locked

    async def on_mount(self) -> None:
        """Open the first screen."""
        if not self.is_headless and not self.is_web:
            self.set_interval(LOOK_EVERY, on_hangup(self._hung_up))
        if self.start_at is None:
            from assess.tui.screens.home import HomeScreen

            self.push_screen(HomeScreen())
        else:
            self.run_worker(self._open_first(self.start_at))

    async def _open_first(self, start: InterviewStart | CalibrationStart) -> None:
        from assess.tui.screens.interview_opening import open_calibration, open_first

        try:
            if isinstance(start, CalibrationStart):
                await open_calibration(self, start.rater)
                return
            opened = await open_first(self, start)
        except AssessError as error:
            said = "\n".join(part for part in (error.message, error.hint) if part)
            self.exit(return_code=error.exit_code, message=said)
            return
        if not opened:
            self.exit(return_code=1)

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who answers alone gets no list of all that can be done."""
        if self.locked and action in ("show_palette", "copy_row", "copy_screen"):
            return False
        if action in {command.action for command in working.COMMANDS}:
            return working.offered(self, action)
        return super().check_action(action, parameters)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes one after the other; everything else at once."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._tidying.key()
            await self._turns.take(event)
        else:
            await super().on_event(event)

    def run(self, *arguments: Any, **options: Any) -> None:
        """Run; nothing that waits for a key press holds it up."""
        # keys are read, frames written and figures measured in threads of their own: by default
        # each waits up to 5 ms for its turn behind the one that computes
        sys.setswitchinterval(0.0001)
        # an app that is open for a day leaves more garbage behind than a command
        gc.set_threshold(20_000, 10, 10)
        share_one_heap()
        super().run(*arguments, **options)

    async def run_action(
        self,
        action: object,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; an AssessError in it is shown and the app goes on."""
        try:
            return await super().run_action(action, default_namespace, namespaces)  # type: ignore[arg-type]
        except AssessError as error:
            self.show_error(error)
            return True

    async def run_command(self, command_id: str) -> bool:
        """Run the command of that id where it applies now; False where it does not."""
        for active in active_commands(self.screen):
            if active.command.id == command_id:
                return await self.run_action(active.command.action, active.node)
        return False

    def action_show_palette(self) -> None:
        """Open the list of what can be done now."""
        from assess.tui.screens.help import PaletteScreen

        self.push_screen(PaletteScreen(active_commands(self.screen)))

    def action_show_help(self) -> None:
        """Open the keys of the screen one is on."""
        from assess.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(active_commands(self.screen)))

    def action_copy_row(self) -> None:
        """Copy what the cursor is on."""
        from assess.tui.copying import shown_row, shown_screen

        self._copy(shown_row(self.screen) or shown_screen(self.screen))

    def action_copy_screen(self) -> None:
        """Copy what is shown."""
        from assess.tui.copying import shown_screen

        self._copy(shown_screen(self.screen))

    def _copy(self, text: str) -> None:
        self.copy_to_clipboard(text)
        first, *rest = text.splitlines()
        self.notify(
            ngettext("Copied: {row}", "{n} rows copied", len(rest) + 1).format(
                row=first.strip(), n=len(rest) + 1
            ),
            markup=False,
        )

    def action_choose_who(self) -> None:
        """Work as an interviewer or as manager."""
        self._work(working.choose_who(self))

    def action_choose_calibration(self) -> None:
        """Score the sample answers."""
        self._work(working.choose_calibration(self))

    def action_choose_withdrawal(self) -> None:
        """Record that a candidate withdraws."""
        self._work(working.choose_withdrawal(self))

    def action_open_conflicts(self) -> None:
        """What differs between laptops."""
        from assess.tui.screens.conflicts import ConflictsScreen

        self.push_screen(ConflictsScreen())

    def action_open_past(self) -> None:
        """Whose records are past their date."""
        from assess.tui.screens.past_dates import PastDatesScreen

        self.push_screen(PastDatesScreen())

    def _work(self, asked: Coroutine[Any, Any, None]) -> None:
        self.run_worker(self._shown(asked), group="working", exclusive=True)

    async def _shown(self, asked: Coroutine[Any, Any, None]) -> None:
        try:
            await asked
        except AssessError as error:
            self.show_error(error)

    def leave_screen(self, screen: Screen[None]) -> None:
        """Close a screen: back to the one below, home where it was the first, out where locked."""
        if self.locked:
            self.exit()
        elif len(self.screen_stack) > 2:
            screen.dismiss(None)
        else:
            from assess.tui.screens.home import HomeScreen

            self.switch_screen(HomeScreen())

    async def action_quit(self) -> None:
        """Leave, once every screen has brought what it holds to disk."""
        self.run_worker(self._leave(), group="leaving", exclusive=True)

    async def _leave(self) -> None:
        if await self.all_kept():
            self.exit()

    async def all_kept(self) -> bool:
        """Bring what every screen holds to disk; False where one is to stay open."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, AppScreen | AppModal) and not await screen.before_leaving():
                return False
        return True

    def on_exit_app(self, event: messages.ExitApp) -> None:
        """Keep everything where a page in a browser was closed, as where a terminal goes away."""
        # that the app itself wants to end, nothing public tells
        if not self._exit:
            event.prevent_default()
            self._hung_up()

    def _hung_up(self) -> None:
        """Bring everything to disk and end; nobody is there to be asked."""

        async def end() -> None:
            for screen in reversed(self.screen_stack):
                if isinstance(screen, AppScreen | AppModal):
                    with suppress(Exception):  # what cannot be kept must not keep the rest
                        await asyncio.wait_for(screen.before_leaving(), 5)
            self.exit(return_code=1)

        self.run_worker(end(), group="leaving", exclusive=True)

    def action_help_quit(self) -> None:
        """Say how to quit when ctrl+c is pressed."""
        self.notify(_("^q quits; everything is kept"))

    # -- errors

    def show_error(self, error: AssessError) -> None:
        """Show what could not be done and what to do about it."""
        from assess.tui.screens.message import MessageScreen

        self.push_screen(MessageScreen(error))

    def _handle_exception(self, error: Exception) -> None:
        # Textual has no public place for this: without it users would meet a traceback
        if os.environ.get("ASSESS_DEBUG"):
            super()._handle_exception(error)
        else:
            from assess.tui.unexpected import UnexpectedError

            super()._handle_exception(UnexpectedError(error))


def run(workspace: Workspace, interview: Interview | None = None, *, locked: bool = False) -> int:
    """Run the app until it is left; gives the exit code (0 left, 1 could not go on).

    ``interview`` opens at that interview; ``locked`` shows nothing else.
    """
    start = None
    if interview is not None:
        start = InterviewStart(
            interview.candidate.id,
            interview.rater.id,
            interview.questionnaire.id,
            interview.wave.id,
            locked,
            interview.form,
        )
    follow(workspace.store)
    app = AssessApp(workspace, start=start)
    app.run()
    return app.return_code or 0
