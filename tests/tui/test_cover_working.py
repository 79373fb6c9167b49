"""The cover while it is worked out: signs of life, stopping, and later marks."""

from __future__ import annotations

import gc
import threading

import pytest
from tui_cover import covered
from tui_cover_screen import below, cover_shown, go, ready, rows_of
from tui_managers import ManagerApp
from tui_steps import on_screen, until

from assess.cover.watching import StoppedError
from assess.tui.screens.cover import CoverScreen
from assess.workspace import covering, departing


@pytest.fixture
def slow(monkeypatch):
    """Work that says it is at 40 % and goes on until it is stopped or let go."""

    def install(place, stage, result):
        let_go = threading.Event()

        def work(*_args, watch, **_options):
            while not let_go.wait(0.01):
                if not watch(stage, 0.4):
                    raise StoppedError(stage)
            return result(_args, _options)

        monkeypatch.setattr(place, work)
        return let_go

    return install


async def test_a_plan_gives_signs_of_life_and_can_be_stopped(slow, monkeypatch):
    real = covering.plan
    slow("assess.workspace.covering.plan", "value", lambda _a, _o: None)
    app = ManagerApp(covered(), CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: "planning 40 %" in rows_of(app))
        assert "esc stops" in rows_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: "stopped" in rows_of(app))
        assert app.screen is screen
        monkeypatch.setattr("assess.workspace.covering.plan", real)
        screen.measure_again()
        await ready(pilot)


async def test_trying_all_departures_shows_how_far_it_is_and_can_be_stopped(slow):
    let_go = slow("assess.workspace.departing.worst_departures", "departures", lambda _a, _o: None)
    app = ManagerApp(covered(), CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: "trying departures 40 %" in below(screen))
        await go(pilot, screen, "person:JA")
        await pilot.press("space")  # meanwhile everything else goes on
        await until(pilot, lambda: screen.left is not None)
        await pilot.press("escape")
        await until(pilot, lambda: "u tries the departure" in below(screen))
        await pilot.press("u")
        await until(pilot, lambda: "trying departures" in below(screen))
        let_go.set()


async def test_a_later_mark_takes_the_place_of_what_is_worked_out(monkeypatch):
    real, asked, first = departing.leaving, [], threading.Event()

    def leaving(view, people, *, watch, **options):
        asked.append(tuple(people))
        if people == ["JA"]:
            while watch("roles", None):
                first.wait(0.01)
            raise StoppedError("roles")
        return real(view, people, watch=watch, **options)

    monkeypatch.setattr("assess.workspace.departing.leaving", leaving)
    async with cover_shown() as (_app, pilot, screen):
        await go(pilot, screen, "person:JA")
        await pilot.press("space")
        await until(pilot, lambda: asked == [("JA",)])
        await go(pilot, screen, "person:HE")
        await pilot.press("space")
        await until(pilot, lambda: screen.left is not None)
        assert screen.left.people == ("JA", "HE")


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("error:coroutine:RuntimeWarning")
async def test_measuring_anew_before_the_last_began_leaves_nothing_undone():
    async with cover_shown() as (_app, pilot, screen):
        screen.measure_again()
        screen.measure_again()
        await ready(pilot)
    del screen, pilot, _app
    gc.collect()
