"""``assess develop``: gaps, actions, change between waves, the pool's training plan."""

from __future__ import annotations

import pytest
from small_pack import two_waves


def test_the_missed_minimum_comes_first_with_the_actions_of_its_level(assess, riverside):
    content = assess("develop", "MO", "--module", "PROC", "--json", "--workspace", riverside).json
    assert (content["candidate"], content["modules"][0]["module"]) == ("MO", "PROC")
    assert content["modules"][0]["status"] == "below_minimum"
    first = content["gaps"][0]
    assert first["competency"] == "BPM"
    assert first["proposed"] is True
    assert [one["action"] for one in first["actions"]] == ["BPM-M1", "BPM-M2"]
    assert sum(gap["proposed"] for gap in content["gaps"]) == 2
    (close,) = content["modules"][0]["as_b"]["closes"]
    assert (close["competency"], close["to"]) == ("BPM", 3.0)


def test_actions_have_owner_date_proof_and_state(assess, riverside):
    place = ("--workspace", riverside)
    words = ("develop", "MO", "--add", "BPM-M1", "--owner", "Gao", "--due", "2020-02-03")
    assert assess(*words, *place).code == 0
    (one,) = assess("develop", "MO", "--json", *place).json["plan"]
    assert (one["owner"], one["due"], one["state"], one["overdue"]) == (
        "Gao", "2020-02-03", "planned", True,
    )  # fmt: skip

    def overdue():
        found = assess("develop", "--overdue", "--json", *place).json["overdue"]
        return [o["action"] for o in found if o["candidate"] == "MO"]

    assert overdue() == ["BPM-M1"]
    unproven = assess("develop", "MO", "--set", "BPM-M1", "--state", "done", *place)
    assert unproven.code == 2
    assert "proof" in unproven.err
    proof = ("--state", "done", "--proof", "walk-through signed")
    assert assess("develop", "MO", "--set", "BPM-M1", *proof, *place).code == 0
    assert overdue() == []


def test_at_most_two_competencies_a_phase(assess, riverside):
    place = ("--workspace", riverside)
    details = ("--owner", "Gao", "--due", "2027-02-03")
    for action in ("BPM-M1", "BPM-M2", "XFV-M1"):
        assert assess("develop", "MO", "--add", action, *details, *place).code == 0
    third = assess("develop", "MO", "--add", "DOC-M1", *details, *place)
    assert third.code == 2
    assert "at most two" in third.err
    later = assess("develop", "MO", "--add", "DOC-M1", "--phase", "uat", *details, *place)
    assert later.code == 0, later.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["MO", "--add", "BPM-X9", "--owner", "G", "--due", "2027-01-01"], "no action BPM-X9"),
        (["MO", "--add", "BPM-M1", "--due", "2027-01-01"], "owner"),
        (["MO", "--add", "BPM-M1", "--owner", "G", "--due", "soon"], "no day"),
        (["ZZ"], "no candidate ZZ"),
        (["RO", "--module", "COST"], "does not stand for COST"),
        (["--owner", "Gao"], "name a candidate and an action"),
        (["MO", "--add", "BPM-M1", "--set", "BPM-M2"], "--set: not allowed with argument --add"),
    ],
)
def test_growth_that_cannot_be_read_is_refused(assess, riverside, words, says):
    done = assess("develop", *words, "--workspace", riverside)
    assert done.code == 2
    assert says in done.err


def test_the_training_plan_lifts_the_cover_step_by_step(assess, riverside):
    content = assess("develop", "--json", "--workspace", riverside).json
    covers = [content["cover"], *(one["cover"] for one in content["training"])]
    assert len(content["training"]) == 3
    assert covers == sorted(covers)
    assert covers[1] > covers[0]
    for one in content["training"]:
        assert one["to"] > one["value"]
        assert one["actions"]
    assert {one["competency"] for one in content["gaps"]} >= {"BPM"}


@pytest.fixture
def change(assess, tmp_path):
    """What ``develop`` says of X between two waves, OWN rated first so, then so."""

    def run(before, after):
        place = two_waves(assess, tmp_path, before, after)
        (found,) = assess("develop", "X", "--json", "--workspace", place).json["change"]
        return found

    return run


def test_a_drop_beyond_error_is_a_question_to_the_organisation(change):
    found = change(4, 2)
    assert (found["from_wave"], found["to_wave"]) == ("M0", "M1")
    parts = {part["competency"]: part for part in found["competencies"]}
    assert set(parts) == {"OWN", "AVL"}, "only what was rated at both"
    assert parts["OWN"]["change"] == pytest.approx(-2)
    assert parts["OWN"]["reliable"] is True
    assert parts["AVL"]["change"] == pytest.approx(0)
    assert found["question"].endswith("?")
    assert "training" in found["question"]


def test_no_change_asks_nothing(change):
    found = change(4, 4)
    assert found["reliable"] is False
    assert found["question"] is None
