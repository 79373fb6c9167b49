"""The field for notes: Chinese wraps and is deleted as people expect."""

from __future__ import annotations

import pytest
from textual.app import App

from assess.tui.widgets.note import NoteArea, ProseDocument
from assess.tui.widgets.wrapping import word_end, word_start


class NoteApp(App):
    CSS = "NoteArea { width: 19; height: 6; border: none; padding: 0; }"

    def compose(self):
        yield NoteArea(id="note")


def drawn(note):
    lines = (note.render_line(y).text.rstrip() for y in range(note.size.height))
    return [line for line in lines if line]


async def test_a_chinese_note_wraps_between_characters_and_keeps_its_punctuation():
    app = NoteApp()
    async with app.run_test() as pilot:
        note = app.query_one(NoteArea)
        note.focus()
        note.insert("三月份质保金在结算前误付，她当场叫停。之后加了检查项")
        await pilot.pause()
        assert drawn(note) == ["三月份质保金在结算", "前误付，她当场叫", "停。之后加了检查项"]


async def test_typing_and_loading_wrap_alike():
    app = NoteApp()
    async with app.run_test() as pilot:
        note = app.query_one(NoteArea)
        text = "ABC 三月份质保金在结算前误付，她当场叫停。\n\nOne line more"
        note.load_text(text)
        await pilot.pause()
        loaded = drawn(note)
        note.load_text("")
        note.insert(text)
        await pilot.pause()
        assert drawn(note) == loaded
        assert isinstance(note.wrapped_document, ProseDocument)


async def test_the_cursor_moves_through_wrapped_rows():
    app = NoteApp()
    async with app.run_test() as pilot:
        note = app.query_one(NoteArea)
        note.focus()
        note.load_text("三月份质保金在结算前误付她当场叫停")
        note.move_cursor((0, 0))
        await pilot.press("down")
        row, column = note.cursor_location
        assert (row, column) == (0, note.wrapped_document.get_offsets(0)[0])


async def test_ctrl_w_deletes_a_word_not_the_whole_chinese_note():
    app = NoteApp()
    async with app.run_test() as pilot:
        note = app.query_one(NoteArea)
        note.focus()
        note.load_text("她当场叫停")
        await pilot.press("ctrl+w")
        assert note.text == "她当场"
        note.load_text("stopped it herself")
        await pilot.press("ctrl+w")
        assert note.text == "stopped it "


async def test_an_undone_deletion_comes_back():
    app = NoteApp()
    async with app.run_test() as pilot:
        note = app.query_one(NoteArea)
        note.focus()
        note.load_text("her own words")
        await pilot.press("ctrl+w", "ctrl+z")
        assert note.text == "her own words"


@pytest.mark.parametrize(
    ("text", "at", "start"),
    [
        ("one two", 7, 4),
        ("one two  ", 9, 4),
        ("叫停。", 3, 2),
        ("当场叫停", 4, 2),
        ("叫 ab", 4, 2),
        ("", 0, 0),
    ],
)
def test_where_the_word_before_the_cursor_starts(text, at, start):
    assert word_start(text, at) == start


@pytest.mark.parametrize(
    ("text", "at", "end"),
    [("one two", 0, 3), ("one two", 3, 7), ("当场叫停", 0, 2), ("，叫停", 0, 1)],
)
def test_where_the_word_behind_the_cursor_ends(text, at, end):
    assert word_end(text, at) == end
