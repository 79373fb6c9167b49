"""The grid: every candidate in every module, and the way to why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from results_factory import a_module, a_ranking, a_result
from tui_managers import ManagerApp, managed, settled, title_of

from assess import i18n
from assess.tui.screens.grid import GridScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.find import FindLine
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.rows import Rows
from assess.workspace.deciding import decide


def opened(workspace=None):
    return ManagerApp(workspace or managed(), GridScreen())


def text(app):
    return app.screen.query_one(Rows).text


def line_of(app, code):
    return next(line for line in text(app).splitlines() if line[3:].startswith(f"{code} "))


def codes(app):
    return [line.split()[0] for line in text(app).splitlines()]


def foot(app):
    return app.screen.query_one("#foot", Caption).text


async def test_a_row_holds_the_score_and_the_mark_of_each_module():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert line_of(app, "JA").split() == ["JA", "Jia", "84", "●", "84", "●"]
        assert "55 ×" in line_of(app, "MO") and "58 ?" in line_of(app, "TA")
        assert "52 ○" in line_of(app, "WE")


async def test_a_wide_window_says_the_status_in_words():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "ready with plan" in line_of(app, "HE")
        assert "below a minimum" in line_of(app, "MO")
        assert "incomplete" in line_of(app, "TA")


async def test_every_mark_is_explained():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for words in ("● ready", "◐ ready with plan", "× below a minimum", "? incomplete", "! not"):
            assert words in foot(app)


async def test_an_open_release_and_a_decided_role_are_marked():
    workspace = managed()
    decide(workspace, "COST", a="JA", b="HE", name="Cheng")
    app = opened(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "84 ● A" in line_of(app, "JA") and "68 ◐ B" in line_of(app, "HE")
        assert "65 ◐!" in line_of(app, "LU")


async def test_enter_explains_the_cell_that_is_lit():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("right", "right", "down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert (app.screen.candidate, app.screen.module) == ("JA", "PROC")


async def test_an_empty_cell_explains_nothing():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one(Rows).go_to("QI")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, GridScreen)
        assert "QI does not stand for COST" in foot(app)


async def test_s_sorts_by_the_module_that_is_lit_and_by_code_again():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        by_code = codes(app)
        assert by_code == sorted(by_code)
        await pilot.press("3", "s")
        await settled(pilot)
        assert codes(app) == ["JA", "QI", "HE", "LU", "WE", "TA", "MO"]
        await pilot.press("s")
        await settled(pilot)
        assert codes(app) == by_code


async def test_find_goes_to_a_candidate():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"helen", "enter")
        assert app.screen.query_one(Rows).key == "HE"
        assert not app.screen.query_one(FindLine).has_class("open")


async def test_names_can_be_hidden():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "Jia" not in text(app) and "Jia" not in foot(app)


async def test_m_opens_the_ranking_of_the_module_that_is_lit_at_the_candidate():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one(Rows).go_to("LU")
        await pilot.press("2", "m")
        await settled(pilot)
        assert isinstance(app.screen, RankingScreen)
        assert app.screen.module.module == "PLAN"
        assert app.screen.query_one(Rows).key == "LU"


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_more_modules_than_fit_are_reached_and_stand_under_their_heads(width, spoken):
    i18n.use(spoken)
    workspace = managed()
    one = a_result("JA", name="Jia")
    modules = [
        a_module([replace(one, score=50.0 + n)], module=f"M{n:02}-MODULE") for n in range(15)
    ]
    workspace.ranking = a_ranking(modules)
    app = opened(workspace)
    async with app.run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        for n in range(15):
            head = app.screen.query_one("#head", Caption).text.splitlines()[1]
            at = head.index(f"M{n:02}-MODULE")
            assert f"{50 + n}" in line_of(app, "JA")[at : at + 8]
            await pilot.press("right")
            await pilot.pause()


async def test_hostile_names_are_drawn_in_their_column():
    names = ["<b>x</b>[red]", "名" * 300, "👩‍👩‍👧 Ana", "مرحبا \u202eabc", "=1+1"]
    results = [a_result(f"K{n}", name=name, rank=n + 1) for n, name in enumerate(names)]
    workspace = managed(a_ranking([a_module(results)]))
    workspace.put_people([replace_name(workspace, f"K{n}", name) for n, name in enumerate(names)])
    app = opened(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "<b>x</b>[red]" in text(app)
        assert all("66 ◐" in line_of(app, f"K{n}") for n in range(len(names)))


def replace_name(workspace, code, name):
    from assess.model.people import Candidate

    return Candidate(id=code, name=name)


async def test_before_anything_is_measured_it_says_so(monkeypatch):
    monkeypatch.setattr(GridScreen, "measure_again", lambda _self: None)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "measuring" in text(app)
        assert "Grid" in title_of(app)


async def test_looks_as_kept(language, size, same_picture):
    workspace = managed()
    decide(workspace, "COST", a="JA", b="HE", name="Cheng")
    app = opened(workspace)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        same_picture(app, "grid")
