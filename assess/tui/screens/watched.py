"""Work in a thread that says how far it is and can be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from assess.cover.watching import StoppedError, Watch
from assess.tui.screens.ranking_measured import measured
from assess.workspace.stages import stage_words

T = TypeVar("T")
EVERY = 0.2
"""Seconds between two looks at how far the work is."""


class Job:
    """One piece of work: what it is doing now, and whether it was asked to stop."""

    def __init__(self) -> None:
        self.said = ""
        self.stopped = False

    def watch(self, stage: str, share: float | None) -> bool:
        """A sign of life from the thread; False asks it to stop."""
        self.said = stage_words(stage, share)
        return not self.stopped

    async def run(self, call: Callable[[Watch], T], *, alone: bool = True) -> T | None:
        """What ``call`` gives; None where it was stopped. ``alone`` while nothing else measures."""

        def work() -> T | None:
            try:
                return None if self.stopped else call(self.watch)
            except StoppedError:
                return None

        try:
            return await (measured(work) if alone else asyncio.to_thread(work))
        finally:
            self.stopped = True  # a cancelled worker leaves its thread behind
