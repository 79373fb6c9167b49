"""Frames that are put off a moment, so that what is about to come is drawn in the same one.

Textual draws at most every 16 ms: what comes just behind a frame waits for the next or the one
after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from textual.screen import Screen

LONGEST = 0.012
"""Seconds after which the frame is drawn without what was waited for."""


class Hold:
    """Holds back the frames of the app from ``begin`` to ``end``, and never for long."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._batch = ExitStack()
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Hold the next frame back; once more while one is held changes nothing."""
        if self._timer is None:
            self._batch.enter_context(self._screen.app.batch_update())
            self._timer = asyncio.get_running_loop().call_later(LONGEST, self.end)

    def end_soon(self) -> None:
        """Draw once what was refreshed just now has said so to the screen."""
        asyncio.get_running_loop().call_soon(self.end)

    def end(self) -> None:
        """Draw now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._batch.close()
            self._screen.check_idle()


@contextmanager
def one_frame(screen: Screen[Any]) -> Iterator[None]:
    """What is refreshed in here comes in one frame with what was refreshed just before."""
    hold = Hold(screen)
    hold.begin()
    try:
        yield
    finally:
        hold.end_soon()
