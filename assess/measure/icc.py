"""The six intraclass correlations of a complete table (docs/measurement.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, fdtri

Floats = NDArray[np.float64]
Form = Literal["1,1", "A,1", "C,1", "1,k", "A,k", "C,k"]
FORMS: tuple[Form, ...] = ("1,1", "A,1", "C,1", "1,k", "A,k", "C,k")
Reason = Literal[
    "",
    "no_ratings",
    "one_rater",
    "one_unit",
    "all_equal",
    "no_overlap",
    "below_pole",
    "no_error",
    "no_df",
]
"""Why a figure is missing: nothing rated; fewer than two raters; fewer than two units; nothing
varies; too few common ratings to tell units, raters and error apart; units differ less than error
alone would make them, so that the mean of k has no reliability; no error at all, so that neither F
nor limits exist; hardly any degrees of freedom for the limits."""


@dataclass(frozen=True)
class Icc:
    """One intraclass correlation with its limits and its F test of "no difference of units"."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    F: float | None = None
    df1: float | None = None
    df2: float | None = None
    p: float | None = None
    reason: Reason = ""


@dataclass(frozen=True)
class MeanSquares:
    """The two-way table of means of n complete units by k raters."""

    n: int
    k: int
    rows: float
    columns: float
    error: float
    within: float


def none(reason: Reason) -> dict[Form, Icc]:
    """Six undefined figures."""
    return {form: Icc(reason=reason) for form in FORMS}


def mean_squares(x: Floats) -> MeanSquares:
    """The mean squares of a complete n x k table, n and k at least 2.

    Sums of squares that are rounding error only are set to 0, so that equal ratings are seen as
    equal whatever their size.
    """
    n, k = x.shape
    noise = (1e-13 * float(np.abs(x).max())) ** 2 * x.size
    grand, row, column = x.mean(), x.mean(axis=1), x.mean(axis=0)
    sums = [
        k * float(((row - grand) ** 2).sum()),
        n * float(((column - grand) ** 2).sum()),
        float(((x - row[:, None] - column[None, :] + grand) ** 2).sum()),
    ]
    rows, columns, error = (0.0 if value <= noise else value for value in sums)
    return MeanSquares(
        n,
        k,
        rows / (n - 1),
        columns / (k - 1),
        error / ((n - 1) * (k - 1)),
        (columns + error) / (n * (k - 1)),
    )


def complete_iccs(x: Floats, confidence: float = 0.95) -> dict[Form, Icc]:
    """The six ICCs of a complete units x raters table (at least 2 x 2) with limits and F tests.

    McGraw & Wong (1996, Psychological Methods 1, 30-46, tables 4, 7 and 8, with the corrections on
    page 390 of the same volume). The limits of (A,k) follow from those of (A,1) by Spearman-Brown.
    """
    ms = mean_squares(x)
    if ms.rows == ms.columns == ms.error == 0.0:
        return none("all_equal")
    tail = (1.0 + confidence) / 2.0
    df = ms.n - 1
    one = _f_form(ms.rows, ms.within, ms.k, (df, ms.n * (ms.k - 1)), tail)
    consistent = _f_form(ms.rows, ms.error, ms.k, (df, df * (ms.k - 1)), tail)
    absolute = _absolute(ms, consistent, tail)
    return {
        "1,1": one,
        "A,1": absolute,
        "C,1": consistent,
        "1,k": _stepped(one, ms.k),
        "A,k": _stepped(absolute, ms.k),
        "C,k": _stepped(consistent, ms.k),
    }


def _f_form(rows: float, error: float, k: int, df: tuple[int, int], tail: float) -> Icc:
    """ICC(1,1) or (C,1): a function of F = ``rows`` / ``error`` alone, and so are its limits."""
    df1, df2 = df
    if rows == error == 0.0:
        return Icc(df1=df1, df2=df2, reason="all_equal")
    value = (rows - error) / (rows + (k - 1) * error)
    if error == 0.0:
        return Icc(value, df1=df1, df2=df2, reason="no_error")
    f = rows / error
    low = f / float(fdtri(df1, df2, tail))
    high = f * float(fdtri(df2, df1, tail))
    return Icc(
        value,
        (low - 1) / (low + k - 1),
        (high - 1) / (high + k - 1),
        f,
        df1,
        df2,
        float(fdtrc(df1, df2, f)),
    )


def _absolute(ms: MeanSquares, test: Icc, tail: float) -> Icc:
    """ICC(A,1), its limits with Satterthwaite's degrees of freedom, and the F test of ``test``."""
    n, k = ms.n, ms.k
    spread = k * ms.columns + (k * n - k - n) * ms.error
    if n * ms.rows + spread == 0.0:
        return Icc(F=test.F, df1=test.df1, df2=test.df2, p=test.p, reason="below_pole")
    value = n * (ms.rows - ms.error) / (n * ms.rows + spread)
    unlimited = Icc(value, F=test.F, df1=test.df1, df2=test.df2, p=test.p)
    df = _satterthwaite(ms, value)
    if df is None:
        return replace(unlimited, reason="no_error")
    f_low, f_high = float(fdtri(n - 1, df, tail)), float(fdtri(df, n - 1, tail))
    # with hardly any degrees of freedom the quantiles overflow or fall below 1
    if not (1.0 <= f_low < np.inf and f_high >= 1.0):
        return replace(unlimited, reason="no_df")
    low = n * (ms.rows - f_low * ms.error) / (f_low * spread + n * ms.rows)
    high = n * (f_high * ms.rows - ms.error) / (spread + n * f_high * ms.rows)
    return replace(unlimited, low=low, high=high)


def _satterthwaite(ms: MeanSquares, r: float) -> float | None:
    """Degrees of freedom of a MSC + b MSE at ICC(A,1) = ``r``; None where there is no error."""
    if r >= 1.0:
        return None
    n, k = ms.n, ms.k
    a = k * r / (n * (1 - r)) * ms.columns
    b = (1 + k * r * (n - 1) / (n * (1 - r))) * ms.error
    below = a**2 / (k - 1) + b**2 / ((n - 1) * (k - 1))
    return (a + b) ** 2 / below if below > 0.0 and a + b != 0.0 else None


def _stepped(single: Icc, k: int) -> Icc:
    """The reliability of a mean of ``k`` ratings, by Spearman-Brown, with the same F test."""
    value = spearman_brown(single.value, k)
    reason = single.reason
    if value is None and single.value is not None:
        reason = "below_pole"
    low, high = spearman_brown(single.low, k), spearman_brown(single.high, k)
    if value is None:
        low = high = None
    return Icc(value, low, high, single.F, single.df1, single.df2, single.p, reason)


def spearman_brown(r: float | None, k: float) -> float | None:
    """k r / (1 + (k - 1) r); None at and below its pole, where a mean of k has no reliability."""
    if r is None or 1.0 + (k - 1.0) * r <= 1e-12:
        return None
    return k * r / (1.0 + (k - 1.0) * r)
