"""As whom one works, withdrawal and conflicts in the app."""

from __future__ import annotations

import pytest
from tui_steps import interviewing, on_screen, press, settled, until

from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.conflicts import ConflictsScreen, HeadsScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.interview_opening import NoticeScreen
from assess.tui.screens.message import LineScreen, MessageScreen, QuestionScreen
from assess.tui.screens.panel import PanelScreen
from assess.tui.screens.who import WhoScreen, WithdrawScreen
from assess.tui.widgets.bars import TitleBar
from assess.tui.widgets.prose import Prose
from assess.workspace.conflicts import conflicts
from assess.workspace.machine import working_as
from assess.workspace.privacy import withdraw


@pytest.fixture
def rated(workspace):
    """R1 and R2 rate HE far apart; the answer of R1 was given on two laptops."""
    for rater, value in (("R1", 1), ("R2", 5)):
        session = workspace.interview("HE", rater)
        session.answer("BPM-1", value)
        session.note("BPM-1", f"SAIDBY{rater}")
        session.submit()
    return workspace


@pytest.fixture
def apart(workspace, monkeypatch):
    """R1 answered BPM-1 of HE differently on two laptops."""
    monkeypatch.setattr("assess.workspace.recording.device", lambda: "LAPTOP1")
    session = workspace.interview("HE", "R1")
    session.answer("BPM-1", 2)
    other = {"kind": "answer", "item": "BPM-1", "state": "answered", "value": 4, "revises": []}
    workspace.store.put(session.id, [workspace.record(other, by="R1")])
    return workspace


async def chosen(pilot, command, kind):
    await pilot.pause()
    await pilot.app.run_command(command)
    return await on_screen(pilot, kind)


async def test_as_whom_one_works_is_chosen_remembered_and_holds_at_once(rated):
    app = AssessApp(rated)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("d")
        panel = await on_screen(pilot, PanelScreen)
        assert "SAIDBYR1" in panel.query_one("#told", Prose).text
        await chosen(pilot, "app.who", WhoScreen)
        await pilot.press(*"R7", "enter")
        home = await on_screen(pilot, HomeScreen)
        assert app.screen_stack[1:] == [home]
        assert (rated.me, working_as("memory")) == ("R7", "R7")
        await pilot.press("d")
        panel = await on_screen(pilot, PanelScreen)
        assert "SAIDBY" not in panel.query_one("#told", Prose).text
        await chosen(pilot, "app.who", WhoScreen)
        await pilot.press(*"manager", "enter")
        await on_screen(pilot, HomeScreen)
        assert (rated.me, working_as("memory")) == (None, None)


async def test_the_note_in_hand_is_kept_before_one_works_as_another(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        screen = await interviewing(pilot)
        screen.page.note.insert("half a sentence")
        await chosen(pilot, "app.who", WhoScreen)
        await pilot.press(*"R1", "enter")
        await on_screen(pilot, HomeScreen)
    workspace.work_as(None)
    assert workspace.interview("HE", "R2").answers["BPM-1"].note == "half a sentence"


async def test_the_interview_of_another_is_not_opened(rated):
    rated.work_as("R1")
    app = AssessApp(rated, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 2


async def test_nobody_else_is_worked_as_while_the_app_is_locked(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2", locked=True))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        for command in ("app.who", "app.conflicts", "app.withdraw"):
            assert not await app.run_command(command)


async def test_a_withdrawal_is_recorded_after_a_question(workspace):
    app = AssessApp(workspace)
    async with app.run_test() as pilot:
        await chosen(pilot, "app.withdraw", WithdrawScreen)
        await pilot.press(*"Helen", "enter")
        await on_screen(pilot, QuestionScreen)
        await pilot.press("n")
        await on_screen(pilot, HomeScreen)
        assert workspace.withdrawn() == set()
        await chosen(pilot, "app.withdraw", WithdrawScreen)
        await pilot.press(*"Helen", "enter")
        await on_screen(pilot, QuestionScreen)
        await pilot.press("y")
        await until(pilot, lambda: workspace.withdrawn() == {"HE"})
        await on_screen(pilot, HomeScreen)


async def test_who_withdrew_is_named_before_a_new_agreement(notice_workspace):
    withdraw(notice_workspace, "HE")
    app = AssessApp(notice_workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        notice = await on_screen(pilot, NoticeScreen)
        assert "Helen has withdrawn" in notice.query_one("#told", Prose).text
        await pilot.press("1")
        await interviewing(pilot)
    assert notice_workspace.withdrawn() == set()


async def test_a_conflict_is_settled_with_a_reason(apart):
    app = AssessApp(apart)
    async with app.run_test() as pilot:
        screen = await chosen(pilot, "app.conflicts", ConflictsScreen)
        await until(pilot, lambda: bool(screen._found))
        told = screen.query_one("#told", Prose).text
        assert "value = 2" in told
        assert "value = 4  (shown now)" in told
        await pilot.press("enter")
        await on_screen(pilot, HeadsScreen)
        await pilot.press("up", "enter")
        await on_screen(pilot, LineScreen)
        await pilot.press(*"read again", "enter")
        await on_screen(pilot, ConflictsScreen)
        await until(pilot, lambda: not screen._found)
    assert conflicts(apart) == []
    assert apart.interview("HE", "R1").answers["BPM-1"].value == 2


async def test_home_says_that_an_interviewers_figures_are_not_everybodys(apart):
    apart.work_as("R2")
    app = AssessApp(apart)
    async with app.run_test(size=(80, 24)) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: home._fresh)
        assert home._dated().startswith("what you may see")


async def test_home_counts_the_conflicts_and_leads_to_them(apart):
    app = AssessApp(apart)
    async with app.run_test(size=(120, 36)) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: any(todo.key == "conflicts" for todo in home._todos))
        home._rows.go_to("todo:conflicts")
        await pilot.press("enter")
        await on_screen(pilot, ConflictsScreen)


async def test_a_conflict_on_others_ratings_is_not_shown_to_an_interviewer(apart):
    apart.work_as("R2")
    app = AssessApp(apart)
    async with app.run_test() as pilot:
        screen = await chosen(pilot, "app.conflicts", ConflictsScreen)
        await until(pilot, lambda: screen._looked)
        assert screen._found == []


async def test_a_disk_that_refuses_is_told(workspace):
    app = AssessApp(workspace)
    async with app.run_test() as pilot:
        await chosen(pilot, "app.withdraw", WithdrawScreen)
        workspace.store.full = True
        await pilot.press("enter")
        await on_screen(pilot, QuestionScreen)
        await pilot.press("y")
        await on_screen(pilot, MessageScreen)
    assert workspace.withdrawn() == set()


async def test_the_way_back_into_an_interview_is_open(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await press(pilot, "3")
        await chosen(pilot, "app.conflicts", ConflictsScreen)
        await pilot.press("escape")
        await on_screen(pilot, InterviewScreen)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(
    ("command", "kind"),
    [("who", WhoScreen), ("conflicts", ConflictsScreen), ("withdraw", WithdrawScreen)],
)
async def test_pictures(apart, command, kind, size, same_picture):
    app = AssessApp(apart, start=InterviewStart("HE", "R1"))
    async with app.run_test(size=size) as pilot:
        await interviewing(pilot)
        screen = await chosen(pilot, f"app.{command}", kind)
        if isinstance(screen, ConflictsScreen):
            await until(pilot, lambda: screen._looked)
        await settled(pilot)
        same_picture(app, f"working-{command}")


@pytest.mark.usefixtures("language")
async def test_picture_of_the_notice_after_a_withdrawal(notice_workspace, size, same_picture):
    withdraw(notice_workspace, "HE")
    app = AssessApp(notice_workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, NoticeScreen)
        await settled(pilot)
        same_picture(app, "interview-notice-withdrawn")


async def test_home_says_as_whom_one_works_and_leaves_out_what_others_left_half_done(workspace):
    workspace.interview("HE", "R1").answer("BPM-1", 3)
    workspace.interview("HE", "R2").answer("BPM-1", 3)
    workspace.work_as("R2")
    app = AssessApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: any(todo.key.startswith("half") for todo in home._todos))
        assert "you are R2" in home.query_one(TitleBar)._line(78).plain
        half = [todo.words for todo in home._todos if todo.key.startswith("half")]
        assert len(half) == 1
        assert "R2" in half[0]
