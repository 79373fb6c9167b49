"""One person under two codes is read as one, and an interview goes to whom it was with."""

from pathlib import Path

import pytest
from laptops import answered, copied, exported, ratings

from assess.errors import AssessError, BadInput
from assess.workspace.conflicts import conflicts
from assess.workspace.joining import join, move
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def test_interviews_of_both_codes_are_one_panel(anna: Workspace) -> None:
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KB", "R2", BPM_1=4)
    anna.agree("KA", "BPM-1", 3, "talked")
    join(anna, "KA", "KB", "entered twice")
    assert list(anna.candidates()) == ["KB", "KC"]
    assert ratings(anna) == [("KB", "R1", "BPM-1", "5"), ("KB", "R2", "BPM-1", "4")]
    assert anna.agreed_values() == {("KB", "BPM-1", "M0"): 3}
    (ranked,) = [c for c in anna.rank().modules[0].candidates if c.candidate == "KB"]
    assert ranked.raters == 2


def test_the_old_code_is_told_to_be_the_new_one(anna: Workspace) -> None:
    join(anna, "KA", "KB")
    with pytest.raises(BadInput, match="KB"):
        anna.candidate("KA")


def test_two_interviews_by_one_rater_become_one_and_what_differs_a_conflict(
    anna: Workspace,
) -> None:
    answered(anna, "KA", "R1", BPM_1=5, BPM_2=2)
    answered(anna, "KB", "R1", BPM_1=4, OWN_1=3)
    join(anna, "KA", "KB", "entered twice")
    assert [row[2:] for row in ratings(anna)] == [("BPM-1", "4"), ("BPM-2", "2"), ("OWN-1", "3")]
    (one,) = conflicts(anna)
    assert one.subject["item"] == "BPM-1"
    answered(anna, "KB", "R1", BPM_1=1, BPM_2=1)
    assert not conflicts(anna)
    assert [row[2:] for row in ratings(anna)] == [("BPM-1", "1"), ("BPM-2", "1"), ("OWN-1", "3")]
    assert len(anna.interviews()) == 1


def test_copies_from_before_stay_joined(anna: Workspace, tmp_path: Path) -> None:
    answered(anna, "KA", "R1", BPM_1=5)
    bo = copied(Path(anna.place), tmp_path / "bo")
    join(anna, "KA", "KB", "entered twice")
    answered(bo, "KA", "R1", BPM_2=2)
    merge(anna, [bo.place])
    merge(bo, [anna.place])
    assert [row[0] for row in ratings(anna)] == ["KB", "KB"]
    assert exported(anna) == exported(bo)


def test_joins_follow_one_another_and_two_opposite_ones_settle_alike(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    join(anna, "KA", "KB")
    join(anna, "KB", "KC")
    join(bo, "KB", "KA")
    merge(anna, [bo.place])
    merge(bo, [anna.place])
    assert len(anna.candidates()) == 1
    assert anna.candidates() == bo.candidates()


def test_an_interview_under_the_wrong_candidate_moves_alone(anna: Workspace) -> None:
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KA", "R2", BPM_1=4)
    wrong = next(one for one in anna.interviews() if one.rater == "R1")
    move(anna, "KA", "KB", [wrong.id], "chosen by mistake")
    assert ratings(anna) == [("KA", "R2", "BPM-1", "4"), ("KB", "R1", "BPM-1", "5")]
    assert list(anna.candidates()) == ["KA", "KB", "KC"]


def test_after_a_move_the_first_candidate_can_still_be_interviewed(
    anna: Workspace, tmp_path: Path
) -> None:
    bo = copied(Path(anna.place), tmp_path / "bo")
    answered(anna, "KA", "R1", BPM_1=5)
    move(anna, "KA", "KB", [anna.interviews()[0].id], "chosen by mistake")
    answered(anna, "KA", "R1", BPM_1=2)
    answered(anna, "KB", "R1", BPM_2=3)
    expected = [
        ("KA", "R1", "BPM-1", "2"),
        ("KB", "R1", "BPM-1", "5"),
        ("KB", "R1", "BPM-2", "3"),
    ]
    assert ratings(anna) == expected
    merge(bo, [anna.place])
    assert ratings(bo) == expected
    assert ratings(Workspace.open(anna.place)) == expected


def test_an_interview_moves_on_and_back(anna: Workspace) -> None:
    answered(anna, "KA", "R1", BPM_1=5)
    for old, new in (("KA", "KB"), ("KB", "KC"), ("KC", "KA")):
        (one,) = anna.interviews()
        move(anna, old, new, [one.id])
        assert [row[0] for row in ratings(anna)] == [new]
    answered(anna, "KA", "R1", BPM_2=1)
    assert len(ratings(anna)) == 2
    assert not conflicts(anna)


@pytest.mark.parametrize(("old", "new"), [("KA", "KA"), ("KA", "KX"), ("KX", "KA")])
def test_codes_that_are_unknown_or_one_are_refused(anna: Workspace, old: str, new: str) -> None:
    with pytest.raises(BadInput):
        join(anna, old, new)


def test_an_interview_of_somebody_else_is_refused_and_the_right_ones_are_listed(
    anna: Workspace,
) -> None:
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KB", "R1", BPM_1=5)
    own, other = anna.interviews()
    with pytest.raises(BadInput) as refusal:
        move(anna, "KA", "KC", [other.id])
    assert own.id in refusal.value.findings[0]


def test_joining_shows_an_interviewer_nothing_that_was_hidden(anna: Workspace) -> None:
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KB", "R1", BPM_1=2)
    answered(anna, "KB", "R2", BPM_1=4)
    own = anna.interview("KB", "R2")
    own.submit()
    anna.me = "R2"
    before = ratings(anna)
    with pytest.raises(AssessError, match="joining would show"):
        join(anna, "KA", "KB")
    with pytest.raises(AssessError, match="joining would show"):
        move(anna, "KB", "KA", [own.id])
    assert ratings(anna) == before
    assert not any(row[0] == "KA" for row in before)


def test_who_sees_all_of_both_may_join_them_as_an_interviewer_too(anna: Workspace) -> None:
    answered(anna, "KB", "R2", BPM_1=4)
    anna.me = "R2"
    join(anna, "KA", "KB", "entered twice")
    assert "KA" not in anna.candidates()
