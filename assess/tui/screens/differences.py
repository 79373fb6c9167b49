"""What differs and waits for people to talk: a list, below it what the one that is lit says."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

from textual.app import ComposeResult

from assess.i18n import _
from assess.tui.frames import one_frame
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.cells import Spans
from assess.tui.widgets.lines import Row
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.rows import Rows
from assess.tui.widgets.scrolled import ScrolledStack

T = TypeVar("T")


class DifferencesScreen(AppScreen[None], Generic[T]):
    """Differences of one kind, read in a worker because all interviews are read for them.

    Subclasses name the commands ``settle`` and ``leave`` and say what is shown and done.
    """

    AUTO_FOCUS = "Rows"

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

    def line(self, one: T) -> Spans:
        """A difference in the list, the first cell left free for the cursor's mark."""
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
        yield Rows()
        with ScrolledStack(id="difference", can_focus=False):
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
        rows = self.query_one(Rows)
        rows.show([self._row(place, one) for place, one in enumerate(self._found)])
        rows.display = bool(self._found)
        if self._found:
            rows.focus()
        self.title_bar(self.title_words())
        summary = self.summary_words(self._found) if self._looked else _("looking …")
        self.query_one("#summary", Prose).show(summary)
        self._tell()
        self.refresh_bindings()

    def _row(self, place: int, one: T) -> Row:
        return Row(lambda _width: self.line(one), key=str(place))

    @property
    def _lit(self) -> T | None:
        key = self.query_one(Rows).key
        return self._found[int(key)] if key and int(key) < len(self._found) else None

    def _tell(self) -> None:
        one = self._lit
        self.query_one("#told", Prose).show("" if one is None else "\n".join(self.told(one)))

    def on_rows_highlighted(self) -> None:
        """Tell of the one that is lit."""
        with one_frame(self):
            self._tell()

    def on_rows_picked(self) -> None:
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
