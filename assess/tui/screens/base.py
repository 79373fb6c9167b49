"""What every screen has: title, keys, words that follow the language, errors that are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import events, on
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from assess.errors import AssessError
from assess.tui.commands import Command
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Panel, Prose

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.workspace import Workspace

R = TypeVar("R")
_CLICKED = {"esc": "escape", "↵": "enter", "Enter": "enter", "y": "y", "n": "n"}
"""Keys that the last line of a dialogue names, and what Textual calls them."""


def focus_drawn_by_widgets() -> Reactive[Widget | None]:
    """For ``focused``, the widget that keys go to.

    Who gets or loses them draws itself; Textual draws the whole screen, and what stands behind it.
    """
    return Reactive(None, repaint=False)


class _Common:
    """What full screens and modal ones share."""

    ACTIONS: ClassVar[tuple[Command, ...]] = ()
    ABOUT: ClassVar[str] = ""
    """What the screen is for and what its marks mean, in about five lines; help says it first."""

    app: AssessApp

    @property
    def workspace(self) -> Workspace:
        """The workspace that the app was opened on."""
        return self.app.workspace

    def show_words(self) -> None:
        """Set every word of the screen anew: at mount and whenever the language was switched.

        What the user typed, chose or scrolled to stays.
        """

    def command_words(self, command: Command) -> tuple[str, str] | None:
        """Key and label of a command where they depend on the moment; None: as defined."""

    @contextmanager
    def errors_shown(self) -> Iterator[None]:
        """Show an AssessError raised inside in a dialogue instead of ending the app."""
        try:
            yield
        except AssessError as error:
            self.app.show_error(error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show what a worker (started with ``exit_on_error=False``) could not do."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        if isinstance(error, AssessError):
            self.app.show_error(error)
        else:
            raise error

    async def before_leaving(self) -> bool:
        """Bring what is still in hand to disk; False keeps the screen open."""
        return True


class AppScreen(_Common, Screen[R], Generic[R]):
    """A full screen. Subclasses compose a TitleBar first and a KeyBar last and set ``ACTIONS``."""

    app: AssessApp

    AUTO_FOCUS = ""
    focused = focus_drawn_by_widgets()

    def title_bar(self, left: str, *right: str) -> None:
        """Set the words of the top line; the first of ``right`` give way where room is short."""
        self.query_one(TitleBar).show(left, *right)

    def on_mount(self) -> None:
        """Set the words once all widgets are there."""
        self.show_words()

    def language_switched(self) -> None:
        """Say everything in the language now in use."""
        self.query_one(TitleBar).refresh()
        self.query_one(KeyBar).follow()
        self.show_words()


class AppModal(_Common, ModalScreen[R], Generic[R]):
    """A dialogue above a screen; it has no bars of its own."""

    app: AssessApp

    focused = focus_drawn_by_widgets()

    def on_mount(self) -> None:
        """Set the words once all widgets are there."""
        self.show_words()

    def on_resize(self) -> None:
        """Fit the frame into the screen."""
        for panel in self.query(Panel):
            panel.refit()

    @on(events.Click)
    def press_named(self, event: events.Click) -> None:
        """A click on a key's words in the last line presses that key."""
        line, _region = self.get_widget_at(event.screen_x, event.screen_y)
        if not isinstance(line, Prose) or line.id != "keys":
            return
        x, y = event.screen_offset - line.content_region.offset
        row = line.rows(line.content_size.width)[y]
        for said in re.finditer(r"(\S+)(?: \S+)*", row):
            if cell_len(row[: said.start()]) <= x < cell_len(row[: said.end()]):
                if key := _CLICKED.get(said[1]):
                    # said by the dialogue itself a key would not come up to the app
                    self.app.call_later(self.app.simulate_key, key)
                return

    def language_switched(self) -> None:
        """Say everything in the language now in use."""
        self.show_words()
