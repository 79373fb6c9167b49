"""Undo, the language of the questions, and the gentle warning, while an interview runs."""

from __future__ import annotations

import pytest
from tui_memory import memory_workspace, pack_files
from tui_pictures import picture_of, words_of
from tui_steps import interviewing, on_screen, press, until

from assess import i18n
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.review import ReviewScreen
from assess.tui.widgets.prose import Ends, Prose

FORBIDDEN = """
forbidden:
  - id: family
    topic: {en: Marriage and children (ask only whether travel at short notice is possible this
      year and who stands in meanwhile), zh: 婚姻和子女}
    words: {en: [married], zh: [已婚]}
"""


def app_of(workspace):
    return AssessApp(workspace, start=InterviewStart("HE", "R2"))


def stored(workspace, item):
    answer = workspace.interview("HE", "R2").answers.get(item)
    return (answer.state, answer.value, answer.note) if answer else None


def status(screen):
    return screen.query_one("#status", Ends).render().content(80).plain


async def test_undo_takes_back_the_last_change_and_shows_its_item(workspace):
    async with app_of(workspace).run_test() as pilot:
        await interviewing(pilot)
        await press(pilot, "3")
        screen = await press(pilot, "4")
        assert screen.at == "DOC-1"
        await press(pilot, "z")
        assert screen.at == "BPM-2"
        assert "Taken back: the answer to BPM-2." in status(screen)
        assert stored(workspace, "BPM-2") == ("open", None, "")
        await press(pilot, "z")
        assert screen.at == "BPM-1"
        assert stored(workspace, "BPM-1") == ("open", None, "")
        await press(pilot, "z")
        assert "Nothing was changed" in status(screen)


async def test_undo_brings_back_the_value_and_note_before_and_flags(workspace):
    session = workspace.interview("HE", "R2")
    session.answer("BPM-1", 3)
    session.note("BPM-1", "a case")
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        screen.go_to("BPM-1")
        await press(pilot, "n", "z")
        assert stored(workspace, "BPM-1") == ("answered", 3, "a case")
        await press(pilot, "f")
        assert "BPM-1" in workspace.interview("HE", "R2").flags
        await press(pilot, "z")
        assert "BPM-1" not in workspace.interview("HE", "R2").flags
        assert "Taken back: the flag at BPM-1." in status(screen)


async def test_a_note_typed_with_pauses_is_one_change(workspace):
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        await pilot.press("e", *"one")
        screen.keep_in_hand()
        await pilot.press(*"two")
        screen.keep_in_hand()
        await pilot.press("escape")
        await interviewing(pilot)
        assert stored(workspace, "BPM-1")[2] == "onetwo"
        await press(pilot, "z")
        assert stored(workspace, "BPM-1")[2] == ""
        assert "Taken back: the whole note at BPM-1." in status(screen)


async def test_undo_says_that_what_was_noted_before_stays(workspace):
    workspace.interview("HE", "R2").note("BPM-1", "a case")
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        screen.go_to("BPM-1")
        await pilot.press("e", *" more", "escape")
        await interviewing(pilot)
        await press(pilot, "z")
        assert stored(workspace, "BPM-1")[2] == "a case"
        assert "the last change of the note at BPM-1" in status(screen)


@pytest.mark.parametrize(("key", "state"), [("o", "not_observed"), ("d", "declined")])
async def test_no_value_stands_though_words_were_written_and_undo_brings_them_back(
    workspace, key, state
):
    workspace.interview("HE", "R2").answer("T-1", "my words")
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        screen.go_to("T-1")
        await pilot.press(key)
        await on_screen(pilot, ReviewScreen)
        await pilot.press("escape")
        await interviewing(pilot)
        assert stored(workspace, "T-1") == (state, None, "")
        await press(pilot, "z")
        assert stored(workspace, "T-1") == ("answered", "my words", "")
        assert screen.page.text.text == "my words"


async def test_an_answer_given_once_more_is_no_change_to_take_back(workspace):
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        await press(pilot, "3")
        screen.go_to("BPM-1")
        await press(pilot, "3")
        await press(pilot, "z")
        assert stored(workspace, "BPM-1") == ("open", None, "")


async def test_a_note_typed_back_to_what_it_was_leaves_nothing_to_take_back(workspace):
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        await press(pilot, "f")
        await pilot.press("e", *"ab")
        screen.keep_in_hand()
        await pilot.press("backspace", "backspace", "escape")
        await interviewing(pilot)
        await press(pilot, "z")
        assert "Taken back: the flag at BPM-1." in status(screen)


@pytest.mark.parametrize("note", ["a\u2028b", "a\r\nb\nc", "a\x85b"])
async def test_who_only_looks_at_an_item_leaves_its_lines_as_they_are(workspace, note):
    session = workspace.interview("HE", "R2")
    session.note("BPM-1", note)
    session.answer("T-1", note)
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        await press(pilot, "f")
        for item in ("T-1", "BPM-1"):
            screen.go_to(item)
            await press(pilot, "z")
        assert "Nothing was changed" in status(screen)  # the flag was all there was
    assert stored(workspace, "BPM-1") == ("open", None, note)
    assert stored(workspace, "T-1") == ("answered", note, "")
    kept = workspace.store.read(session.id)
    assert [r["kind"] for r in kept] == ["opened", "answer", "answer", "flag", "flag"]


async def test_questions_change_their_language_and_nothing_is_lost(workspace):
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        screen.go_to("DOC-1")
        await press(pilot, "1")
        await pilot.press("7", "5")
        await pilot.press("l")
        await pilot.pause()
        assert screen.page.view.words.ask == "别人不问也能照做吗？"
        assert i18n.language() == "en"
        assert "rater R2" in screen.query_one("TitleBar").render().content(120).plain
        await press(pilot, "enter")
        assert stored(workspace, "DOC-2") == ("answered", 75, "")
        screen.go_to("BPM-1")
        await pilot.pause()
        shown = words_of(picture_of(pilot.app))
        assert "介于1与3之间" in shown and "not asked" in shown
        await pilot.press("l")
        await pilot.pause()
        assert screen.sheet.language == "en"


@pytest.mark.parametrize("note", ["she is married", "她已婚"])
async def test_a_note_on_a_forbidden_topic_is_warned_of_and_the_word_kept_nowhere_else(note):
    files = pack_files()
    workspace = memory_workspace(
        files | {"pack.yaml": files["pack.yaml"] + FORBIDDEN.encode("utf-8")}
    )
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        await pilot.press("e")
        screen.page.note.insert(note)
        await until(pilot, lambda: "Better left out" in words_of(picture_of(pilot.app)))
        shown = words_of(picture_of(pilot.app))
        assert "Marriage and children" in shown
        assert "meanwhile)" in shown  # to its end, however narrow the window
        await pilot.press("escape")
        await interviewing(pilot)
    kept = [r for some in workspace.store.records.values() for r in some.values()]
    touched = [r for r in kept if "married" in str(r) or "已婚" in str(r)]
    assert [r["kind"] for r in touched] == ["answer"]
    assert not any("family" in str(r) for r in kept)


async def test_the_warning_goes_with_the_words_and_behind_the_item_names_it():
    files = pack_files()
    workspace = memory_workspace(
        files | {"pack.yaml": files["pack.yaml"] + FORBIDDEN.encode("utf-8")}
    )
    async with app_of(workspace).run_test() as pilot:
        screen = await interviewing(pilot)
        evidence = screen.page.query_one("#evidence", Prose)
        await pilot.press("1")
        screen.page.note.insert("she is married")
        await until(pilot, lambda: "Better left out of notes" in evidence.text)
        await pilot.resize_terminal(80, 20)
        await pilot.pause()
        assert "Better left out of notes" in words_of(picture_of(pilot.app))
        await pilot.press("ctrl+w")
        await until(pilot, lambda: "Better left out" not in evidence.text)
        assert not screen.page.has_class("-warned")
        screen.page.note.insert("married")
        await pilot.press("escape")
        await until(pilot, lambda: screen.at == "BPM-2")
        await until(pilot, lambda: "left out of the note at BPM-1" in evidence.text)


def test_words_of_a_topic_are_whole_words_and_chinese_anywhere():
    from assess.model.topics import topics_touched

    pack = memory_workspace(
        pack_files() | {"pack.yaml": pack_files()["pack.yaml"] + FORBIDDEN.encode("utf-8")}
    ).pack
    assert [t.id for t in topics_touched(pack, "Is MARRIED.")] == ["family"]
    assert topics_touched(pack, "unmarriedly") == []
    assert [t.id for t in topics_touched(pack, "她已婚了")] == ["family"]
