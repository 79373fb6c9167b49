"""``assess plan``: pins, bars, departures, open roles, days of the past."""

from __future__ import annotations

import pytest
from small_pack import PACK, interview_rows, roles_of, write_pack, write_ratings


def test_cover_is_what_its_formula_says(plan):
    content = plan()
    values = [m["roles"][role]["value"] for m in content["modules"] for role in ("a", "b")]
    assert content["cover"] == pytest.approx(100 * sum(values) / (2 * 3 * 100))
    assert "100 ×" in content["formula"]
    assert content["next_best"]["cover"] <= content["cover"]
    assert content["proven"] is True


def test_a_pin_is_kept_and_a_bar_too(plan):
    content = plan("--pin", "COST.a=HE", "--bar", "JA", "--bar", "PLAN=QI")
    roles = roles_of(content)
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
    roles, was = roles_of(content), roles_of(before)
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


def test_a_departure_is_held_against_the_plan_that_keeps_to_the_decisions(assess, riverside, plan):
    a, b = roles_of(plan())["COST"][0], "WE"
    words = ("decide", "PROC", "--a", a, "--b", b, "--by", "Cheng", "--reason", "leads it already")
    assert assess(*words, "--workspace", riverside).code == 0
    kept = plan("--pin", f"PROC.a={a}", f"PROC.b={b}")
    assert roles_of(kept)["COST"][0] != a  # nobody is A twice
    assert plan("--without", "RO")["cover_before"] == pytest.approx(kept["cover"])


def test_a_hand_over_to_nobody_yet_names_only_who_leaves(plan):
    a, b = roles_of(plan())["COST"]
    kit = next(k for k in plan("--without", a, b)["kit"] if k["module"] == "COST")
    lines = [one["what"] for one in kit["handover"] if "one real case" in one["what"]]
    assert lines
    assert all(a in line and "–" not in line for line in lines)


def test_the_most_painful_departure_is_as_bad_as_it_says(plan):
    worst = plan("--worst")["worst"]
    assert worst["tried"] == 12 + 12 * 11 // 2
    first = worst["single"][0]
    assert plan("--without", *first["people"])["cover"] == pytest.approx(first["cover"])
    for other in ("JA", "HE", "QI", "LU", "AN"):
        assert plan("--without", other)["cover"] >= first["cover"] - 1e-6
    pair = worst["pair"][0]
    assert plan("--without", *pair["people"])["cover"] == pytest.approx(pair["cover"])


def test_b_may_miss_one_minimum_by_half_a_step_and_no_more(assess, small):
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=5, AVL=5),
        *interview_rows("Y", "R1", BPM=3, OWN=4, AVL=4),
    ]
    content = assess("plan", "--json", "--workspace", small(*rows)).json
    assert roles_of(content)["PROC"] == ("X", "Y")
    assert "development plan" in " ".join(content["modules"][0]["roles"]["b"]["why"])


def test_who_misses_a_minimum_by_more_stays_out_and_the_minimum_is_named(assess, small):
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=5, AVL=5),
        *interview_rows("Y", "R1", BPM=2.9, OWN=4, AVL=4),
    ]
    content = assess("plan", "--json", "--workspace", small(*rows)).json
    assert roles_of(content)["PROC"] == ("X", None)
    (one,) = content["infeasible"]
    assert (one["role"], one["rule"]) == ("b", "minimum")
    assert "BPM" in one["relaxation"]
    assert {f["kind"]: f["level"] for f in content["modules"][0]["flags"]}["no_b"] == "red"


def test_a_plan_can_be_read_as_of_a_day(assess, tmp_path):
    rows = [row + ",2026-03-01" for row in interview_rows("X", "R1", BPM=5, OWN=5, AVL=5)]
    later = [row + ",2026-05-01" for row in interview_rows("Y", "R1", BPM=4, OWN=4, AVL=4)]
    place = tmp_path / "workspace"
    folder = write_pack(tmp_path / "pack")
    assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
    path = write_ratings(tmp_path / "r.csv", *rows, *later, header="candidate,rater,item,value,at")
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    assert roles_of(assess("plan", "--json", "--workspace", place).json)["PROC"] == ("X", "Y")
    past = assess("plan", "--json", "--as-of", "2026-04-01", "--workspace", place).json
    assert roles_of(past)["PROC"] == ("X", None)
    ranked = assess("rank", "--json", "--as-of", "2026-04-01", "--workspace", place).json
    states = {c["candidate"]: c["score"] for c in ranked["modules"][0]["candidates"]}
    assert states["Y"] is None
    assert states["X"] == pytest.approx(100)


def test_an_engagement_without_anybody_has_an_empty_plan(assess, tmp_path):
    place = tmp_path / "workspace"
    folder = write_pack(tmp_path / "pack")
    assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
    content = assess("plan", "--worst", "--json", "--workspace", place).json
    assert roles_of(content)["PROC"] == (None, None)
    assert content["cover"] == 0
    assert content["people"] == []
    assert {one["rule"] for one in content["infeasible"]} == {"people"}
    assert assess("develop", "--json", "--workspace", place).json["training"] == []


def test_a_whole_pool_that_leaves_leaves_every_role_open(assess, riverside, plan):
    everybody = [c["candidate"] for c in assess(
        "rank", "PLAN", "--json", "--workspace", riverside
    ).json["modules"][0]["candidates"]]  # fmt: skip
    content = plan("--without", *everybody)
    assert roles_of(content)["PLAN"] == (None, None)
    lost = {one["competency"] for one in content["nobody_left"] if one["module"] == "PLAN"}
    assert {"BPM", "XFV", "BRG"} <= lost


def test_all_open_roles_together_name_one_way_out(plan):
    content = plan("--phase", "cutover")
    assert len(content["infeasible"]) > 1
    assert content["way_out"].count("capacity from") == len(content["infeasible"])
    assert plan()["way_out"] is None


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
    roles = roles_of(content)
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
