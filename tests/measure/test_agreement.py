"""What agreement says of complete, incomplete and degenerate tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assess.measure.agreement import agreement
from assess.measure.icc import FORMS
from assess.measure.incomplete import component_iccs

NAN = np.nan
tables = st.tuples(st.integers(2, 8), st.integers(2, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(1, 5).map(float))
)


def values(table):
    return {form: figure.value for form, figure in agreement(table).icc.items()}


def long_form(table):
    unit, rater = np.nonzero(~np.isnan(table))
    return unit, rater, table[unit, rater]


def same(a, b):
    assert a.keys() == b.keys()
    for form in a:
        if a[form] is None or b[form] is None:
            assert a[form] is b[form], form
        else:
            assert a[form] == pytest.approx(b[form], rel=1e-6, abs=1e-6), form


@given(tables)
def test_components_of_a_complete_table_give_the_figures_of_its_mean_squares(table):
    icc, k, _ = component_iccs(*long_form(table))
    if k is None:
        assert all(figure.value is None for figure in agreement(table).icc.values())
        return
    assert k == pytest.approx(table.shape[1])
    exact = values(table)
    for form, figure in icc.items():
        if figure.value is not None and exact[form] is not None and abs(exact[form]) < 1e3:
            assert figure.value == pytest.approx(exact[form], rel=1e-6, abs=1e-6)


@given(tables, st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_that_of_raters_matters(table, random):
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    same(values(table), values(table[rows][:, columns]))


@given(tables, st.sampled_from([0.25, 3.0, 25.0]), st.sampled_from([-40.0, 0.0, 1000.0]))
def test_origin_and_unit_of_the_scale_do_not_matter(table, factor, shift):
    same(values(table), values(table * factor + shift))


@given(tables, st.integers(1, 4))
def test_a_severe_rater_lowers_absolute_agreement_but_not_consistency(table, severity):
    shifted = table.copy()
    shifted[:, 0] -= severity * 10
    before, after = values(table), values(shifted)
    same({"C,1": before["C,1"]}, {"C,1": after["C,1"]})
    if before["C,1"] is not None and before["C,1"] > 0.05:
        assert after["A,1"] < before["A,1"]


@given(tables)
def test_a_value_lies_within_its_limits(table):
    for figure in agreement(table).icc.values():
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.value + 1e-9
            assert figure.value <= figure.high + 1e-9


def test_units_that_not_all_raters_rated_are_left_out_and_counted():
    table = np.array([[1, 2, 2], [4, 5, 4], [3, NAN, 3], [5, 5, 4], [NAN, NAN, 2]], float)
    found = agreement(table)
    assert (found.units, found.dropped, found.raters, found.basis) == (3, 2, 3, "complete")
    same(values(table), values(table[[0, 1, 3]]))


def test_rows_and_columns_without_any_rating_are_no_units_and_no_raters():
    table = np.array([[1, NAN, 2], [NAN, NAN, NAN], [4, NAN, 4]], float)
    found = agreement(table)
    assert (found.units, found.dropped, found.raters) == (2, 0, 2)


def test_an_incomplete_panel_is_judged_by_its_variance_components():
    rng = np.random.default_rng(7)
    units, raters = 600, 5
    table = (rng.normal(0, 2.0, (units, 1)) + rng.normal(0, 1.0, (1, raters)) * 0) + rng.normal(
        0, 1.0, (units, raters)
    )
    table += np.array([-1.5, -0.5, 0.0, 0.5, 1.5])
    for unit in range(units):
        table[unit, rng.choice(raters, 3, replace=False)] = NAN
    found = agreement(table)
    assert (found.basis, found.units, found.dropped, found.k) == ("components", units, 0, 2.0)
    # units 4, raters 1.25 (variance of the five shifts), error 1
    assert found.icc["C,1"].value == pytest.approx(4 / 5, abs=0.04)
    assert found.icc["A,1"].value == pytest.approx(4 / 6.25, abs=0.04)
    assert found.icc["1,1"].value == pytest.approx(4 / 6.25, abs=0.06)
    assert found.icc["A,k"].value == pytest.approx(4 / (4 + 2.25 / 2), abs=0.04)
    assert all(figure.low is figure.high is figure.F is None for figure in found.icc.values())


def test_the_mean_number_of_ratings_is_harmonic():
    table = np.array(
        [[1, 2, NAN], [NAN, 3, 5], [2, NAN, 4], [4, 5, NAN], [NAN, 1, 1], [3, NAN, NAN]], float
    )
    assert agreement(table).k == 2.0
    table[0] = [1, 2, 2]
    assert agreement(table).k == pytest.approx(5 / (4 / 2 + 1 / 3))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.full((4, 3), NAN), "no_ratings"),
        (np.array([[1.0], [2.0], [3.0]]), "one_rater"),
        (np.array([[1.0, NAN], [2.0, NAN]]), "one_rater"),
        (np.array([[1.0, 2.0, 3.0]]), "one_unit"),
        (np.array([[1.0, 2.0]]), "one_unit"),
        (np.array([[1.0, NAN], [NAN, 2.0], [3.0, NAN]]), "no_overlap"),
        (np.array([[3.0, 3.0, NAN], [NAN, 3.0, 3.0], [3.0, NAN, 3.0]]), "all_equal"),
        (np.array([[0.0, 0.0, NAN], [NAN, 0.0, 0.0], [0.0, NAN, 0.0]]), "all_equal"),
    ],
)
def test_what_is_undefined_says_why_and_has_no_figure(table, reason):
    found = agreement(table)
    assert (found.basis, found.reason, found.k) == ("none", reason, None)
    assert set(found.icc) == set(FORMS)
    assert found.units + found.dropped == (~np.isnan(table)).any(axis=1).sum()
    assert found.raters == (~np.isnan(table)).any(axis=0).sum()
    for figure in found.icc.values():
        assert figure.value is figure.low is figure.high is figure.F is figure.p is None
        assert figure.reason == reason


@pytest.mark.parametrize(
    ("table", "value", "reason"),
    [
        ([[2, 4], [3, 3], [2, 4]], -1 / 3, "no_df"),
        ([[4, 5], [5, 4]], None, "below_pole"),
    ],
)
def test_two_raters_who_rate_the_other_way_round_have_no_limits(table, value, reason):
    found = agreement(np.array(table, float))
    absolute = found.icc["A,1"]
    assert found.basis == "complete"
    assert absolute.value == pytest.approx(value)
    assert absolute.low is absolute.high is None
    assert absolute.reason == reason


@pytest.mark.parametrize("value", [3.0, 0.1, 1e9])
def test_equal_ratings_everywhere_agree_about_nothing(value):
    found = agreement(np.full((5, 3), value))
    assert all(figure.value is None for figure in found.icc.values())
    assert {figure.reason for figure in found.icc.values()} == {"all_equal"}
    assert (found.basis, found.reason) == ("complete", "all_equal")


def test_perfect_agreement_has_a_value_but_neither_f_nor_limits():
    found = agreement(np.repeat([[0.1], [0.3], [0.7], [0.2]], 3, axis=1))
    for figure in found.icc.values():
        assert figure.value == 1.0
        assert figure.low is figure.high is figure.F is figure.p is None
        assert figure.reason == "no_error"
    assert found.reason == ""


def test_units_that_are_all_alike_say_so_with_the_degrees_of_freedom_they_have():
    alike = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])
    figure = agreement(alike).icc["C,1"]
    assert (figure.value, figure.reason, figure.df1, figure.df2) == (None, "all_equal", 2, 2)
    holes = np.array([[1.0, 2.0, NAN], [1.0, NAN, 3.0], [NAN, 2.0, 3.0]])
    found = agreement(holes)
    assert found.basis == "components"
    assert found.icc["C,1"].reason == found.icc["C,k"].reason == "all_equal"


def test_raters_apart_by_a_constant_are_consistent_and_not_in_agreement():
    unit = np.array([1.0, 2.0, 4.0, 5.0])
    found = agreement(np.column_stack([unit, unit - 1.0]))
    assert found.icc["C,1"].value == pytest.approx(1.0)
    assert found.icc["C,1"].F is None
    assert found.icc["A,1"].value == pytest.approx(10 / 3 / (10 / 3 + 0.5))


def test_units_that_differ_as_much_as_raters_do_are_half_in_agreement():
    assert agreement(np.array([[1.0, 2.0], [2.0, 3.0]])).icc["A,1"].value == pytest.approx(0.5)


def test_units_that_differ_less_than_chance_have_no_reliability_of_a_mean():
    found = agreement(np.array([[1.0, 5.0], [5.0, 1.0], [3.0, 3.0]]))
    assert found.icc["C,1"].value == pytest.approx(-1.0)
    assert found.icc["C,k"].value is None
    assert found.icc["C,k"].reason == "below_pole"
    by_components, _k, _reason = component_iccs(*long_form(np.array([[1.0, 5], [5, 1], [3, 3]])))
    assert by_components["C,1"].value == pytest.approx(-1.0)
    assert (by_components["C,k"].value, by_components["C,k"].reason) == (None, "below_pole")
    single = agreement(np.array([[1.0, 2.0, 2.0], [2.0, 0.0, NAN]])).icc["A,1"]
    assert (single.value, single.reason) == (None, "below_pole")


@pytest.mark.parametrize("basis", ["complete", "components"])
def test_it_does_not_matter_where_the_scale_begins_and_how_fine_it_is(basis):
    rng = np.random.default_rng(3)
    table = rng.normal(0, 2.0, (12, 1)) + rng.normal(0, 1.0, (12, 4))
    if basis == "components":
        table[np.arange(12), np.arange(12) % 4] = NAN
    found, fine = agreement(table), agreement(1 + 1e-8 * table)
    assert found.basis == fine.basis == basis
    assert found.reason == fine.reason == ""
    for form, figure in found.icc.items():
        assert fine.icc[form].value == pytest.approx(figure.value, abs=1e-4)


def test_two_units_that_share_a_rater_are_too_few_to_tell_apart_what_differs():
    found = agreement(np.array([[1.0, 2.0, NAN], [NAN, 3.0, 5.0]]))
    assert found.units == 2
    assert found.basis == "components"
    assert found.icc["1,1"].value is not None
    assert found.icc["C,1"].reason == found.icc["A,1"].reason == "no_overlap"


def test_a_large_table_has_narrow_limits():
    rng = np.random.default_rng(11)
    table = rng.normal(0, 2.0, (800, 1)) + rng.normal(0, 1.0, (800, 6)) + np.arange(6) * 0.01
    for figure in agreement(table).icc.values():
        assert figure.reason == ""
        assert figure.value - 0.05 < figure.low < figure.value < figure.high < figure.value + 0.05
