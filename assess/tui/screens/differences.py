"""What differs and waits for people to talk: a list, below it what the one that is lit says."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assess.i18n import _
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Prose

T = TypeVar("T")


class DifferencesScreen(AppScreen[None], Generic[T]):
    """Differences of one kind, read in a worker because all interviews are read for them.

    Subclasses name the commands ``settle`` and ``leave`` and say what is shown and done.
    """

    AUTO_FOCUS = "OptionList"

    def __init__(self) -> None:
        super().__init__()
        self._found: list[T] = []
        self._looked = False

    # -- what subclasses say

    def read(self) -> list[T]:
        """The differences there are; called in a thread."""
        raise NotImplementedError

    def title_words(self) -> str:
        """The screen's title."""
        raise NotImplementedError

    def summary_words(self, found: list[T]) -> str:
        """What stands above the list."""
        raise NotImplementedError

    def line(self, one: T) -> Content:
        """A difference in the list."""
        raise NotImplementedError

    def told(self, one: T) -> list[str]:
        """What the one that is lit says."""
        raise NotImplementedError

    async def settle(self, one: T) -> None:
        """Ask what settles it and record that."""
        raise NotImplementedError

    # -- the screen

    def compose(self) -> ComposeResult:
        """Title, what stands, the differences, the one that is lit, keys."""
        yield TitleBar()
        yield Prose(id="summary")
        yield OptionList(markup=False)
        with VerticalScroll(id="difference", can_focus=False):
            yield Prose(id="told", hang=4)
        yield KeyBar()

    def on_mount(self) -> None:
        """Look for differences."""
        self.run_worker(self._look(), group="differences", exclusive=True, exit_on_error=False)

    async def _look(self) -> None:
        self._found = await asyncio.to_thread(self.read)
        self._looked = True
        self.show_words()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a difference there is nothing to settle."""
        del parameters
        return bool(self._found) if action == "settle" else True

    def show_words(self) -> None:
        """Everything in the language in use; the cursor stays."""
        rows = self.query_one(OptionList)
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self.line(one)) for one in self._found])
        rows.display = bool(self._found)
        if self._found:
            rows.highlighted = min(at, len(self._found) - 1)
            rows.focus()
        self.title_bar(self.title_words())
        summary = self.summary_words(self._found) if self._looked else _("looking …")
        self.query_one("#summary", Prose).show(summary)
        self._tell()
        self.refresh_bindings()

    @property
    def _lit(self) -> T | None:
        at = self.query_one(OptionList).highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def _tell(self) -> None:
        one = self._lit
        self.query_one("#told", Prose).show("" if one is None else "\n".join(self.told(one)))

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the one that is lit."""
        self._tell()

    def on_option_list_option_selected(self) -> None:
        """Settle the one that was chosen by enter or mouse."""
        self.action_settle()

    def action_leave(self) -> None:
        """Back."""
        self.app.leave_screen(self)

    def action_settle(self) -> None:
        """Settle the one that is lit."""
        if (one := self._lit) is not None:
            self.run_worker(self._settle(one), group="settle", exclusive=True, exit_on_error=False)

    async def _settle(self, one: T) -> None:
        with self.errors_shown():
            await self.settle(one)
            await self._look()
