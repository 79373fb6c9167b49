"""The shell: commands in one definition, help, palette, language, errors, what is loaded when."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding
from tui_steps import interviewing, on_screen, press, until

from assess.errors import StoreError
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.commands import active_commands, key_words
from assess.tui.screens.help import HelpScreen, PaletteScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.message import MessageScreen
from assess.tui.screens.review import ReviewScreen
from assess.tui.widgets.bars import KeyBar
from assess.tui.widgets.note import NoteArea

LISTING = (AssessApp, InterviewScreen, ReviewScreen, NoteArea)


def here(workspace):
    return AssessApp(workspace, start=InterviewStart("HE", "R2"))


@pytest.mark.parametrize("listing", LISTING)
def test_every_command_names_an_action_a_key_a_label_and_a_help_text(listing):
    bound = {b.id: b for b in listing.BINDINGS if isinstance(b, Binding)}
    for command in listing.ACTIONS:
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", command.id)
        assert command.label and command.help.endswith(".")
        if command.id != "interview.answer":
            assert hasattr(listing, f"action_{command.action}")
        assert not command.keys or bound[command.id].key == command.keys


@pytest.mark.parametrize("listing", LISTING)
def test_no_command_takes_a_key_that_terminals_or_tmux_keep(listing):
    kept = {"ctrl+b", "ctrl+c", "ctrl+d", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+enter"}
    keys = {key for command in listing.ACTIONS for key in command.keys.split(",")}
    assert not keys & kept
    assert not any("shift+" in key for key in keys)


@pytest.mark.parametrize("listing", LISTING)
def test_no_key_has_two_meanings_on_one_screen(listing):
    keys = [key for command in listing.ACTIONS for key in command.keys.split(",") if key]
    if listing is not AssessApp:
        keys += [key for c in AssessApp.ACTIONS for key in c.keys.split(",") if key]
    assert len(keys) == len(set(keys))


def test_keys_are_written_as_people_read_them():
    assert [key_words(key) for key in ("ctrl+p", "enter", "f1", "q")] == ["^p", "↵", "F1", "q"]


async def test_help_shows_every_command_of_the_screen_one_is_on(workspace):
    app = here(workspace)
    async with app.run_test(size=(80, 60)) as pilot:
        screen = await interviewing(pilot)
        expected = [active.command.help for active in active_commands(screen)]
        await pilot.press("question_mark")
        shown = await on_screen(pilot, HelpScreen)
        texts = " ".join(p.text for p in shown.query("Prose").results())
        assert all(text in texts for text in expected)
        await pilot.press("escape")
        await interviewing(pilot)


async def test_the_palette_finds_a_command_and_runs_it_where_it_belongs(workspace):
    app = here(workspace)
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("ctrl+p")
        await on_screen(pilot, PaletteScreen)
        await pilot.press(*"not asked", "enter")
        await interviewing(pilot)
        await until(pilot, lambda: app.screen.at == "BPM-2")
        assert workspace.interview("HE", "R2").answers["BPM-1"].state == "not_asked"


async def test_the_palette_lists_only_what_applies_now(workspace):
    session = workspace.interview("HE", "R2")
    session.answer("BPM-1", 3)
    app = here(workspace)
    async with app.run_test() as pilot:
        screen = await interviewing(pilot)
        ids = {active.command.id for active in active_commands(screen)}
        assert "interview.flag" in ids and "interview.reopen" not in ids
        session.submit()
        screen.session.refresh()
        ids = {active.command.id for active in active_commands(screen)}
        assert "interview.flag" not in ids and "interview.reopen" in ids


async def test_a_click_in_the_footer_runs_its_command(workspace):
    app = here(workspace)
    async with app.run_test() as pilot:
        screen = await interviewing(pilot)
        line = screen.query_one(KeyBar).render().content(78).plain
        await pilot.click(KeyBar, offset=(1 + line.index("? help") + 3, 0))
        await on_screen(pilot, HelpScreen)


async def test_an_error_that_was_foreseen_is_shown_and_the_app_goes_on(workspace):
    app = here(workspace)
    async with app.run_test() as pilot:
        await interviewing(pilot)
        error = StoreError("the disk is full", title="Not saved", hint="free some room")
        app.show_error(error)
        shown = await on_screen(pilot, MessageScreen)
        texts = [p.text for p in shown.query("Prose").results()]
        assert texts[:3] == ["Not saved", "the disk is full", "free some room"]
        await pilot.press("enter")
        await press(pilot, "3")
        assert workspace.interview("HE", "R2").answers["BPM-1"].value == 3


SCRIPT = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from tui_memory import memory_workspace
from assess.tui.app import AssessApp, InterviewStart
async def main():
    app = AssessApp(memory_workspace(), start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await pilot.pause(0.3)
        {inside}
asyncio.run(main())
"""


def run_script(inside, tmp_path, **environment):
    return subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{inside}", inside), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"ASSESS_HOME": str(tmp_path)} | environment,
        check=False,
    )


def test_an_interview_opens_without_numpy_or_any_screen_it_does_not_show(tmp_path):
    done = run_script(
        "print([n for n in sys.modules if n in ('numpy', 'scipy') or n.endswith('screens.review')"
        " or n.endswith('screens.help') or n.endswith('screens.ranking')])",
        tmp_path,
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_kitty_keyboard_protocol_is_off_unless_somebody_wants_it(tmp_path):
    shown = "from textual import constants; print(constants.DISABLE_KITTY_KEY)"
    assert run_script(shown, tmp_path).stdout.strip() == "True"
    asked = run_script(shown, tmp_path, TEXTUAL_DISABLE_KITTY_KEY="0")
    assert asked.stdout.strip() == "False"
