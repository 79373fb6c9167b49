"""``assess decide``: what stands against an appointment, and what is kept of it."""

from __future__ import annotations

import pytest
from small_pack import interview_rows, roles_of, write_ratings


def test_a_decision_as_proposed_takes_no_reason_and_history_is_kept(assess, riverside, plan):
    place = ("--workspace", riverside)
    a, b = roles_of(plan())["COST"]
    done = assess("decide", "COST", "--a", a, "--b", b, "--by", "Cheng", *place)
    assert done.code == 0, done.err
    other = assess("decide", "COST", "--a", "JA", "--b", "HE", "--by", "Cheng", *place)
    assert other.code == 2
    assert "takes a reason" in other.err
    done = assess(
        "decide", "COST", "--a", "JA", "--b", "HE", "--by", "Cheng", "--reason", "she knows it",
        *place,
    )  # fmt: skip
    assert done.code == 0, done.err
    told = assess("decide", "COST", "--json", *place).json["decisions"]
    assert [(one["a"], one["b"], one["in_force"]) for one in told] == [
        (a, b, False),
        ("JA", "HE", True),
    ]
    assert told[1]["by"] == "Cheng"
    (departs,) = told[1]["departs"][:1]
    assert departs.startswith("role A: JA instead of ")
    spoken = assess("decide", "COST", "--json", "--lang", "zh", *place).json["decisions"]
    assert "JA" in spoken[1]["departs"][0]
    assert "instead" not in spoken[1]["departs"][0]
    assert told[1]["proposed"] == {"a": a, "b": b}
    content = plan("--decided")
    assert roles_of(content)["COST"] == ("JA", "HE")
    changed = {(c["module"], c["role"]): c["from"] for c in plan()["changes"]}
    assert changed[("COST", "a")] == "JA"
    again = assess("decide", "PLAN", "--a", "JA", "--b", "HE", "--by", "Cheng", *place)
    assert again.code == 2
    assert "JA: nobody A twice (COST)" in again.err


def test_an_open_release_refuses_the_appointment_not_the_proposal(assess, riverside):
    done = assess(
        "decide", "PLAN", "--a", "FE", "--b", "HE", "--by", "Cheng", "--reason", "her schedule",
        "--workspace", riverside,
    )  # fmt: skip
    assert done.code == 1
    assert "release open" in done.err
    content = assess(
        "plan", "--phase", "steady", "--pin", "PLAN.b=FE", "--json", "--workspace", riverside
    ).json
    (module,) = [m for m in content["modules"] if m["module"] == "PLAN"]
    assert module["b"] == "FE"
    assert "release open" in module["roles"]["b"]["refused"][0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["COST", "--a", "JA", "--b", "JA", "--by", "C"], "two people"),
        (["COST", "--a", "JA", "--b", "HE", "--reason", "x"], "--by"),
        (["COST", "--a", "RO", "--b", "HE", "--by", "C", "--reason", "x"], "does not stand"),
        (["COST", "--b", "HE", "--by", "C"], "names role A"),
    ],
)
def test_decisions_that_cannot_stand_are_refused(assess, riverside, words, says):
    done = assess("decide", *words, "--workspace", riverside)
    assert done.code == 2
    assert says in done.err


def test_a_gate_that_is_not_yes_refuses_the_appointment(assess, small, tmp_path):
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=5, AVL=5),
        *interview_rows("Y", "R1", BPM=4, OWN=4, AVL=4),
    ]
    place = small(*rows)
    words = ("decide", "PROC", "--a", "X", "--b", "Y", "--by", "C", "--workspace", place)
    refused = assess(*words)
    assert refused.code == 1
    assert "PROC-G1" in refused.err
    assert "says no" not in assess("rank", "PROC", "--workspace", place).out
    path = write_ratings(tmp_path / "n.csv", "X,R2,PROC-G1,no", "Y,R2,PROC-G1,yes")
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    x, y = (
        next(
            line
            for line in assess("rank", "PROC", "--workspace", place).out.splitlines()
            if code in line.split()
        )
        for code in ("X", "Y")
    )
    assert "Ready · PROC-G1 says no" in x
    assert "says no" not in y
    path = write_ratings(tmp_path / "g.csv", "X,R2,PROC-G1,yes")
    assert assess("import", "ratings", path, "--update", "--workspace", place).code == 0
    assert assess(*words).code == 0


def test_an_interviewer_decides_nothing(assess, riverside):
    words = ("decide", "COST", "--a", "JA", "--b", "HE", "--by", "C", "--reason", "x")
    before = assess("decide", "COST", "--json", "--workspace", riverside).json
    done = assess(*words, "--as", "R1", "--workspace", riverside)
    assert done.code == 1
    assert "R1 works here as an interviewer" in done.err
    assert assess("decide", "COST", "--json", "--workspace", riverside).json == before
    assert assess(*words, "--as", "manager", "--workspace", riverside).code == 0
