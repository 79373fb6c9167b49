"""Variance components against analyses of variance by hand, by simulation and as published."""

import numpy as np
import pytest
from measure_designs import crossed

from assess.measure import ModuleSpec, Priors, WaveData, candidate_variance, fit, score
from assess.measure.competency import competency_table

BARE = Priors(strength=0)


def table(values):
    """Targets by judges as answers to one item."""
    values = np.asarray(values, float)
    return crossed(*values.shape, [1], x=values)


def test_shrout_and_fleiss_mean_squares():
    # Shrout & Fleiss (1979), table 2: BMS 11.24, JMS 32.49, EMS 1.02 on 6 targets by 4 judges
    values = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = fit(table(values).answers, BARE)
    got = found.components
    assert got.mse == pytest.approx(1.02, abs=0.005)
    assert got.halo == pytest.approx(1.02, abs=0.005)
    assert got.rater == pytest.approx((32.49 - 1.02) / 6, abs=0.005)
    assert (got.candidate_item, got.residual) == (0, 0)
    assert (got.halo_estimate.df, got.rater_estimate.df) == (15, 3)
    assert candidate_variance(found) == pytest.approx((11.24 - 1.02) / 4, abs=0.005)


def test_a_balanced_table_of_candidates_raters_and_items_by_hand():
    C, R, n = 7, 3, 4
    x = np.random.default_rng(2).normal(50, 15, (C, R, n))
    got = fit(crossed(C, R, [n], x=x).answers, BARE).components
    by_cell, by_item, by_pair = x.mean(2), x.mean((0, 1)), x.mean(1)
    inside = ((x - by_cell[..., None] - by_item + x.mean()) ** 2).sum()
    df = C * R * n - C * R - (n - 1)
    rest = x - by_cell[..., None] - by_pair[:, None] + x.mean((1, 2))[:, None, None]
    residual = (rest**2).sum() / (C * (R - 1) * (n - 1))
    assert got.cell_estimate.df == df
    assert got.cell_estimate.variance == pytest.approx(inside / df)
    assert got.residual_estimate.variance == pytest.approx(residual)
    assert got.candidate_item == pytest.approx(max(0, inside / df - residual))
    two_way = by_cell - by_cell.mean(1, keepdims=True) - by_cell.mean(0) + x.mean()
    mse = (two_way**2).sum() / ((C - 1) * (R - 1))
    msr = C * ((by_cell.mean(0) - x.mean()) ** 2).sum() / (R - 1)
    assert got.mse == pytest.approx(mse)
    assert got.halo == pytest.approx(max(0, mse - residual / n))
    assert got.rater == pytest.approx(max(0, (msr - mse) / C))


def test_raters_of_several_blocks_explain_the_sum_of_what_each_block_explains():
    rng = np.random.default_rng(3)
    parts = [rng.normal(50, 12, (C, R)) + rng.normal(0, 15, R) for C, R in ((5, 2), (4, 3))]
    whole = np.full((9, 5), np.nan)
    whole[:5, :2], whole[5:, 2:] = parts
    design = table(whole)
    got = fit(design.keep(~np.isnan(design.x)).answers, BARE).components
    free = [y - y.mean(1, keepdims=True) for y in parts]
    raters = sum(len(y) * (y.mean(0) ** 2).sum() for y in free)
    mse = sum(((y - y.mean(0)) ** 2).sum() for y in free) / (4 * 1 + 3 * 2)
    assert (got.halo_estimate.df, got.rater_estimate.df) == (10, 3)
    assert got.halo == pytest.approx(mse)
    assert got.rater == pytest.approx((raters - 3 * mse) / (5 * 1 + 4 * 2))


def test_severities_add_to_the_error_of_a_value_what_they_share():
    # 0 was seen by one rater alone, so that the first pair of raters is that of 1
    design = crossed(3, 3, [2], seed=1)
    design = design.keep((design.c > 0) | (design.r == 0))
    found = fit(design.answers)
    V = found.severity.V
    assert V[0, 1] > 1
    expected = [V[0, 0], V.mean(), V.mean()]
    assert competency_table(found).severity_variance[:, 0] == pytest.approx(expected)


def test_without_items_in_common_the_whole_within_part_is_candidate_by_item():
    design = crossed(6, 2, [4], seed=1)
    apart = design.keep((design.i < 2) == (design.r == 0))
    got = fit(apart.answers).components
    assert got.residual == 0
    assert got.candidate_item > 0
    assert got.residual_estimate.df == 0
    lone = fit(crossed(6, 1, [4], seed=1).answers).components
    assert (lone.residual, lone.residual_estimate.df) == (0, 0)


def test_a_component_without_degrees_of_freedom_is_its_prior_or_nothing():
    answers = crossed(1, 1, [1], x=[40.0]).answers
    got = fit(answers).components
    assert (got.rater, got.halo) == (8**2, 9**2)
    assert (got.candidate_item, got.residual) == (18**2, 0)
    bare = fit(answers, BARE).components
    assert (bare.rater, bare.halo, bare.candidate_item, bare.residual) == (0, 0, 0, 0)


def test_the_prior_counts_as_its_strength_in_degrees_of_freedom():
    design = crossed(5, 3, [4], seed=3)
    bare, shrunk = fit(design.answers, BARE).components, fit(design.answers).components
    for name, prior, raw in (
        ("halo", 9, bare.halo_estimate),
        ("rater", 8, bare.rater_estimate),
    ):
        expected = (4 * prior**2 + raw.df * raw.variance) / (4 + raw.df)
        # item effects do not touch complete data, so that the raw estimates are the same
        assert getattr(shrunk, name) == pytest.approx(expected)
    raw = shrunk.cell_estimate
    total = (4 * 18**2 + raw.df * raw.variance) / (4 + raw.df)
    assert shrunk.candidate_item + shrunk.residual == pytest.approx(total)


def simulated(rng, sd, *, C=60, R=8, each=3, items=(4, 4, 4)):
    """Every candidate rated by ``each`` of R raters on all items."""
    design = crossed(C, R, items)
    raters = np.argsort(rng.random((C, R)), 1)[:, :each]
    design = design.keep((design.r[:, None] == raters[design.c]).any(1))
    c, r, i = design.c, design.r, design.i
    g = design.competency[i]
    x = (
        rng.normal(50, 15, (C, len(items)))[c, g]
        + rng.normal(0, 10, design.competency.size)[i]
        + rng.normal(0, sd["rater"], R)[r]
        + rng.normal(0, sd["halo"], (C, R))[c, r]
        + rng.normal(0, sd["candidate_item"], (C, design.competency.size))[c, i]
        + rng.normal(0, sd["residual"], len(c))
    )
    return design.valued(x)


def test_components_are_unbiased_in_an_incomplete_crossed_design():
    rng = np.random.default_rng(11)
    sd = {"rater": 7.0, "halo": 9.0, "candidate_item": 10.0, "residual": 12.0}
    got = [fit(simulated(rng, sd).answers, BARE).components for _ in range(120)]
    for name, value in sd.items():
        seen = np.array([getattr(one, name) for one in got])
        error = seen.std(ddof=1) / np.sqrt(len(seen))
        assert abs(seen.mean() - value**2) < 3.5 * error, name
        assert error < 0.1 * value**2


def test_severities_recover_lenient_and_severe_raters():
    rng = np.random.default_rng(12)
    sd = {"rater": 0.0, "halo": 5.0, "candidate_item": 8.0, "residual": 10.0}
    design = simulated(rng, sd, C=200)
    true = np.linspace(-15, 15, 8)
    found = fit(design.valued(design.x + true[design.r]).answers)
    error = found.rho - (true - true.mean())
    assert np.abs(error).max() < 4 * np.sqrt(found.severity.V.diagonal()).max()
    assert np.corrcoef(found.rho, true)[0, 1] > 0.99


def test_a_better_department_is_not_pulled_down_by_its_own_raters():
    # raters 0-2 see the better half, 3-5 the other, one candidate in ten is seen by both sides
    rng = np.random.default_rng(13)
    design = crossed(80, 6, [4, 4])
    better = design.c < 40
    own = (design.r < 3) == better
    keep = own | ((design.c % 10 == 0) & (design.r % 3 == 0))
    design = design.keep(keep)
    level = np.where(np.arange(80) < 40, 70.0, 45.0)[design.c]
    found = fit(design.valued(level + rng.normal(0, 10, len(design))).answers)
    got = score([WaveData(found)], ModuleSpec(np.ones(2))).score
    assert got[:40].mean() - got[40:].mean() == pytest.approx(25, abs=3)
