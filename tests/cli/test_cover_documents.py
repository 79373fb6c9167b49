"""The plan and the departure kit as documents."""

from __future__ import annotations

import pytest
from small_pack import interview_rows, roles_of


@pytest.mark.parametrize("format", ["csv", "xlsx", "html", "md", "json"])
def test_the_plan_is_a_document_in_every_format(assess, riverside, tmp_path, format):
    target = tmp_path / f"plan.{format}"
    words = ("export", "plan", "--pin", "COST.a=HE", "-o", target, "--workspace", riverside)
    done = assess(*words)
    assert done.code == 0, done.err
    assert target.stat().st_size > 500


def test_the_document_says_what_the_plan_says(assess, riverside, plan):
    assess("facts", "COST", "handover_days=45", "source=Cheng", "--workspace", riverside)
    content = plan("--pin", "COST.a=HE")
    done = assess(
        "export", "plan", "--pin", "COST.a=HE", "--format", "json", "--workspace", riverside
    )
    sheets = {sheet["name"]: sheet["rows"] for sheet in done.json["sheets"]}
    assert {row["module"]: (row["a"], row["b"]) for row in sheets["Plan"]} == roles_of(content)
    told = {row["module"]: row["flags"] for row in sheets["Plan"]}
    assert "hand-over 63 d > notice 30" in told["COST"]
    texts = {text["title"]: " ".join(text["lines"]) for text in done.json["texts"]}
    assert content["formula"] in texts["How cover is worked out"]
    assert "set by hand" in texts["Why each was chosen"]
    assert done.json["facts"]["pins"] == "COST.a=HE"


def test_an_infeasible_plan_as_a_document_names_rule_and_relaxation(assess, riverside):
    words = ("export", "plan", "--phase", "cutover", "--bar", "QI", "LU", "WE")
    done = assess(*words, "--format", "md", "--workspace", riverside)
    assert "Open roles" in done.out
    assert "capacity from" in done.out


def test_the_kit_as_a_document_has_dates_forms_and_questions(assess, riverside):
    words = ("export", "kit", "--without", "JA", "--told-on", "2026-11-30", "--format", "json")
    done = assess(*words, "--workspace", riverside)
    assert done.code == 0, done.err
    sheets = {sheet["name"]: sheet["rows"] for sheet in done.json["sheets"]}
    assert all("2026-11-30" <= row["by"] <= "2026-12-30" for row in sheets["Hand-over"])
    assert {row["about"] for row in sheets["Scope, cost and time"]} == {"scope", "cost", "time"}
    assert all("--form short" in row["command"] for row in sheets["Short form for successors"])
    assert "JA" not in {row[role] for row in sheets["The new plan"] for role in ("a", "b")}


def test_a_kit_of_nobody_is_refused(assess, riverside):
    done = assess("export", "kit", "--workspace", riverside)
    assert done.code == 2
    assert "--without" in done.err


def test_plans_without_names_name_nobody(assess, riverside):
    words = ("--pseudonyms", "--format", "md", "--workspace", riverside)
    for what in (("plan",), ("kit", "--without", "JA")):
        done = assess("export", *what, *words)
        assert done.code == 0
        for name in ("Jia", "Helen", "Anita"):
            assert name not in done.out


def test_a_kit_says_whom_to_train_where_nobody_stands_as_b(assess, small):
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=5, AVL=5),
        *interview_rows("Y", "R1", BPM=4, OWN=5, AVL=5),
        *interview_rows("Z", "R1", BPM=2.9, OWN=5, AVL=5),
    ]
    place = small(*rows)
    words = ("--without", "X", "--told-on", "2026-11-30", "--json", "--workspace", place)
    (kit,) = assess("plan", *words).json["kit"]
    (trained,) = kit["train"]
    assert trained["candidate"] == "Z"
    assert trained["closes"] == [["BPM", pytest.approx(2.9), 3.0]]
    assert trained["by"] == "2026-12-30"
