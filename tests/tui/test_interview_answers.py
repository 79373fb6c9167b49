"""The interview: how each kind of item is answered by keys."""

from __future__ import annotations

import pytest
from tui_interview import opened, status, stored
from tui_steps import interviewing, on_screen, press, until

from assess.tui.screens.review import ReviewScreen


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
