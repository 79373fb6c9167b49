"""The account of a score adds up in the digits that are shown."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from assess.workspace.account import account_of, largest_remainder
from assess.workspace.results import CandidateResult, Line

parts = st.lists(st.floats(-60, 100), min_size=1, max_size=12)
corrections = st.one_of(st.just(0.0), st.floats(-20, 20))


def adds_up(shown, total, digits=1):
    return math.isclose(sum(shown), total, abs_tol=10**-digits / 100)


@given(parts, st.integers(0, 2))
def test_rounded_parts_add_up_to_the_rounded_sum(given_parts, digits):
    shown = largest_remainder(given_parts, digits=digits)
    if any(given_parts):
        assert adds_up(shown, float(f"{sum(given_parts):.{digits}f}"), digits)


@given(parts)
def test_no_part_moves_by_more_than_a_digit(given_parts):
    for part, shown in zip(given_parts, largest_remainder(given_parts), strict=True):
        assert abs(part - shown) < 0.1 + 1e-9


def test_what_is_nothing_stays_nothing():
    assert largest_remainder([33.34, 0.0, 33.33, 33.33], 100.0)[1] == 0


def test_the_odd_digit_goes_where_most_was_cut_off():
    assert largest_remainder([0.33, 0.33, 0.34], 1.0) == [0.3, 0.3, 0.4]


@st.composite
def lines(draw):
    weights = draw(st.lists(st.floats(1, 30), min_size=1, max_size=10))
    found = []
    for number, weight in enumerate(weights):
        raw = draw(st.floats(0, weight))
        rest = [draw(corrections) for _ in range(4)]
        found.append(
            Line(f"C{number}", 100 * weight / sum(weights), 3.0, raw, *rest, raw + sum(rest))
        )
    return found


def result_of(found):
    score = sum(line.points for line in found)
    nothing = (None,) * 7
    return CandidateResult(
        "HE", "Helen", "", score, *nothing, None, "ready", "ready", 100.0, (score, score), False,
        [], found, [], 2, "estimated", 1, 0,
    )  # fmt: skip


@given(lines())
def test_rows_columns_and_score_add_up_in_the_digits_shown(found):
    account = account_of(result_of(found))
    score = float(f"{sum(line.points for line in found):.1f}")
    if not any(line.points for line in found):
        return
    assert adds_up([line.points for line in account.lines], score)
    for line in account.lines:
        shown = (line.raw_points, line.item_mix, line.severity, line.agreed, line.knowledge)
        if any((line.line.raw_points, line.line.item_mix, line.line.severity)):
            assert adds_up([part or 0.0 for part in shown], line.points)
    sums = (
        account.raw_points,
        account.item_mix,
        account.severity,
        account.agreed,
        account.knowledge,
    )
    assert adds_up([part or 0.0 for part in sums], account.points)
    assert adds_up([line.weight for line in account.lines], 100.0)


def test_a_correction_that_was_not_made_is_not_shown_as_a_figure():
    line = Line("BPM", 100.0, 3.0, 50.0, 0.0, 1.5, 0.0, 0.0, 51.5)
    account = account_of(result_of([line]))
    assert account.lines[0].item_mix is None and account.item_mix is None
    assert account.lines[0].severity == 1.5
