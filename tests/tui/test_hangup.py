"""A terminal that goes away: the program ends, and words being written are kept."""

from __future__ import annotations

import os
import resource
import signal
import sys

import pytest
from test_terminal import answers, folder, interview  # noqa: F401 - fixtures
from textual import messages
from tui_steps import interviewing, until
from tui_terminal import Terminal

from assess.tui.app import AssessApp
from assess.tui.starts import InterviewStart
from assess.workspace.workspace import Workspace

FLOODING = """
import asyncio, signal, sys
from assess.tui.app import AssessApp

mounted = AssessApp.on_mount

async def on_mount(self):
    await mounted(self)
    flood = lambda: self._driver.write("\\x1b[0m" * 25_000)
    start = lambda: self.set_interval(0.005, flood)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, start)

AssessApp.on_mount = on_mount
from assess.cli import main
sys.exit(main())
"""
"""The program; from SIGUSR1 on it draws more than a terminal holds, and never rests."""


def typing(start):
    terminal = start()
    terminal.until(lambda text: "1 of 7" in text and "BPM-1" in text)
    terminal.press("3")
    terminal.until(lambda text: "2 of 7" in text and "saved " in text)
    terminal.press("5")
    terminal.until(lambda text: "wants evidence" in text)
    terminal.press("half a sentence")
    terminal.until(lambda text: "half a sentence" in text)
    return terminal


def test_a_window_that_was_closed_ends_the_program_and_keeps_the_note(interview, folder):  # noqa: F811
    terminal = typing(interview)
    os.close(terminal._master)
    assert terminal.process.wait(timeout=30) == 1
    assert answers(folder) == {"BPM-1": (3, ""), "BPM-2": (5, "half a sentence")}


@pytest.mark.parametrize("told", [signal.SIGHUP, signal.SIGTERM])
def test_being_told_to_end_keeps_the_note_and_leaves_the_terminal_as_it_was(
    interview,  # noqa: F811
    folder,  # noqa: F811
    told,
):
    terminal = typing(interview)
    terminal.process.send_signal(told)
    assert terminal.ended() == 1
    assert terminal.output.rstrip().endswith(b"\x1b[?1049l") or b"\x1b[?1049l" in terminal.output
    assert b"Traceback" not in terminal.output
    assert answers(folder) == {"BPM-1": (3, ""), "BPM-2": (5, "half a sentence")}


@pytest.fixture
def flooding(folder, tmp_path):  # noqa: F811
    """An interview with one answer and one more being written, and a screen that never rests."""
    terminal = Terminal(
        ["--workspace", str(folder), "interview", "HE", "--rater", "R2"],
        tmp_path / "home",
        program=[sys.executable, "-c", FLOODING],
    )
    typing(lambda: terminal)
    terminal.process.send_signal(signal.SIGUSR1)
    terminal.read(10)
    yield terminal
    if terminal.process.poll() is None:
        terminal.kill()


def test_a_busy_screen_whose_window_was_closed_ends_too(flooding, folder):  # noqa: F811
    os.close(flooding._master)
    assert flooding.process.wait(timeout=30) == 1
    assert answers(folder) == {"BPM-1": (3, ""), "BPM-2": (5, "half a sentence")}


def test_a_terminal_that_stands_still_does_not_keep_the_program_from_ending(
    flooding,
    folder,  # noqa: F811
):
    # nobody reads what is drawn from here on
    flooding.process.send_signal(signal.SIGTERM)
    assert flooding.process.wait(timeout=30) == 1
    assert answers(folder)["BPM-2"][1].startswith("half a sentence")


async def test_a_page_in_a_browser_that_was_closed_keeps_the_note(folder):  # noqa: F811
    workspace = Workspace.open(folder)
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("e", *"half")
        # what Textual's driver for browsers says when the page is gone
        app.post_message(messages.ExitApp())
        await until(pilot, lambda: app.return_code == 1)
    workspace.close()
    assert answers(folder) == {"BPM-1": (None, "half")}


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no limits of a running program")
def test_what_the_disk_refused_is_tried_again_when_the_window_closes(interview, folder):  # noqa: F811
    terminal = interview()
    terminal.until(lambda text: "1 of 7" in text and "BPM-1" in text)
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (0, hard))
    terminal.press("3")
    terminal.until(lambda text: "1 not saved" in text)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    os.close(terminal._master)
    assert terminal.process.wait(timeout=30) == 1
    assert answers(folder) == {"BPM-1": (3, "")}
