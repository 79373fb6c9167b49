"""Odd input that is still somebody's: packs, tables and workspaces at their limits."""

from __future__ import annotations

import subprocess
import sys

import pytest
from small_pack import INTERVIEW, PACK, interview_rows, write_pack, write_ratings

SELF = """\
questionnaire: own
for: candidate
counts: yes
title: Own
sections:
  - title: All
    items:
      - {id: S1, type: rating, ask: How}
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def start(assess, place, tmp_path):
    """Start an engagement with a pack; files given replace those of the small pack."""

    def run(**files):
        pack = write_pack(tmp_path / "pack", **files)
        return assess("init", "--name", "T", "--pack", pack, "--workspace", place)

    return run


@pytest.mark.parametrize(
    "words",
    [["rank", "--csv"], ["export", "scores"], ["export", "shortlist", "--module", "PROC"]],
    ids=["rank", "scores", "shortlist"],
)
def test_an_engagement_without_candidates_gives_tables_without_rows(assess, start, place, words):
    start()
    done = assess(*words, "--workspace", place)
    assert done.code == 0
    assert done.err == ""


def test_counts_yes_is_a_word_and_the_remedy_says_true_or_false(start):
    tried = start(own=SELF)
    assert tried.code == 2
    assert "own.yaml:3:9: counts: 'yes' is neither true nor false" in tried.err
    assert "write true or false" in tried.err


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("to: 5", "to: 1e300"), ("from: 1", "from: -1e300"), ("min_items: 2", "discuss_at: 1e300")],
)
def test_a_number_that_no_sum_can_hold_is_refused_with_its_place(start, right, wrong):
    tried = start(pack=PACK.replace(right, wrong))
    assert tried.code == 2
    assert "pack.yaml:" in tried.err
    assert "1e300" in tried.err
    assert "1,000,000,000" in tried.err


def test_a_pack_of_one_language_hears_of_texts_in_another(assess, tmp_path):
    pack = write_pack(tmp_path / "pack", interview=INTERVIEW.replace("ask: Why", "ask: {fr: P}"))
    checked = assess("pack", "check", pack)
    assert checked.code == 0
    assert "BPM-2" in checked.err
    assert "'fr'" in checked.err


def test_a_cell_that_is_far_too_long_is_told_as_such(assess, start, place, tmp_path):
    start()
    rows = [f"X,R1,BPM-1,3,{'x' * 1_000_001}"]
    path = write_ratings(tmp_path / "r.csv", *rows, header="candidate,rater,item,value,note")
    done = assess("import", "ratings", path, "--create", "--workspace", place)
    assert done.code == 2
    assert "row 2" in done.err
    assert "million" in done.err


@pytest.mark.parametrize(
    "words",
    [["rank", "--json"], ["explain", "X", "COST", "--json"], ["export", "scores"], ["raters"]],
    ids=["rank", "explain", "export", "raters"],
)
def test_results_say_that_a_damaged_interview_is_left_out(assess, start, place, tmp_path, words):
    start()
    rows = [*interview_rows("X", "R1", BPM=3, OWN=3), *interview_rows("X", "R2", BPM=4, OWN=4)]
    path = write_ratings(tmp_path / "r.csv", *rows)
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    assert assess(*words, "--workspace", place).err == ""
    damaged = min((place / "interviews").glob("*.json"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    done = assess(*words, "--workspace", place)
    assert done.code == 0
    assert "1 interview is damaged and left out" in done.err
    assert "assess verify" in done.err


def shell(line, folder):
    """Run a line of the shell; ``$0`` in it is this Python and ``$1`` the folder."""
    words = ["sh", "-c", line, sys.executable, folder]
    return subprocess.run(words, check=False, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="the streams of a POSIX shell")
@pytest.mark.parametrize(
    ("words", "streams", "code"),
    [
        ("rank --json", ">&-", 0),
        ("rank", "2>&-", 0),
        ("interview X --rater R9 --plain", "<&-", 0),
        ("rank", ">/dev/full", 1),
    ],
    ids=["no output", "no narration", "no input", "full disk"],
)
def test_streams_that_are_closed_or_full_end_without_a_traceback(
    assess, start, place, tmp_path, words, streams, code
):
    if "/dev/full" in streams and sys.platform != "linux":
        pytest.skip("only Linux has a device that is always full")
    start()
    path = write_ratings(tmp_path / "r.csv", *interview_rows("X", "R1", BPM=3))
    assess("import", "ratings", path, "--create", "--workspace", place)
    line = f'"$0" -m assess {words} --workspace "$1" {streams}'
    done = shell(line, place)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_a_folder_that_went_away_under_the_command_is_told(tmp_path):
    line = 'cd "$1" && rmdir "$1" && "$0" -m assess rank --workspace here'
    gone = tmp_path / "gone"
    gone.mkdir()
    done = shell(line, gone)
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("assess: ")
    assert "Traceback" not in done.stderr


def test_a_log_that_was_removed_is_missed(assess, riverside):
    assert assess("verify", "--workspace", riverside).code == 0
    (riverside / "audit.jsonl").unlink()
    done = assess("verify", "--workspace", riverside)
    assert done.code == 1
    assert "audit.jsonl" in done.out + done.err


def test_an_empty_workspace_name_is_no_workspace(assess):
    done = assess("rank", "--workspace", "")
    assert done.code == 2
    assert "--workspace" in done.err


def test_who_works_as_somebody_unknown_is_told_why_nothing_is_shown(assess, riverside):
    done = assess("rank", "--as", "NOPE", "--workspace", riverside)
    assert "NOPE" in done.err


EVIL = "\x1b[31m\u202e\x07evil"


def test_what_people_typed_never_steers_the_terminal(assess, riverside):
    place = ("--workspace", riverside)
    typed = [
        ("engagement", "--contact", EVIL, "--purpose", EVIL),
        ("facts", "COST", "handover_days=45", f"announced={EVIL}", f"source={EVIL}"),
        ("develop", "HE", "--add", "BPM-M1", "--owner", EVIL, "--due", "2026-01-01"),
        ("agree", "HE", "BPM-2", "3", "--reason", EVIL),
        ("decide", "COST", "--a", "HE", "--b", "QI", "--by", EVIL, "--reason", EVIL),
        ("decide", "COST", "--a", "HE", "--b", "QI", "--by", f"{EVIL} sick leave"),
    ]
    read = [
        ("plan", "--without", "HE"), ("facts", "COST"), ("develop", "HE"), ("develop", "--overdue"),
        ("decide", "COST"), ("engagement",), ("notice", "HE"), ("panel",), ("rank", "--method"),
        ("export", "method", "--format", "md"),
    ]  # fmt: skip
    for words in [*typed, *read]:
        done = assess(*words, *place)
        assert "\x1b" not in done.out + done.err, words
        assert "\x07" not in done.out + done.err, words
        if "export" not in words:  # a document keeps what it holds
            assert "\u202e" not in done.out + done.err, words


def test_a_name_of_any_length_widens_no_line(assess, riverside, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text(f"candidate,name\nHE,{'长' * 100_000}\n", encoding="utf-8")
    place = ("--workspace", riverside)
    assert assess("import", "roster", roster, *place).code == 0
    for words in (("rank",), ("explain", "HE", "COST"), ("develop", "HE"), ("plan",)):
        out = assess(*words, *place).out
        assert "长" * 10 in out or words == ("plan",)
        assert max(map(len, out.splitlines())) < 250, words
