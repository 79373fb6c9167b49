"""A terminal that goes away: its window closed, its connection cut, the session ended."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable

from assess.tui.outlet import Outlet

LOOK_EVERY = 1.0
"""Seconds between two looks at a terminal that may end without a signal (no job control)."""


def on_hangup(leave: Callable[[], object]) -> Callable[[], None]:
    """Call ``leave`` once when the terminal goes away or the system asks the program to end.

    Gives what is to be called every ``LOOK_EVERY`` seconds. Without it an app whose terminal went
    without a signal reads "nothing" from it as fast as the processor can.
    """
    left = False

    def once() -> None:
        nonlocal left
        if not left:
            left = True
            Outlet.ending = True
            leave()

    if sys.platform == "win32":
        return lambda: None
    loop = asyncio.get_running_loop()

    def told(number: int, _frame: object) -> None:
        Outlet.ending = True
        try:
            loop.call_soon_threadsafe(once)
        except RuntimeError:  # the app is over, what comes after it ends as any program does
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for one in (signal.SIGHUP, signal.SIGTERM):
        # one of the loop's own would wait with it for a terminal that stands still
        signal.signal(one, told)
    import select

    poll = select.poll()
    poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)  # hang-up is always told

    def look() -> None:
        if any(what & (select.POLLHUP | select.POLLERR) for _fd, what in poll.poll(0)):
            once()

    return look
