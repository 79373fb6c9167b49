"""The end of an interview: the review, submitting, opening it again."""

from __future__ import annotations

from tui_interview import opened, stored
from tui_memory import memory_workspace, pack_files
from tui_pictures import picture_of, words_of
from tui_steps import interviewing, on_screen, press, until

from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.message import LineScreen, MessageScreen, QuestionScreen
from assess.tui.screens.review import ReviewScreen


async def test_submitting_goes_through_the_review_and_reasons_come_after_it(workspace):
    async with opened(workspace, at="K-1") as (pilot, screen):
        await press(pilot, "1")
        screen.go_to("K-1")
        await pilot.pause()
        assert screen.page.view.words.reason == ""
        await pilot.press("r")
        await on_screen(pilot, ReviewScreen)
        await pilot.press("s")
        await on_screen(pilot, MessageScreen)  # BPM-1 must be answered
        await pilot.press("escape", "enter")
        await on_screen(pilot, InterviewScreen)
        assert screen.at == "BPM-1"
        await press(pilot, "3")
        await pilot.press("r")
        await on_screen(pilot, ReviewScreen)
        await pilot.press("s")
        await on_screen(pilot, QuestionScreen)
        await pilot.press("y")
        await on_screen(pilot, InterviewScreen)
        assert workspace.interview("HE", "R2").submitted
        screen.go_to("K-1")
        await pilot.pause()
        assert screen.page.view.words.reason.startswith("Everybody gets")
        rows = screen.page.view.text
        assert "not right" in rows and "✓ right" in rows


async def test_a_submitted_interview_is_only_read_until_it_is_opened_with_a_reason(workspace):
    session = workspace.interview("HE", "R2")
    session.answer("BPM-1", 3)
    session.submit()
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "4")
        assert stored(workspace, "BPM-1") == ("answered", 3, "")
        await pilot.press("u")
        await on_screen(pilot, LineScreen)
        await pilot.press(*"typo", "enter")
        await until(pilot, lambda: not screen.session.submitted)
        await on_screen(pilot, InterviewScreen)
        await until(pilot, lambda: "Open again" in words_of(picture_of(pilot.app)))
        assert "is submitted" not in words_of(picture_of(pilot.app))
        await press(pilot, "4")
        assert stored(workspace, "BPM-1") == ("answered", 4, "")


async def test_the_last_item_leads_to_the_review(workspace):
    async with opened(workspace, at="T-1") as (pilot, _screen):
        await pilot.press("enter")
        review = await on_screen(pilot, ReviewScreen)
        assert "0 of 7" in review.query_one("#summary").text


async def test_a_locked_interview_ends_the_app_when_it_is_left(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2", locked=True))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_the_review_names_what_a_minimum_rests_on_alone():
    files = pack_files()
    pack = files["pack.yaml"].decode()
    minimum = pack.replace(
        "weights: {BPM: 60, DOC: 40}", "weights: {BPM: 60, DOC: 40}, minimums: {BPM: 3}"
    )
    workspace = memory_workspace(files | {"pack.yaml": minimum.encode()})
    async with opened(workspace) as (pilot, _screen):
        await press(pilot, "3")
        await pilot.press("r")
        review = await on_screen(pilot, ReviewScreen)
        rows = [str(o.prompt) for o in review.query_one("OptionList").options]
        at = next(i for i, row in enumerate(rows) if "rests on this item alone" in row)
        assert "BPM-1" in rows[at + 1]
        review.query_one("OptionList").highlighted = at + 1
        await pilot.press("enter")
        assert (await on_screen(pilot, InterviewScreen)).at == "BPM-1"
