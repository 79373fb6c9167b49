"""Records past their date: from home to who they are, why, and erasing them."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_steps import on_screen, settled, until

from assess.tui.app import AssessApp
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.message import LineScreen
from assess.tui.screens.past_dates import PastDatesScreen
from assess.tui.widgets.prose import Prose
from assess.workspace.privacy import withdraw


@pytest.fixture
def withdrawn(workspace):
    """HE was interviewed and withdrew."""
    workspace.interview("HE", "R2").answer("BPM-1", 3)
    withdraw(workspace, "HE")
    return workspace


@asynccontextmanager
async def past_dates(workspace, size=(80, 24)):
    app = AssessApp(workspace)
    async with app.run_test(size=size) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: any(todo.key == "past" for todo in home._todos))
        home._rows.go_to("todo:past")
        await pilot.press("enter")
        screen = await on_screen(pilot, PastDatesScreen)
        await until(pilot, lambda: screen._looked)
        yield app, pilot, screen


async def test_home_leads_to_who_is_past_and_why(withdrawn):
    async with past_dates(withdrawn) as (_app, _pilot, screen):
        told = screen.query_one("#told", Prose).text
        assert "withdrew · 20" in told
        assert "1 interview" in told


async def test_a_person_is_erased_once_their_code_was_typed(withdrawn):
    async with past_dates(withdrawn) as (app, pilot, screen):
        for typed in ("helen", "escape"):
            await pilot.press("enter")
            await on_screen(pilot, LineScreen)
            await pilot.press(*(("escape",) if typed == "escape" else (*typed, "enter")))
            await on_screen(pilot, PastDatesScreen)
            assert "HE" in withdrawn.candidates()
        await pilot.press("enter")
        await on_screen(pilot, LineScreen)
        await pilot.press(*"HE", "enter")
        await until(pilot, lambda: app.screen is screen and not screen._found)
        assert "HE" not in withdrawn.candidates()
        assert "Nobody" in screen.query_one("#summary", Prose).text
        await pilot.press("escape")
        home = await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: not any(todo.key == "past" for todo in home._todos))


@pytest.mark.usefixtures("language")
async def test_looks_as_kept(withdrawn, size, same_picture):
    async with past_dates(withdrawn, size) as (app, pilot, _screen):
        await settled(pilot)
        same_picture(app, "past-dates")
