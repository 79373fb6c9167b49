"""``assess self``: the self-test as lines of text."""

from __future__ import annotations

import io

import pytest
from small_pack import write_pack

SELF = """\
questionnaire: self
for: candidate
title: Self
sections:
  - title: Me
    items:
      - {id: S-BPM, type: rating, competency: BPM, ask: How well}
      - {id: S-OWN, type: rating, competency: OWN, ask: How much}
"""


@pytest.fixture
def alone(assess, tmp_path, monkeypatch):
    place = tmp_path / "workspace"
    pack = write_pack(tmp_path / "pack", self=SELF)
    assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
    roster = tmp_path / "roster.csv"
    roster.write_text("candidate\nX\n", encoding="utf-8")
    assess("import", "roster", roster, "--workspace", place)

    def run(*lines, words=("self", "X", "--plain")):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return assess(*words, "--workspace", place)

    return run


def test_with_consent_the_answers_are_stored_and_the_profile_ends_it(alone):
    done = alone("y", "4", "3", "1", "s")
    assert done.code == 0, done.err
    assert done.out.splitlines()[:2] == ["S-BPM\t4", "S-OWN\t3"]
    assert "How you see yourself" in done.err
    assert "Process: 4.0 of 5" in done.err
    again = alone()
    assert "Process: 4.0 of 5" in again.err
    assert again.out == ""


def test_who_only_tries_leaves_nothing(alone):
    alone("t", "4", "s")
    assert "consent" not in alone(words=("export", "person", "X", "--format", "json")).out
    assert alone("y", "q").out == ""


def test_who_does_not_want_it_is_asked_nothing(alone):
    done = alone("no", "4")
    assert (done.code, done.out) == (1, "")
    assert "Module: PROC Procurement" in done.err.partition("This is a self-test")[0]
    assert "nothing was asked" in done.err
    assert "nothing was asked" in alone().err


@pytest.mark.parametrize("lines", [("t", "4", "?"), ("t", "4", "?", "q"), ("t", "4", "3", "2")])
def test_who_only_tries_is_never_told_that_anything_is_kept(alone, lines):
    told = alone(*lines).err
    assert "kept" not in told
    assert "nothing is stored" in told.splitlines()[-1]
    assert "is kept" in alone("y", *lines[1:]).err


def test_ratings_leave_no_trace_of_it(alone):
    alone("y", "4", "s")
    told = alone(words=("export", "ratings", "--format", "csv"))
    assert "S-BPM" not in told.out
    assert alone(words=("rank", "--json")).json["modules"][0]["candidates"][0]["score"] is None


def test_an_unknown_candidate_and_a_pack_without_a_self_questionnaire_are_told(assess, tmp_path):
    place = tmp_path / "other"
    pack = write_pack(tmp_path / "plain-pack")
    assess("init", "--name", "T", "--pack", pack, "--modules", "PROC", "--workspace", place)
    assert assess("self", "X", "--plain", "--workspace", place).code == 2
    roster = tmp_path / "roster.csv"
    roster.write_text("candidate\nX\n", encoding="utf-8")
    assess("import", "roster", roster, "--workspace", place)
    done = assess("self", "X", "--plain", "--workspace", place)
    assert done.code == 2
    assert "for: candidate" in done.err


def test_what_an_interviewer_may_say_of_an_item_is_not_offered(alone):
    done = alone("y", "?", "", "d", "q")
    assert done.out == "S-OWN\tdeclined\n"
    assert "d declined" in done.err
    assert "n not asked" not in done.err
