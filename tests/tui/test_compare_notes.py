"""Notes of the people compared, side by side on one competency."""

from __future__ import annotations

import pytest
from tui_managers import ManagerApp, managed, settled, title_of

from assess.tui.screens.compare_notes import CompareNotesScreen
from assess.tui.widgets.rows import Rows

NOTES = {
    ("HE", "R1"): "She stopped the release of the retention money herself.",
    ("HE", "R2"): "三月份质保金在结算前误付，她当场叫停。",
    ("JA", "R1"): "He found the split package in the change register.",
    ("WE", "R1"): "",
}


def noted():
    workspace = managed()
    for (candidate, rater), note in NOTES.items():
        interview = workspace.interview(candidate, rater)
        interview.answer("BPM-1", 4)
        interview.note("BPM-1", note)
        interview.answer("XFV-1", 2)
        interview.submit()
    return workspace


def opened(workspace=None, candidates=("HE", "JA"), **options):
    called = {code: f"{code} name" for code in candidates}
    screen = CompareNotesScreen(called, "PROC", "BPM", ["BPM", "XFV"], **options)
    return ManagerApp(workspace or noted(), screen)


def text(app):
    return app.screen.query_one(Rows).text


async def test_the_notes_of_two_stand_in_two_columns_under_their_names():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        names = next(line for line in text(app).splitlines() if "HE name" in line)
        column = names.index("JA name")
        beside = next(line for line in text(app).splitlines() if "She stopped" in line)
        assert beside[column:].strip().startswith("He found the split")
        assert "What did you do about business-process mastery" in text(app)


@pytest.mark.parametrize("width", [80, 99, 120, 121, 200])
async def test_nothing_is_cut(width):
    app = opened(candidates=("HE", "JA", "WE"))
    async with app.run_test(size=(width, 40)) as pilot:
        await settled(pilot)
        assert "…" not in text(app)


async def test_a_note_keeps_to_its_column():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = text(app).splitlines()
        column = next(line for line in lines if "HE name" in line).index("JA name")
        for word in ("retention", "herself"):
            assert any(word in line[:column] for line in lines)


async def test_where_columns_would_be_too_narrow_people_stand_one_below_the_other():
    app = opened(candidates=("HE", "JA", "WE", "LU"))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        order = [text(app).index(f"{code} name") for code in ("HE", "JA", "WE", "LU")]
        assert order == sorted(order)
        assert "She stopped the release of the retention money herself." in text(app)


async def test_who_was_not_asked_has_a_dash_and_who_left_no_note_is_said():
    app = opened(candidates=("WE", "LU"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "no note" in text(app) and "–" in text(app)


async def test_arrows_leaf_through_the_competencies():
    app = opened()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("right")
        await settled(pilot)
        assert "XFV" in title_of(app) and "She stopped" not in text(app)


async def test_others_notes_are_hidden_until_ones_own_interview_is_submitted():
    workspace = noted()
    workspace.me = "R3"
    app = opened(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "She stopped" not in text(app)
        assert "hidden until you have submitted" in text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_looks_as_kept(language, size, same_picture):
    app = opened(candidates=("HE", "JA", "WE"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        same_picture(app, "compare-notes")
