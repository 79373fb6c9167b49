"""Figures of ``rank --json`` and ``explain --json`` against calculations by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pack import INTERVIEW, PACK, interview_rows, write_pack, write_ratings

WORKED = {"BPM": 4, "GAP": 4, "BRG": 4, "OWN": 4} | dict.fromkeys(
    ("XFV", "MDM", "DOC", "SYS", "COA", "AVL"), 3
)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def rate(assess, place, tmp_path):
    """Start an engagement with a pack and rate from rows; gives PROC's ranking."""

    def run(*rows, header="candidate,rater,item,value", modules="PROC", **files):
        pack = write_pack(tmp_path / "pack", **files)
        started = assess(
            "init", "--name", "T", "--pack", pack, "--modules", modules, "--workspace", place
        )
        assert started.code == 0, started.err
        path = write_ratings(tmp_path / "r.csv", *rows, header=header)
        done = assess("import", "ratings", path, "--create", "--workspace", place)
        assert done.code == 0, done.err
        ranked = assess("rank", "--json", "--workspace", place).json
        return {one["candidate"]: one for one in ranked["modules"][0]["candidates"]}

    return run


def test_the_worked_example_gives_62(assess, place, tmp_path):
    assess("init", "--name", "W", "--modules", "COST", "--workspace", place)
    path = write_ratings(tmp_path / "r.csv", *interview_rows("X", "R1", **WORKED))
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    (one,) = assess("rank", "COST", "--json", "--workspace", place).json["modules"][0]["candidates"]
    assert one["score"] == pytest.approx(62.0, abs=1e-9)
    assert one["coverage"] == 100
    explained = assess("explain", "X", "COST", "--json", "--workspace", place).json
    assert sum(line["points"] for line in explained["lines"]) == pytest.approx(62.0, abs=1e-9)
    for line in explained["lines"]:
        parts = ("raw_points", "item_mix", "severity", "agreed", "knowledge")
        assert sum(line[part] for part in parts) == pytest.approx(line["points"], abs=1e-9)


def test_a_score_is_the_weighted_mean_of_the_competencies(rate):
    one = rate(*interview_rows("X", "R1", BPM=4, OWN=3, AVL=5))["X"]
    assert one["score"] == pytest.approx(0.5 * 75 + 0.3 * 50 + 0.2 * 100)
    assert one["band"] == one["status"] == "backup"


def test_missing_competencies_rescale_the_weights_and_open_the_bounds(rate):
    one = rate(*interview_rows("X", "R1", BPM=4, OWN=3))["X"]
    assert one["coverage"] == pytest.approx(80)
    assert one["score"] == pytest.approx((0.5 * 75 + 0.3 * 50) / 0.8)
    assert one["bounds"] == pytest.approx([52.5, 72.5])
    assert one["release_open"] is True
    assert one["status"] == "backup"


def test_knowledge_is_corrected_for_guessing_and_carries_its_share(rate):
    rows = interview_rows("X", "R1", BPM=4, OWN=3, AVL=5)
    right, wrong = [f"X,R1,K{n},A" for n in range(1, 5)], ["X,R1,K5,B"]
    one = rate(*rows, *right, *wrong)["X"]
    known = 100 * (0.8 - 0.25) / 0.75
    assert one["score"] == pytest.approx(0.5 * (0.6 * 75 + 0.4 * known) + 0.3 * 50 + 0.2 * 100)


def test_an_item_left_open_in_a_submitted_check_scores_nothing(rate):
    rows = interview_rows("X", "R1", BPM=4, OWN=3, AVL=5)
    one = rate(*rows, *[f"X,R1,K{n},A" for n in range(1, 5)])["X"]
    known = 100 * (0.8 - 0.25) / 0.75
    assert one["score"] == pytest.approx(0.5 * (0.6 * 75 + 0.4 * known) + 0.3 * 50 + 0.2 * 100)


def test_an_item_not_asked_drops_out_of_the_check(rate):
    rows = interview_rows("X", "R1", BPM=4, OWN=3, AVL=5)
    one = rate(*rows, *[f"X,R1,K{n},A" for n in range(1, 5)], "X,R1,K5,not_asked")["X"]
    assert one["score"] == pytest.approx(0.5 * (0.6 * 75 + 0.4 * 100) + 0.3 * 50 + 0.2 * 100)


def test_fewer_than_four_keyed_answers_carry_nothing_and_the_account_says_so(assess, place, rate):
    rows = interview_rows("X", "R1", BPM=4, OWN=3, AVL=5)
    one = rate(*rows, *[f"X,R1,K{n},A" for n in range(1, 4)])["X"]
    assert one["score"] == pytest.approx(0.5 * 75 + 0.3 * 50 + 0.2 * 100)
    told = assess("explain", "X", "PROC", "--workspace", place)
    assert "fewer than four" in told.out


def test_bounds_are_told_only_while_something_is_missing(assess, place, rate):
    rate(*interview_rows("X", "R1", BPM=4, OWN=3, AVL=5))
    assert "whatever is missing" not in assess("explain", "X", "PROC", "--workspace", place).out
    rows = write_ratings(place.parent / "y.csv", *interview_rows("Y", "R1", BPM=4, OWN=3))
    assert assess("import", "ratings", rows, "--create", "--workspace", place).code == 0
    assert "whatever is missing" in assess("explain", "Y", "PROC", "--workspace", place).out


@pytest.mark.parametrize(
    ("value", "state"), [(3.5, "met"), (3.49, "missed"), (4, "met")], ids=["at", "under", "over"]
)
def test_a_minimum_is_met_at_its_value(rate, value, state):
    one = rate(*interview_rows("X", "R1", BPM=value, OWN=3, AVL=5))["X"]
    (minimum,) = [m for m in one["minimums"] if m["competency"] == "BPM"]
    assert minimum["state"] == state
    assert minimum["value"] == pytest.approx(value)
    assert one["status"] == ("below_minimum" if state == "missed" else "backup")
    assert (one["rank"] is None) == (state == "missed")


def test_who_lacks_a_must_have_is_never_ranked_however_high_the_rest(rate):
    pack = PACK.replace("weights: {BPM: 50, OWN: 30, AVL: 20}", "weights: {BPM: 85, OWN: 15}")
    pack = pack.replace(", AVL: 3.0}", "}")
    one = rate(*interview_rows("X", "R1", BPM=5), "X,R1,OWN-1,5", pack=pack)["X"]
    assert one["score"] == pytest.approx(100)
    assert one["coverage"] == pytest.approx(85)
    assert (one["status"], one["rank"]) == ("incomplete", None)
    assert one["minimums"][1]["state"] == "not_established"


def test_who_was_never_asked_is_listed_without_a_score(assess, place, rate, tmp_path):
    rate(*interview_rows("X", "R1", BPM=4, OWN=3, AVL=5))
    roster = tmp_path / "roster.csv"
    roster.write_text("candidate,name\nY,Yun\n", encoding="utf-8")
    assert assess("import", "roster", roster, "--workspace", place).code == 0
    ranked = assess("rank", "PROC", "--json", "--workspace", place).json
    other = ranked["modules"][0]["candidates"][1]
    assert (other["candidate"], other["score"], other["coverage"]) == ("Y", None, 0)
    assert other["status"] == "incomplete"
    assert other["bounds"] == [0, 100]


def test_an_agreed_value_stands_instead_of_the_ratings(assess, place, rate):
    rows = interview_rows("X", "R1", BPM=5, OWN=3, AVL=3) + interview_rows(
        "X", "R2", BPM=2, OWN=3, AVL=3
    )
    pack = PACK + "priors: {strength: 0}\n"
    before = rate(*rows, pack=pack)["X"]["score"]
    assert before == pytest.approx(0.5 * 62.5 + 0.5 * 50)
    for item in ("BPM-1", "BPM-2"):
        done = assess("agree", "X", item, 4, "--reason", "read together", "--workspace", place)
        assert done.code == 0, done.err
    explained = assess("explain", "X", "PROC", "--json", "--workspace", place).json
    (line,) = [line for line in explained["lines"] if line["competency"] == "BPM"]
    assert explained["score"] == pytest.approx(0.5 * 75 + 0.5 * 50)
    assert line["agreed"] == pytest.approx(0.5 * 12.5)
    told = assess("panel", "--json", "--workspace", place).json["differences"]
    assert {(one["agreed"], one["reason"]) for one in told} == {(4, "read together")}


def test_an_item_of_one_module_counts_in_no_other(rate, assess, place):
    interview = INTERVIEW.replace(
        "{id: BPM-2, type: rating, competency: BPM, ask: Why}",
        "{id: BPM-2, type: rating, competency: BPM, ask: Why}\n"
        "      - {id: BPM-P, type: rating, modules: [PROC], competency: BPM, ask: Bids}",
    )
    # X and Y mirror each other, so that no item is harder than another and nothing is corrected
    given = {"X": (3, 3, 5), "Y": (5, 5, 3)}
    rows = [
        f"{candidate},R1,{item},{value}"
        for candidate, values in given.items()
        for item, value in zip(("BPM-1", "BPM-2", "BPM-P"), values, strict=True)
    ]
    rate(*rows, interview=interview, modules="PROC,COST")
    values = {
        module: next(
            line["value"]
            for line in assess("explain", "X", module, "--json", "--workspace", place).json["lines"]
            if line["competency"] == "BPM"
        )
        for module in ("PROC", "COST")
    }
    assert values["COST"] == pytest.approx(3)
    assert values["PROC"] == pytest.approx(11 / 3)


def test_a_later_wave_takes_over_only_what_it_asked(assess, place, rate, tmp_path):
    rate(*interview_rows("X", "R1", BPM=4, OWN=3, AVL=5))
    later = write_ratings(tmp_path / "m1.csv", *interview_rows("X", "R1", OWN=5, AVL=5))
    done = assess("import", "ratings", later, "--wave", "M1", "--workspace", place)
    assert done.code == 0, done.err
    now = assess("explain", "X", "PROC", "--json", "--workspace", place).json
    assert now["wave"] == "M1"
    assert {line["competency"]: line["wave"] for line in now["lines"]} == {
        "BPM": "M0",
        "OWN": "M1",
        "AVL": "M1",
    }
    assert now["score"] == pytest.approx(0.5 * 75 + 0.3 * 100 + 0.2 * 100)
    then = assess("explain", "X", "PROC", "--json", "--wave", "M0", "--workspace", place).json
    assert then["score"] == pytest.approx(0.5 * 75 + 0.3 * 50 + 0.2 * 100)


def test_a_hidden_item_keeps_its_answer_but_counts_nowhere(rate):
    interview = INTERVIEW.replace(
        "ask: When}", "ask: When, when: {item: OWN-1, at_least: 3}}"
    ).replace("ask: Whose}", "ask: Whose}")
    pack = PACK.replace("min_items: 2", "min_items: 1").replace("OWN: 2.5, ", "")
    rows = [*interview_rows("X", "R1", BPM=4, AVL=5), "X,R1,OWN-1,2", "X,R1,OWN-2,5"]
    one = rate(*rows, interview=interview, pack=pack)["X"]
    assert one["score"] == pytest.approx(0.5 * 75 + 0.3 * 25 + 0.2 * 100)


def test_the_demonstration_ranks_jia_first_in_every_module(assess, riverside: Path):
    ranked = assess("rank", "--json", "--workspace", riverside).json
    assert [m["module"] for m in ranked["modules"]] == ["COST", "PLAN", "PROC"]
    for module in ranked["modules"]:
        assert module["candidates"][0]["candidate"] == "JA"
        states = {one["candidate"]: one["status"] for one in module["candidates"]}
        if module["module"] == "PROC":
            assert (states["MO"], states["TA"]) == ("below_minimum", "incomplete")
    (fei,) = [c for c in ranked["modules"][1]["candidates"] if c["candidate"] == "FE"]
    assert fei["release_open"] is True
