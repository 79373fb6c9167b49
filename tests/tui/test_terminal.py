"""The program in a real terminal: what is shown as saved survives, and it is left as it was."""

from __future__ import annotations

import sys

import pytest
from tui_memory import pack_files
from tui_terminal import Terminal

from assess.model.people import Candidate
from assess.packs import load_pack_files
from assess.workspace.workspace import Workspace


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A workspace on disk with one candidate."""
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "home"))
    place = tmp_path / "workspace"
    workspace = Workspace.open(place, create=True)
    files = pack_files()
    workspace.start("Riverside", files, load_pack_files(files, name="tests"), ["PROC"])
    workspace.put_people([Candidate(id="HE", name="Helen", modules=["PROC"])])
    workspace.close()
    return place


@pytest.fixture
def interview(folder, tmp_path):
    """Start the program at the interview of HE by R2."""
    started = []

    def start() -> Terminal:
        arguments = ["--workspace", str(folder), "interview", "HE", "--rater", "R2"]
        started.append(Terminal(arguments, tmp_path / "home"))
        return started[-1]

    yield start
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.kill()


def answers(folder):
    workspace = Workspace.open(folder)
    found = {
        item: (answer.value, answer.note)
        for item, answer in workspace.interview("HE", "R2").answers.items()
    }
    workspace.close()
    return found


def test_what_was_shown_as_saved_is_there_after_a_kill_and_the_next_open_item_is_shown(
    interview, folder
):
    terminal = interview()
    terminal.until(lambda text: "1 of 7" in text and "BPM-1" in text)
    terminal.press("3")
    terminal.until(lambda text: "2 of 7" in text and "saved " in text)
    terminal.press("5")
    terminal.until(lambda text: "wants evidence" in text)
    terminal.press("seen herself\x1b")
    terminal.until(lambda text: "3 of 7" in text and "DOC-1" in text and "saved " in text)
    terminal.kill()
    assert answers(folder) == {"BPM-1": (3, ""), "BPM-2": (5, "seen herself")}
    again = interview()
    again.until(lambda text: "3 of 7" in text and "DOC-1" in text)


def test_a_chinese_note_as_an_input_method_commits_it_arrives_whole(interview, folder):
    terminal = interview()
    terminal.until(lambda text: "1 of 7" in text)
    terminal.press("e")
    terminal.until(lambda text: "esc done" in text)
    terminal.press("三月份质保金在结算前误付，她当场叫停")
    terminal.until(lambda text: "saved " in text)
    terminal.kill()
    assert answers(folder) == {"BPM-1": (None, "三月份质保金在结算前误付，她当场叫停")}


def test_the_language_is_switched_in_the_running_program(interview):
    terminal = interview()
    terminal.until(lambda text: "Walk me through" in text)
    terminal.press("\x0c")
    terminal.until(lambda text: "请 从 最 初" in text or "请从最初" in text)


def test_quitting_leaves_the_terminal_as_it_was(interview):
    terminal = interview()
    terminal.until(lambda text: "1 of 7" in text)
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert b"\x1b[?1049l" in terminal.output


BROKEN = """
import sys
from assess.tui.screens.interview import InterviewScreen
def break_down(self):
    raise KeyError("not foreseen")
InterviewScreen.action_flag_item = break_down
from assess.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def test_what_nobody_foresaw_ends_with_one_line_and_no_traceback(folder, tmp_path):
    terminal = Terminal(
        ["--workspace", str(folder), "interview", "HE", "--rater", "R2"],
        tmp_path / "home",
        program=(sys.executable, "-c", BROKEN),
    )
    terminal.until(lambda text: "1 of 7" in text)
    terminal.press("f")
    assert terminal.ended() == 1
    left = terminal.output.split(b"\x1b[?1049l")[-1].decode()
    assert "KeyError: 'not foreseen'" in left
    assert "Traceback" not in left
    assert len([line for line in left.splitlines() if "KeyError" in line]) == 1


def test_an_answer_given_while_the_folder_is_away_is_kept_and_saved_when_it_is_back(
    interview, folder
):
    terminal = interview()
    terminal.until(lambda text: "1 of 7" in text and "BPM-1" in text)
    folder.rename(folder.with_name("away"))
    terminal.press("3")
    terminal.until(lambda text: "the workspace is gone" in text and "1 not saved" in text)
    folder.with_name("away").rename(folder)
    terminal.press("\x1b")
    terminal.until(lambda text: "the workspace is gone" not in text)
    terminal.press("\x13")
    terminal.until(lambda text: "saved " in text and "1 not saved" not in text)
    terminal.kill()
    assert answers(folder) == {"BPM-1": (3, "")}
