"""How the interview's screens look, at both sizes and in both languages."""

from __future__ import annotations

import pytest
from tui_memory import memory_workspace, pack_files
from tui_steps import interviewing, on_screen, press, settled

from assess.errors import BadInput
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.candidates import CandidatesScreen, RaterScreen, SheetsScreen
from assess.tui.screens.help import HelpScreen, PaletteScreen
from assess.tui.screens.interview_opening import NoticeScreen
from assess.tui.screens.item_list import ItemListScreen
from assess.tui.screens.message import LineScreen, MessageScreen, QuestionScreen
from assess.tui.screens.review import ReviewScreen

pytestmark = pytest.mark.usefixtures("language")

NOTE = {
    "en": "March: retention was released without the final account. Stopped it herself.",
    "zh": "三月份质保金在结算前误付，她当场叫停，并请合同部负责人签字确认。",
}


async def rating(pilot):
    await press(pilot, "3", "p")


async def evidence_due(pilot):
    await press(pilot, "5")


async def note_written(pilot):
    from assess import i18n

    screen = await press(pilot, "5")
    screen.page.note.insert(NOTE[i18n.language()])
    screen.keep_in_hand()
    await interviewing(pilot)


async def levels_between(pilot):
    await press(pilot, "n", "f", "down")


async def refused(pilot):
    await press(pilot, "8")


async def yes_or_no(pilot):
    await press(pilot, "3", "4", "o", "p")


async def number_typed(pilot):
    await press(pilot, "3", "4", "1", "7")


async def options(pilot):
    await press(pilot, "3", "4", "2", "2", "p")


async def several_options(pilot):
    await press(pilot, "3", "4", "2", "2", "1", "3")


async def number_given(pilot):
    await press(pilot, "3", "4", "2", "2", "right", "8", "enter", "p")


async def text_answer(pilot):
    screen = await press(pilot, "3", "4", "2", "2", "right", "right")
    await press(pilot, "1")
    screen.page.text.insert("…")


async def find(pilot):
    await press(pilot, "3", "n", "f")
    await pilot.press("slash")
    await on_screen(pilot, ItemListScreen)


async def review(pilot):
    await press(pilot, "right", "5", "escape", "f")
    await pilot.press("r")
    await on_screen(pilot, ReviewScreen)


async def submit_question(pilot):
    await press(pilot, "3")
    await pilot.press("r")
    await on_screen(pilot, ReviewScreen)
    await pilot.press("s")
    await on_screen(pilot, QuestionScreen)


async def submitted(pilot):
    await press(pilot, "3", "4", "2", "1")
    await pilot.press("r")
    await on_screen(pilot, ReviewScreen)
    await pilot.press("s")
    await on_screen(pilot, QuestionScreen)
    await pilot.press("y")
    screen = await interviewing(pilot)
    screen.go_to("K-1")


async def reopen(pilot):
    await submitted(pilot)
    await pilot.press("u")
    await on_screen(pilot, LineScreen)


async def not_saved(pilot):
    screen = await interviewing(pilot)
    screen.workspace.store.full = True
    await pilot.press("3")
    await on_screen(pilot, MessageScreen)


async def message(pilot):
    pilot.app.show_error(
        BadInput("pack.yaml", findings=["3:1: scale", "7:5: weights"], hint="docs/packs.md")
    )
    await on_screen(pilot, MessageScreen)


async def help_screen(pilot):
    await pilot.press("question_mark")
    await on_screen(pilot, HelpScreen)


async def palette(pilot):
    await pilot.press("ctrl+p")
    await on_screen(pilot, PaletteScreen)


STATES = [
    rating,
    evidence_due,
    note_written,
    levels_between,
    refused,
    yes_or_no,
    number_typed,
    options,
    several_options,
    number_given,
    text_answer,
    find,
    review,
    submit_question,
    submitted,
    reopen,
    not_saved,
    message,
    help_screen,
    palette,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_interview(workspace, state, size, same_picture):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        await interviewing(pilot)
        await state(pilot)
        await settled(pilot)
        same_picture(app, f"interview-{state.__name__}")


async def test_a_terminal_of_sixty_columns(workspace, same_picture):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=(60, 20)) as pilot:
        await interviewing(pilot)
        await evidence_due(pilot)
        await settled(pilot)
        same_picture(app, "interview-small")


@pytest.mark.parametrize("theme", ["assess-light", "assess-plain"])
async def test_the_other_colours(workspace, theme, same_picture):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=(80, 24)) as pilot:
        await interviewing(pilot)
        app.theme = theme
        await evidence_due(pilot)
        await settled(pilot)
        same_picture(app, f"interview-{theme}")


async def test_a_minimum_that_rests_on_one_item(size, same_picture):
    files = pack_files()
    weights = "weights: {BPM: 60, DOC: 40}"
    pack = files["pack.yaml"].decode().replace(weights, weights + ", minimums: {BPM: 3}")
    workspace = memory_workspace(files | {"pack.yaml": pack.encode()})
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        await interviewing(pilot)
        await press(pilot, "3", "f")
        await pilot.press("r")
        await on_screen(pilot, ReviewScreen)
        await settled(pilot)
        same_picture(app, "interview-review-alone")


CHOOSING = {"candidates": None, "raters": RaterScreen, "questionnaires": SheetsScreen}


@pytest.mark.parametrize("chosen", CHOOSING)
async def test_choosing(workspace, chosen, size, same_picture):
    asked = workspace.interview("HE", "R1")
    asked.answer("BPM-1", 3)
    asked.submit()
    workspace.interview("QI", "R2").answer("BPM-1", 2)
    app = AssessApp(workspace, start=InterviewStart("LU", "R2"))
    async with app.run_test(size=size) as pilot:
        await interviewing(pilot)
        app.push_screen(CandidatesScreen())
        await on_screen(pilot, CandidatesScreen)
        for screen in list(CHOOSING.values())[1 : list(CHOOSING).index(chosen) + 1]:
            await pilot.press("enter")
            await on_screen(pilot, screen)
        await settled(pilot)
        same_picture(app, f"choosing-{chosen}")


async def test_notice(notice_workspace, size, same_picture):
    app = AssessApp(notice_workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, NoticeScreen)
        await settled(pilot)
        same_picture(app, "interview-notice")
