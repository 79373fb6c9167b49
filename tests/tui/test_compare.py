"""Compare: candidates on one axis, differences beyond error marked."""

from __future__ import annotations

import pytest
from results_factory import a_result
from tui_managers import ManagerApp, managed, settled, title_of

from assess.errors import BadInput
from assess.tui.screens.compare import CompareScreen
from assess.tui.screens.compare_notes import CompareNotesScreen
from assess.tui.screens.message import MessageScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.rows import Rows
from assess.workspace import comparing
from assess.workspace.comparing import ComparedLine, ComparedModule, Comparison


def _module(code):
    people = [a_result("HE", name="Helen"), a_result("JA", name="Jia", score=84.2)]
    lines = [
        ComparedLine("BPM", [(3.1, 0.4), (4.6, 0.4)], [("JA", "HE")]),
        ComparedLine("DOC", [(3.9, 0.4), (3.9, 0.4)], []),
        ComparedLine("AVL", [(None, None), (3.0, 0.4)], []),
    ]
    return ComparedModule(code, people, lines, [("JA", "HE")], {("JA", "HE"): 4.0})


@pytest.fixture(autouse=True)
def compared(monkeypatch):
    found = Comparison("Riverside", "M0", 3, [_module("COST"), _module("PROC")])
    monkeypatch.setattr(comparing, "compare", lambda *_args, **_fields: found)


def opened():
    return ManagerApp(managed(), CompareScreen(["HE", "JA"], "PROC"))


def line_of(app, start):
    lines = app.screen.query_one(Rows).text.splitlines()
    return next(line for line in lines if line.strip().startswith(start))


async def test_each_competency_shows_values_on_one_axis_and_who_is_apart():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        line = line_of(app, "BPM")
        assert "3.10" in line and "4.60" in line and line.rstrip().endswith("B>A")
        axis = line[line.index("·") : line.rindex("·")]
        assert axis.index("A") < axis.index("B")
        assert ">" not in line_of(app, "DOC")


async def test_two_in_one_place_and_a_value_that_is_missing_are_shown_as_such():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "*" in line_of(app, "DOC")
        assert (
            "–" in line_of(app, "AVL") and "A" not in line_of(app, "AVL")[4:].split("3.00")[0][30:]
        )


async def test_the_scores_are_compared_too():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "84.2 ±7.1" in line_of(app, "B JA")
        assert line_of(app, "beyond error").endswith("B > A")


async def test_arrows_go_through_the_modules_that_all_stand_for():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "PROC" in title_of(app)
        await pilot.press("right")
        await pilot.pause()
        assert "COST" in title_of(app)


async def test_a_candidate_opens_why():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen) and app.screen.candidate == "JA"


async def test_a_competency_opens_the_notes_and_the_cursor_comes_back_to_it():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "down", "down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, CompareNotesScreen)
        assert "DOC" in title_of(app)
        await pilot.press("left", "escape")
        await settled(pilot)
        assert app.screen.query_one(Rows).key.endswith("BPM")


async def test_candidates_without_a_common_module_are_refused_in_words(monkeypatch):
    def refuse(*_args, **_fields):
        raise BadInput("TA, WE have no module in common")

    monkeypatch.setattr(comparing, "compare", refuse)
    app = ManagerApp(managed(), RankingScreen("PROC"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(CompareScreen(["TA", "WE"]))
        await settled(pilot)
        assert isinstance(app.screen, MessageScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, RankingScreen)


async def test_looks_as_kept(language, size, same_picture):
    app = opened()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        same_picture(app, "compare")
