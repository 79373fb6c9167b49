"""Versions of a pack under stored answers: diff, migrate, versions, both results side by side."""

from __future__ import annotations

import json

import pytest
from small_pack import INTERVIEW, PACK, interview_rows, write_pack, write_ratings


@pytest.fixture
def place(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def rated(assess, place, tmp_path):
    """An engagement in which X and Y were rated under version 1.0.0."""
    pack = write_pack(tmp_path / "old")
    assess("init", "--name", "T", "--pack", pack, "--workspace", place)
    rows = [
        *interview_rows("X", "R1", BPM=5, OWN=2, AVL=4),
        *interview_rows("Y", "R1", BPM=3, OWN=4, AVL=3),
    ]
    ratings = write_ratings(tmp_path / "r.csv", *rows)
    done = assess("import", "ratings", ratings, "--create", "--workspace", place)
    assert done.code == 0, done.err
    return pack


@pytest.fixture
def newer(tmp_path):
    """Write version 1.1.0 with texts changed; gives its folder."""

    def run(pack=(), interview=(), version="1.1.0", name="new"):
        texts = {"pack": PACK.replace("version: 1.0.0", f"version: {version}")}
        texts["interview"] = INTERVIEW
        for which, edits in (("pack", pack), ("interview", interview)):
            for old, new in edits:
                assert texts[which].count(old) == 1, old
                texts[which] = texts[which].replace(old, new)
        return write_pack(tmp_path / name, **texts)

    return run


WEIGHTS = (("weights: {BPM: 50, OWN: 30, AVL: 20}", "weights: {BPM: 20, OWN: 60, AVL: 20}"),)


def changes(done):
    assert done.code == 0, done.err
    told = json.loads(done.out)
    return told, {(c["effect"], c["kind"], c["subject"], c["answers"]) for c in told["changes"]}


def test_a_diff_says_what_becomes_of_the_answers_stored(assess, place, rated, newer):
    new = newer(
        pack=[*WEIGHTS, ("languages: [en]", "languages: [en]\nretired: [AVL-2]")],
        interview=[
            ("id: BPM-1,", "id: BPM-A, was: [BPM-1],"),
            ("ask: Why", "ask: For what reason"),
            (
                "      - {id: AVL-2, type: rating, competency: AVL, ask: Notes}\n",
                "      - {id: AVL-3, type: rating, competency: AVL, ask: Stand-in}\n",
            ),
        ],
    )
    told, found = changes(assess("pack", "diff", rated, new, "--json", "--workspace", place))
    assert ("carried", "renamed", "BPM-1", 2) in found
    assert ("kept", "retired", "AVL-2", 2) in found
    assert ("words", "words", "BPM-2", 2) in found
    assert ("asked", "added", "AVL-3", 0) in found
    assert {kind for effect, kind, _s, _n in found if effect == "counts"} == {"weights"}
    assert (told["refused"], told["needs_reason"]) == (False, True)
    words = next(c for c in told["changes"] if c["effect"] == "words")
    assert (words["old"], words["new"]) == ("Why", "For what reason")


def test_a_diff_without_a_workspace_counts_nothing(assess, rated, newer, monkeypatch):
    monkeypatch.delenv("ASSESS_WORKSPACE", raising=False)
    _told, found = changes(assess("pack", "diff", rated, newer(pack=WEIGHTS), "--json"))
    assert found == {("counts", "weights", "PROC", None)}


REFUSED = {
    "an item that vanishes": (
        [("      - {id: AVL-2, type: rating, competency: AVL, ask: Notes}\n", "")],
        "AVL-2: gone: name it under 'was'",
    ),
    "an item that changes its type": (
        [("{id: BPM-2, type: rating, competency: BPM,", "{id: BPM-2, type: text,")],
        "BPM-2: changes its type from rating to text",
    ),
    "an item rated on another scale": (
        [("{id: BPM-2, type: rating,", "{id: BPM-2, type: rating, scale: {from: 0, to: 10},")],
        "BPM-2: is rated from 0 to 10 instead of 1 to 5",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_lose_answers_is_refused_and_changes_nothing(assess, place, rated, newer, case):
    edits, said = REFUSED[case]
    before = assess("rank", "--json", "--workspace", place).out
    done = assess("pack", "migrate", newer(interview=edits), "--workspace", place)
    assert done.code == 2
    assert said in done.err
    assert assess("rank", "--json", "--workspace", place).out == before


def test_nobody_answered_so_nothing_is_lost(assess, place, tmp_path, newer):
    pack = write_pack(tmp_path / "old")
    assess("init", "--name", "T", "--pack", pack, "--workspace", place)
    new = newer(interview=REFUSED["an item that vanishes"][0], pack=WEIGHTS)
    done = assess("pack", "migrate", new, "--workspace", place)
    assert done.code == 0, done.err


def test_the_same_version_with_other_content_is_refused(assess, place, rated, newer):
    done = assess(
        "pack",
        "migrate",
        newer(pack=WEIGHTS, version="1.0.0"),
        "--reason",
        "r",
        "--workspace",
        place,
    )
    assert done.code == 2
    assert "write another version" in done.err


def test_other_weights_take_a_reason_and_both_results_stay(assess, place, rated, newer):
    new = newer(pack=WEIGHTS)
    before = json.loads(assess("rank", "--json", "--workspace", place).out)
    asked = assess("pack", "migrate", new, "--workspace", place)
    assert asked.code == 2
    assert "PROC: other weights: BPM 50 → 20, OWN 30 → 60" in asked.err
    assert "--reason" in asked.err
    done = assess("pack", "migrate", new, "--reason", "panel of May", "--workspace", place)
    assert done.code == 0, done.err
    after = json.loads(assess("rank", "--json", "--workspace", place).out)
    assert after["pack"]["version"] == "1.1.0"
    assert after["modules"] != before["modules"]
    earlier = assess("rank", "--json", "--pack-version", "1.0.0", "--workspace", place)
    assert json.loads(earlier.out) == before
    told = json.loads(assess("pack", "versions", "--json", "--workspace", place).out)["versions"]
    assert [(v["version"], v["reason"], v["answers"], v["now"]) for v in told] == [
        ("1.0.0", "", 12, False),
        ("1.1.0", "panel of May", 0, True),
    ]
    beside = json.loads(assess("pack", "compare", "--json", "--workspace", place).out)
    scores = {
        (m["module"], c["candidate"]): c["score"]
        for m in before["modules"]
        for c in m["candidates"]
    }
    assert {(c["module"], c["candidate"]): c["old_score"] for c in beside["candidates"]} == scores
    lines = assess("pack", "compare", "PROC", "--workspace", place)
    assert "panel of May" in lines.err
    assert lines.out.splitlines()[0].split("  ")[0] == "module"


def test_answers_come_along_under_another_id_and_can_still_be_read_the_old_way(
    assess, place, rated, newer
):
    before = json.loads(assess("rank", "--json", "--workspace", place).out)
    new = newer(interview=[("id: BPM-1,", "id: BPM-A, was: [BPM-1],")])
    assert assess("pack", "migrate", new, "--workspace", place).code == 0
    after = json.loads(assess("rank", "--json", "--workspace", place).out)
    assert after["modules"] == before["modules"]
    earlier = assess("rank", "--json", "--pack-version", "1.0.0", "--workspace", place)
    assert json.loads(earlier.out)["modules"] == before["modules"]


def test_an_id_used_two_versions_ago_may_not_be_forgotten(assess, place, rated, newer):
    second = newer(interview=[("id: BPM-1,", "id: BPM-A, was: [BPM-1],")])
    assert assess("pack", "migrate", second, "--workspace", place).code == 0
    third = newer(
        interview=[("id: BPM-1,", "id: BPM-B, was: [BPM-A],")], version="1.2.0", name="third"
    )
    done = assess("pack", "migrate", third, "--workspace", place)
    assert done.code == 2
    assert "BPM-1" in done.err
    whole = newer(
        interview=[("id: BPM-1,", "id: BPM-B, was: [BPM-A, BPM-1],")],
        version="1.2.0",
        name="whole",
    )
    assert assess("pack", "migrate", whole, "--workspace", place).code == 0


def test_the_answer_to_a_split_item_counts_once_in_its_first_part(assess, place, rated, newer):
    new = newer(
        interview=[
            (
                "      - {id: BPM-1, type: rating, competency: BPM, ask: How}\n",
                "      - {id: BPM-1A, type: rating, competency: BPM, ask: How, was: [BPM-1]}\n"
                "      - {id: BPM-1B, type: rating, competency: BPM, ask: So, was: [BPM-1]}\n",
            )
        ]
    )
    _told, found = changes(assess("pack", "diff", rated, new, "--json", "--workspace", place))
    assert found == {("carried", "split", "BPM-1", 2)}
    before = json.loads(assess("rank", "COST", "--json", "--workspace", place).out)
    assert assess("pack", "migrate", new, "--workspace", place).code == 0
    after = json.loads(assess("rank", "COST", "--json", "--workspace", place).out)
    assert after["modules"] == before["modules"]


def test_retired_answers_stay_stored_and_count_nowhere(assess, place, rated, newer):
    new = newer(
        pack=[("languages: [en]", "languages: [en]\nretired: [BPM-1]")],
        interview=[("id: BPM-1,", "id: BPM-3,")],
    )
    assert assess("pack", "migrate", new, "--workspace", place).code == 0
    told = json.loads(assess("rank", "COST", "--json", "--workspace", place).out)
    assert {c["status"] for c in told["modules"][0]["candidates"]} == {"incomplete"}
    versions = json.loads(assess("pack", "versions", "--json", "--workspace", place).out)
    assert versions["versions"][0]["answers"] == 12


def test_an_engagement_goes_over_to_a_private_pack_on_top_of_its_own(
    assess, place, rated, tmp_path
):
    top = tmp_path / "top"
    top.mkdir()
    (top / "pack.yaml").write_text(
        "pack: private\nversion: 1.0.0\nextends: ../old\ntitle: Private\npolicy: {top: 2}\n"
    )
    done = assess("pack", "migrate", top, "--reason", "our own", "--workspace", place)
    assert done.code == 0, done.err
    told = json.loads(assess("rank", "--json", "--workspace", place).out)
    assert told["pack"]["id"] == "private"
    assert assess("verify", "--workspace", place).code == 0


def test_a_version_that_was_never_used_is_named_with_those_that_were(assess, place, rated):
    done = assess("rank", "--pack-version", "9.9.9", "--workspace", place)
    assert done.code == 2
    assert "small-1.0.0" in done.err
    assert assess("pack", "compare", "--workspace", place).code == 2
