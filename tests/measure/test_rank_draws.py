"""Places from draws: tails, who is alike, who only shares a rater, ties without any error."""

import numpy as np
import pytest
from measure_designs import crossed

from assess.measure import WaveData, fit, score, sed
from assess.measure.rank_draws import Spread, drawn, shared_covariance


def _spread(mean, own):
    n = len(mean)
    return Spread(np.asarray(mean, float), np.full(n, float(own)), np.ones(n))


def test_an_interval_leaves_half_of_the_rest_out_on_each_side():
    # the second is better by chance 0.042: below 5 %, above 2.5 %
    spread = _spread([1.728 * np.sqrt(2), 0.0], 1.0)
    low, high, p_top = drawn(spread, np.zeros((2, 2)), 1, 0.90, 1)
    assert (low.tolist(), high.tolist()) == ([1, 2], [1, 2])
    assert p_top == pytest.approx([0.958, 0.042], abs=0.01)
    low, high, _p = drawn(spread, np.zeros((2, 2)), 1, 0.95, 1)
    assert (low.tolist(), high.tolist()) == ([1, 1], [2, 2])


def test_who_shares_only_some_raters_is_not_alike():
    # A and C have the same raters, B another one in part: A is never behind C, and B may be
    shared = np.array([[100.0, 80, 100], [80, 100, 80], [100, 80, 100]])
    _low, _high, p_top = drawn(_spread([50, 50, 48], 1e-6), shared, 2, 0.90, 1)
    assert p_top[0] == 1.0
    assert p_top[1] == pytest.approx(0.624, abs=0.03)


def test_equals_without_any_error_share_all_places():
    low, high, p_top = drawn(_spread(np.full(25, 50), 0), np.zeros((25, 25)), 5, 0.90, 1)
    assert (low == 1).all()
    assert (high == 25).all()
    assert p_top == pytest.approx(np.full(25, 0.2))


def test_severities_of_every_wave_are_shared():
    first, second = (crossed(3, 2, [2, 3], seed=seed) for seed in (1, 2))
    waves = [WaveData(fit(one.keep(np.isin(one.competency[one.i], [g])).answers))
             for one, g in ((first, 0), (second, 1))]  # fmt: skip
    scores = score(waves, first.module())
    assert scores.wave.min() < scores.wave.max()
    shared = shared_covariance(scores, np.arange(3))
    apart = shared.diagonal()[:, None] + shared.diagonal() - 2 * shared
    own = scores.own_variance[:, None] + scores.own_variance
    expected = [sed(scores, i, j) for i, j in ((0, 1), (0, 2), (1, 2))]
    assert np.sqrt(apart + own)[np.triu_indices(3, 1)] == pytest.approx(expected)
    assert shared.diagonal() == pytest.approx(scores.severity_variance)
