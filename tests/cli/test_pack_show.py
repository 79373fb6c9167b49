"""Seeing an interview while it is written: as the interviewer will, and anew at each save."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys

import pytest

from assess.cli.pack_preview import preview
from assess.cli.pack_watch import next_page, page_of, wrapped
from assess.cli.plain_item import as_asked
from assess.errors import BadInput
from assess.packs import find_pack, load_pack
from assess.packs.starting import new_pack


@pytest.fixture
def folder(tmp_path):
    new_pack(tmp_path / "my-pack")
    return tmp_path / "my-pack"


def test_each_item_stands_as_the_interview_asks_it_with_the_evidence_hint(folder):
    pack = load_pack(folder)
    shown = list(preview(pack, "en", module="PROC"))
    for item in pack.questionnaires["interview"].items:
        asked = list(as_asked(pack, item, ["PROC"], "en"))
        at = shown.index(asked[0])
        assert shown[at : at + len(asked)] == asked
    assert "  Evidence: Process, number of exceptions named" in shown
    assert "  Only if: AVL-1 is 2 or more" in shown
    assert "BPM-1, 1 of 7" in shown


def test_a_module_leaves_out_what_is_asked_for_others_only(folder):
    shown = list(preview(load_pack(folder), "en", module="STOCK"))
    assert "BPM-1, 1 of 6" in shown
    assert not [line for line in shown if "declaration of interests" in line]


def test_the_short_form_asks_two_items_of_each_competency():
    pack = load_pack(find_pack("key-user"))
    shown = list(preview(pack, "zh", module="COST", form="short"))
    ratings = [line for line in shown if line.endswith(" of 20")]
    assert len(ratings) == 20


def test_keys_are_not_shown_to_the_interviewer(folder):
    shown = "\n".join(preview(load_pack(folder), "en", questionnaire="knowledge"))
    assert "  2  Block it and ask the buyer  (B)" in shown
    assert "Three documents must agree" not in shown
    assert "[1]" not in shown


@pytest.mark.parametrize("wrong", [{"questionnaire": "quiz"}, {"module": "COST"}])
def test_what_the_pack_does_not_have_is_refused_with_what_it_has(folder, wrong):
    with pytest.raises(BadInput) as caught:
        list(preview(load_pack(folder), "en", **wrong))
    assert "it has" in str(caught.value)


def test_the_command_shows_the_whole_pack_or_an_interview(assess, folder):
    whole = assess("pack", "show", folder).out
    assert "Three documents must agree" in whole
    asked = assess("pack", "show", folder, "--interview").out
    assert asked.splitlines()[0] == "Key-user interview"
    assert assess("pack", "show", folder, "--module", "COST").code == 2


LONG = ["OWN-1, 3 of 7", "  5  Names what was owed, to whom and until when"]


def test_rows_break_between_words_and_go_on_under_them():
    assert wrapped(LONG, 30) == [
        "OWN-1, 3 of 7",
        "  5  Names what was owed, to",
        "     whom and until when",
    ]


def test_a_save_turns_to_the_page_that_changed_and_the_last_page_to_the_first():
    before = [f"row {n}" for n in range(50)]
    after = [*before[:30], "another", *before[31:]]
    assert page_of(before, after, 22) == 20
    assert page_of(before, before, 22) == 0
    assert [next_page(first, 50, 22) for first in (0, 20, 40)] == [20, 40, 0]


class Terminal:
    """A process on a terminal of its own."""

    def __init__(self, *words):
        self._own, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assess", *words],
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=_controlled,  # noqa: PLW1509 - the test has no threads
        )
        os.close(other)
        self.seen = ""

    def until(self, text):
        """Read on until the terminal has shown ``text``; what came before is forgotten."""
        while text not in self.seen:
            ready, _w, _x = select.select([self._own], [], [], 60)
            assert ready, f"{text!r} was not shown; the last was {self.seen[-500:]!r}"
            self.seen += os.read(self._own, 65536).decode(errors="replace")
        self.seen = self.seen.partition(text)[2]

    def enter(self):
        os.write(self._own, b"\r")

    def ctrl_c(self):
        os.write(self._own, b"\x03")

    def end(self):
        """Its exit code and what it said last."""
        code = self.process.wait(60)
        while select.select([self._own], [], [], 0)[0]:
            try:
                self.seen += os.read(self._own, 65536).decode(errors="replace")
            except OSError:
                break
        os.close(self._own)
        return code, self.seen


def _controlled():
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.skipif(not hasattr(signal, "SIGWINCH"), reason="needs a terminal")
def test_watching_shows_each_save_and_what_is_wrong_meanwhile_and_ends_quietly(folder):
    terminal = Terminal("pack", "show", str(folder), "--module", "PROC", "--watch", "--lang", "en")
    terminal.until("Take one process you run yourself")
    terminal.until("rows 1 to 22 of ")
    terminal.enter()
    terminal.until("rows 23 to 44 of ")
    interview = folder / "interview.yaml"
    good = interview.read_text(encoding="utf-8")
    interview.write_text(good.replace("Take one process", "Choose one process"), encoding="utf-8")
    terminal.until("Choose one process")
    terminal.until("Ctrl-C ends")
    interview.write_text(good.replace("type: yes_no", "type: yesno"), encoding="utf-8")
    terminal.until("'yesno'")
    terminal.until("Ctrl-C ends")
    fresh = folder / "interview.tmp"
    fresh.write_text(good, encoding="utf-8")
    fresh.replace(interview)
    terminal.until("Take one process you run yourself")
    terminal.until("Ctrl-C ends")
    terminal.ctrl_c()
    code, last = terminal.end()
    assert code == 0
    assert "Traceback" not in last
