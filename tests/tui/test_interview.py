"""An interview in the app: keys in, answers on disk, always a way on and back."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_memory import memory_workspace, pack_files
from tui_steps import interviewing, on_screen, press, until

from assess import i18n
from assess.model.people import Candidate
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.help import HelpScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.item_list import ItemListScreen
from assess.tui.screens.message import LineScreen, MessageScreen, QuestionScreen
from assess.tui.screens.review import ReviewScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Ends, Prose
from assess.tui.widgets.strip import ProgressStrip


@asynccontextmanager
async def opened(workspace, size=(80, 24), at=None):
    """The interview of HE by R2, at an item."""
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        screen = await interviewing(pilot)
        if at is not None:
            screen.go_to(at)
            await pilot.pause()
        yield pilot, screen


def stored(workspace, item):
    """State, value and note as another process would read them."""
    answer = workspace.interview("HE", "R2").answers.get(item)
    return (answer.state, answer.value, answer.note) if answer else None


def status(screen):
    line = screen.query_one("#status", Ends)
    return line.render().content(80).plain


async def test_a_digit_answers_and_goes_on(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "3")
        assert stored(workspace, "BPM-1") == ("answered", 3, "")
        assert screen.at == "BPM-2"


async def test_a_digit_outside_the_scale_changes_nothing_and_says_what_would_be_right(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "7")
        assert stored(workspace, "BPM-1") is None
        assert screen.at == "BPM-1"
        assert "1 to 5" in status(screen)


@pytest.mark.parametrize(
    ("key", "state"), [("n", "not_asked"), ("o", "not_observed"), ("d", "declined")]
)
async def test_a_letter_says_why_there_is_no_value(workspace, key, state):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, key)
        assert stored(workspace, "BPM-1") == (state, None, "")
        assert screen.at == "BPM-2"


async def test_where_evidence_is_due_the_note_opens_before_the_interview_goes_on(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "5")
        assert screen.at == "BPM-1"
        assert screen.focused is screen.page.note
        assert stored(workspace, "BPM-1") == ("answered", 5, "")
        await press(pilot, *"seen 4711", "escape")
        assert stored(workspace, "BPM-1") == ("answered", 5, "seen 4711")
        assert screen.at == "BPM-2"


async def test_a_note_that_is_due_can_be_left_empty(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "1", "escape")
        assert screen.at == "BPM-2"


async def test_digits_and_letters_belong_to_the_note_while_it_is_written(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "e", *"n 3 q", "escape")
        assert stored(workspace, "BPM-1") == ("open", None, "n 3 q")
        assert screen.at == "BPM-1"


async def test_a_note_is_saved_while_it_is_typed(workspace):
    async with opened(workspace) as (pilot, screen):
        await pilot.press("e", *"half a")
        await until(pilot, lambda: stored(workspace, "BPM-1") == ("open", None, "half a"))
        assert screen.focused is screen.page.note


async def test_jumping_away_keeps_the_note_that_is_being_written(workspace):
    async with opened(workspace) as (pilot, screen):
        await pilot.press("e", *"kept")
        screen.go_to("K-1")
        await interviewing(pilot)
        assert stored(workspace, "BPM-1") == ("open", None, "kept")
        assert screen.page.note.text == ""


async def test_enter_leaves_an_item_open_and_goes_on(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "enter")
        assert stored(workspace, "BPM-1") is None
        assert screen.at == "BPM-2"
        await press(pilot, "p")
        assert screen.at == "BPM-1"


async def test_the_arrows_choose_a_level_too(workspace):
    async with opened(workspace) as (pilot, _screen):
        await press(pilot, "down", "down", "enter")
        assert stored(workspace, "BPM-1") == ("answered", 2, "")


async def test_an_answer_can_be_taken_back(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "3", "p", "x")
        assert stored(workspace, "BPM-1") == ("open", None, "")
        assert screen.session.is_open("BPM-1")


async def test_a_condition_brings_its_item_in_as_soon_as_it_holds(workspace):
    async with opened(workspace, at="DOC-1") as (pilot, screen):
        await press(pilot, "2")
        assert screen.at == "K-1"
        await press(pilot, "p", "1")
        assert screen.at == "DOC-2"


async def test_a_long_scale_is_answered_by_typing_the_number(workspace):
    async with opened(workspace, at="DOC-1") as (pilot, screen):
        await press(pilot, "1", "7", "5")
        assert stored(workspace, "DOC-2") is None
        await press(pilot, "enter")
        assert stored(workspace, "DOC-2") == ("answered", 75, "")
        assert screen.at == "K-1"


async def test_a_number_outside_the_scale_is_refused_and_can_be_typed_again(workspace):
    async with opened(workspace, at="N-1") as (pilot, screen):
        await press(pilot, "1", "1", "enter")
        assert stored(workspace, "N-1") is None
        assert "0 to 10" in status(screen)
        await press(pilot, "1", "backspace", "9", "enter")
        assert stored(workspace, "N-1") == ("answered", 9, "")


async def test_options_are_chosen_by_their_place_and_stored_by_their_id(workspace):
    async with opened(workspace, at="K-1") as (pilot, _screen):
        await press(pilot, "2")
        assert stored(workspace, "K-1") == ("answered", "B", "")


async def test_several_options_are_switched_by_digits_and_confirmed_by_enter(workspace):
    async with opened(workspace, at="K-2") as (pilot, screen):
        await press(pilot, "3", "1", "3", "2")
        assert stored(workspace, "K-2") is None
        await press(pilot, "enter")
        assert stored(workspace, "K-2") == ("answered", ["S", "E"], "")
        assert screen.at == "N-1"


async def test_options_switched_on_are_kept_when_one_moves_away(workspace):
    async with opened(workspace, at="K-2") as (pilot, _screen):
        await press(pilot, "1", "left")
        assert stored(workspace, "K-2") == ("answered", ["S"], "")


async def test_an_answer_in_words_is_typed_into_a_field(workspace):
    async with opened(workspace, at="T-1") as (pilot, _screen):
        await pilot.press("1", *"much", "escape")
        await on_screen(pilot, ReviewScreen)
        assert stored(workspace, "T-1") == ("answered", "much", "")


async def test_flags_are_counted_and_can_be_taken_away(workspace):
    async with opened(workspace) as (pilot, _screen):
        await press(pilot, "f")
        assert workspace.interview("HE", "R2").flags == {"BPM-1"}
        await press(pilot, "f")
        assert workspace.interview("HE", "R2").flags == set()


async def test_saved_is_not_said_while_the_disk_refuses(workspace):
    async with opened(workspace) as (pilot, screen):
        workspace.store.full = True
        await pilot.press("3")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape")
        await on_screen(pilot, InterviewScreen)
        assert "1 not saved" in status(screen)
        # the answer stays on screen, and the interview goes on
        assert screen.sheet.answer_of("BPM-1").value == 3
        await pilot.press("2")
        await until(pilot, lambda: screen.writer.unwritten == 2)
        workspace.store.full = False
        await press(pilot, "ctrl+s")
        assert stored(workspace, "BPM-1") == ("answered", 3, "")
        assert stored(workspace, "BPM-2") == ("answered", 2, "")
        assert "saved" in status(screen)


async def test_leaving_with_unsaved_answers_asks_first(workspace):
    async with opened(workspace) as (pilot, _screen):
        workspace.store.full = True
        await pilot.press("3")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape", "q")
        await on_screen(pilot, QuestionScreen)
        await pilot.press("n")
        await on_screen(pilot, InterviewScreen)


async def test_an_item_is_found_by_its_words_its_code_or_its_number(workspace):
    async with opened(workspace) as (pilot, screen):
        for typed, item in (("fault", "K-2"), ("k-1", "K-1"), ("2", "BPM-2")):
            await pilot.press("slash")
            await on_screen(pilot, ItemListScreen)
            await pilot.press(*typed, "enter")
            await on_screen(pilot, InterviewScreen)
            assert screen.at == item


async def test_a_click_on_the_strip_goes_to_the_item(workspace):
    async with opened(workspace) as (pilot, screen):
        await pilot.click(ProgressStrip, offset=(1 + 3, 0))
        await until(pilot, lambda: screen.at == "K-1")


async def test_a_click_on_a_level_answers(workspace):
    async with opened(workspace, at="DOC-1") as (pilot, _screen):
        await pilot.click("AnswerList", offset=(8, 0))
        await interviewing(pilot)
        assert stored(workspace, "DOC-1") == ("answered", True, "")


async def test_it_opens_on_the_first_open_item(workspace):
    session = workspace.interview("HE", "R2")
    session.answer("BPM-1", 3)
    session.mark("BPM-2", "not_asked")
    async with opened(workspace) as (_pilot, screen):
        assert screen.at == "DOC-1"


async def test_the_language_is_switched_without_losing_what_is_typed(workspace):
    async with opened(workspace) as (pilot, screen):
        await pilot.press("e", *"half", "ctrl+l")
        await pilot.pause()
        assert i18n.language() == "zh"
        assert screen.page.note.text == "half"
        assert screen.focused is screen.page.note
        assert screen.query_one("#ask").text.startswith("请从最初")


async def test_a_click_on_the_other_language_switches_to_it(workspace):
    async with opened(workspace) as (pilot, _screen):
        await pilot.click(TitleBar, offset=(76, 0))
        await until(pilot, lambda: i18n.language() == "zh")


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_footer_is_one_line_that_fits_and_always_names_help(workspace, width, language):
    async with opened(workspace, size=(width, 24)) as (_pilot, screen):
        line = screen.query_one(KeyBar).render().content(width - 2)
        assert line.cell_length <= width - 2
        assert line.plain.split()[-2] == "?"


async def test_submitting_goes_through_the_review_and_reasons_come_after_it(workspace):
    async with opened(workspace, at="K-1") as (pilot, screen):
        await press(pilot, "1")
        screen.go_to("K-1")
        await pilot.pause()
        assert screen.query_one("#reason").text == ""
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
        assert screen.query_one("#reason").text.startswith("Everybody gets")
        rows = screen.page.answers.render().content(76).plain
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


async def test_words_being_typed_are_not_called_saved(workspace):
    async with opened(workspace) as (pilot, screen):
        await press(pilot, "3")
        assert "saved" in status(screen)
        await pilot.press("e", "x")
        await until(pilot, lambda: screen.page.note.text == "x")
        assert "saved" not in status(screen)
        await until(pilot, lambda: "saved" in status(screen))
        assert stored(workspace, screen.at)[2] == "x"


def top(screen):
    return screen.query_one(TitleBar)._line(screen.app.size.width - 2).plain


async def test_the_minutes_left_stay_in_sight_however_long_the_names_are():
    files = pack_files()
    pack = files["pack.yaml"].decode().replace("en: first round", "en: A first and very long round")
    workspace = memory_workspace(files | {"pack.yaml": pack.encode()})
    name = "Alexandra Konstantinopolitanskaya"
    workspace.put_people([Candidate(id="HE", name=name, modules=["PROC", "COST"])])
    for width in (60, 80, 120):
        app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
        async with app.run_test(size=(width, 24)) as pilot:
            screen = await interviewing(pilot)
            for item in ("BPM-1", "BPM-2", "DOC-1", "K-1"):
                screen.sheet.mark(item, "not_asked")
            await interviewing(pilot)
            screen._show_progress()
            assert "min left" in top(screen)
            assert "HE" in top(screen)
            assert "rater R2" in top(screen)


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


async def test_help_gives_no_key_twice(workspace):
    async with opened(workspace) as (pilot, _screen):
        await pilot.press("question_mark")
        help_screen = await on_screen(pilot, HelpScreen)
        keys = [active.key for active in help_screen._commands]
        assert len(keys) == len(set(keys))
        assert "as whom I work" in help_screen.query_one("#listed", Prose).text
