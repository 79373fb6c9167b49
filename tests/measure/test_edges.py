"""Designs at the edge of what can be said at all."""

from dataclasses import replace

import numpy as np
import pytest
from measure_designs import crossed, points

from assess.measure import (
    Answers,
    Keyed,
    ModuleSpec,
    Priors,
    WaveData,
    fit,
    interview_gain,
    minimums,
    rank,
    rater_summary,
    score,
    sed,
    standing,
)


def everything(answers, module=None, priors=None):
    """Runs all that reads answers; whatever comes out holds no infinity."""
    module = module or ModuleSpec(np.ones(answers.n_competencies), minimums={0: 50.0})
    got = score([WaveData(fit(answers, priors or Priors()))], module)
    ranking = rank(got)
    found = minimums(got)
    state = standing(got, found)
    gain = interview_gain(got)
    raters = rater_summary(got.waves[0].fit)
    for value in (got.score, got.se, got.lower, got.upper, ranking.low, ranking.high):
        assert not np.isinf(value).any()
    for value in (ranking.p_top, found.p_met, gain.one_more_rater, gain.twice_the_items):
        assert not np.isinf(value).any()
    for value in (raters.severity, raters.se, raters.spread, raters.agreement):
        assert not np.isinf(value).any()
    return got, ranking, state


@pytest.mark.parametrize("strength", [0, 4])
@pytest.mark.parametrize("candidates", [0, 1, 3])
def test_an_empty_wave_scores_nobody(candidates, strength):
    answers = Answers.from_columns(
        [], [], [], [], [0, 1, 0], n_candidates=candidates, n_raters=2, n_competencies=2
    )
    got, ranking, state = everything(answers, priors=Priors(strength=strength))
    assert np.isnan(got.score).all()
    assert (got.coverage == 0).all()
    assert got.lower.tolist() == [0] * candidates
    assert got.upper.tolist() == [100] * candidates
    assert len(ranking.order) == 0
    assert state.incomplete.all()
    assert (got.block == -1).all()
    assert (got.raters == 0).all()


def test_nothing_at_all():
    answers = Answers.from_columns([], [], [], [], [], n_candidates=0, n_raters=0, n_competencies=1)
    got, _, _ = everything(answers)
    assert got.score.shape == (0,)


def test_the_worked_example_of_one_rater():
    ratings = {
        "BPM": 4,
        "XFV": 3,
        "GAP": 4,
        "MDM": 3,
        "DOC": 3,
        "SYS": 3,
        "COA": 3,
        "BRG": 4,
        "OWN": 4,
        "AVL": 3,
    }
    answers = Answers.from_columns(
        [0] * 10,
        [0] * 10,
        np.arange(10),
        points(list(ratings.values())),
        np.arange(10),
        n_candidates=1,
        n_raters=1,
        n_competencies=10,
    )
    module = ModuleSpec(np.array([20, 10, 14, 12, 8, 8, 8, 8, 6, 6.0]))
    got, ranking, _ = everything(answers, module)
    assert got.score[0] == pytest.approx(62.0, abs=1e-9)
    assert got.coverage[0] == 100.0
    assert got.lower[0] == got.upper[0]
    assert got.se[0] > 8
    assert got.severity_assumed[0]
    assert ranking.place.tolist() == [1]
    assert np.isnan(ranking.low[0])
    assert np.isnan(ranking.high[0])


def test_the_error_of_one_interview_under_the_priors_alone():
    # one candidate, one rater, one item: nothing can be estimated
    answers = Answers.from_columns(
        [0], [0], [0], [50.0], [0], n_candidates=1, n_raters=1, n_competencies=1
    )
    got, _, _ = everything(answers)
    assert got.own_variance[0] == pytest.approx(9**2 + 18**2)
    assert got.severity_variance[0] == pytest.approx(8**2)
    bare, _, _ = everything(answers, priors=Priors(strength=0))
    assert bare.se[0] == 0


def test_forty_items_of_one_interviewer_are_not_forty_looks():
    got, _, _ = everything(crossed(1, 1, [4] * 10, x=np.full(40, 50.0)).answers)
    assert got.own_variance[0] > 9**2


def test_everybody_equal():
    got, ranking, _ = everything(crossed(5, 3, [2, 2], x=np.full(60, 75.0)).answers)
    assert got.score.tolist() == [75.0] * 5
    assert ranking.place.tolist() == [1] * 5


@pytest.mark.parametrize("sd", [8.0, 0.5])
def test_nobody_overlapping_leaves_severity_assumed(sd):
    c = np.repeat([0, 1, 2], 4)
    answers = Answers.from_columns(
        c, c, np.tile(np.arange(4), 3), np.arange(12) * 8.0, [0, 0, 1, 1],
        n_candidates=3, n_raters=3, n_competencies=2,
    )  # fmt: skip
    got, _, _ = everything(answers, priors=Priors(rater=sd))
    found = got.waves[0].fit
    assert found.rho.tolist() == [0.0] * 3
    assert found.severity.n_blocks == 3
    assert not found.linked.any()
    assert np.diag(found.severity.V) == pytest.approx(np.full(3, sd**2))
    assert got.severity_assumed.all()
    assert got.block.tolist() == [0, 1, 2]
    assert (got.account.severity == 0).all()


def test_two_raters_of_one_candidate_are_enough_to_estimate_severity():
    # the third saw somebody else
    design = crossed(2, 3, [2], seed=1)
    found = fit(design.keep((design.c == 0) == (design.r < 2)).answers)
    got = score([WaveData(found)], design.module())
    assert found.linked.tolist() == [True, True, False]
    assert got.severity_assumed.tolist() == [False, True]


def test_raters_of_one_candidate_on_different_competencies_are_not_linked():
    answers = Answers.from_columns(
        [0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 2, 3], [50.0, 75, 25, 0], [0, 0, 1, 1],
        n_candidates=1, n_raters=2, n_competencies=2,
    )  # fmt: skip
    got, _, _ = everything(answers)
    assert got.waves[0].fit.severity.n_blocks == 2
    assert got.severity_assumed.all()
    assert got.raters.tolist() == [2]


def test_half_of_the_answers_missing():
    design = crossed(30, 4, [4] * 5, seed=3)
    keep = np.random.default_rng(4).random(len(design)) < 0.5
    got, ranking, _ = everything(design.keep(keep).answers)
    assert not np.isnan(got.score).any()
    assert sorted(ranking.order.tolist()) == list(range(30))


def test_a_competency_with_one_item():
    got, _, _ = everything(crossed(4, 2, [1, 3], seed=5).answers)
    assert got.counted.all()
    assert (got.account.item_mix == 0).all()


def test_two_linked_items_among_many_alone_differ_by_all_of_their_difference():
    # without a prior; of 42 items all but the first two were each asked of somebody alone
    n = 42
    c = np.maximum(np.arange(n) - 1, 0)
    x = np.where(np.arange(n) == 0, 30.0, 60.0)
    answers = Answers.from_columns(
        c, 0 * c, np.arange(n), x, np.zeros(n, int), n_candidates=n, n_raters=1, n_competencies=1
    )
    beta = fit(answers, Priors(strength=0)).beta
    assert beta[1] - beta[0] == pytest.approx(30)
    assert np.ptp(beta[2:]) == pytest.approx(0)


def test_too_few_distinct_items_do_not_count_however_many_raters():
    design = crossed(2, 3, [1, 3], seed=6)
    module = ModuleSpec(np.array([40.0, 60.0]), min_items=2)
    got, _, _ = everything(design.answers, module)
    assert got.counted.tolist() == [[False, True]] * 2
    assert got.coverage.tolist() == [60.0, 60.0]


def test_what_nobody_rated_does_not_count_even_where_no_item_is_needed():
    design = crossed(2, 1, [2, 2])
    got = score(
        [WaveData(fit(design.keep(design.i < 2).answers))], ModuleSpec(np.ones(2), min_items=0)
    )
    assert got.counted.tolist() == [[True, False]] * 2


def test_an_item_that_nobody_answered_changes_nothing():
    design = crossed(3, 2, [4], seed=2)
    some = design.keep((design.i < 3) & ((design.c + design.r + design.i) % 4 > 0))
    less = replace(some, competency=some.competency[:3])
    more, found = fit(some.answers), fit(less.answers)
    assert more.beta == pytest.approx([*found.beta, 0])
    assert more.rho == pytest.approx(found.rho)
    assert more.components == found.components


def test_different_items_of_different_raters_add_up_to_enough():
    answers = Answers.from_columns(
        [0, 0], [0, 1], [0, 1], [25.0, 75.0], [0, 0],
        n_candidates=1, n_raters=2, n_competencies=1,
    )  # fmt: skip
    got = score([WaveData(fit(answers))], ModuleSpec(np.ones(1), min_items=2))
    assert got.counted.all()


def test_fewer_than_four_keyed_answers_carry_nothing_and_it_is_said():
    design = crossed(2, 1, [2], x=[50.0] * 4)
    one = np.ones((2, 1))
    keyed = Keyed(5 * one, 5 * one, 0 * one, 5 * one, np.array([[3.0], [4.0]]))
    module = ModuleSpec(np.ones(1), knowledge_share=np.array([0.5]))
    got = score([WaveData(fit(design.answers), keyed)], module)
    assert got.score == pytest.approx([50.0, 75.0])
    assert got.too_few_keyed.tolist() == [[True], [False]]
    assert got.share.tolist() == [[0.0], [0.5]]


def test_open_keyed_items_score_zero_and_guessing_is_taken_out():
    design = crossed(1, 1, [2], x=[50.0] * 2)
    one = np.ones((1, 1))
    # 8 asked, 5 answered, 4 right; four options each
    keyed = Keyed(4 * one, 8 * one, 2 * one, 8 * one, 5 * one)
    module = ModuleSpec(np.ones(1), knowledge_share=np.array([1.0]))
    got = score([WaveData(fit(design.answers), keyed)], module)
    assert got.score[0] == pytest.approx(100 * (0.5 - 0.25) / 0.75)
    p = 5 / 10
    assert got.se[0] ** 2 == pytest.approx(1e4 * p * (1 - p) / 10 / 0.75**2)
    assert got.theta_se[0, 0] == pytest.approx(got.se[0])


@pytest.mark.parametrize("unit", [0.2, 0.01, 30.0])
def test_it_does_not_matter_in_which_unit_the_points_of_questions_are_counted(unit):
    design = crossed(1, 1, [2], x=[50.0] * 2)
    five = np.full((1, 1), 5.0)
    keyed = Keyed(unit * 4 * five / 5, unit * five, unit * five / 4, five, five)
    module = ModuleSpec(np.ones(1), knowledge_share=np.array([1.0]))
    got = score([WaveData(fit(design.answers), keyed)], module)
    assert got.score[0] == pytest.approx(100 * (0.8 - 0.25) / 0.75)
    assert got.se[0] ** 2 == pytest.approx(1e4 * (5 / 7) * (2 / 7) / 7 / 0.75**2)


def test_knowledge_without_an_interview_value_is_not_counted():
    design = crossed(2, 1, [2], x=[50.0] * 4)
    one = np.ones((2, 1))
    keyed = Keyed(5 * one, 5 * one, 0 * one, 5 * one, 5 * one)
    module = ModuleSpec(np.ones(1), knowledge_share=np.array([0.5]))
    answers = design.keep(design.c == 0).answers
    got = score([WaveData(fit(answers), keyed)], module)
    assert got.counted.tolist() == [[True], [False]]
    assert np.isnan(got.score[1])


@pytest.mark.parametrize("possible", [0, 5])
def test_questions_that_nothing_or_guessing_alone_answers_say_nothing(possible):
    design = crossed(1, 1, [2], x=[50.0] * 2)
    one = np.ones((1, 1))
    keyed = Keyed(possible * one, possible * one, possible * one, 5 * one, 5 * one)
    module = ModuleSpec(np.ones(1), knowledge_share=np.array([0.5]))
    got = score([WaveData(fit(design.answers), keyed)], module)
    assert got.score[0] == 50.0


def test_one_candidate_with_many_raters():
    got, _, _ = everything(crossed(1, 120, [2], seed=8).answers)
    assert got.raters.tolist() == [120]
    assert sed(got, 0, 0) == 0
