"""A terminal that goes away: the program ends, and words being written are kept."""

from __future__ import annotations

import os
import signal

import pytest
from test_terminal import answers, folder, interview  # noqa: F401 - fixtures


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
