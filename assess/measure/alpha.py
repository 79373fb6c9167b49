"""Krippendorff's alpha with a bootstrap over units (docs/measurement.md, section 9).

Krippendorff (2019, Content Analysis, 4th ed., chapter 12): alpha = 1 - observed / expected
disagreement over all pairable values, whatever the number of raters, with values missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
Reason = Literal["", "no_pairs", "all_equal", "negative_values", "one_unit", "too_many_values"]
"""Why a figure is missing: no unit has two values; all values are the same; a ratio scale has no
negative values; limits need two units; the ratio alpha compares every value with every other, at
most 4,000 of them."""

BOOTSTRAPS = 1_000
SEED = 20_240_101
MOST_RATIO_VALUES = 4_000
BLOCK = 4_000_000
"""Numbers held at once while bootstrapping."""


@dataclass(frozen=True)
class Alpha:
    """Alpha at one level of measurement, with the limits of its bootstrap."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Reason = ""


@dataclass(frozen=True)
class Coincidences:
    """What alpha needs of the pairable values, with units of like content counted together.

    ``values`` (v) are the distinct values, ascending. ``pattern`` (p) says how many units hold each
    distinct set of values; ``counts`` (p x v, sparse) what a set holds. The pairs of unlike values
    within sets are (``set_of``, ``first`` < ``second``) with ``weight``, the number of ordered
    pairs over one less than the values in the set.
    """

    values: Floats
    pattern: Codes
    counts: csr_array
    set_of: Codes
    first: Codes
    second: Codes
    weight: Floats


def alphas(
    table: Floats,
    bootstraps: int = BOOTSTRAPS,
    confidence: float = 0.95,
    seed: int = SEED,
) -> dict[Level, Alpha]:
    """Alpha at the four levels for a units x raters table, NaN where nothing was rated.

    Limits are percentiles of ``bootstraps`` resamples of the pairable units; resamples in which all
    values are equal have no alpha and are left out. The same table and seed give the same limits.
    ``bootstraps`` = 0 gives none.
    """
    found = coincidences(table)
    if found is None:
        return {level: Alpha(reason="no_pairs") for level in LEVELS}
    if len(found.values) == 1:
        return {level: Alpha(reason="all_equal") for level in LEVELS}
    lost: Reason = "negative_values" if found.values[0] < 0.0 else ""
    if not lost and len(found.values) > MOST_RATIO_VALUES:
        lost = "too_many_values"
    levels = [level for level in LEVELS if level != "ratio" or not lost]
    once = _alpha(found, found.pattern[None, :].astype(np.float64), levels)
    limits = _bootstrap(found, levels, bootstraps, confidence, seed)
    result: dict[Level, Alpha] = {}
    for level in LEVELS:
        if level in levels:
            low, high, reason = limits[level]
            result[level] = Alpha(float(once[level][0]), low, high, reason)
        else:
            result[level] = Alpha(reason=lost)
    return result


def coincidences(table: Floats) -> Coincidences | None:
    """The pairable values of a units x raters table; None where no unit has two of them."""
    table = table[(~np.isnan(table)).sum(axis=1) >= 2]
    if not len(table):
        return None
    rated = ~np.isnan(table)
    values, code = np.unique(table[rated], return_inverse=True)
    missing = len(values)
    sets = np.full(table.shape, missing, dtype=np.int64)
    sets[rated] = code
    # sorting puts like sets of values into like rows, what is missing last
    sets.sort(axis=1)
    sets, pattern = _distinct_rows(sets[:, : int(rated.sum(axis=1).max())], missing + 1)
    row, column = np.nonzero(sets < missing)
    held = (row, sets[row, column])
    counts = csr_array((np.ones(len(row)), held), shape=(len(sets), missing))
    return Coincidences(values, pattern, counts, *_unlike_pairs(sets, missing))


def _distinct_rows(rows: Codes, base: int) -> tuple[Codes, Codes]:
    """The distinct rows of codes below ``base`` and how often each occurs."""
    if base ** rows.shape[1] >= 2**63:
        return np.unique(rows, axis=0, return_counts=True)
    # one number per row sorts far faster than the row
    place = base ** np.arange(rows.shape[1], dtype=np.int64)
    _, first, often = np.unique(rows @ place, return_index=True, return_counts=True)
    return rows[first], often


def _unlike_pairs(sets: Codes, missing: int) -> tuple[Codes, Codes, Codes, Floats]:
    """The pairs of unlike values within each set, the lower first, and their weights."""
    size = (sets < missing).sum(axis=1)
    parts = []
    for i in range(sets.shape[1]):
        for j in range(i + 1, sets.shape[1]):
            at = np.flatnonzero((sets[:, j] > sets[:, i]) & (sets[:, j] < missing))
            parts.append((at, sets[at, i], sets[at, j], 2.0 / (size[at] - 1.0)))
    set_of, first, second, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
    return set_of, first, second, weight


def _alpha(found: Coincidences, units: Floats, levels: list[Level]) -> dict[Level, Floats]:
    """Alpha (b) at each level for ``units`` (b x p), how often each set occurs; NaN: undefined."""
    marginal = units @ found.counts
    total = marginal.sum(axis=1)
    result: dict[Level, Floats] = {}
    for level in levels:
        if level == "nominal":
            observed = units @ _observed(found, np.ones(len(found.weight)))
            expected = total**2 - (marginal**2).sum(axis=1)
        elif level == "ratio":
            distance = _ratio(found.values[found.first], found.values[found.second])
            observed = units @ _observed(found, distance)
            expected = _ratio_expected(found.values, marginal)
        elif level == "interval":
            # differences do not change with the origin; near 0 their squares keep their digits
            at = found.values - found.values.mean()
            observed = units @ _observed(found, (at[found.second] - at[found.first]) ** 2)
            expected = 2.0 * (total * (marginal @ at**2) - (marginal @ at) ** 2)
        else:
            observed, expected = _ordinal(found, units, marginal, total)
        # a resample of one value only has nothing to disagree about
        varied = (marginal > 0).sum(axis=1) > 1
        ratio = np.divide(
            observed * (total - 1.0), expected, out=np.full(len(units), np.nan), where=varied
        )
        result[level] = 1.0 - ratio
    return result


def _observed(found: Coincidences, distance: Floats) -> Floats:
    """Disagreement within each set (p) for the squared ``distance`` of each unlike pair."""
    weight = found.weight * distance
    return np.bincount(found.set_of, weight, len(found.pattern)).astype(np.float64)


def _ratio(a: Floats, b: Floats) -> Floats:
    """Squared ratio difference ((a - b) / (a + b))²; two zeros do not differ."""
    total = a + b
    return np.divide(a - b, total, out=np.zeros_like(total), where=total > 0) ** 2


def _ratio_expected(values: Floats, marginal: Floats) -> Floats:
    """Expected ratio disagreement (b), a block of values at a time."""
    expected = np.zeros(len(marginal))
    step = max(1, BLOCK // len(values))
    for start in range(0, len(values), step):
        part = slice(start, start + step)
        distance = _ratio(*np.broadcast_arrays(values[part, None], values[None, :]))
        expected += ((marginal @ distance.T) * marginal[:, part]).sum(axis=1)
    return expected


def _ordinal(
    found: Coincidences, units: Floats, marginal: Floats, total: Floats
) -> tuple[Floats, Floats]:
    """Observed and expected ordinal disagreement (b).

    The ordinal difference of two values, the count between them with half of each, is the
    difference of their mean ranks; the ranks change from resample to resample.
    """
    rank = np.cumsum(marginal, axis=1) - marginal / 2.0
    rank -= (rank * marginal).sum(axis=1, keepdims=True) / total[:, None]
    expected = 2.0 * total * (marginal * rank**2).sum(axis=1)
    often, first, second = _pair_weights(found)
    if often is not None:
        apart = rank[:, second] - rank[:, first]
        return ((units @ often) * apart**2).sum(axis=1), expected
    observed = np.zeros(len(units))
    step = max(1, BLOCK // len(units))
    for start in range(0, len(found.weight), step):
        part = slice(start, start + step)
        apart = rank[:, found.second[part]] - rank[:, found.first[part]]
        observed += (units[:, found.set_of[part]] * found.weight[part] * apart**2).sum(axis=1)
    return observed, expected


def _pair_weights(found: Coincidences) -> tuple[Floats | None, Codes, Codes]:
    """Weights (p x pairs) of the distinct pairs of values, None where that is too much to hold."""
    base = len(found.values)
    pairs, pair = np.unique(found.first * base + found.second, return_inverse=True)
    size = len(found.pattern) * len(pairs)
    if size > BLOCK:
        return None, found.first, found.second
    weight = np.bincount(found.set_of * len(pairs) + pair, found.weight, size).astype(np.float64)
    return weight.reshape(len(found.pattern), len(pairs)), pairs // base, pairs % base


def _bootstrap(
    found: Coincidences, levels: list[Level], bootstraps: int, confidence: float, seed: int
) -> dict[Level, tuple[float | None, float | None, Reason]]:
    """Limits of alpha per level from resampled units, or why there are none."""
    count = int(found.pattern.sum())
    if bootstraps < 1 or count < 2:
        reason: Reason = "one_unit" if count < 2 else ""
        return dict.fromkeys(levels, (None, None, reason))
    rng = np.random.default_rng(seed)
    share = found.pattern / count
    width = max(len(found.pattern), len(found.values))
    step = max(1, BLOCK // width)
    drawn: dict[Level, list[Floats]] = {level: [] for level in levels}
    for start in range(0, bootstraps, step):
        size = min(step, bootstraps - start)
        units = rng.multinomial(count, share, size=size).astype(np.float64)
        for level, figures in _alpha(found, units, levels).items():
            drawn[level].append(figures)
    tails = [(1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0]
    limits: dict[Level, tuple[float | None, float | None, Reason]] = {}
    for level in levels:
        figures = np.concatenate(drawn[level])
        figures = figures[~np.isnan(figures)]
        if len(figures):
            low, high = np.quantile(figures, tails)
            limits[level] = (float(low), float(high), "")
        else:
            limits[level] = (None, None, "all_equal")
    return limits
