"""What a panel agreed on stands with its reason beside the ratings, for those who may see them."""

import pytest
from laptops import answered

from assess.errors import AssessError
from assess.workspace.agreeing import agreement
from assess.workspace.evidence import disagreements, evidence
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def apart(anna: Workspace) -> Workspace:
    """Two raters, three levels apart on one item."""
    answered(anna, "KA", "R1", BPM_1=5)
    answered(anna, "KA", "R2", BPM_1=2)
    return anna


def test_the_reason_is_told_where_the_value_is(apart: Workspace) -> None:
    (open_yet,) = disagreements(apart)
    assert (open_yet.agreed, open_yet.agreed_reason) == (None, "")
    apart.agree("KA", "BPM-1", 3, "the case was hers, the fix was not")
    (settled,) = disagreements(apart)
    assert (settled.agreed, settled.agreed_reason) == (3, "the case was hers, the fix was not")
    assert {(one.value, one.agreed, one.agreed_reason) for one in evidence(apart, "KA")} == {
        (5, 3, "the case was hers, the fix was not"),
        (2, 3, "the case was hers, the fix was not"),
    }


def test_the_agreement_of_a_wave_tells_what_was_settled_there_to_who_may_see_it(
    apart: Workspace,
) -> None:
    before = agreement(apart, "item").as_json()
    apart.agree("KA", "BPM-1", 3, "talked")
    after = agreement(apart, "item").as_json()
    assert after.pop("agreed") == [
        {"candidate": "KA", "item": "BPM-1", "value": 3, "reason": "talked"}
    ]
    assert before.pop("agreed") == agreement(apart, "item", "M1").agreed == []
    assert after == before
    apart.me = "R2"
    assert agreement(apart, "item").agreed == []


def test_an_interviewer_agrees_on_nothing_before_submitting_and_reads_no_reason(
    apart: Workspace,
) -> None:
    apart.agree("KA", "BPM-1", 3, "talked")
    apart.me = "R2"
    assert {one.agreed_reason for one in evidence(apart, "KA")} == {""}
    with pytest.raises(AssessError, match="R2 has not submitted"):
        apart.agree("KA", "BPM-1", 5, "mine")
    apart.interview("KA", "R2").submit()
    apart.agree("KA", "BPM-1", 4, "talked again")
    assert {one.agreed_reason for one in evidence(apart, "KA")} == {"talked again"}
