"""What others recorded comes in: a union, in any order, and twice as well as once."""

import itertools
import shutil
from pathlib import Path

import pytest
from laptops import (
    PACK,
    PEOPLE,
    answered,
    begin,
    contents,
    copied,
    empty,
    exported,
    killed_at,
    ratings,
)

from assess.errors import BadInput, StoreCorrupt
from assess.model.ids import interview_id
from assess.model.people import Candidate
from assess.workspace.conflicts import conflicts
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def test_an_empty_workspace_takes_the_engagement_over_with_its_pack(
    anna: Workspace, tmp_path: Path
) -> None:
    answered(anna, BPM_1=4)
    bo = empty(tmp_path / "bo")
    done = merge(bo, [anna.place])
    assert (done.took_over, done.new, done.people, done.packs) == (True, 1, 5, 1)
    assert bo.engagement == anna.engagement
    assert exported(bo) == exported(anna)
    shutil.rmtree(anna.place)
    assert bo.rank().modules[0].candidates


def test_two_consultants_who_interviewed_one_candidate_make_one_panel(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5, BPM_2=5)
    answered(bo, "KA", "R2", BPM_1=2, BPM_2=2)
    done = merge(anna, [bo.place])
    assert (done.new, done.grown, len(done.conflicts)) == (1, 0, 0)
    (one,) = [c for c in anna.rank().modules[0].candidates if c.candidate == "KA"]
    assert one.raters == 2
    assert list(anna.candidates()) == list(PEOPLE)


def test_a_repeated_merge_brings_nothing(anna: Workspace, tmp_path: Path) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, BPM_1=2)
    merge(anna, [bo.place])
    before = exported(anna)
    done = merge(anna, [bo.place])
    assert (done.records, done.new, done.grown, done.there) == (0, 0, 0, 1)
    assert exported(anna) == before


def test_an_interview_that_went_on_elsewhere_grows(anna: Workspace, tmp_path: Path) -> None:
    answered(anna, BPM_1=4)
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, BPM_2=3)
    answered(anna, OWN_1=2)
    done = merge(anna, [bo.place])
    assert (done.records, done.grown) == (1, 1)
    assert [row[2:] for row in ratings(anna)] == [("BPM-1", "4"), ("BPM-2", "3"), ("OWN-1", "2")]


def test_many_interviews_that_went_on_elsewhere_grow(anna: Workspace, tmp_path: Path) -> None:
    raters = [f"R{n}" for n in range(1, 13)]
    for rater in raters:
        answered(anna, "KA", rater, BPM_1=4)
    bo = copied(Path(anna.place), tmp_path / "bo")
    for rater in raters:
        answered(bo, "KA", rater, BPM_2=3)
        answered(anna, "KA", rater, OWN_1=2)
    assert merge(anna, [bo.place]).grown == len(raters)
    merge(bo, [anna.place])
    assert exported(anna) == exported(bo)
    assert len(ratings(anna)) == 3 * len(raters)
    answered(anna, "KA", "R7", BPM_1=1)  # and it can be written to as before
    assert ("KA", "R7", "BPM-1", "1") in ratings(Workspace.open(anna.place))


def test_two_beginnings_of_one_name_and_pack_are_one_engagement(tmp_path: Path) -> None:
    anna, bo = begin(tmp_path / "anna"), begin(tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5)
    answered(bo, "KA", "R2", BPM_1=4)
    merge(anna, [bo.place])
    merge(bo, [anna.place])
    assert exported(anna) == exported(bo)
    assert len(ratings(anna)) == 2
    assert not conflicts(anna)


@pytest.mark.parametrize("other", ["name", "pack"])
def test_another_engagement_is_refused_and_nothing_changes(
    anna: Workspace, tmp_path: Path, other: str
) -> None:
    pack = {**PACK, "pack.yaml": PACK["pack.yaml"].replace(b"pack: small", b"pack: other")}
    bo = begin(tmp_path / "bo", *({"name": ["Hillside"], "pack": ["Riverside", pack]}[other]))
    before = contents(Path(anna.place))
    with pytest.raises(BadInput, match="another engagement") as refusal:
        merge(anna, [bo.place])
    assert {"name": "Hillside", "pack": "other"}[other] in refusal.value.message
    assert contents(Path(anna.place)) == before


def test_a_record_id_with_other_content_stops_the_merge_by_name(
    anna: Workspace, tmp_path: Path
) -> None:
    answered(anna, "KA", BPM_1=4)
    answered(anna, "KB", BPM_1=4)
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, "KA", BPM_2=4)
    stream = interview_id("KB", "R1", "interview", "M0")
    record = bo.store.read(stream)[-1]
    bo.store.erase(stream, {record["id"]})
    bo.store.put(stream, [record | {"value": 5}])  # type: ignore[list-item, operator]
    before = contents(Path(anna.place))
    with pytest.raises(StoreCorrupt) as refusal:
        merge(anna, [bo.place])
    assert stream in refusal.value.message
    assert record["id"] in refusal.value.message
    assert contents(Path(anna.place)) == before


def test_the_second_of_two_places_that_is_refused_leaves_the_first_out_too(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, BPM_1=3)
    before = contents(Path(anna.place))
    with pytest.raises(BadInput):
        merge(anna, [bo.place, begin(tmp_path / "cy", "Hillside").place])
    assert contents(Path(anna.place)) == before


def test_a_damaged_interview_is_named_and_may_be_left_out(anna: Workspace, tmp_path: Path) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(bo, "KA", BPM_1=3)
    answered(bo, "KB", BPM_1=2)
    bo.close()
    stream = interview_id("KA", "R1", "interview", "M0")
    file = Path(bo.place) / "interviews" / f"{stream}.json"
    file.write_bytes(file.read_bytes().replace(b'"value":3', b'"value":5'))
    with pytest.raises(StoreCorrupt, match=stream):
        merge(anna, [bo.place])
    assert not ratings(anna)
    done = merge(anna, [bo.place], without_damaged=True)
    assert stream in " ".join(done.damaged)
    assert ratings(anna) == [("KB", "R1", "BPM-1", "2")]


def test_a_merge_that_was_killed_is_finished_by_doing_it_again(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KB", "R1", BPM_1=4)
    answered(bo, "KA", "R1", BPM_2=4)
    answered(bo, "KC", "R2", BPM_1=1)
    bo.put_people([Candidate(id="KD")])
    anna.close(), bo.close()
    own = set(ratings(anna))
    whole = copied(Path(anna.place), tmp_path / "whole")
    merge(whole, [bo.place])
    for step in itertools.count(1):
        place = tmp_path / f"at{step}"
        shutil.copytree(anna.place, place)
        killed = killed_at(step, lambda place=place: merge(Workspace.open(place), [bo.place]))  # type: ignore[misc]
        after = Workspace.open(place)
        assert own <= set(ratings(after)) <= set(ratings(whole))
        merge(after, [bo.place])
        assert exported(after) == exported(whole)
        assert after.candidates().keys() == whole.candidates().keys()
        assert not after.store.verify()
        if not killed:
            break
    assert step > 5
