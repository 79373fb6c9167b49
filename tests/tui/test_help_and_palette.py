"""``?`` explains the screen one is on, and the palette finds actions by words of any language."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from tui_steps import interviewing, on_screen, until

from assess import i18n
from assess.i18n import _
from assess.tui import screens
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.base import AppScreen
from assess.tui.screens.help import HelpScreen, PaletteScreen
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.wrapping import wrap

HELP_WIDTH = 70
"""What the help has for its words in a terminal of 80."""


def opened(above: type) -> Iterator[type]:
    """The screens that are opened themselves, not those that others are made of."""
    for below in above.__subclasses__():
        yield from opened(below)
    if not above.__subclasses__() and above.__module__.startswith("assess."):
        yield above


for module in pkgutil.iter_modules(screens.__path__):
    importlib.import_module(f"{screens.__name__}.{module.name}")
SCREENS = sorted(set(opened(AppScreen)), key=lambda screen: screen.__name__)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_screen_is_explained_in_two_to_six_lines(screen, language):
    i18n.use(language)
    assert 2 <= len(wrap(_(screen.ABOUT), HELP_WIDTH)) <= 6
    assert _(screen.ABOUT).isascii() is False or language == "en"


async def test_help_says_first_what_the_screen_is_for(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await interviewing(pilot)
        await pilot.press("question_mark")
        shown = await on_screen(pilot, HelpScreen)
        about, commands = (shown.query_one(f"#{name}", Prose) for name in ("about", "commands"))
        assert about.text == screen.ABOUT
        assert about.region.y < commands.region.y
        assert shown.region.contains_region(about.region)


async def test_the_palette_says_that_nothing_was_found_until_something_is(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("ctrl+p")
        keys = (await on_screen(pilot, PaletteScreen)).query_one("#keys", Prose)
        usual = keys.text
        await pilot.press(*"zzz")
        assert keys.text == "Nothing here holds what was typed.   esc close"
        await pilot.press(*["backspace"] * 3)
        assert keys.text == usual


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("typed", ["not asked", "未问"])
async def test_the_palette_finds_an_action_by_words_of_either_language(workspace, language, typed):
    i18n.use(language)
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("ctrl+p")
        await on_screen(pilot, PaletteScreen)
        await pilot.press(*typed)
        await pilot.press("enter")
        await until(pilot, lambda: "BPM-1" in workspace.interview("HE", "R2").answers)
        assert workspace.interview("HE", "R2").answers["BPM-1"].state == "not_asked"
