"""The departure kit: its dates, and its file."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_cover_screen import cover_shown, go, rows_of
from tui_managers import title_of
from tui_steps import on_screen, until
from tui_steps import settled as drawn

from assess.tui.screens.departures import DepartureScreen
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.form import FormScreen
from assess.tui.widgets.prose import Line, Prose


@asynccontextmanager
async def kit_shown(size=(80, 24)):
    """The departure kit of JA."""
    async with cover_shown(size) as (app, pilot, screen):
        await go(pilot, screen, "person:JA")
        await pilot.press("k")
        kit = await on_screen(pilot, DepartureScreen)
        await until(pilot, lambda: kit.left is not None)
        yield app, pilot, kit


@pytest.mark.usefixtures("language")
async def test_looks_as_kept(size, same_picture):
    async with kit_shown(size) as (app, pilot, _kit):
        await drawn(pilot)
        same_picture(app, "departure-kit")


async def test_all_dates_follow_the_day_from_which_the_notice_runs():
    async with kit_shown() as (app, pilot, kit):
        assert "last day 2027-02-03" in rows_of(app)
        await pilot.press("n")
        form = await on_screen(pilot, FormScreen)
        await pilot.press("end", *["backspace"] * 10, *"soon", "enter")
        await until(pilot, lambda: "no day" in form.query_one("#refused", Prose).text)
        await pilot.press("end", *["backspace"] * 4, *"2027-02-01", "enter")
        await until(pilot, lambda: app.screen is kit and "last day 2027-03-03" in rows_of(app))
        assert "notice from 2027-02-01" in title_of(app)


async def test_the_kit_is_written_to_a_file(tmp_path):
    async with kit_shown() as (app, pilot, _kit):
        await pilot.press("x")
        dialogue = await on_screen(pilot, ExportScreen)
        target = tmp_path / "kit.html"
        dialogue.query_one(Line).value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DepartureScreen))
    page = target.read_text("utf-8")
    assert "Departure kit" in page
    assert "2027-02-03" in page
