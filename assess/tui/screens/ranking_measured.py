"""Measuring away from the screen: in a thread, one at a time, so that no key press waits for it."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from textual.css.query import NoMatches
from textual.worker import WorkType

from assess.errors import AssessError
from assess.i18n import _
from assess.tui.screens.base import AppScreen

T = TypeVar("T")
_one_at_a_time = threading.Lock()
_MANY = 200_000


async def measured(call: Callable[[], T]) -> T:
    """What ``call`` gives, worked out in a thread; its errors are raised here."""

    def in_turn() -> T:
        with _one_at_a_time, _many_objects():
            return call()

    return await asyncio.to_thread(in_turn)


@contextmanager
def _many_objects() -> Iterator[None]:
    """Keep the garbage collector from looking through millions of answers again and again.

    Reading a large pool makes millions of objects that stay. Each full collection would stop the
    keys for a second to find that none of them is garbage.
    """
    gc.disable()
    try:
        yield
    finally:
        # while it is off, the first count is how many objects were made and stay
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        gc.enable()


class MeasuredScreen(AppScreen[None]):
    """A screen of figures: measured after it was painted, and again when one comes back to it."""

    def __init__(self) -> None:
        super().__init__()
        self._failed = False
        self._just_told = False

    async def measure(self) -> None:
        """Work the figures out through :func:`measured` and show them."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Measure, unless it is the dialogue about a failure that was closed."""
        if self._just_told:
            self._just_told = False
            return
        self.call_after_refresh(self.measure_soon)

    def measure_soon(self) -> None:
        """Measure, now that the screen is painted."""
        self.measure_again()

    def measure_again(self) -> None:
        """Measure in a worker; what has not changed takes no time."""
        if self not in self.app.screen_stack:
            return  # closed before it was painted
        # the method, not its coroutine: a worker that is replaced before it began awaits nothing
        work: WorkType[None] = self._try
        self.run_worker(work, group="measure", exclusive=True)

    async def _try(self) -> None:
        try:
            await self.measure()
        except AssessError as error:
            self._failed = self._just_told = True
            self.show_words()
            self.app.show_error(error)
        except NoMatches:
            if self in self.app.screen_stack:
                raise  # otherwise it was closed meanwhile, and there is nothing left to show it on
        else:
            self._failed = False

    @property
    def waiting_words(self) -> str:
        """What stands where figures are not there yet."""
        return _("could not be measured") if self._failed else _("measuring …")
