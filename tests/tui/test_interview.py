"""The interview: moving about in it, what is saved, its lines at the top and the bottom."""

from __future__ import annotations

import pytest
from tui_interview import opened, status, stored
from tui_memory import memory_workspace, pack_files
from tui_pictures import picture_of, words_of
from tui_steps import interviewing, on_screen, press, until

from assess import i18n
from assess.model.people import Candidate
from assess.store.waiting import Waiting
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.help import HelpScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.item_list import ItemListScreen
from assess.tui.screens.message import MessageScreen, QuestionScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Ends, Prose
from assess.tui.widgets.strip import ProgressStrip


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
        found = (("fault", "K-2"), ("k-1", "K-1"), ("2", "BPM-2"), ("作业指导书", "DOC-1"))
        for typed, item in found:
            await pilot.press("slash")
            await on_screen(pilot, ItemListScreen)
            await pilot.press(*typed, "enter")
            await on_screen(pilot, InterviewScreen)
            assert screen.at == item


async def test_a_click_on_the_strip_goes_to_the_item(workspace):
    async with opened(workspace) as (pilot, screen):
        await pilot.click(ProgressStrip, offset=(1 + 3, 0))
        await until(pilot, lambda: screen.at == "K-1")


async def test_what_to_note_stays_in_sight_in_a_window_that_gets_lower(workspace):
    async with opened(workspace, at="BPM-1") as (pilot, screen):
        assert "Note · Draw the flow" in words_of(picture_of(pilot.app))
        screen.go_to("DOC-1")
        await pilot.pause()
        for size in ((80, 20), (80, 24), (80, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Note" in words_of(picture_of(pilot.app))


async def test_a_click_on_a_level_answers(workspace):
    async with opened(workspace, at="DOC-1") as (pilot, screen):
        rows = screen.page.view.text.splitlines()
        await pilot.click("ItemView", offset=(8, rows.index("   1  yes".ljust(len(rows[0])))))
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
        assert screen.page.view.words.ask.startswith("请从最初")


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


@pytest.mark.parametrize("name", ["Helen", "Alexandra Konstantinopolitanskaya"])
async def test_the_minutes_left_stay_in_sight_however_long_the_names_are(name):
    files = pack_files()
    pack = files["pack.yaml"].decode().replace("en: first round", "en: A first and very long round")
    workspace = memory_workspace(files | {"pack.yaml": pack.encode()})
    workspace.put_people([Candidate(id="HE", name=name, modules=["PROC", "COST"])])
    for width in (60, 72, 80, 88, 120):
        app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
        async with app.run_test(size=(width, 24)) as pilot:
            screen = await interviewing(pilot)
            for item in ("BPM-1", "BPM-2", "DOC-1", "K-1"):
                screen.sheet.mark(item, "not_asked")
            await interviewing(pilot)
            screen._show_progress()
            assert "min left" in top(screen)
            assert "…" not in top(screen)
            assert "HE" in top(screen)
            assert "rater R2" in top(screen)


async def test_help_gives_no_key_twice(workspace):
    async with opened(workspace) as (pilot, _screen):
        await pilot.press("question_mark")
        help_screen = await on_screen(pilot, HelpScreen)
        keys = [active.key for active in help_screen._commands]
        assert len(keys) == len(set(keys))
        assert "as whom I work" in help_screen.query_one("#listed", Prose).text


@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_what_waits_for_the_server_leaves_the_hint_whole(workspace, spoken):
    i18n.use(spoken)
    workspace.store.waiting = lambda: Waiting(3, True, "")
    async with opened(workspace) as (pilot, screen):
        await pilot.press("1")
        status = screen.query_one("#status", Ends)
        hint = {"en": "esc then goes on.", "zh": "esc"}[spoken]
        await until(pilot, lambda: hint in status.render().content(78).plain)
        said = status.render().content(78).plain
        assert "3" in said
        assert "…" not in said
