"""Raters on screen: how each rates beside the others, worded as feedback."""

from __future__ import annotations

import pytest
from tui_managers import ManagerApp, managed, settled, title_of

from assess import i18n
from assess.tui.screens.raters import RaterFeedbackScreen, RatersScreen
from assess.tui.widgets.lines import text_of
from assess.tui.widgets.rater_rows import RaterTable
from assess.tui.widgets.rows import Rows
from assess.workspace.agreeing import RaterResult
from assess.workspace.calibration import Distance

COMPETENCIES = ("BPM", "XFV", "GAP", "MDM", "DOC", "SYS", "COA", "BRG", "OWN", "AVL")


def rated(lenient="R2", by=1):
    """R1 and R2 rate the same six people; one of them higher on every item; R4 rates alone."""
    workspace = managed()
    people = ["HE", "JA", "LU", "QI", "WE", "TA"]
    for at, candidate in enumerate(people):
        raters = ("R1", "R2") if candidate != "TA" else ("R4",)
        for rater in raters:
            interview = workspace.interview(candidate, rater)
            for n, competency in enumerate(COMPETENCIES):
                for item in (1, 2):
                    value = 1 + (at + n + item) % 3 + (by if rater == lenient else 0)
                    interview.answer(f"{competency}-{item}", value)
            if rater == "R1":
                interview.note("BPM-1", "a case")
            interview.submit()
    return workspace


def text(app):
    return app.screen.query_one(Rows).text


def line_of(app, rater):
    return next(line for line in text(app).splitlines() if line[3:].startswith(f"{rater} "))


@pytest.mark.parametrize("width", [80, 120])
async def test_a_rater_has_severity_with_error_in_figures_and_words(width):
    app = ManagerApp(rated(by=2), RatersScreen())
    async with app.run_test(size=(width, 30)) as pilot:
        await settled(pilot)
        assert "±" in line_of(app, "R1") and "rates lower" in line_of(app, "R1")
        assert "rates higher" in line_of(app, "R2")
        assert "not comparable" in line_of(app, "R4")
        assert "share no candidate" in text(app)


@pytest.mark.parametrize("width", [79, 119])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_distance_to_the_master_ratings_stands_whole_beside_who_scored_samples(width, spoken):
    i18n.use(spoken)
    named = {"R1": "Martin Keller", "R2": "周敏"}
    found = [
        RaterResult(code, name, -5.1, 3.5, 7.1, 2, 20.1, 0.41, "estimated", 0.96, 0)
        for code, name in named.items()
    ]
    away = {"R1": Distance("R1", 20, 20, 6.2, 43.8), "R2": Distance("R2", 0, 20)}
    table = RaterTable(found, away)
    assert table.shows_samples(width)
    first, second = text_of(table.rows(), width).splitlines()
    assert (first.split()[-1], second.split()[-1]) == ("+6.2", "–")
    assert "…" not in second
    nobody = RaterTable(found, {"R1": Distance("R1", 0, 20)})
    assert nobody.shows_samples(width) == (width > 100)


async def test_enter_opens_the_feedback_and_arrows_leaf_to_the_next():
    app = ManagerApp(rated(by=2), RatersScreen())
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, RaterFeedbackScreen)
        assert "R2" in title_of(app)
        assert "higher than the others" in text(app)
        assert "do not rate differently on purpose" in text(app).replace("\n     ", " ")
        await pilot.press("right")
        await settled(pilot)
        assert "R4" in title_of(app)
        assert "share no candidate with anybody" in text(app)


async def test_without_a_difference_beyond_error_none_is_claimed():
    app = ManagerApp(rated(by=0), RatersScreen())
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert "like the others" in line_of(app, "R1")
        await pilot.press("enter")
        await settled(pilot)
        assert "no difference beyond error" in text(app).replace("\n     ", " ")


async def test_who_works_as_an_interviewer_sees_own_figures_alone():
    workspace = rated(by=2)
    workspace.me = "R1"
    app = ManagerApp(workspace, RatersScreen())
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert "R1" in text(app) and "R2" not in text(app) and "R4" not in text(app)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("right")
        await settled(pilot)
        assert "R1" in title_of(app)


async def test_an_interviewer_who_has_submitted_nothing_sees_no_figures():
    workspace = rated(by=2)
    workspace.me = "R3"
    app = ManagerApp(workspace, RatersScreen())
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert "You have not rated at this wave yet." in text(app)
        assert "±" not in text(app)


async def test_nobody_has_rated_yet():
    app = ManagerApp(managed(), RatersScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Nobody has rated" in text(app)


@pytest.mark.parametrize("page", ["raters", "rater-feedback"])
async def test_looks_as_kept(page, language, size, same_picture):
    app = ManagerApp(rated(), RatersScreen())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        if page == "rater-feedback":
            await pilot.press("enter")
            await settled(pilot)
        same_picture(app, page)
