"""Selection rates: four fifths, Fisher's exact test, groups too small to show."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.measure.fairness import LEAST, Rate, fisher_exact, selection_rates

counts = st.integers(0, 30)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        (((3, 1), (1, 3)), 34 / 70),  # Fisher's lady tasting tea, two-sided
        (((8, 2), (1, 5)), 0.034965034965),
        (((1, 9), (11, 3)), 0.002759456),
        (((0, 5), (0, 5)), 1.0),
        (((5, 0), (0, 5)), 2 / 252),
    ],
)
def test_fisher_against_published_figures(table, p):
    assert fisher_exact(table) == pytest.approx(p, rel=1e-6)


@given(counts, counts, counts, counts)
def test_fisher_against_whole_numbers(a, b, c, d):
    def ways(x):
        return comb(a + b, x) * comb(c + d, a + c - x)

    low, high = max(0, a + c - c - d), min(a + b, a + c)
    exact = sum(ways(x) for x in range(low, high + 1) if ways(x) <= ways(a))
    assert fisher_exact(((a, b), (c, d))) == pytest.approx(
        exact / comb(a + b + c + d, a + c), rel=1e-9
    )


@given(counts, counts, counts, counts)
def test_fisher_does_not_mind_which_way_round_the_table_is(a, b, c, d):
    p = fisher_exact(((a, b), (c, d)))
    assert 0 < p <= 1
    for turned in (((c, d), (a, b)), ((b, a), (d, c)), ((a, c), (b, d))):
        assert fisher_exact(turned) == pytest.approx(p, rel=1e-7)


@pytest.mark.parametrize("at", range(4))
def test_counts_below_nothing_are_refused(at):
    a, b, c, d = (-1 if place == at else 3 for place in range(4))
    with pytest.raises(ValueError, match="negative"):
        fisher_exact(((a, b), (c, d)))


def test_rates_and_ratios_by_hand():
    first, second = selection_rates([20, 10], [10, 2])
    assert (first.rate, first.ratio, first.p) == (0.5, 1.0, None)
    assert (second.rate, second.ratio) == (pytest.approx(0.2), pytest.approx(0.4))
    assert second.p == pytest.approx(fisher_exact(((2, 8), (10, 10))))


def test_a_small_group_has_no_figures_and_is_no_reference():
    small, first, second = selection_rates([LEAST - 1, LEAST, 10], [4, 1, 4])
    assert small == Rate(too_few=True)
    assert second.ratio == 1.0
    assert first.ratio == pytest.approx(0.5)


def test_one_group_alone_has_a_rate_and_nothing_to_compare_with():
    small, alone = selection_rates([2, 8], [1, 4])
    assert small == Rate(too_few=True)
    assert alone == Rate(too_few=False, n=8, selected=4, rate=0.5)


def test_of_equal_groups_the_first_is_what_others_are_compared_with():
    first, second = selection_rates([10, 10], [5, 5])
    assert (first.p, second.p) == (None, pytest.approx(1.0))


def test_a_group_of_nobody_is_a_small_one():
    nobody, others = selection_rates([0, 8], [0, 4])
    assert nobody == Rate(too_few=True)
    assert others.rate == 0.5


def test_where_nobody_is_selected_there_is_no_ratio():
    assert [(one.rate, one.ratio) for one in selection_rates([5, 9], [0, 0])] == [(0, None)] * 2


def test_groups_that_are_all_small_have_no_figures():
    assert selection_rates([4, 4, 1], [1, 2, 0]) == [Rate(too_few=True)] * 3
    assert selection_rates([], []) == []
