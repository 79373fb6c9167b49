"""Calibration: samples rated once per rater, the master told afterwards, the distance to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laptops import PACK, begin, copied

from assess.errors import BadInput
from assess.model.ids import new_ulid
from assess.workspace.agreeing import raters
from assess.workspace.calibration import calibration, distances, due
from assess.workspace.conflicts import conflicts
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

SAMPLES = b"""\
calibration:
  - {id: S1, item: BPM-1, answer: I waited., master: 2, reason: No own part.}
  - {id: S2, item: BPM-2, answer: I traced it., master: 4, reason: A cause is named.}
  - {id: S3, item: OWN-1, answer: I saw to it., master: 3, reason: A result.}
"""
SAMPLED = PACK | {"calibration.yaml": SAMPLES}


@pytest.fixture
def anna(tmp_path):
    return begin(tmp_path / "anna", pack=SAMPLED)


def test_the_master_is_told_after_the_own_rating_is_stored_and_not_before(anna):
    mine = calibration(anna, "R1")
    assert mine.verdict("S1") is None
    verdict = mine.rate("S1", 3)
    assert (verdict.value, verdict.master, verdict.distance) == (3, 2, -25)
    assert calibration(Workspace.open(anna.place), "R1").verdict("S1") == verdict


def test_the_order_is_that_of_the_file_for_everybody(anna):
    for rater in ("R1", "R2", "new"):
        assert [one.id for one in calibration(anna, rater).samples] == ["S1", "S2", "S3"]


def test_a_new_code_is_added_with_its_first_rating(anna):
    mine = calibration(anna, "new")
    assert "new" not in anna.raters()
    mine.rate("S1", 3)
    assert "new" in anna.raters()


def test_it_goes_on_at_the_first_sample_without_a_rating(anna):
    calibration(anna, "R1").rate("S1", 3)
    assert calibration(anna, "R1").next_open().id == "S2"


def test_the_first_rating_stands_because_the_master_is_known_afterwards(anna):
    mine = calibration(anna, "R1")
    mine.rate("S1", 5)
    assert mine.rate("S1", 2).value == 5
    assert len(anna.heads("calibrated")) == 1


@pytest.mark.parametrize("value", [0, 6, True, float("nan")])
def test_a_value_outside_the_scale_is_refused_and_nothing_stored(anna, value):
    with pytest.raises(BadInput):
        calibration(anna, "R1").rate("S1", value)
    assert anna.heads("calibrated") == []


def test_the_distance_is_signed_like_severity_and_absolute(anna):
    mine = calibration(anna, "R1")
    mine.rate("S1", 1)  # 25 points below the master
    mine.rate("S2", 5)  # 25 points above
    mine.rate("S3", 1)  # 50 below
    found = distances(anna)["R1"]
    assert (found.rated, found.of) == (3, 3)
    assert found.signed == pytest.approx(50 / 3)
    assert found.absolute == pytest.approx(100 / 3)
    assert distances(anna)["R2"].signed is None


def test_an_interviewer_sees_the_own_distance_alone(anna):
    calibration(anna, "R1").rate("S1", 1)
    anna.me = "R2"
    assert list(distances(anna)) == ["R2"]


def test_samples_are_due_until_rated_or_until_the_first_interview_began(anna):
    assert due(anna, "R1")
    for sample in ("S1", "S2", "S3"):
        calibration(anna, "R1").rate(sample, 3)
    assert not due(anna, "R1")
    assert due(anna, "R2")
    anna.interview("KA", "R2").answer("BPM-1", 3)
    assert not due(anna, "R2")


def test_a_pack_without_samples_asks_for_nothing(tmp_path):
    plain = begin(tmp_path / "plain")
    assert not due(plain, "R1")
    assert distances(plain) == {}
    with pytest.raises(BadInput, match="no sample answers"):
        calibration(plain, "R1")


def test_no_score_changes(anna):
    for rater in ("R1", "R2"):
        session = anna.interview("KA", rater)
        for item, value in (("BPM-1", 3), ("BPM-2", 4), ("OWN-1", 2)):
            session.answer(item, value)
    before = anna.rank()
    for sample in ("S1", "S2", "S3"):
        calibration(anna, "R1").rate(sample, 1)
    after = anna.rank()
    assert after.modules == before.modules


def test_the_raters_report_carries_it_also_for_who_has_rated_nobody_yet(anna):
    anna.interview("KA", "R1").answer("BPM-1", 3)
    calibration(anna, "R2").rate("S1", 1)
    told = raters(anna).as_json()
    assert told["calibration"] == {
        "R1": {"rated": 0, "of": 3, "signed": None, "absolute": None},
        "R2": {"rated": 1, "of": 3, "signed": 25.0, "absolute": 25.0},
    }
    assert told["raters"][0]["calibration"] == told["calibration"]["R1"]


def test_merged_in_any_order_and_twice_the_oldest_rating_stands_without_a_conflict(anna, tmp_path):
    bo = copied(tmp_path / "anna", tmp_path / "bo")
    calibration(anna, "R1").rate("S1", 3)
    calibration(bo, "R1").rate("S1", 5)
    calibration(bo, "R1").rate("S2", 4)
    merge(anna, [bo.place])
    merge(bo, [anna.place])
    merge(bo, [anna.place])
    for place in (anna, bo):
        mine = calibration(place, "R1")
        assert (mine.verdict("S1").value, mine.verdict("S2").value) == (3, 4)
        assert conflicts(place) == []


def test_a_rating_from_elsewhere_that_is_no_number_stops_the_merge(anna, tmp_path):
    bo = copied(tmp_path / "anna", tmp_path / "bo")
    bo.add({"kind": "calibrated", "rater": "R1", "sample": "S1", "value": "high"})
    with pytest.raises(BadInput, match="no number"):
        merge(anna, [bo.place])


@settings(max_examples=30)
@given(values=st.lists(st.integers(1, 5), min_size=3, max_size=3))
def test_the_mean_of_the_signs_never_exceeds_the_mean_of_the_sizes(tmp_path_factory, values):
    place = begin(tmp_path_factory.mktemp("w") / new_ulid(), pack=SAMPLED)
    mine = calibration(place, "R1")
    for sample, value in zip(("S1", "S2", "S3"), values, strict=True):
        mine.rate(sample, value)
    found = distances(place)["R1"]
    assert abs(found.signed) <= found.absolute + 1e-9
    assert (found.absolute == 0) == (values == [2, 4, 3])
