"""The fairness report from the palette: the file is asked for, shown, and not kept."""

from __future__ import annotations

import pytest
from results_factory import a_module, a_ranking, a_result
from tui_managers import ManagerApp, managed, settled
from tui_steps import on_screen

from assess.model.people import Candidate
from assess.tui.screens.fairness import FairnessScreen, ModuleScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.message import LineScreen, MessageScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.widgets.rows import Rows


@pytest.fixture
def twelve():
    results = [a_result(f"K{n}", rank=n + 1, rank_low=n + 1, rank_high=n + 2) for n in range(12)]
    workspace = managed(a_ranking([a_module(results)]))
    workspace.put_people([Candidate(id=f"K{n}", modules=["PROC"]) for n in range(12)])
    return workspace


@pytest.fixture
def groups(tmp_path):
    path = tmp_path / "groups.csv"
    rows = "\n".join(f"K{n},{'north' if n < 6 else 'south'}" for n in range(12))
    path.write_text("candidate,region\n" + rows + "\n")
    return path


async def open_from_palette(pilot):
    await pilot.press("ctrl+p")
    await pilot.pause()
    await pilot.press(*"fairness", "enter")


async def test_the_palette_of_the_ranking_asks_for_the_file_and_shows_the_rates(twelve, groups):
    app = ManagerApp(twelve, RankingScreen("PROC"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await open_from_palette(pilot)
        await on_screen(pilot, LineScreen)
        app.screen.query_one("Line").value = str(groups)
        await pilot.press("enter")
        await on_screen(pilot, FairnessScreen)
        text = app.screen.query_one(Rows).text
        assert "selected: the best 3 of the order" in text
        assert "north" in text and "50 %" in text and "0 %" in text
        assert "under four fifths" in text
        assert "The groups are not stored" in text
        await pilot.press("escape")
        await on_screen(pilot, RankingScreen)
    stored = str([twelve.store.read(stream) for stream in twelve.store.streams()])
    assert "north" not in stored and "north" not in str(twelve.store.logged)


async def test_home_asks_for_the_module_first(twelve):
    app = ManagerApp(twelve, HomeScreen())
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        app.screen.query_one(Rows).go_to("candidate:K1")
        await open_from_palette(pilot)
        await on_screen(pilot, ModuleScreen)
        await pilot.press(*"proc", "enter")
        screen = await on_screen(pilot, LineScreen)
        assert "PROC" in str(screen._words)


async def test_a_file_that_cannot_be_read_is_told(twelve, tmp_path):
    app = ManagerApp(twelve, RankingScreen("PROC"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await open_from_palette(pilot)
        await on_screen(pilot, LineScreen)
        app.screen.query_one("Line").value = str(tmp_path / "nothing.csv")
        await pilot.press("enter")
        await on_screen(pilot, MessageScreen)
