"""Order, rank intervals, chances and ties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_designs import crossed, designs, spread_out
from scipy.special import ndtr, ndtri

from assess.measure import Priors, WaveData, fit, rank, score, sed
from assess.measure.rank_normal import chance_of_top, expected_above, rank_limits
from assess.measure.ranks import true_variance, two_sided


def scored(design, priors=None):
    return score([WaveData(fit(design.answers, priors))], design.module())


def test_the_normal_quantile_is_that_of_the_confidence():
    assert two_sided(0.90) == pytest.approx(1.6448536269514722, abs=1e-12)
    assert two_sided(0.95) == pytest.approx(1.959963984540054, abs=1e-12)
    for none_at_all in (0.0, 1.0):
        with pytest.raises(ValueError, match="confidence"):
            two_sided(none_at_all)


@given(designs(max_candidates=8))
def test_the_order_is_by_the_unshrunk_score(design):
    got = scored(design)
    found = rank(got)
    values = got.score[found.order]
    assert (np.diff(values) <= 1e-9).all()
    assert len(found.order) == (~np.isnan(got.score)).sum()
    for c in found.order:
        assert found.place[c] == 1 + (got.score[found.order] > got.score[c] + 1e-9).sum()
    left_out = np.isnan(got.score)
    assert (found.place[left_out] == 0).all()
    assert np.isnan(found.p_top[left_out]).all()


@given(designs(max_candidates=8), st.integers(1, 4))
def test_chances_sum_to_the_places_there_are(design, k):
    got = scored(design)
    found = rank(got, k=k)
    n = len(found.order)
    assert np.nansum(found.p_top) == pytest.approx(min(k, n))
    if n > 1:
        ranked = found.order
        assert (found.low[ranked] >= 1).all()
        assert (found.low[ranked] <= found.high[ranked]).all()
        assert (found.high[ranked] <= n).all()


def test_two_candidates_come_out_as_the_normal_difference_of_their_scores():
    got = scored(spread_out(2, seed=5))
    found = rank(got, k=1)
    v, S = got.own_variance, got.score
    shrinkage = found.tau2 / (found.tau2 + v)
    m = found.mean + shrinkage * (S - found.mean)
    # equal designs: the shared severities cancel
    sd = np.sqrt((shrinkage * v).sum())
    assert found.p_top[0] == pytest.approx(ndtr((m[0] - m[1]) / sd), abs=0.02)


def test_a_shared_severity_does_not_blur_the_order_of_those_who_share_it():
    design = spread_out(6, raters=1, seed=7)
    sure = fit(design.answers)
    assert sure.severity.V[0, 0] > 0
    got = score([WaveData(sure)], design.module())
    covariance = got.leniency_weights[0].toarray() @ sure.severity.V
    assert np.ptp(covariance) == pytest.approx(0)
    assert sed(got, 0, 1) == pytest.approx(np.sqrt(got.own_variance[:2].sum()))


def test_an_error_that_all_share_leaves_no_rank_open():
    # nothing is uncertain but how lenient the one rater of everybody is
    only_rater = Priors(halo=0.0, cell=0.0)
    x = np.repeat([80.0, 20.0, 50.0, 50.0, 35.0, 65.0], 3)
    got = scored(crossed(6, 1, [3], x=x), only_rater)
    assert got.own_variance.max() == 0
    assert got.severity_variance.min() > 60
    found = rank(got, k=1)
    assert found.low.tolist() == [1, 6, 3, 3, 5, 2]
    assert found.high.tolist() == [1, 6, 4, 4, 5, 2]
    assert found.p_top.tolist() == [1, 0, 0, 0, 0, 0]


def test_what_is_unsure_about_raters_alone_leaves_open_who_of_others_raters_is_first():
    # no noise at all: equals, two of them seen by the first two of three raters, one by the last
    design = crossed(3, 3, [1], x=np.tile([40.0, 50.0, 60.0], 3))
    design = design.keep(np.where(design.c < 2, design.r < 2, design.r > 0))
    got = scored(design, Priors(strength=0))
    found = rank(got, k=1)
    assert (found.tau2, got.own_variance.max()) == (0, 0)
    assert found.p_top == pytest.approx([1 / 4, 1 / 4, 1 / 2], abs=0.05)


def test_the_same_data_print_the_same_figures():
    design = spread_out(20)
    one, two = rank(scored(design)), rank(scored(design))
    assert (one.p_top == two.p_top).all()
    assert (one.low == two.low).all()


def test_only_the_ranked_take_part():
    got = scored(spread_out(6))
    some = np.array([True, True, False, True, False, True])
    found = rank(got, some, k=2)
    assert set(found.order.tolist()) == {0, 1, 3, 5}
    assert found.place[[2, 4]].tolist() == [0, 0]
    assert np.nansum(found.p_top) == pytest.approx(2)
    assert found.mean == pytest.approx(got.score[some].mean())
    nobody = rank(got, np.zeros(6, bool))
    assert len(nobody.order) == 0
    assert np.isnan(nobody.mean)


def test_k_must_be_a_number_of_places():
    with pytest.raises(ValueError, match="k must"):
        rank(scored(spread_out(3)), k=0)


def test_equal_scores_are_listed_by_name():
    design = crossed(3, 1, [2], x=[50.0] * 6)
    found = rank(scored(design), keys=["b", "c", "a"])
    assert found.order.tolist() == [2, 0, 1]


def test_equals_share_their_figures_exactly():
    x = np.repeat([75.0, 50.0, 50.0, 25.0], 4)
    found = rank(scored(crossed(4, 1, [4], x=x)), k=2)
    assert found.p_top[1] == found.p_top[2]
    assert (found.low[1], found.high[1]) == (found.low[2], found.high[2])
    assert found.place.tolist() == [1, 2, 2, 4]


@given(designs(max_candidates=8, min_answers=2))
def test_a_tie_closes_at_the_first_candidate_beyond_the_error_from_its_best(design):
    got = scored(design)
    found = rank(got)
    z, group, best = ndtri(0.95), 0, None
    for c in found.order.tolist():
        if best is None or got.score[best] - got.score[c] > z * sed(got, best, c) + 1e-9:
            group, best = group + 1, c
        assert found.tie_group[c] == group


def test_without_any_error_everybody_different_is_a_group_of_his_own():
    x = np.repeat(np.arange(40.0), 2)
    found = rank(scored(crossed(40, 1, [2], x=x), Priors(strength=0)), k=1)
    assert found.tie_group.tolist() == list(range(40, 0, -1))
    assert found.low.tolist() == found.high.tolist() == list(range(40, 0, -1))
    assert found.p_top.tolist() == [0.0] * 39 + [1.0]


def test_the_variance_of_true_scores_leaves_out_every_error():
    # the errors put in are as large as the differences between candidates
    rng = np.random.default_rng(3)
    C, R = 400, 2
    design = crossed(C, R, [4, 4])
    ability = rng.normal(50, 12, C)
    halo = rng.normal(0, 8, (C, R))
    x = ability[design.c] + halo[design.c, design.r] + rng.normal(0, 10, len(design))
    got = scored(design.valued(x), Priors(strength=0))
    found = true_variance(got, np.arange(C), Priors(strength=0))
    assert found == pytest.approx(ability.var(ddof=1), rel=0.15)
    assert got.score.var() > found + 0.8 * got.own_variance.mean()


# -- from 200 candidates on


def test_the_closed_form_continues_what_the_draws_say():
    # without differences in severity: a leniency that all candidates share blurs no order, and
    # only the draws know that
    got = scored(spread_out(240, seed=2, lenient=0.0), Priors(rater=0.0))
    assert got.severity_variance.max() < 0.5
    small = np.arange(240) < 199
    drawn, wide = rank(got, small, k=20), rank(got, k=20)
    assert (drawn.low[small] % 1 == 0).all()
    some = np.arange(240) < 200
    closed = rank(got, some, k=20)
    assert np.abs(closed.p_top[small] - drawn.p_top[small]).max() < 0.06
    assert np.abs(closed.low[small] - drawn.low[small]).max() < 12
    assert np.abs(closed.high[small] - drawn.high[small]).max() < 12
    assert np.nansum(wide.p_top) == pytest.approx(20, abs=1e-6)


def test_the_closed_form_is_the_sum_of_normal_chances():
    got = scored(spread_out(220, seed=4))
    found = rank(got, k=10)
    shrinkage = found.tau2 / (found.tau2 + got.own_variance)
    m = found.mean + shrinkage * (got.score - found.mean)
    s = np.sqrt(shrinkage * got.own_variance + shrinkage**2 * got.severity_variance)
    z = ndtri(0.95)
    for i in (0, 17, 219):
        others = np.arange(220) != i
        for limit, x in ((found.low, m[i] + z * s[i]), (found.high, m[i] - z * s[i])):
            assert limit[i] == pytest.approx(1 + ndtr((m - x) / s)[others].sum(), abs=1e-9)


def test_pools_that_are_compared_one_by_one_are_summed_to_their_end():
    rng = np.random.default_rng(6)
    m, s, x = rng.normal(50, 10, 900), rng.uniform(1, 9, 900), rng.uniform(20, 80, 1000)
    exact = ndtr((m - x[:, None]) / s).sum(1)
    assert expected_above(m, s, x, ties=False) == pytest.approx(exact, abs=1e-9)


def test_all_equal_shares_the_places_from_200_on_too():
    design = crossed(250, 2, [2], x=np.full(1000, 50.0))
    for priors in (Priors(), Priors(strength=0)):
        found = rank(scored(design, priors), k=1)
        assert found.p_top == pytest.approx(np.full(250, 1 / 250))
        assert found.place.tolist() == [1] * 250
    assert found.low.tolist() == [1] * 250
    assert found.high.tolist() == [250] * 250


def test_values_known_exactly_are_ranked_exactly():
    m, s = np.array([3.0, 2.0, 2.0, 1.0]), np.zeros(4)
    assert chance_of_top(m, s, 2) == pytest.approx([1, 0.5, 0.5, 0])
    low, high = rank_limits(m, s, 1.645)
    assert low.tolist() == [1, 2, 2, 4]
    assert high.tolist() == [1, 3, 3, 4]
    assert chance_of_top(m, s, 4).tolist() == [1] * 4


def test_the_unit_of_the_scores_does_not_matter_to_places():
    rng = np.random.default_rng(3)
    m, s = rng.normal(50, 10, 40), rng.uniform(2, 6, 40)
    points, thousandths = rank_limits(m, s, 1.645), rank_limits(m / 1000, s / 1000, 1.645)
    assert np.array(thousandths) == pytest.approx(np.array(points))


@pytest.mark.parametrize("sd", ["alike", "different", "some exact"])
def test_large_pools_are_summed_in_groups_without_losing_a_place(sd):
    rng = np.random.default_rng(9)
    n = 6000
    m = rng.normal(50, 10, n)
    s = {
        "alike": np.full(n, 4.0),
        "different": rng.uniform(1, 9, n),
        "some exact": np.where(rng.random(n) < 0.1, 0.0, rng.uniform(2, 6, n)),
    }[sd]
    x = np.concatenate([m[:300], rng.uniform(m.min() - 15, m.max() + 15, 700)])
    exact = np.array(
        [np.where(s > 0, ndtr((m - q) / np.maximum(s, 1e-300)), m > q).sum() for q in x]
    )
    assert np.abs(expected_above(m, s, x, ties=False) - exact).max() < 0.05
