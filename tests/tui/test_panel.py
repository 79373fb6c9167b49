"""The panel in the app: differences, their notes, and the value agreed on beside the originals."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_steps import on_screen, settled, until

from assess import i18n
from assess.tui.app import AssessApp
from assess.tui.screens.form import FormScreen
from assess.tui.screens.panel import PanelScreen
from assess.tui.widgets.prose import Prose


@pytest.fixture
def differing(workspace):
    for rater, value, note in (("R1", 2, "vague"), ("R2", 5, "a case of her own")):
        session = workspace.interview("HE", rater)
        session.answer("BPM-1", value)
        session.note("BPM-1", note)
        session.answer("BPM-2", 3)
        session.submit()
    return workspace


@asynccontextmanager
async def panel(workspace, size=(80, 24)):
    app = AssessApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.push_screen(PanelScreen())
        yield pilot, await on_screen(pilot, PanelScreen)


async def test_home_opens_it_with_d(differing):
    app = AssessApp(differing)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("d")
        await on_screen(pilot, PanelScreen)


async def test_it_shows_who_differs_with_the_notes_and_leaves_out_who_agrees(differing):
    async with panel(differing) as (_pilot, screen):
        assert [one.item for one in screen._found] == ["BPM-1"]
        told = screen.query_one("#told", Prose).text
        assert "vague" in told
        assert "a case of her own" in told


async def test_the_agreed_value_is_recorded_with_its_reason_and_the_ratings_stay(differing):
    async with panel(differing) as (pilot, screen):
        await pilot.press("enter")
        await on_screen(pilot, FormScreen)
        await pilot.press("3", "enter", *"half", "enter")
        await until(pilot, lambda: bool(differing.agreed_values()))
        await until(pilot, lambda: screen._found[0].agreed == 3)
        assert "agreed 3: half" in screen.query_one("#told", Prose).text
    (record,) = differing.heads("agreed")
    assert (record["value"], record["reason"]) == (3, "half")
    assert differing.interview("HE", "R2").answers["BPM-1"].value == 5


async def test_what_is_refused_is_said_where_it_was_typed_and_nothing_is_lost(differing):
    async with panel(differing) as (pilot, _screen):
        await pilot.press("enter")
        form = await on_screen(pilot, FormScreen)
        refused = form.query_one("#refused", Prose)
        await pilot.press("9", "enter", *"half", "enter")
        await until(pilot, lambda: "9 is outside the scale of BPM-1, 1 to 5" in refused.text)
        await pilot.press("up", "backspace", *"xy", "enter", "enter")
        await until(pilot, lambda: "'xy' is not a number" in refused.text)
        assert form.texts == {"value": "xy", "reason": "half"}
        assert differing.agreed_values() == {}


async def test_what_was_agreed_before_stands_in_the_lines(differing):
    differing.agree("HE", "BPM-1", 3, "half of it")
    async with panel(differing) as (pilot, _screen):
        await pilot.press("enter")
        form = await on_screen(pilot, FormScreen)
        assert form.texts == {"value": "3", "reason": "half of it"}


async def test_an_interviewer_sees_no_difference_before_the_own_interview_is_submitted(differing):
    differing.me = "R3"
    async with panel(differing) as (_pilot, screen):
        assert screen._found == []
        assert "vague" not in screen.query_one("#told", Prose).text


@pytest.mark.usefixtures("language")
async def test_pictures_of_the_panel(differing, size, same_picture):
    differing.agree("HE", "BPM-1", 3, "half of it")
    assert i18n.language()
    async with panel(differing, size) as (pilot, _screen):
        await settled(pilot)
        same_picture(pilot.app, "panel")
