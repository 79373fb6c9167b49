"""Minimums and what they allow."""

import numpy as np
import pytest
from measure_designs import crossed
from scipy.special import ndtr, ndtri

from assess.measure import (
    MinimumState,
    ModuleSpec,
    Priors,
    Status,
    WaveData,
    fit,
    minimums,
    score,
    standing,
)


def scored(values, module, priors=None, rated=None):
    """Candidates by competencies, two like answers of one rater each."""
    values = np.asarray(values, float)
    C, G = values.shape
    design = crossed(C, 1, [2] * G, x=np.repeat(values, 2))
    if rated is not None:
        design = design.keep(np.asarray(rated)[design.c, design.competency[design.i]])
    return score([WaveData(fit(design.answers, priors))], module)


def test_the_point_estimate_decides():
    got = scored([[75.0], [62.5], [62.4]], ModuleSpec(np.ones(1), minimums={0: 62.5}))
    found = minimums(got)
    assert [found.state(c, 0) for c in range(3)] == [
        MinimumState.MET,
        MinimumState.MET,
        MinimumState.MISSED,
    ]
    state = standing(got, found)
    assert [state.status(c) for c in range(3)] == [
        Status.RANKED,
        Status.RANKED,
        Status.BELOW_MINIMUM,
    ]


def test_a_value_a_hair_below_from_rounding_is_met():
    third = 100 / 3
    got = scored([[third - 5e-10], [third - 1e-6]], ModuleSpec(np.ones(1), minimums={0: third}))
    assert minimums(got).met[:, 0].tolist() == [True, False]


def test_the_chance_to_reach_it_and_the_border_follow_from_the_error():
    got = scored([[75.0], [0.0]], ModuleSpec(np.ones(1), minimums={0: 60.0}))
    found = minimums(got)
    assert found.se[:, 0] == pytest.approx(got.se)
    assert found.p_met[:, 0] == pytest.approx(ndtr((found.theta[:, 0] - 60) / found.se[:, 0]))
    assert found.borderline[:, 0].tolist() == [True, False]
    assert abs(found.theta[1, 0] - 60) > ndtri(0.95) * found.se[1, 0]


def test_without_error_the_chance_is_yes_or_no():
    got = scored([[60.0], [59.0]], ModuleSpec(np.ones(1), minimums={0: 60.0}), Priors(strength=0))
    assert minimums(got).p_met[:, 0].tolist() == [1.0, 0.0]
    assert not minimums(got).borderline.any()


def test_a_must_have_that_is_not_established_makes_a_candidate_incomplete():
    module = ModuleSpec(np.array([90.0, 10.0]), minimums={1: 50.0}, min_coverage=80)
    got = scored([[75.0, 75.0]] * 2, module, rated=[[True, True], [True, False]])
    found = minimums(got)
    assert found.state(1, 0) is MinimumState.NOT_ESTABLISHED
    assert np.isnan(found.p_met[1, 0])
    assert not found.borderline[1, 0]
    assert standing(got, found).incomplete.tolist() == [False, True]


def test_too_little_covered_makes_a_candidate_incomplete():
    module = ModuleSpec(np.array([80.0, 20.0]), min_coverage=80)
    rated = [[True, False], [False, True], [False, False]]
    got = scored([[75.0, 75.0]] * 3, module, rated=rated)
    state = standing(got, minimums(got))
    assert state.incomplete.tolist() == [False, True, True]


def test_incomplete_comes_before_below_a_minimum():
    module = ModuleSpec(np.ones(2), minimums={0: 50.0, 1: 50.0})
    got = scored([[25.0, 75.0]], module, rated=[[True, False]])
    state = standing(got, minimums(got))
    assert state.status(0) is Status.INCOMPLETE
    assert not state.below_minimum[0]


def test_an_arrangement_opens_the_question_of_release_and_nothing_else():
    module = ModuleSpec(np.ones(2), minimums={1: 50.0}, arrangement=np.array([False, True]))
    rated = [[True, True], [True, True], [True, False]]
    got = scored([[75.0, 75.0], [75.0, 25.0], [75.0, 75.0]], module, rated=rated)
    state = standing(got, minimums(got))
    assert state.release_open.tolist() == [False, True, True]
    assert state.ranked.all()


def test_minimums_never_enter_the_score():
    values = [[75.0, 25.0]]
    with_one = scored(values, ModuleSpec(np.ones(2), minimums={1: 90.0}))
    without = scored(values, ModuleSpec(np.ones(2)))
    assert with_one.score.tolist() == without.score.tolist()


def test_a_minimum_on_a_competency_without_weight_is_tested_all_the_same():
    got = scored([[75.0, 25.0]], ModuleSpec(np.array([1.0, 0.0]), minimums={1: 50.0}))
    assert got.score[0] == 75.0
    assert minimums(got).state(0, 0) is MinimumState.MISSED


def test_a_module_without_minimums_ranks_everybody_covered():
    got = scored([[75.0]], ModuleSpec(np.ones(1)))
    found = minimums(got)
    assert found.theta.shape == (1, 0)
    assert standing(got, found).ranked.all()
