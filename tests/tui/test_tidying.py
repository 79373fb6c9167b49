"""Garbage goes while nobody types."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest
from textual._styles_cache import StylesCache
from textual.color import Color

from assess.tui.tidying import Tidying


class Ring:
    """Something that only a collection finds."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def collector():
    thresholds = gc.get_threshold()
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()
    gc.set_threshold(*thresholds)


async def test_what_a_key_left_behind_goes_in_the_pause_behind_it():
    tidying = Tidying()
    ring = weakref.ref(Ring())
    tidying.key()
    assert ring() is not None
    async with asyncio.timeout(10):
        while ring() is not None:
            await asyncio.sleep(0.01)


async def test_what_grew_old_goes_after_many_pauses():
    tidying = Tidying()
    tidying._tidy()
    kept = Ring()
    ring = weakref.ref(kept)
    gc.collect(1)
    gc.collect(1)  # now it is among the oldest
    del kept
    for _pause in range(100):
        tidying._tidy()
    assert ring() is None


async def test_the_rows_of_widgets_that_are_gone_go_after_many_pauses():
    tidying = Tidying()
    rows = StylesCache()
    kept = weakref.ref(rows)
    rows.get_inner_outer(Color(0, 0, 0), Color(1, 1, 1))
    del rows
    assert kept() is not None
    for _pause in range(100):
        tidying._tidy()
    assert kept() is None
