"""The export dialogue: choices, where it goes, the first lines, what can go wrong."""

from __future__ import annotations

import gc
import json
import weakref

import pytest
from tui_managers import ManagerApp, managed, settled

from assess.tui.screens.export import ExportScreen, PathLine
from assess.tui.screens.export_choices import FIELDS, ExportChoices
from assess.tui.screens.message import MessageScreen, QuestionScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.prose import Panel
from assess.tui.widgets.rows import Rows
from assess.workspace.exports import EXPORTS


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def opened(module="PROC"):
    return ManagerApp(managed(), ExportScreen(module))


def choices(app):
    return app.screen.query_one(Rows).text


def preview(app):
    return app.screen.query_one("#preview", Caption).text


def path_line(app):
    return app.screen.query_one(PathLine)


def path_of(app):
    return path_line(app).value


async def choose(pilot, field, wanted):
    """Press right on a line until it says what is wanted."""
    screen = pilot.app.screen
    screen.query_one(Rows).go_to(field)
    for _step in screen.choices.options(field):
        if screen.choices.chosen[field] == wanted:
            return
        await pilot.press("right")
    assert screen.choices.chosen[field] == wanted


async def test_it_begins_with_the_shortlist_of_the_module(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Shortlist" in choices(app) and "PROC Procurement" in choices(app)
        assert "the best 3" in choices(app)
        assert path_of(app) == str(here / "riverside-shortlist-proc.csv")


async def test_it_keeps_within_a_screen_that_gets_smaller(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.resize_terminal(80, 16)
        await settled(pilot)
        assert app.screen.query_one(Panel).outer_size.height <= 16
        assert path_line(app).region.bottom < 16


async def test_a_closed_dialogue_is_let_go(here):
    app = ManagerApp(managed(), RankingScreen("PROC"))
    # asyncio keeps the place where a task began: the first one's, and the last one's
    dialogues = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        # the last one may still be known to what runs behind it
        for _time in range(3):
            await pilot.press("x")
            await settled(pilot)
            dialogues.append(weakref.ref(app.screen))
            assert isinstance(app.screen, ExportScreen)
            await pilot.press("escape")
            await settled(pilot)
        gc.collect()
        assert dialogues[1]() is None


async def test_the_first_lines_are_those_of_the_file(here):
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        first = preview(app).splitlines()[1]
        await pilot.press("enter")
        await settled(pilot)
    written = (here / "riverside-shortlist-proc.csv").read_text(encoding="utf-8-sig")
    assert first.removesuffix("…") in written.splitlines()[0]


async def test_a_choice_changes_the_name_and_the_first_lines(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = preview(app)
        await choose(pilot, "what", "scores")
        await choose(pilot, "format", "json")
        await settled(pilot)
        assert path_of(app).endswith("riverside-scores-proc.json")
        assert preview(app) != before and "{" in preview(app)
        await pilot.press("enter")
        await settled(pilot)
    assert json.loads((here / "riverside-scores-proc.json").read_text(encoding="utf-8"))


async def test_a_name_that_was_typed_is_kept(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*["down"] * 7)
        await pilot.press("ctrl+u", *"mine.csv", *["up"] * 7, "right")
        await settled(pilot)
        assert path_of(app) == "mine.csv"
        assert app.screen.choices.chosen["what"] == "scores"


async def test_how_many_goes_only_with_a_shortlist(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await choose(pilot, "what", "ratings")
        await settled(pilot)
        assert "the best" not in choices(app) and "PROC" not in choices(app)


async def test_codes_only_leaves_the_names_out(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await choose(pilot, "names", "codes")
        await pilot.press("enter")
        await settled(pilot)
    written = (here / "riverside-shortlist-proc.csv").read_text(encoding="utf-8-sig")
    assert "JA" in written and "Jia" not in written


async def test_a_feedback_sheet_is_on_the_candidate_it_was_opened_for(here):
    app = ManagerApp(managed(), ExportScreen(candidate="HE"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "HE Helen" in choices(app) and "PROC" not in choices(app)
        assert path_of(app).endswith("riverside-feedback-he.html")


@pytest.mark.parametrize("what", EXPORTS)
def test_what_the_command_takes_can_be_chosen_here(what):
    choices = ExportChoices(managed(), "PROC", what=what)
    offered = {"module": "module", "top": "top", "questionnaire": "questionnaire"}
    offered |= {"names": "pseudonyms"}
    taken = {field for field, option in offered.items() if option in EXPORTS[what].takes}
    assert {field for field in offered if choices.applies(field)} == taken


def test_a_sheet_on_somebody_is_on_all_their_modules_unless_one_of_these_is_chosen(here):
    choices = ExportChoices(managed(), "PROC", "HE", what="feedback")
    assert choices.wanted()["modules"] == []
    assert choices.options("module") == ["", *managed().modules_of(managed().candidate("HE"))]
    choices.change("module", 1)
    assert choices.wanted()["modules"] == choices.options("module")[1:2]


async def test_a_format_chosen_by_hand_stays_when_something_else_is_exported(here):
    app = ManagerApp(managed(), ExportScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("left")
        assert app.screen.choices.chosen["what"] == "method"
        assert path_of(app).endswith("riverside-method.html")
        await choose(pilot, "format", "md")
        await choose(pilot, "what", "scores")
        assert path_of(app).endswith("riverside-scores.md")


async def test_a_rating_form_is_blank_or_for_somebody_and_of_a_questionnaire(here):
    app = ManagerApp(managed(), ExportScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("left", "left")
        assert app.screen.choices.chosen["what"] == "form"
        assert "a blank form" in choices(app)
        blank = app.screen.choices.wanted()
        await choose(pilot, "candidate", "HE")
        assert path_of(app).endswith("riverside-form-he.html")
        wanted = app.screen.choices.wanted()
        await pilot.press("enter")
        await settled(pilot)
    assert (blank["candidate"], wanted["candidate"]) == ("", "HE")
    assert wanted["questionnaire"] == "interview"
    assert "HE" in (here / "riverside-form-he.html").read_text(encoding="utf-8")


async def test_esc_stops_what_is_being_written(here, monkeypatch):
    from assess.workspace import exporting

    def endless(_workspace, _what, *, progress, **_wanted):
        done = 0
        while True:
            done += 1
            progress(done % 100, 100)

    monkeypatch.setattr(exporting, "export", endless)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, MessageScreen)
        assert "stopped" in app.screen.query_one("#message").text
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, ExportScreen)


async def test_an_existing_file_is_replaced_only_after_a_yes(here):
    kept = here / "riverside-shortlist-proc.csv"
    kept.write_text("mine")
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuestionScreen)
        await pilot.press("n")
        await settled(pilot)
        assert kept.read_text() == "mine"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("y")
        await settled(pilot)
        assert kept.read_text() != "mine"


async def test_a_place_that_cannot_be_written_is_told_and_the_dialogue_stays(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one(PathLine).value = str(here / "gone" / "list.csv")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, MessageScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, ExportScreen)


async def test_esc_writes_nothing(here):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
    assert list(here.iterdir()) == []


async def test_looks_as_kept(language, size, same_picture, monkeypatch):
    from assess.workspace import exporting

    table = "candidate,name,score\r\nJA,Jia,84.2\r\nMO,莫莉,71\r\n".encode()
    monkeypatch.setattr(exporting, "render", lambda *_args, **_fields: table)
    monkeypatch.setattr(ExportChoices, "suggestion", lambda _self: "/home/me/riverside.csv")
    app = opened()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        same_picture(app, "export")


async def test_in_a_small_window_everything_but_the_preview_stays_whole(here):
    app = opened()
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        await pilot.pause()
        for part in ("#choices", "#path-label", "PathLine", "#keys"):
            region = app.screen.query_one(part).region
            assert region.height and region.bottom < 20, part
        assert app.screen.query_one("#choices").region.height == len(FIELDS)
