"""Steps that tests of screens take."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from tui_pictures import picture_of

from assess.tui.screens.interview import InterviewScreen

S = TypeVar("S", bound=Screen)
LIMIT = 10.0
"""Seconds after which a state that does not come is taken for one that never does."""


async def until(pilot: Pilot, holds: Callable[[], bool]) -> None:
    """Wait until something holds, whatever the machine is busy with."""

    async def watch() -> None:
        while not holds():
            await pilot.pause(0.005)

    try:
        await asyncio.wait_for(watch(), LIMIT)
    except TimeoutError:
        raise AssertionError(f"never came: {pilot.app.screen!r} is shown") from None
    await pilot.pause()


async def on_screen(pilot: Pilot, kind: type[S]) -> S:
    """Wait for a screen of a kind and give it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


async def interviewing(pilot: Pilot) -> InterviewScreen:
    """Wait for the interview and for all its answers to be on disk."""
    screen = await on_screen(pilot, InterviewScreen)
    await until(pilot, lambda: not screen.writer.unwritten)
    return screen


async def press(pilot: Pilot, *keys: str) -> InterviewScreen:
    """Press keys in an interview and wait for what they write."""
    await pilot.press(*keys)
    return await interviewing(pilot)


async def settled(pilot: Pilot) -> None:
    """Wait until nothing moves on the screen any more."""
    before = ""
    while (now := picture_of(pilot.app)) != before:
        before = now
        await pilot.pause(0.02)
