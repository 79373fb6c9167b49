"""What two laptops say differently is kept twice, the newest is shown, and somebody settles it."""

from pathlib import Path

import pytest
from laptops import answered, begin, copied, ratings

from assess.errors import BadInput
from assess.model.people import Candidate
from assess.workspace.conflicts import conflicts, settle
from assess.workspace.merging import merge
from assess.workspace.privacy import change_engagement
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def bo(anna: Workspace, tmp_path: Path) -> Workspace:
    """A second laptop, before either went on."""
    return copied(Path(anna.place), tmp_path / "bo")


def test_one_interview_answered_on_two_laptops_is_a_conflict_and_the_newest_is_shown(
    anna: Workspace, bo: Workspace
) -> None:
    answered(anna, BPM_1=2)
    answered(bo, BPM_1=5)
    done = merge(anna, [bo.place])
    (one,) = conflicts(anna)
    assert [conflict.id for conflict in done.conflicts] == [one.id]
    assert [head["value"] for head in one.heads] == [2, 5]
    assert one.subject["item"] == "BPM-1"
    assert ratings(anna) == [("KA", "R1", "BPM-1", "5")]
    assert anna.rank().modules[0].candidates


def test_the_same_answer_on_two_laptops_is_no_conflict(anna: Workspace, bo: Workspace) -> None:
    answered(anna, BPM_1=4)
    answered(bo, BPM_1=4.0)
    assert not merge(anna, [bo.place]).conflicts
    assert not conflicts(anna)


def test_a_conflict_has_the_same_id_on_both_laptops(anna: Workspace, bo: Workspace) -> None:
    answered(anna, BPM_1=2)
    answered(bo, BPM_1=5)
    merge(anna, [bo.place])
    merge(bo, [anna.place])
    assert [c.as_json() for c in conflicts(anna)] == [c.as_json() for c in conflicts(bo)]


def test_settling_keeps_both_and_lets_one_stand_everywhere(anna: Workspace, bo: Workspace) -> None:
    answered(anna, BPM_1=2)
    answered(bo, BPM_1=5)
    merge(anna, [bo.place])
    (one,) = conflicts(anna)
    settle(anna, one.id, one.heads[0]["id"], "we listened to the recording")
    assert not conflicts(anna)
    merge(bo, [anna.place])
    assert not conflicts(bo)
    assert ratings(anna) == ratings(bo) == [("KA", "R1", "BPM-1", "2")]
    stored = {record["id"]: record for record in anna.store.read(one.stream)}
    assert {head["id"] for head in one.heads} <= stored.keys()
    assert "we listened to the recording" in str(stored.values())


def test_an_answer_given_after_the_merge_settles_it_too(anna: Workspace, bo: Workspace) -> None:
    answered(anna, BPM_1=2)
    answered(bo, BPM_1=5)
    merge(anna, [bo.place])
    answered(anna, BPM_1=3)
    assert not conflicts(anna)
    merge(bo, [anna.place])
    assert ratings(bo) == [("KA", "R1", "BPM-1", "3")]


def test_differing_fields_of_a_candidate_are_a_conflict_and_never_a_stop(
    anna: Workspace, bo: Workspace
) -> None:
    anna.put_people([Candidate(id="KA", name="Person KA", department="Cost")])
    bo.put_people([Candidate(id="KA", name="Person KA", department="Planning", team="North")])
    merge(anna, [bo.place])
    (one,) = conflicts(anna)
    assert (one.kind, one.subject, one.differs) == ("candidate", {"code": "KA"}, ["department"])
    assert anna.candidate("KA").department == "Planning"
    settle(anna, one.id, one.heads[0]["id"], "asked her")
    assert not conflicts(anna)
    # what only the other one says is not lost
    assert anna.candidate("KA") == Candidate(
        id="KA", name="Person KA", department="Cost", team="North"
    )


def test_a_field_that_one_leaves_open_is_filled_and_no_conflict(tmp_path: Path) -> None:
    anna, bo = begin(tmp_path / "anna"), begin(tmp_path / "bo")
    anna.put_people([Candidate(id="KD", name="Dora", team="North")])
    bo.put_people([Candidate(id="KD")])  # as a rating file adds people
    merge(anna, [bo.place])
    assert not conflicts(anna)
    assert anna.candidate("KD").called == "Dora"


def test_people_edited_after_a_merge_leave_one_head(anna: Workspace, bo: Workspace) -> None:
    anna.put_people([Candidate(id="KA", name="Anna")])
    bo.put_people([Candidate(id="KA", name="Anne")])
    merge(anna, [bo.place])
    anna.put_people([Candidate(id="KA", name="Ann")])
    assert not conflicts(anna)
    assert anna.candidate("KA").name == "Ann"


def test_values_agreed_apart_and_the_engagement_changed_apart_are_conflicts(
    anna: Workspace, bo: Workspace
) -> None:
    answered(anna, BPM_1=2)
    merge(bo, [anna.place])
    anna.agree("KA", "BPM-1", 2, "first")
    bo.agree("KA", "BPM-1", 4, "second")
    change_engagement(anna, {"readers": "panel"})
    change_engagement(bo, {"readers": "everybody"})
    merge(anna, [bo.place])
    assert {(c.kind, tuple(c.differs)) for c in conflicts(anna)} == {
        ("agreed", ("reason", "value")),
        ("engagement", ("readers",)),
    }
    assert anna.agreed_values()["KA", "BPM-1", "M0"] == 4
    assert anna.engagement.readers == "everybody"


def test_an_interviewer_sees_no_conflict_in_ratings_that_are_hidden(
    anna: Workspace, bo: Workspace
) -> None:
    answered(anna, "KA", "R2", BPM_1=2)
    answered(bo, "KA", "R2", BPM_1=5)
    merge(anna, [bo.place])
    assert conflicts(anna)
    assert not conflicts(Workspace(anna.store, place=anna.place, me="R1"))


@pytest.mark.parametrize("wrong", ["conflict", "keep", "reason"])
def test_settling_needs_a_conflict_one_of_its_records_and_a_reason(
    anna: Workspace, bo: Workspace, wrong: str
) -> None:
    answered(anna, BPM_1=2)
    answered(bo, BPM_1=5)
    merge(anna, [bo.place])
    (one,) = conflicts(anna)
    given = {"conflict": one.id, "keep": one.heads[0]["id"], "reason": "read the notes"}
    given[wrong] = {"conflict": "000000000000", "keep": "0" * 26, "reason": " "}[wrong]
    with pytest.raises(BadInput):
        settle(anna, **given)
    assert len(conflicts(anna)) == 1


def test_the_end_of_a_record_s_id_is_enough(anna: Workspace, bo: Workspace) -> None:
    answered(anna, BPM_1=2)
    answered(bo, BPM_1=5)
    merge(anna, [bo.place])
    (one,) = conflicts(anna)
    settle(anna, one.heads[1]["id"], one.heads[0]["id"][-6:].lower(), "read the notes")
    assert ratings(anna) == [("KA", "R1", "BPM-1", "2")]
