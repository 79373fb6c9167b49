"""The ranking: modules, sorting, finding, marking, and the places it leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from results_factory import a_module, a_ranking, a_result
from tui_managers import ManagerApp, managed, settled, title_of
from tui_ranking import foot, line_of, lines, opened, with_

from assess.tui.screens.compare import CompareScreen
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.find import FindLine
from assess.tui.widgets.rows import Rows


@pytest.mark.parametrize("keys", [["1"], ["right"], ["left", "left"]])
async def test_digits_and_arrows_switch_the_module(keys):
    app = opened("PROC")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        assert app.screen.module.module == "COST"
        assert "QI" not in lines(app)


async def test_a_click_on_a_tab_switches_the_module():
    app = opened("PROC")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click("#head", offset=(12, 0))
        await pilot.pause()
        assert app.screen.module.module == "PLAN"


async def test_sorting_by_name_says_so_and_keeps_the_cursor_on_its_candidate():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "s")
        await pilot.pause()
        names = [line.split()[1] for line in lines(app).splitlines()[:5]]
        assert names == sorted(names)
        assert "sorted by name" in foot(app)
        assert app.screen.query_one(Rows).key == "QI"


async def test_hidden_names_leave_only_codes_everywhere():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await pilot.pause()
        shown = lines(app) + foot(app)
        assert "Helen" not in shown and "Engineering" not in shown
        await pilot.press("enter")
        await settled(pilot)
        assert "Jia" not in title_of(app)


async def test_find_goes_to_the_candidate_as_one_types():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"hel")
        await pilot.pause()
        assert app.screen.query_one(Rows).key == "HE"
        await pilot.press("enter")
        await pilot.pause()
        assert not app.screen.query_one(FindLine).has_class("open")
        assert app.screen.query_one(Rows).has_focus


@pytest.mark.parametrize("key", ["enter", "w"])
async def test_a_candidate_opens_why(key):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", key)
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert (app.screen.candidate, app.screen.module) == ("QI", "PROC")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.query_one(Rows).key == "QI"


async def test_a_click_on_a_row_opens_why():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click(Rows, offset=(5, 2))
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen) and app.screen.candidate == "HE"


async def test_marked_candidates_are_compared(monkeypatch):
    monkeypatch.setattr(CompareScreen, "measure", _nothing)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space", "space")
        await pilot.pause()
        assert "■" in line_of(app, "JA") and "■" not in line_of(app, "HE")
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, CompareScreen)
        assert app.screen._candidates == ["JA", "QI"]


async def _nothing(_self):
    return None


async def test_no_more_than_five_are_marked():
    many = [a_result(f"C{n}", rank=n) for n in range(1, 8)]
    app = opened(ranking=with_(*many))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*["space"] * 7)
        await pilot.pause()
        assert lines(app).count("■") == 5


async def test_comparing_nobody_says_how_to_mark():
    app = opened(ranking=with_(a_result("HE")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, RankingScreen)
        assert any("space" in note.message for note in app._notifications)


async def test_export_opens_on_the_module_in_sight():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "x")
        await settled(pilot)
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.choices.chosen["module"] == "PLAN"


async def test_five_thousand_candidates_are_walked_without_drawing_them_all(monkeypatch):
    many = [a_result(f"C{n:05}", name=f"Name {n}", rank=n, lines=[]) for n in range(1, 5001)]
    drawn = []
    app = opened(ranking=with_(*many))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        rows = app.screen.query_one(Rows)
        before = rows.render_line
        monkeypatch.setattr(rows, "render_line", lambda y: drawn.append(y) or before(y))
        await pilot.press("end")
        await pilot.pause()
        assert rows.key == "C05000"
        await pilot.press("pageup", "up")
        await pilot.pause()
        assert 4900 < int(rows.key[1:]) < 5000
        assert len(drawn) < 500


async def test_a_ranking_that_changed_is_seen_on_coming_back():
    workspace = managed()
    app = ManagerApp(workspace, RankingScreen("PROC"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        better = [replace(r, score=91.5) if r.candidate == "QI" else r
                  for r in workspace.ranking.modules[2].candidates]  # fmt: skip
        workspace.ranking = a_ranking([a_module(better)])
        await pilot.press("escape")
        await settled(pilot)
        assert "91.5" in line_of(app, "QI")
