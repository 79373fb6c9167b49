"""The self-test in the app: locked to itself, stored with consent, its profile at the end."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_memory import memory_workspace, pack_files
from tui_pictures import picture_of, words_of
from tui_steps import interviewing, on_screen, press, settled, until

from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.help import HelpScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.interview_opening import ConsentScreen
from assess.tui.screens.item_list import ItemListScreen
from assess.tui.screens.message import QuestionScreen
from assess.tui.screens.profile import ProfileScreen
from assess.tui.screens.review import ReviewScreen
from assess.tui.widgets.rows import Rows
from assess.workspace.selftest import self_test

SELF = """\
questionnaire: self
for: candidate
title: {en: Self-test, zh: 自测}
sections:
  - title: {en: How I see myself, zh: 我如何看自己}
    items:
      - id: S-BPM
        type: rating
        competency: BPM
        ask: {en: How well do you know your process?, zh: 您对自己的流程有多熟悉？}
      - id: S-DOC
        type: rating
        competency: DOC
        ask: {en: How well do you write things down?, zh: 您的文字记录做得如何？}
"""


@pytest.fixture
def workspace():
    return memory_workspace(pack_files() | {"self.yaml": SELF.encode()})


@asynccontextmanager
async def alone(workspace, size=(80, 24)):
    app = AssessApp(workspace, start=InterviewStart("HE", "HE", locked=True, form="self"))
    async with app.run_test(size=size) as pilot:
        yield pilot


async def test_consent_comes_first_and_what_is_agreed_to_is_stored(workspace):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("1")
        await interviewing(pilot)
        await press(pilot, "4")
    assert self_test(workspace, "HE").answers["S-BPM"].value == 4


async def test_trying_it_stores_nothing(workspace):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("2")
        screen = await interviewing(pilot)
        await press(pilot, "4")
        assert screen.session.answers["S-BPM"].value == 4
    assert self_test(workspace, "HE").answers == {}


async def test_declining_ends_the_program(workspace):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("escape")
        await pilot.pause()
    assert pilot.app.return_code == 1


async def test_there_is_no_way_to_anything_else(workspace):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("1")
        await interviewing(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, InterviewScreen)
        await pilot.press("question_mark")
        help_screen = await on_screen(pilot, HelpScreen)
        assert "^p" not in " ".join(p.text for p in help_screen.query("Prose").results())
        await pilot.press("escape", "escape")
        await pilot.pause()
    assert pilot.app.return_code == 0


@pytest.mark.parametrize("kept", [True, False])
async def test_leaving_a_test_that_was_begun_asks_and_says_what_becomes_of_it(workspace, kept):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("1" if kept else "2")
        await interviewing(pilot)
        await press(pilot, "4")
        await pilot.press("escape")
        await on_screen(pilot, QuestionScreen)
        said = words_of(picture_of(pilot.app))
        assert ("assess self HE" in said) == kept
        assert ("is forgotten" in said) != kept
        await pilot.press("n")
        await on_screen(pilot, InterviewScreen)
        await pilot.press("escape")
        await on_screen(pilot, QuestionScreen)
        await pilot.press("y")
        await until(pilot, lambda: not pilot.app.is_running)
    assert pilot.app.return_code == 0


async def test_no_item_of_ones_own_test_is_not_asked_or_not_observed(workspace):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("1")
        screen = await interviewing(pilot)
        assert "declined" in words_of(picture_of(pilot.app))
        assert "not asked" not in words_of(picture_of(pilot.app))
        assert "not observed" not in words_of(picture_of(pilot.app))
        await press(pilot, "n", "o")
        assert (screen.at, screen.session.answers) == ("S-BPM", {})
        await press(pilot, "enter")
        assert screen.at == "S-DOC"
        await pilot.press("d")
        await on_screen(pilot, ReviewScreen)
        assert screen.session.answers["S-DOC"].state == "declined"


async def test_the_profile_follows_submission_and_leaving_it_ends_the_program(workspace):
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("1")
        await interviewing(pilot)
        await press(pilot, "4")
        await pilot.press("2")
        await on_screen(pilot, ReviewScreen)
        await pilot.press("s")
        profile = await on_screen(pilot, ProfileScreen)
        said = profile.query_one(Rows).text.splitlines()
        name = workspace.pack.say(workspace.pack.competencies["BPM"].name, "en")
        assert any(line.split() == [*name.split(), "4.0", "of", "5"] for line in said), said
        assert "None of this counts in any ranking" in " ".join(said)
        assert not any(isinstance(s, InterviewScreen) for s in pilot.app.screen_stack)
        await pilot.press("escape")
        await pilot.pause()
    assert pilot.app.return_code == 0
    assert self_test(workspace, "HE").submitted


@pytest.mark.usefixtures("language")
async def test_pictures_of_consent_and_profile(workspace, size, same_picture):
    async with alone(workspace, size) as pilot:
        await on_screen(pilot, ConsentScreen)
        await settled(pilot)
        same_picture(pilot.app, "self-consent")
        await pilot.press("1")
        await interviewing(pilot)
        await press(pilot, "4")
        await pilot.press("2")
        await on_screen(pilot, ReviewScreen)
        await pilot.press("s")
        await on_screen(pilot, ProfileScreen)
        await settled(pilot)
        same_picture(pilot.app, "self-profile")


async def test_no_key_and_no_click_leads_out_of_it(workspace):
    inside = (InterviewScreen, HelpScreen, ReviewScreen, ItemListScreen)
    keys = [*(f"f{n}" for n in range(1, 13)), *"abcdefghijklmnoprstuvwxyz,./:"]
    async with alone(workspace) as pilot:
        await on_screen(pilot, ConsentScreen)
        await pilot.press("1")
        await interviewing(pilot)
        acts = [lambda key=key: pilot.press(key) for key in [*keys, "ctrl+o", "ctrl+p"]]
        acts += [lambda x=x: pilot.click(offset=(x, 23)) for x in range(0, 80, 8)]
        for number, act in enumerate(acts):
            await act()
            await pilot.pause()
            assert pilot.app.return_code is None, number
            assert isinstance(pilot.app.screen, inside), (number, pilot.app.screen)
            if not isinstance(pilot.app.screen, InterviewScreen):
                await pilot.press("escape")
