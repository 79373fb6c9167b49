"""The app: its screens, its language, its look, and what it says when something goes wrong."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import Console
from rich.text import Text
from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerFailed

from assess import i18n
from assess.errors import AssessError
from assess.i18n import N_, _, ngettext
from assess.terminal import few_colours
from assess.tui import working
from assess.tui.commands import Command, active_commands, bindings
from assess.tui.hangup import LOOK_EVERY, on_hangup
from assess.tui.looks import Looks, remember
from assess.tui.output import fitting
from assess.tui.screens.base import AppModal, AppScreen
from assess.tui.styles.themes import DARK, PLAIN, THEMES
from assess.tui.tidying import Tidying
from assess.tui.turns import Turns
from assess.tui.widgets.interval import draw_plainly
from assess.workspace.team import follow

if TYPE_CHECKING:
    from assess.model.forms import Form
    from assess.workspace.interviewing import Interview
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class InterviewStart:
    """Open at one interview; ``locked`` shows nothing else (a candidate answering alone)."""

    candidate: str
    rater: str
    questionnaire: str | None = None
    wave: str | None = None
    locked: bool = False
    form: Form | None = None


@dataclass(frozen=True)
class CalibrationStart:
    """Open at the sample answers that a rater scores."""

    rater: str


class UnexpectedError(Exception):
    """An error that nobody foresaw, said in one line for whoever runs the app."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error
        self.__cause__ = error

    def __str__(self) -> str:
        error = self.error.error if isinstance(self.error, WorkerFailed) else self.error
        if isinstance(error, AssessError):
            return " ".join(part for part in (error.message, error.hint) if part)
        return _("assess: unexpected error {error} {place}; what was saved is on disk").format(
            error=f"{type(error).__name__}: {error}".replace("\n", " "), place=_place(error)
        )

    def __rich__(self) -> Text:
        return Text(str(self), no_wrap=True, overflow="ignore")


def _place(error: BaseException) -> str:
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return (
        f"({PurePath(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
    )


class AssessApp(App[None]):
    """``assess`` on a workspace, opened at home or at one interview."""

    TITLE = "assess"
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        Command(
            "app.palette",
            "show_palette",
            "ctrl+p",
            N_("all actions"),
            N_("Search everything that can be done here."),
            footer=6,
            palette=False,
            priority=True,
        ),
        Command(
            "app.help",
            "show_help",
            "question_mark,f1",
            N_("help"),
            N_("Show what every key does on this screen (F1 while typing)."),
            footer=1,
        ),
        Command(
            "app.language",
            "switch_language",
            "ctrl+l",
            "en | 中文",
            N_("Switch between English and Chinese; a click on “en | 中文” does the same."),
            priority=True,
        ),
        Command(
            "app.theme",
            "switch_theme",
            "",
            N_("colours"),
            N_("Dark, light, for the colour-blind, or the terminal's own; remembered here."),
        ),
        Command(
            "app.plain",
            "switch_signs",
            "",
            N_("plain letters"),
            N_("Draw lines and signs with ASCII letters, or with the terminal's own; remembered."),
        ),
        Command(
            "app.mouse",
            "switch_mouse",
            "",
            N_("mouse"),
            N_("Leave the mouse to the terminal from the next start on, or take it back."),
        ),
        Command(
            "app.copy",
            "copy_row",
            "ctrl+y",
            N_("copy"),
            N_("Copy the row under the cursor; where there is none, all that the screen shows."),
        ),
        Command(
            "app.copy_screen",
            "copy_screen",
            "f2",
            N_("copy the screen"),
            N_("Copy all that the screen shows, as text."),
        ),
        *working.COMMANDS,
        Command(
            "app.quit",
            "quit",
            "ctrl+q",
            N_("quit"),
            N_("Quit; everything is kept."),
            priority=True,
        ),
    )
    BINDINGS = bindings(ACTIONS)

    def __init__(
        self, workspace: Workspace, *, start: InterviewStart | CalibrationStart | None = None
    ) -> None:
        self.looks = Looks.load()
        # without it Textual turns the terminal's own colours, which it does not know, into black
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.driver_class = fitting(self.driver_class, lambda: self.looks.ascii)
        self.workspace = workspace
        self.start_at = start
        self.kept: dict[str, object] = {}
        """What screens keep while the app runs, by the name of the screen."""
        self._turns = Turns(self, super().on_event)
        self._tidying = Tidying()
        self.error_console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
        for theme in THEMES:
            self.register_theme(theme)
        named = {theme.name: theme.name for theme in THEMES}
        chosen = named.get(self.looks.theme, DARK.name)
        self.theme = PLAIN.name if self.no_color or few_colours() else chosen
        self._draw_plainly(self.looks.ascii)

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
        """Run, with the mouse left to the terminal where that was chosen."""
        # keys are read, frames written and figures measured in threads of their own: by default
        # each waits up to 5 ms for its turn behind the one that computes
        sys.setswitchinterval(0.0005)
        # an app that is open for a day leaves more garbage behind than a command
        gc.set_threshold(20_000, 10, 10)
        super().run(*arguments, **{"mouse": self.looks.mouse, **options})

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

    def action_switch_language(self) -> None:
        """Say everything in the other language; what is typed, chosen and scrolled stays."""
        languages = i18n.LANGUAGES
        i18n.use(languages[(languages.index(i18n.language()) + 1) % len(languages)])
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen | AppModal):
                screen.language_switched()

    def action_switch_theme(self) -> None:
        """The next of dark, light, for the colour-blind, and the terminal's own colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self._remember(theme=self.theme)

    def action_switch_signs(self) -> None:
        """Letters in place of lines and signs, or the other way round."""
        self._draw_plainly(not self.looks.ascii)
        self._remember(ascii=self.looks.ascii)
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen | AppModal):
                screen.language_switched()
        self.refresh(layout=True)

    def _draw_plainly(self, plainly: bool) -> None:
        self.looks.ascii = plainly
        draw_plainly(plainly)

    def action_switch_mouse(self) -> None:
        """Take the mouse or leave it to the terminal; a terminal is asked for it at the start."""
        self.looks.mouse = not self.looks.mouse
        self._remember(mouse=self.looks.mouse)
        self.notify(
            _("The mouse works here from the next start on.")
            if self.looks.mouse
            else _("The mouse is the terminal's own from the next start on.")
        )

    def _remember(self, **chosen: object) -> None:
        try:
            remember(**chosen)
        except OSError as error:
            self.notify(_("It holds until the end: {reason}").format(reason=error.strerror))

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
        for screen in reversed(self.screen_stack):
            if isinstance(screen, AppScreen | AppModal) and not await screen.before_leaving():
                return
        self.exit()

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
