"""One interview by keys, by mouse and line by line gives the same stored answers."""

from __future__ import annotations

import io
import re

import pytest
from tui_memory import memory_workspace
from tui_steps import interviewing, on_screen, press

from assess.cli.plain import Talk
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.review import ReviewScreen
from assess.tui.widgets.item_view import ItemView

ITEMS = ["BPM-1", "BPM-2", "DOC-1", "K-1", "K-2"]


def stored(workspace):
    found = workspace.interview("HE", "R2").answers
    return {item: (found[item].state, found[item].value) for item in ITEMS}


async def click(pilot, screen, key):
    """Click the row of a level, or the state, of that key."""
    for y, row in enumerate(screen.query_one(ItemView).text.splitlines()):
        # a level begins its row; states stand side by side
        found = re.search(rf"^\W*{re.escape(key)}  |(?<=  ){re.escape(key)}  ", row)
        if found:
            await pilot.click(ItemView, offset=(found.end() - 3, y))
            await interviewing(pilot)
            return
    raise AssertionError(f"no row {key}")


def by_lines():
    workspace = memory_workspace()
    lines = io.StringIO("3\n4\n2\n2\n1|2\nq\n")
    Talk(workspace.interview("HE", "R2"), lines).run()
    return stored(workspace)


async def by_keys(size):
    workspace = memory_workspace()
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        await interviewing(pilot)
        await press(pilot, "3", "4", "2", "2", "1", "2", "enter")
    return stored(workspace)


async def by_mouse(size):
    workspace = memory_workspace()
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        screen = await interviewing(pilot)
        for key in ("3", "4", "2", "2", "1", "2"):
            await click(pilot, screen, key)
            await pilot.pause()
        screen.go_on()
        await interviewing(pilot)
    return stored(workspace)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_keys_mouse_and_lines_store_the_same(size):
    expected = {
        "BPM-1": ("answered", 3),
        "BPM-2": ("answered", 4),
        "DOC-1": ("answered", False),
        "K-1": ("answered", "B"),
        "K-2": ("answered", ["S", "E"]),
    }
    assert by_lines() == expected
    assert await by_keys(size) == expected
    assert await by_mouse(size) == expected


async def test_a_smaller_screen_and_back_loses_nothing(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await interviewing(pilot)
        await pilot.press("e", *"half")
        await pilot.resize_terminal(60, 20)
        await pilot.press(*" done")
        await pilot.resize_terminal(120, 36)
        await pilot.press("escape")
        await press(pilot, "3")
        assert screen.at == "BPM-2"
    answer = workspace.interview("HE", "R2").answers["BPM-1"]
    assert (answer.value, answer.note) == (3, "half done")


async def test_every_answer_is_there_for_others_as_soon_as_it_is_given(workspace):
    """What another process reads after each answer is all that was answered so far."""
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        for done, key in enumerate(("3", "4", "2", "2"), 1):
            await press(pilot, key)
            again = workspace.interview("HE", "R2")
            assert sum(answer.given for answer in again.answers.values()) == done
        await pilot.press("r")
        await on_screen(pilot, ReviewScreen)
