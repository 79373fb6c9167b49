"""What is said of raters, and digits that add up."""

import numpy as np
import pytest
from hypothesis import given
from measure_designs import crossed, designs

from assess.measure import fit, rater_summary


def test_a_rater_who_rates_lower_than_the_others_is_severe():
    design = crossed(12, 3, [3, 3], seed=1)
    got = rater_summary(fit(design.valued(design.x / 2 + 40 - 20 * (design.r == 1)).answers))
    assert got.severity[1] > 0 > max(got.severity[0], got.severity[2])
    assert got.estimated.all()
    assert got.interviews.tolist() == [12] * 3
    assert got.answers.tolist() == [72] * 3
    assert (got.se > 0).all()


def test_spread_is_the_standard_deviation_of_the_answers_given():
    design = crossed(6, 2, [4], seed=2)
    got = rater_summary(fit(design.answers))
    for r in range(2):
        assert got.spread[r] == pytest.approx(design.x[design.r == r].std(ddof=1))


def test_agreement_is_the_correlation_with_the_mean_of_the_others():
    design = crossed(8, 3, [2, 2], seed=3)
    got = rater_summary(fit(design.answers))
    values = design.x.reshape(8, 3, 2, 2).mean(3)
    for r in range(3):
        others = np.delete(values, r, 1).mean(1)
        expected = np.corrcoef(values[:, r].ravel(), others.ravel())[0, 1]
        assert got.agreement[r] == pytest.approx(expected)


def test_distance_is_that_from_the_mean_of_the_others_whatever_their_number():
    design = crossed(5, 3, [2], seed=3)
    found = fit(design.keep((design.c > 0) | (design.r < 2)).answers)
    free = design.x.reshape(5, 3, 2).mean(2) - found.beta.mean() - found.rho
    free[0, 2] = np.nan
    others = [np.nanmean(np.delete(free, r, 1), 1) for r in range(3)]
    expected = np.nanmean(np.abs(free - np.column_stack(others)), 0)
    assert rater_summary(found).distance == pytest.approx(expected)


def test_two_raters_agree_with_each_other_alike():
    design = crossed(8, 2, [2, 2], seed=6)
    found = fit(design.answers)
    got = rater_summary(found)
    first, second = design.x.reshape(8, 2, 2, 2).mean(3).transpose(1, 0, 2).reshape(2, -1)
    assert got.agreement == pytest.approx([np.corrcoef(first, second)[0, 1]] * 2)
    apart = np.abs((first - found.rho[0]) - (second - found.rho[1])).mean()
    assert got.distance == pytest.approx([apart] * 2)


def test_raters_who_see_the_opposite_agree_by_minus_one_and_no_less():
    # of these figures the quotient is a rounding error below -1
    one = np.array([94.30561055723676, 51.13275528143616, 97.62437057077041])
    got = rater_summary(fit(crossed(3, 2, [1], x=np.column_stack([one, 100 - one])).answers))
    assert got.agreement.tolist() == [-1.0, -1.0]


def test_raters_without_answers_or_company_are_left_open():
    design = crossed(4, 3, [2], seed=4)
    got = rater_summary(fit(design.keep(design.r == 1).answers))
    assert np.isnan(got.severity[[0, 2]]).all()
    assert got.severity[1] == 0
    assert not got.estimated.any()
    assert np.isnan(got.agreement).all()
    assert np.isnan(got.distance).all()
    assert np.isnan(got.spread).tolist() == [True, False, True]
    assert got.block.tolist() == [-1, 0, -1]


def test_without_spread_or_company_enough_there_is_no_agreement():
    design = crossed(5, 6, [2], seed=4)
    design = design.valued(np.where(design.r == 0, 50.0, design.x))
    # 0 gives everybody the same, 1 rates all, 2 two, 3 one; 4 rates alone and 5 nobody
    seen = np.array([4, 4, 2, 1, 0, 0])[design.r] > design.c
    kept = design.keep(seen | ((design.r == 4) & (design.c == 4)))
    with np.errstate(all="raise"):  # nor a warning
        got = rater_summary(fit(kept.answers))
    assert np.isnan(got.agreement).tolist() == [True, False, True, True, True, True]
    assert np.isnan(got.distance).tolist() == [False, False, False, False, True, True]
    assert got.spread[0] == 0


@given(designs())
def test_no_figure_of_a_rater_is_infinite_and_agreement_stays_a_correlation(design):
    got = rater_summary(fit(design.answers))
    some = got.agreement[~np.isnan(got.agreement)]
    assert (np.abs(some) <= 1).all()
    for value in (got.severity, got.se, got.spread, got.distance):
        assert not np.isinf(value).any()
