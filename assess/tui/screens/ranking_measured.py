"""Measuring away from the screen: in a thread, one at a time, so that no key press waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_one_at_a_time = threading.Lock()


async def measured(call: Callable[[], T]) -> T:
    """What ``call`` gives, worked out in a thread; its errors are raised here."""

    def in_turn() -> T:
        with _one_at_a_time:
            return call()

    return await asyncio.to_thread(in_turn)
