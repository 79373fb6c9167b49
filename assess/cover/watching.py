"""Signs of life and a way to stop for work that takes longer than a blink."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
BEAT = 0.1
"""Seconds between two signs of life."""


class StoppedError(Exception):
    """The one who waits asked to stop; nothing was decided."""


Watch = Callable[[str, float | None], bool]
"""Called with the stage and the share done (None where unknown); False asks to stop."""


def silent(stage: str, share: float | None) -> bool:
    """Watch nothing and never stop."""
    del stage, share
    return True


def tell(watch: Watch, stage: str, share: float | None = None) -> None:
    """One sign of life. Raises StoppedError when the watcher asks to stop."""
    if not watch(stage, share):
        raise StoppedError(stage)


def watched(work: Callable[[], T], watch: Watch, stage: str) -> T:
    """The result of ``work``, done beside signs of life; it has to let other threads run.

    Raises StoppedError when the watcher asks to stop: the work then ends by itself, unheard.
    """
    if watch is silent:
        return work()
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        tell(watch, stage)
        thread.join(BEAT)
    if failed:
        raise failed[0]
    return found[0]
