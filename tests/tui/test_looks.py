"""Colours, plain letters, mouse and what is copied: chosen once, remembered on the machine."""

from __future__ import annotations

import base64

import pytest
from tui_steps import interviewing, on_screen, until

from assess.tui.app import AssessApp, InterviewStart
from assess.tui.copying import shown_screen
from assess.tui.looks import Looks, remember
from assess.tui.output import passed_on, plainly
from assess.tui.screens.home import HomeScreen
from assess.tui.styles.themes import THEMES
from assess.tui.widgets.interval import ASCII, LINES, glyphs
from assess.tui.widgets.rows import Rows


@pytest.fixture(autouse=True)
def own_looks(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ASSESS_ASCII", raising=False)
    monkeypatch.delenv("ASSESS_MOUSE", raising=False)


def here(workspace):
    return AssessApp(workspace, start=InterviewStart("HE", "R2"))


async def test_colours_go_round_and_the_next_start_has_the_last(workspace):
    app = here(workspace)
    async with app.run_test() as pilot:
        await interviewing(pilot)
        seen = [app.theme]
        for _turn in THEMES:
            await app.run_action("app.switch_theme")
            seen.append(app.theme)
        assert seen[0] == seen[-1] and set(seen) == {theme.name for theme in THEMES}
        await app.run_action("app.switch_theme")
    assert AssessApp(workspace).theme == seen[1] != seen[0]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "linux", "COLORTERM": ""}])
def test_terminals_with_few_colours_keep_their_own_whatever_was_chosen(
    workspace, monkeypatch, environment
):
    remember(theme="assess-light")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert AssessApp(workspace).theme == "assess-plain"


async def test_plain_letters_are_switched_while_running_and_remembered(workspace):
    app = here(workspace)
    async with app.run_test() as pilot:
        await interviewing(pilot)
        assert glyphs() is LINES
        await app.run_action("app.switch_signs")
        assert glyphs() is ASCII and app.looks.ascii
    assert Looks.load().ascii
    AssessApp(workspace)
    assert glyphs() is ASCII
    remember(ascii=False)
    AssessApp(workspace)
    assert glyphs() is LINES


def test_signs_become_letters_cell_for_cell_and_words_stay():
    assert plainly("╭─ ■□◧▨▣ ● ├──●─┤ ▸ ±7 … 陆晓，質") == "+- #.%x@ O [--O-] > ~7 . 陆晓，質"
    assert plainly("\x1b[38;5;4m│\x1b[0m") == "\x1b[38;5;4m|\x1b[0m"


def test_what_is_drawn_with_letters_is_what_the_words_about_it_say():
    for part in ("axis", "band", "bar", "low", "high", "score", "full", "half", "empty"):
        assert plainly(getattr(LINES, part)) == getattr(ASCII, part)


async def test_with_plain_letters_keys_are_named_where_no_letter_looks_like_their_sign(workspace):
    remember(ascii=True)
    app = AssessApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        home = await on_screen(pilot, HomeScreen)
        await until(pilot, lambda: bool(home.query_one(Rows).key))
        assert " Enter open" in plainly(shown_screen(home))
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is not home)
        await pilot.pause()
        shown = shown_screen(app.screen)
        assert "Up/Down scroll" in shown and not set(shown) & set("↵↑↓←→")


def test_every_sign_on_the_screens_has_a_letter():
    """Whatever is drawn that is neither a letter of a language nor ASCII is translated."""
    from pathlib import Path

    import assess.tui

    own = "".join(p.read_text("utf-8") for p in Path(assess.tui.__file__).parent.rglob("*.py"))
    drawn = {ch for ch in own if 0x2190 <= ord(ch) < 0x2C00}
    assert {ch for ch in drawn if not plainly(ch).isascii()} == set()


@pytest.mark.parametrize(("variable", "mouse"), [("0", False), ("1", True)])
def test_the_environment_overrules_what_is_remembered(monkeypatch, variable, mouse):
    remember(mouse=not mouse)
    assert Looks.load().mouse is not mouse
    monkeypatch.setenv("ASSESS_MOUSE", variable)
    assert Looks.load().mouse is mouse


@pytest.mark.parametrize("content", ["", "[]", "{", '{"theme": 3, "mouse": "no", "x": 1}'])
def test_a_damaged_memory_counts_as_nothing_chosen(tmp_path, content):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "looks.json").write_text(content)
    assert Looks.load() == Looks()


async def test_the_mouse_is_left_from_the_next_start_on(workspace):
    app = here(workspace)
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await app.run_action("app.switch_mouse")
    assert not Looks.load().mouse


async def test_the_row_under_the_cursor_is_copied_and_without_one_the_screen(workspace):
    app = AssessApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        home = await on_screen(pilot, HomeScreen)
        rows = home.query_one(Rows)
        await until(pilot, lambda: bool(rows.key))
        rows.go_to("candidate:HE")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "Helen" in app.clipboard)
        assert app.clipboard.count("\n") == 0
        await pilot.press("f2")
        await until(pilot, lambda: "Riverside" in app.clipboard)
        assert "Helen" in app.clipboard and app.clipboard.count("\n") > 10


async def test_whoever_answers_alone_copies_no_questions(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2", locked=True))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("f2", "ctrl+y")
        await pilot.pause()
        assert app.clipboard == ""


def test_gnu_screen_hands_the_clipboard_on_in_pieces_that_it_takes():
    words = base64.b64encode("质保金".encode() * 400).decode()
    sequence = f"\x1b]52;c;{words}\x07"
    out = passed_on(f"before{sequence}after")
    assert out.startswith("before\x1bP") and out.endswith("\x1b\\after")
    parts = out.removeprefix("before").removesuffix("after").split("\x1b\\")
    assert parts.pop() == "" and all(len(part) <= 768 for part in parts)
    assert "".join(part.removeprefix("\x1bP") for part in parts) == sequence
