"""Krippendorff's alpha: printed figures, properties, and what is undefined."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assess.measure import alpha as module
from assess.measure.alpha import LEVELS, alphas

TABLES = Path(__file__).parents[1] / "published" / "tables"
NAN = np.nan

# sources: tests/published/tables/README.md
PRINTED = [
    ("krippendorff_binary", "nominal", 0.095),
    ("krippendorff_nominal", "nominal", 0.692),
    ("krippendorff_four_observers", "nominal", 0.743),
    ("krippendorff_four_observers", "ordinal", 0.815),
    ("krippendorff_four_observers", "interval", 0.849),
    ("krippendorff_four_observers", "ratio", 0.797),
    ("hayes_krippendorff_2007", "nominal", 0.477),
    ("hayes_krippendorff_2007", "ordinal", 0.7598),
    ("hayes_krippendorff_2007", "interval", 0.757),
]
tables = st.tuples(st.integers(2, 8), st.integers(2, 5)).flatmap(
    lambda shape: arrays(
        np.float64, shape, elements=st.sampled_from([NAN, 0.0, 1.0, 2.0, 2.5, 4.0])
    )
)


@pytest.mark.parametrize(("name", "level", "printed"), PRINTED)
def test_printed_figures(name, level, printed):
    table = np.genfromtxt(TABLES / f"{name}.csv", delimiter=",", skip_header=1)[:, 1:]
    digits = len(str(printed).split(".")[1])
    assert round(alphas(table, bootstraps=0)[level].value, digits) == printed


def by_definition(table, level):
    """Alpha pair by pair, as it is defined: slow and plain."""
    units = [row[~np.isnan(row)] for row in table]
    units = [unit for unit in units if len(unit) >= 2]
    pool = np.concatenate(units) if units else np.array([])

    def difference(a, b):
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        if level == "ratio":
            return 0.0 if a == b else ((a - b) / (a + b)) ** 2
        low, high = min(a, b), max(a, b)
        between = np.sum((pool >= low) & (pool <= high))
        return (between - (np.sum(pool == a) + np.sum(pool == b)) / 2) ** 2 if a != b else 0.0

    observed = sum(
        difference(a, b) / (len(unit) - 1)
        for unit in units
        for i, a in enumerate(unit)
        for j, b in enumerate(unit)
        if i != j
    )
    expected = sum(
        difference(a, b) for i, a in enumerate(pool) for j, b in enumerate(pool) if i != j
    )
    return (
        None
        if expected == 0
        else 1 - (observed / len(pool)) / (expected / (len(pool) * (len(pool) - 1)))
    )


@given(tables, st.sampled_from(LEVELS))
def test_alpha_is_what_its_definition_says_pair_by_pair(table, level):
    found = alphas(table, bootstraps=0)[level].value
    defined = by_definition(table, level)
    if defined is None:
        assert found is None
    else:
        assert found == pytest.approx(defined, abs=1e-9)


@pytest.mark.parametrize(
    "table",
    [
        np.random.default_rng(2).integers(0, 12, (4, 20)).astype(float),  # 13**20 sets and more
        np.array([[0, 3, 3, NAN], [0, 0, NAN, NAN], [1, 2, 2, 2], [0, 0, 3, 3]], float),
    ],
)
def test_sets_of_values_are_told_apart_however_many_there_may_be(table):
    found = alphas(table, bootstraps=0)
    for level in LEVELS:
        assert found[level].value == pytest.approx(by_definition(table, level)), level


@given(tables)
def test_units_with_one_value_only_change_nothing(table):
    lonely = np.full((1, table.shape[1]), NAN)
    lonely[0, 0] = 3.0
    assert alphas(table, bootstraps=20) == alphas(np.vstack([table, lonely]), bootstraps=20)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.full((3, 2), NAN), "no_pairs"),
        (np.array([[1.0], [2.0]]), "no_pairs"),
        (np.array([[1.0, NAN], [NAN, 2.0]]), "no_pairs"),
        (np.full((4, 3), 3.0), "all_equal"),
        (np.array([[2.0, 2.0], [2.0, 2.0], [5.0, NAN]]), "all_equal"),
    ],
)
def test_what_is_undefined_says_why_and_has_no_figure(table, reason):
    for figure in alphas(table).values():
        assert (figure.value, figure.low, figure.high, figure.reason) == (None, None, None, reason)


def test_a_ratio_scale_has_no_negative_values():
    found = alphas(np.array([[-1.0, -2.0], [3.0, 3.0], [2.0, 4.0]]))
    assert (found["ratio"].value, found["ratio"].reason) == (None, "negative_values")
    assert found["interval"].value is not None


def test_ratio_alpha_does_not_change_when_the_unit_of_the_scale_does():
    table = np.array([[1.0, 2.0], [3.0, 3.0], [0.0, 4.0], [5.0, 5.0]])
    small, large = alphas(table, 0)["ratio"].value, alphas(table * 7.0, 0)["ratio"].value
    assert small == pytest.approx(large)
    assert small != pytest.approx(alphas(table + 7.0, 0)["ratio"].value)


def test_two_zeros_do_not_differ_whatever_lay_in_memory_before():
    zeros = np.zeros(50)
    used = [np.full(50, NAN) for _ in range(7)]
    del used
    assert module._ratio(zeros, zeros).tolist() == zeros.tolist()


def test_one_unit_has_a_value_and_no_limits():
    figure = alphas(np.array([[1.0, 2.0, 4.0]]))["interval"]
    assert figure.value == pytest.approx(0.0)
    assert (figure.low, figure.high, figure.reason) == (None, None, "one_unit")


def test_too_many_values_for_the_ratio_scale_are_said(monkeypatch):
    monkeypatch.setattr(module, "MOST_RATIO_VALUES", 3)
    found = alphas(np.array([[1.0, 2.0], [3.0, 4.0], [1.0, 4.0]]))
    assert (found["ratio"].value, found["ratio"].reason) == (None, "too_many_values")
    assert found["ordinal"].low is not None


def test_the_same_table_and_seed_give_the_same_limits_in_any_order():
    rng = np.random.default_rng(3)
    table = rng.integers(1, 6, (30, 3)).astype(float)
    assert alphas(table) == alphas(table)
    assert alphas(table) == alphas(table[rng.permutation(30)][:, [2, 0, 1]])
    assert alphas(table)["nominal"].low != alphas(table, seed=4)["nominal"].low


def test_limits_are_those_of_resampling_units_one_by_one():
    rng = np.random.default_rng(11)
    truth = rng.normal(3, 1, (60, 1))
    table = np.clip(np.round(truth + rng.normal(0, 0.7, (60, 3))), 1, 5)
    table[rng.random(table.shape) < 0.2] = NAN
    resampled = [alphas(table[rng.integers(0, 60, 60)], bootstraps=0) for _ in range(1000)]
    for level, figure in alphas(table, bootstraps=4000).items():
        values = [one[level].value for one in resampled]
        # 1,000 resamples place a 2.5 % limit within a few hundredths
        assert figure.low == pytest.approx(np.quantile(values, 0.025), abs=0.03), level
        assert figure.high == pytest.approx(np.quantile(values, 0.975), abs=0.03), level
        assert figure.low < figure.value < figure.high


def test_resamples_of_one_value_only_are_left_out_at_every_level():
    # of two values all levels say the same; these, three times 0.1, are rounded apart
    found = alphas(np.array([[0.1, 0.1, 0.1], [0.1, 0.4, 0.4]]))
    for figure in found.values():
        assert figure.low == pytest.approx(found["nominal"].low)
        assert figure.high == pytest.approx(found["nominal"].high)


def test_many_distinct_values_are_resampled_in_blocks_to_the_same_limits(monkeypatch):
    rng = np.random.default_rng(5)
    table = rng.normal(50, 10, (40, 1)) + rng.normal(0, 5, (40, 3))
    table[::4, 0] = np.nan
    whole = alphas(table, bootstraps=200)
    monkeypatch.setattr(module, "BLOCK", 2_000)
    for level, figure in alphas(table, bootstraps=200).items():
        assert figure.value == pytest.approx(whole[level].value)
        assert figure.low == pytest.approx(whole[level].low, abs=1e-9)
