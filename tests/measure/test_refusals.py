"""What cannot be answers or priors is refused, and says why."""

import numpy as np
import pytest

from assess.measure import Answers, Priors


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"c": [0, 2]}, "candidate codes must lie in 0..0"),
        ({"r": [0, -1]}, "rater codes must lie in 0..0"),
        ({"r": [0, 2**32]}, "rater codes must lie in 0..0"),
        ({"i": [0, 9]}, "item codes must lie in 0..1"),
        ({"x": [1.0, np.nan]}, "every answer must be a finite number"),
        ({"x": [1.0]}, "the columns c, r, i, x and agreed must be of one length"),
        ({"c": [0.0, 0.5]}, "candidate codes must be whole numbers"),
        ({"competency": [0, 3]}, "competency codes must lie in 0..1"),
        ({"agreed": [1.0]}, "the columns c, r, i, x and agreed must be of one length"),
    ],
)
def test_columns_that_cannot_be_answers_are_refused(change, message):
    columns = {
        "c": [0, 0],
        "r": [0, 0],
        "i": [0, 1],
        "x": [1.0, 2.0],
        "competency": [0, 1],
        "agreed": None,
    }
    with pytest.raises(ValueError, match=f"^{message}$"):
        Answers.from_columns(**{**columns, **change}, n_candidates=1, n_raters=1, n_competencies=2)


@pytest.mark.parametrize(("twice", "rows"), [([3, 7], "3 and 7"), ([0, 59], "0 and 59")])
def test_an_item_answered_twice_names_its_rows(twice, rows):
    item = np.arange(60)[::-1].copy()
    item[twice] = 60
    nought = np.zeros(60, int)
    with pytest.raises(ValueError, match=f"^rows {rows} answer the same item for the same cand"):
        Answers.from_columns(
            nought, nought, item, nought, np.zeros(61, int),
            n_candidates=1, n_raters=1, n_competencies=1,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"strength": -1}, {"halo": float("nan")}, {"cell": float("inf")}]
)
def test_priors_that_are_no_spread_are_refused(change):
    with pytest.raises(ValueError, match="at least 0"):
        Priors(**change)
