"""The founding story through the command line: three key users leave, nobody stands behind them."""

from __future__ import annotations

import io
import json

import pytest
from story import ENGINEERING, MODULES


@pytest.fixture
def plan(assess, story):
    def run(*words):
        done = assess("plan", "--phase", "blueprint", "--json", *words, "--workspace", story)
        assert done.code == 0, done.err
        return done.json

    return run


def _roles(content):
    return {m["module"]: (m["a"], m["b"]) for m in content["modules"]}


def test_1_ja_is_ranked_first_without_hiding_it(assess, story):
    ranked = assess("rank", "--json", "--workspace", story).json
    for module in ranked["modules"]:
        assert module["candidates"][0]["candidate"] == "JA"
        states = {one["candidate"]: one["status"] for one in module["candidates"]}
        assert states["HE"] == states["QI"] == "ready_with_plan"


def test_2_ja_is_not_proposed_as_a_in_more_than_one_module(plan):
    leads = [a for a, _b in _roles(plan()).values()]
    assert len(leads) == len(set(leads)) == 3
    asked = plan("--pin", "COST.a=JA", "PLAN.a=JA")
    assert [a for a, _b in _roles(asked).values()].count("JA") <= 1
    assert asked["infeasible"][0]["why"]


def test_3_the_modules_are_flagged_red(plan):
    for module in plan()["modules"]:
        flags = {flag["id"]: flag for flag in module["flags"]}
        assert {flags[one]["level"] for one in ("R1", "R3", "R4", "R5")} == {"red"}
        assert "single" in flags["R1"]["why"]
        assert "3 of 3" in flags["R3"]["why"]
        assert "63" in flags["R4"]["why"]
        assert "30" in flags["R4"]["why"]
        assert "25 %" in flags["R5"]["why"]
        assert "2026-11-02, Cheng" in flags["R5"]["why"]


def test_3_without_facts_three_leads_of_one_team_are_flagged_too(assess, story_once, tmp_path):
    pins = [f"{m}.a={c}" for m, c in zip(MODULES, ("JA", "LU", "WE"), strict=True)]
    done = assess("plan", "--pin", *pins, "--bar", "HE", "QI", "--json", "--workspace", story_once)
    for module in done.json["modules"]:
        levels = {flag["id"]: flag["level"] for flag in module["flags"]}
        assert levels["R3"] == "red"


def test_4_he_or_qi_is_in_every_module_and_none_hangs_on_one_team(plan):
    content = plan()
    for a, b in _roles(content).values():
        assert {a, b} & {"HE", "QI"}
        assert not {a, b} <= ENGINEERING
    for person in content["people"]:
        assert len(person["a_of"]) <= 1
        assert len(person["b_of"]) <= 2 - len(person["a_of"])
        assert person["load"] <= person["capacity"] + 1e-9
    assert all(module["together_min"] >= 3.0 for module in content["modules"])
    assert content["infeasible"] == []


def test_5_ja_has_given_notice(plan, assess, story, monkeypatch):
    before = _roles(plan())
    content = plan("--without", "JA", "--told-on", "2026-11-30")
    lost = {m["module"]: m for m in content["same_day"]["modules"]}
    assert set(lost) == {m for m, held in before.items() if "JA" in held}
    (led,) = [m for m, (a, _b) in before.items() if a == "JA"]
    assert lost[led]["steps_in"] == before[led][1] != "JA"
    for kit in content["kit"]:
        assert kit["from_day"] == "2026-11-30"
        assert kit["last_day"] == "2026-12-30"
        days = [line["by"] for line in kit["handover"]]
        assert days == sorted(days)
        assert all("2026-11-30" <= day <= "2026-12-30" for day in days)
        assert {one["about"] for one in kit["impact"]} == {"scope", "cost", "time"}
        assert any("63" in remark for remark in kit["remarks"])
    forms = [form for kit in content["kit"] for form in kit["short_forms"]]
    assert forms
    assert all("--form short" in form["command"] for form in forms)
    assert all(form["candidate"] != "JA" for form in forms)
    words = forms[0]["command"].replace(" R ", " R9 ").split()[1:]
    monkeypatch.setattr("sys.stdin", io.StringIO("3\nq\n"))
    opened = assess(*words, "--plain", "--notice-given", "--workspace", story)
    assert opened.code == 0, opened.err
    assert opened.out == "BPM-1\t3\n"
    told = assess("facts", led, "impact_time=two weeks later", "--workspace", story)
    assert told.code == 0
    (kit,) = [k for k in plan("--without", "JA")["kit"] if k["module"] == led]
    answers = {one["about"]: one["answer"] for one in kit["impact"]}
    assert answers == {"scope": None, "cost": None, "time": "two weeks later"}


def test_5_the_whole_department_goes_at_a_stroke(plan):
    content = plan("--without-team", "Engineering Management")
    assert set(content["without"]) == ENGINEERING
    held = {code for roles in _roles(content).values() for code in roles if code}
    assert held <= {"HE", "QI"}
    assert content["infeasible"], "two people cannot fill six roles"
    for one in content["infeasible"]:
        assert one["why"]
        assert one["relaxation"]


def test_6_nothing_asks_or_stores_why_or_who_might_follow(plan, assess, story):
    said = json.dumps(plan("--without", "JA")).lower()
    said += assess("plan", "--without", "JA", "--workspace", story).out.lower()
    said += assess("plan", "--help").out.lower() + assess("facts", "COST", "--workspace", story).out
    for word in (
        "why he",
        "why she",
        "why ja",
        "sick",
        "ill ",
        "resign",
        "follow",
        "loyal",
        "risk",
    ):
        assert word not in said, word
    refused = assess("facts", "COST", "announced=JA is on sick leave", "--workspace", story)
    assert refused.code == 2
    assert "must not be noted" in refused.err
    decided = assess(
        "decide", "COST", "--a", "LU", "--b", "HE", "--by", "Cheng", "--reason", "JA is pregnant",
        "--workspace", story,
    )  # fmt: skip
    assert decided.code == 2
    stored = "".join(p.read_text("utf-8") for p in story.glob("engagement.json*"))
    assert "sick" not in stored
    assert "pregnant" not in stored
