"""Frames that wait for what is about to come."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.widget import Widget

from assess.tui import frames
from assess.tui.frames import Hold


class Counted(Widget):
    """Counts how often it is drawn."""

    drawn = 0

    def render(self):
        self.drawn += 1
        return "drawn"


@pytest.fixture
async def shown():
    app = App()
    async with app.run_test() as pilot:
        widget = Counted()
        await app.mount(widget)
        await pilot.pause()
        widget.drawn = 0
        yield app, widget


async def drawn(widget):
    async with asyncio.timeout(10):
        while not widget.drawn:
            await asyncio.sleep(0.005)


async def test_nothing_is_drawn_while_a_frame_is_held_and_all_in_one_behind_it(shown, monkeypatch):
    monkeypatch.setattr(frames, "LONGEST", 60)
    app, widget = shown
    hold = Hold(app.screen)
    hold.begin()
    hold.begin()
    clock = asyncio.get_running_loop().time
    until = clock() + 0.1  # many frames long
    while clock() < until:
        widget.refresh()
        await asyncio.sleep(0)
    assert widget.drawn == 0
    hold.end()
    await drawn(widget)
    assert widget.drawn == 1


async def test_a_frame_is_not_held_for_long(shown):
    app, widget = shown
    Hold(app.screen).begin()
    widget.refresh()
    await drawn(widget)
