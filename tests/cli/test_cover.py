"""Plan, facts, decisions on the command line: what they refuse, what they keep."""

from __future__ import annotations

import pytest
from small_pack import PACK, interview_rows, write_pack, write_ratings


@pytest.fixture
def plan(assess, riverside):
    def run(*words):
        done = assess("plan", "--json", *words, "--workspace", riverside)
        assert done.code == 0, done.err
        return done.json

    return run


def _roles(content):
    return {m["module"]: (m["a"], m["b"]) for m in content["modules"]}


def test_cover_is_what_its_formula_says(plan):
    content = plan()
    values = [m["roles"][role]["value"] for m in content["modules"] for role in ("a", "b")]
    assert content["cover"] == pytest.approx(100 * sum(values) / (2 * 3 * 100))
    assert "100 ×" in content["formula"]
    assert content["next_best"]["cover"] <= content["cover"]
    assert content["proven"] is True


def test_a_pin_is_kept_and_a_bar_too(plan):
    content = plan("--pin", "COST.a=HE", "--bar", "JA", "--bar", "PLAN=QI")
    roles = _roles(content)
    assert roles["COST"][0] == "HE"
    assert all("JA" not in held for held in roles.values())
    assert "QI" not in roles["PLAN"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--pin", "COST=HE"], "MODULE.a=CODE"),
        (["--pin", "COST.a=XX"], "no candidate XX"),
        (["--pin", "FIN.a=HE"], "no module FIN"),
        (["--pin", "COST.a=HE", "COST.a=JA"], "pinned to HE and to JA"),
        (["--pin", "COST.a=HE", "COST.b=HE"], "both roles"),
        (["--pin", "COST.a=HE", "--bar", "HE"], "barred"),
        (["--pin", "COST.a=HE", "--without", "HE"], "leaves"),
        (["--pin", "COST.a=RO"], "does not stand for COST"),
        (["--phase", "party"], "no phase party"),
        (["--without", "ZZ"], "no candidate ZZ"),
        (["--without-team", "Nowhere"], "team or department"),
        (["--as-of", "yesterday"], "no day"),
        (["--without", "JA", "--told-on", "soon"], "no day"),
    ],
)
def test_words_that_cannot_be_read_are_refused(assess, riverside, words, says):
    done = assess("plan", *words, "--workspace", riverside)
    assert done.code == 2, done.out
    assert says in done.err


def test_an_infeasible_phase_names_the_rule_and_the_smallest_relaxation(plan):
    content = plan("--phase", "cutover", "--bar", "QI", "LU", "WE")
    assert content["infeasible"]
    opened = {(one["module"], one["role"]) for one in content["infeasible"]}
    empty = {
        (m["module"], role) for m in content["modules"] for role in ("a", "b") if m[role] is None
    }
    assert opened == empty
    assert {one["rule"] for one in content["infeasible"]} <= {
        "capacity", "pin", "bar", "minimum", "assessment", "b_twice", "a_once", "people",
    }  # fmt: skip
    assert any("capacity from" in one["relaxation"] for one in content["infeasible"])


def test_lifting_the_bar_that_is_named_fills_the_role(plan):
    barred = plan("--phase", "blueprint", "--bar", "JA", "LU", "WE", "HE", "QI", "AN")
    named = [one for one in barred["infeasible"] if one["rule"] == "bar"]
    assert named
    filled = sum(m[r] is not None for m in barred["modules"] for r in ("a", "b"))
    more = plan("--phase", "blueprint", "--bar", "JA", "LU", "WE", "QI", "AN")
    assert sum(m[r] is not None for m in more["modules"] for r in ("a", "b")) > filled


def test_who_leaves_is_in_no_role_and_the_changes_are_told(plan):
    before, content = plan(), plan("--without", "HE", "QI")
    assert content["without"] == ["HE", "QI"]
    roles, was = _roles(content), _roles(before)
    assert not {"HE", "QI"} & {code for held in roles.values() for code in held}
    told = {(c["module"], c["role"]): (c["from"], c["to"]) for c in content["changes"]}
    for module, held in roles.items():
        for role, old, new in zip("ab", was[module], held, strict=True):
            assert told.get((module, role), (old, old)) == (
                (old, new) if old != new else (old, old)
            )
    assert content["cover_before"] == pytest.approx(before["cover"])
    assert content["same_day"]["cover"] < content["cover_before"]
    assert content["cover"] <= content["cover_before"]


def test_the_most_painful_departure_is_as_bad_as_it_says(plan):
    worst = plan("--worst")["worst"]
    assert worst["tried"] == 12 + 12 * 11 // 2
    first = worst["single"][0]
    assert plan("--without", *first["people"])["cover"] == pytest.approx(first["cover"])
    for other in ("JA", "HE", "QI", "LU", "AN"):
        assert plan("--without", other)["cover"] >= first["cover"] - 1e-6
    pair = worst["pair"][0]
    assert plan("--without", *pair["people"])["cover"] == pytest.approx(pair["cover"])


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


@pytest.mark.parametrize(
    ("words", "says"),
    [
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


# -- decisions


def test_a_decision_as_proposed_takes_no_reason_and_history_is_kept(assess, riverside, plan):
    place = ("--workspace", riverside)
    a, b = _roles(plan())["COST"]
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
    assert told[1]["departs"]
    assert told[1]["proposed"] == {"a": a, "b": b}
    content = plan("--decided")
    assert _roles(content)["COST"] == ("JA", "HE")
    changed = {(c["module"], c["role"]): c["from"] for c in plan()["changes"]}
    assert changed[("COST", "a")] == "JA"


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


# -- gates, minimums and waves on a pack small enough to see through


@pytest.fixture
def small(assess, tmp_path):
    place = tmp_path / "workspace"

    def run(*rows, pack=PACK):
        folder = write_pack(tmp_path / "pack", pack=pack)
        assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
        path = write_ratings(tmp_path / "r.csv", *rows)
        done = assess("import", "ratings", path, "--create", "--workspace", place)
        assert done.code == 0, done.err
        return place

    return run


def test_b_may_miss_one_minimum_by_half_a_step_and_no_more(assess, small):
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=5, AVL=5),
        *interview_rows("Y", "R1", BPM=3, OWN=4, AVL=4),
    ]
    content = assess("plan", "--json", "--workspace", small(*rows)).json
    assert _roles(content)["PROC"] == ("X", "Y")
    assert "development plan" in " ".join(content["modules"][0]["roles"]["b"]["why"])


def test_who_misses_a_minimum_by_more_stays_out_and_the_minimum_is_named(assess, small):
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=5, AVL=5),
        *interview_rows("Y", "R1", BPM=2.9, OWN=4, AVL=4),
    ]
    content = assess("plan", "--json", "--workspace", small(*rows)).json
    assert _roles(content)["PROC"] == ("X", None)
    (one,) = content["infeasible"]
    assert (one["role"], one["rule"]) == ("b", "minimum")
    assert "BPM" in one["relaxation"]
    assert {f["kind"]: f["level"] for f in content["modules"][0]["flags"]}["no_b"] == "red"


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
    path = write_ratings(tmp_path / "g.csv", "X,R1,PROC-G1,yes", "Y,R1,PROC-G1,yes")
    assert assess("import", "ratings", path, "--workspace", place).code == 0
    assert assess(*words).code == 0


def test_a_plan_can_be_read_as_of_a_day(assess, tmp_path):
    rows = [row + ",2026-03-01" for row in interview_rows("X", "R1", BPM=5, OWN=5, AVL=5)]
    later = [row + ",2026-05-01" for row in interview_rows("Y", "R1", BPM=4, OWN=4, AVL=4)]
    place = tmp_path / "workspace"
    folder = write_pack(tmp_path / "pack")
    assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
    path = write_ratings(tmp_path / "r.csv", *rows, *later, header="candidate,rater,item,value,at")
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    assert _roles(assess("plan", "--json", "--workspace", place).json)["PROC"] == ("X", "Y")
    past = assess("plan", "--json", "--as-of", "2026-04-01", "--workspace", place).json
    assert _roles(past)["PROC"] == ("X", None)
    ranked = assess("rank", "--json", "--as-of", "2026-04-01", "--workspace", place).json
    states = {c["candidate"]: c["score"] for c in ranked["modules"][0]["candidates"]}
    assert states["Y"] is None
    assert states["X"] == pytest.approx(100)


def test_an_engagement_without_anybody_has_an_empty_plan(assess, tmp_path):
    place = tmp_path / "workspace"
    folder = write_pack(tmp_path / "pack")
    assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
    content = assess("plan", "--worst", "--json", "--workspace", place).json
    assert _roles(content)["PROC"] == (None, None)
    assert content["cover"] == 0
    assert content["people"] == []
    assert {one["rule"] for one in content["infeasible"]} == {"people"}
    assert assess("develop", "--json", "--workspace", place).json["training"] == []


def test_a_whole_pool_that_leaves_leaves_every_role_open(assess, riverside, plan):
    everybody = [c["candidate"] for c in assess(
        "rank", "PLAN", "--json", "--workspace", riverside
    ).json["modules"][0]["candidates"]]  # fmt: skip
    content = plan("--without", *everybody)
    assert _roles(content)["PLAN"] == (None, None)
    lost = {one["competency"] for one in content["nobody_left"] if one["module"] == "PLAN"}
    assert {"BPM", "XFV", "BRG"} <= lost


def test_all_open_roles_together_name_one_way_out(plan):
    content = plan("--phase", "cutover")
    assert len(content["infeasible"]) > 1
    assert content["way_out"].count("capacity from") == len(content["infeasible"])
    assert plan()["way_out"] is None


# -- sites and shifts, exports, waves


def _with_night_shift(pack):
    module = pack[pack.index("  - id: PROC") : pack.index("  - id: COST")]
    night = module.replace("id: PROC\n", "id: PROC-N\n").replace("Procurement", "Night shift")
    return pack.replace("  - id: COST", night + "  - id: COST", 1)


def test_a_shift_is_one_more_module_with_people_of_its_own(assess, tmp_path):
    place = tmp_path / "workspace"
    folder = write_pack(tmp_path / "pack", pack=_with_night_shift(PACK))
    modules = "PROC,PROC-N"
    assess("init", "--name", "T", "--pack", folder, "--modules", modules, "--workspace", place)
    roster = tmp_path / "roster.csv"
    rows = ["A,PROC,Day", "B,PROC,Day", "C,PROC-N,Night", "D,PROC-N,Night", "E,PROC;PROC-N,Float"]
    roster.write_text("\n".join(["candidate,modules,team", *rows]) + "\n", encoding="utf-8")
    assert assess("import", "roster", roster, "--workspace", place).code == 0
    values = {"A": 5, "B": 4, "C": 5, "D": 4, "E": 4}
    ratings = [
        row
        for code, value in values.items()
        for row in interview_rows(code, "R1", BPM=value, OWN=value, AVL=value)
    ]
    path = write_ratings(tmp_path / "r.csv", *ratings)
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    assess("facts", "PROC-N", "handover_days=45", "--workspace", place)
    content = assess("plan", "--json", "--workspace", place).json
    roles = _roles(content)
    assert set(roles) == {"PROC", "PROC-N"}
    # each shift has its own two, and who floats stands behind both to keep the teams apart
    assert {roles["PROC"][0], roles["PROC-N"][0]} == {"A", "C"}
    assert roles["PROC"][1] == roles["PROC-N"][1] == "E"
    raised = {m["module"]: {f["id"] for f in m["flags"] if f["level"] == "red"} for m in
              content["modules"]}  # fmt: skip
    assert "handover" in raised["PROC-N"]
    assert "handover" not in raised["PROC"]
    gone = assess("plan", "--without-team", "Night", "--json", "--workspace", place).json
    assert [m["module"] for m in gone["same_day"]["modules"]] == ["PROC-N"]


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
    assert {row["module"]: (row["a"], row["b"]) for row in sheets["Plan"]} == _roles(content)
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
