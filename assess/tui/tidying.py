"""Memory: little is kept, and garbage is collected while nobody types.

A collection of the youngest objects alone takes longer than half a frame; a key leaves so few
behind that they can wait for the next pause.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress

from textual._styles_cache import StylesCache

PAUSE = 0.05
"""Seconds behind a key after which what it left behind is collected: few type faster."""
_MANY = 100_000
"""So many new objects are collected in the middle of the work all the same."""
_WHOLE = 100
"""After so many pauses everything but what was there at the first is gone through."""
_M_ARENA_MAX = -8


def share_one_heap() -> None:
    """Let all threads take their memory from one place, where the C library is glibc.

    By default each has its own, and what one of them gave back no other takes. Here only one runs
    at a time, so that none waits for another.
    """
    import ctypes

    with suppress(AttributeError, OSError, TypeError):  # another C library, another system
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


class Tidying:
    """Call ``key`` at every key, in the event loop."""

    def __init__(self) -> None:
        self._next: asyncio.TimerHandle | None = None
        self._pauses = 0

    def key(self) -> None:
        """Somebody types: not now."""
        if self._next is None:
            gc.set_threshold(_MANY, 10, 10)
        else:
            self._next.cancel()
        self._next = asyncio.get_running_loop().call_later(PAUSE, self._tidy)

    def _tidy(self) -> None:
        self._pauses += 1
        whole = self._pauses % _WHOLE == 0
        if whole:
            # for this Textual keeps the last thousand widgets, and all rows of those that are gone
            StylesCache.get_inner_outer.cache_clear()
        gc.collect(2 if whole else 1)
        if self._pauses == 1:
            gc.freeze()
