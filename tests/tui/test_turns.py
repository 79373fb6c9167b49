"""Keys that arrive together go where the ones before them lead."""

from __future__ import annotations

import pytest
from textual import events
from tui_steps import interviewing, until

from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.item_list import ItemListScreen


def together(app, text):
    """All at once, as a slow line or a paste without brackets brings them."""
    for letter in text:
        key = {"/": "slash", " ": "space", "\r": "enter"}.get(letter, letter)
        app.post_message(events.Key(key, letter))


def answered(workspace):
    session = workspace.interview("HE", "R2")
    return {item: answer.value for item, answer in session.answers.items() if answer.given}


@pytest.fixture
def app(workspace):
    return AssessApp(workspace, start=InterviewStart("HE", "R2"))


async def test_digits_behind_a_slash_are_looked_for_and_rate_nothing(app, workspace):
    async with app.run_test(size=(80, 24)) as pilot:
        await interviewing(pilot)
        together(app, "/33")
        await until(pilot, lambda: isinstance(app.screen, ItemListScreen))
        await until(pilot, lambda: getattr(app.focused, "value", "") == "33")
        assert answered(workspace) == {}


async def test_letters_behind_e_are_written_into_the_note(app, workspace):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await interviewing(pilot)
        together(app, "eno data seen")
        await until(pilot, lambda: screen.page.note.text == "no data seen")
        assert answered(workspace) == {}


async def test_two_digits_at_once_answer_one_item_each(app, workspace):
    async with app.run_test(size=(80, 24)) as pilot:
        await interviewing(pilot)
        together(app, "33")
        await until(pilot, lambda: len(answered(workspace)) == 2)
