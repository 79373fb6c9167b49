"""What a rater is told: counted from own answers, and worded by what lies beyond error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assess.errors import BadInput
from assess.workspace import rater_feedback as words
from assess.workspace.agreeing import raters
from assess.workspace.rater_feedback import feedback
from assess.workspace.workspace import Workspace


def of(workspace: Workspace, rater: str) -> words.Feedback:
    return feedback(workspace, raters(workspace), rater)


def test_values_notes_and_states_are_those_of_the_rater_s_own_answers(reading):
    found = of(reading, "R1").habits
    own = [e for c in reading.candidates() for e in reading.evidence(c) if e.rater == "R1"]
    rated = [
        e
        for e in own
        if reading.pack.items[e.item].type == "rating"
        and reading.pack.questionnaires[e.questionnaire].counting
    ]
    given = [e for e in rated if e.state == "answered"]
    wanted = set(reading.pack.file.policy.note_required)
    assert sum(found.steps.values()) == len(given)
    assert found.due == sum(e.value in wanted for e in given)
    assert found.missing == sum(e.value in wanted and not e.note.strip() for e in given)
    assert sum(found.states.values()) == sum(e.state != "answered" for e in rated)


def test_the_differences_are_those_with_the_rater(reading):
    found = of(reading, "R1")
    assert found.apart
    assert all("R1" in one.ratings for one in found.apart)


def test_who_has_not_rated_is_refused(reading):
    with pytest.raises(BadInput, match="R77"):
        of(reading, "R77")


def test_a_severity_within_its_error_claims_no_difference(reading):
    found = of(reading, "R1")
    assert abs(found.result.severity) < found.result.half
    assert "no difference beyond error" in words.severity_lines(found)[0]
    assert words.in_short(found.result) == "like the others"


@pytest.mark.parametrize(
    ("severity", "short", "told"),
    [(9.0, "rates lower", "lower than the others"), (-9.0, "rates higher", "higher than")],
)
def test_a_severity_beyond_its_error_says_which_way(reading, severity, short, told):
    found = of(reading, "R1")
    one = replace(found, result=replace(found.result, severity=severity, half=7.0))
    assert words.in_short(one.result) == short
    assert told in words.severity_lines(one)[0]


def test_without_a_candidate_in_common_nothing_is_said_of_severity(reading):
    found = of(reading, "R1")
    alone = replace(found, result=replace(found.result, severity_state="assumed"))
    assert words.in_short(alone.result) == "not comparable"
    assert "share no candidate" in words.severity_lines(alone)[0]


@pytest.mark.parametrize(
    ("spread", "told"), [(5.0, "narrow part"), (16.0, "about alike"), (40.0, "more of the scale")]
)
def test_spread_is_held_against_that_of_the_others(reading, spread, told):
    found = of(reading, "R1")
    one = replace(found, others=16.0, result=replace(found.result, spread=spread))
    assert told in words.spread_lines(one)[0]


def test_the_report_s_half_interval_is_the_error_at_the_pack_s_confidence(reading):
    for one in raters(reading).raters:
        assert one.half == pytest.approx(1.6448536 * one.se)
