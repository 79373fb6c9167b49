"""``assess facts``: what is kept of a module, and what is refused."""

from __future__ import annotations

import pytest

from assess.workspace.workspace import Workspace


def test_facts_have_date_and_source_and_the_newest_stands(assess, riverside):
    place = ("--workspace", riverside)
    assess("facts", "COST", "R4=45", "R5=25%", "--source", "Cheng", "--date", "2026-10-01", *place)
    done = assess("facts", "COST", "written=0.8", "date=2026-11-01", "--json", *place)
    facts = {one["key"]: one for one in done.json["facts"]}
    assert facts["handover_days"]["value"] == 45
    assert facts["handover_days"]["source"] == "Cheng"
    assert facts["written"]["value"] == pytest.approx(80)
    assert facts["written"]["date"] == "2026-11-01"
    assert facts["written"]["source"] is None


@pytest.mark.parametrize("listed", ["JA,MO", "JA; MO", "JA、MO", "JA，MO"])
def test_people_are_told_apart_by_the_signs_of_either_language(assess, riverside, listed):
    assert assess("facts", "COST", f"holders={listed}", "--workspace", riverside).code == 0
    facts = assess("facts", "COST", "--json", "--workspace", riverside).json["facts"]
    assert [one["value"] for one in facts if one["key"] == "holders"] == [["JA", "MO"]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "required: MODULE\n"),
        (["CSOT"], "did you mean: COST"),
        (["FIN"], "known are: COST"),
        (["COST", "handover_days"], "KEY=VALUE"),
        (["COST", "colour=red"], "no fact colour"),
        (["COST", "written=140"], "from 0 to 100"),
        (["COST", "written=1"], "1% or 100%"),
        (["COST", "handover_days=long"], "a number"),
        (["COST", "holders=JA,XX"], "no candidate XX"),
        (["COST", "end_users=2.5"], "whole number"),
        (["COST", "R2=yes"], "worked out"),
        (["COST", "R7=gladly"], "voluntary"),
        (["COST", "R4=45", "handover=30"], "given twice"),
        (["COST", "R4=45", "date=soon"], "no day"),
        (["COST", "R4=45", "--date", "3000-01-01"], "lies in the future"),
        (["COST", "R4=45", "date=3000-01-01"], "or earlier"),
        (["XXX", "R4=45"], "no module XXX"),
    ],
)
def test_facts_that_do_not_fit_are_refused_and_nothing_is_stored(assess, riverside, words, says):
    before = assess("facts", "COST", "--json", "--workspace", riverside).json["facts"]
    done = assess("facts", *words, "--workspace", riverside)
    assert done.code == 2, done.out
    assert says in done.err
    assert assess("facts", "COST", "--json", "--workspace", riverside).json["facts"] == before


def test_too_many_end_users_per_key_user_are_marked(assess, riverside, plan):
    def level():
        (flag,) = [f for f in plan()["modules"][0]["flags"] if f["kind"] == "ratio"]
        return flag["level"]

    assess("facts", "COST", "end_users=41", "--workspace", riverside)
    assert level() == "amber"
    assess("facts", "COST", "end_users=40", "--workspace", riverside)
    assert level() == "green"


def test_a_fact_that_a_newer_version_knows_is_kept_and_disturbs_nothing(assess, riverside):
    workspace = Workspace.open(riverside)
    fact = {"kind": "fact", "module": "COST", "key": "newer", "value": 1, "revises": []}
    workspace.add(fact)
    workspace.close()
    found = assess("facts", "COST", "--json", "--workspace", riverside).json["facts"]
    assert found[-1]["key"] == "newer"
    assert assess("plan", "--workspace", riverside).code == 0
