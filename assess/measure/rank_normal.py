"""Rank intervals in closed form, for pools of hundreds to some ten thousands.

Source: docs/measurement.md, section 7: each true score is taken as normal with mean m and standard
deviation s, both (n,) in points.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from assess.measure.arrays import Floats, Ints

EXACT_UP_TO = 1_000_000
"""Pairs of candidates that are compared one by one; beyond, neighbours are taken together."""

GROUPS_PER_OCTAVE = 8
GROUPS_PER_SD = 3
NEAR = 1e-9


def chance_of_top(m: Floats, s: Floats, k: int) -> Floats:
    """(n,) P(among the best k) = Phi((m - q) / s), with q such that they sum to k."""
    if k >= len(m):
        return np.ones(len(m))
    reach = 10 * float(s.max()) + 1.0
    low, high = float(m.min()) - reach, float(m.max()) + reach
    at_low, at_high = _beyond(m, s, low), _beyond(m, s, high)
    while high - low > 1e-10 * max(1.0, abs(low), abs(high)):
        q = (low + high) / 2
        if q in (low, high):
            break
        p = _beyond(m, s, q)
        if p.sum() > k:
            low, at_low = q, p
        else:
            high, at_high = q, p
    # Values known exactly make the sum jump at q: those that stand there share what is left.
    more, less = float(at_low.sum()), float(at_high.sum())
    part = (k - less) / (more - less) if more > less else 0.0
    return part * at_low + (1 - part) * at_high


def rank_limits(m: Floats, s: Floats, z: float) -> tuple[Floats, Floats]:
    """(n,) 1 + H(m + z s) and 1 + H(m - z s), H the sum over the others of Phi((m - x) / s)."""
    itself = np.where(s > 0, ndtr(-z), 0.0)
    low = 1 + expected_above(m, s, m + z * s, ties=False) - itself
    high = 1 + expected_above(m, s, m - z * s, ties=True) - (1 - itself)
    return np.clip(low, 1.0, len(m)), np.clip(high, 1.0, len(m))


def expected_above(m: Floats, s: Floats, x: Floats, *, ties: bool) -> Floats:
    """(q,) sum over j of Phi((m_j - x) / s_j).

    A value known exactly (s = 0) that equals x counts if ``ties``. Pools beyond ``EXACT_UP_TO``
    pairs are summed over groups of alike candidates, to the second order about their means, on a
    grid of x with cubic interpolation.
    """
    if len(m) * len(x) <= EXACT_UP_TO:
        exact = s <= 0
        return _steps(m[exact], x, ties) + _sums(m[~exact], s[~exact], x)
    width = float(x.max() - x.min())
    typical = float(np.quantile(s, 0.05))
    points = int(np.clip(4 * width / max(typical, 1e-12), 256, 4096))
    exact = s <= width / points
    grid = np.linspace(x.min(), x.max(), points + 1)
    value, slope = _grouped_sums(m[~exact], s[~exact], grid)
    return _steps(m[exact], x, ties) + _hermite(grid, value, slope, x)


def _beyond(m: Floats, s: Floats, q: float) -> Floats:
    t = np.where(m > q, np.inf, -np.inf)
    np.divide(m - q, s, out=t, where=s > 0)
    return np.asarray(ndtr(t), np.float64)


def _steps(m: Floats, x: Floats, ties: bool) -> Floats:
    above = np.sort(m)
    limit = x - NEAR if ties else x + NEAR
    return (len(m) - np.searchsorted(above, limit, side="right")).astype(np.float64)


def _sums(m: Floats, s: Floats, x: Floats) -> Floats:
    out = np.zeros(len(x))
    if not len(m):
        return out
    step = max(1, 200_000 // len(m))
    for first in range(0, len(x), step):
        part = x[first : first + step]
        out[first : first + step] = ndtr((m - part[:, None]) / s).sum(1)
    return out


def _grouped_sums(m: Floats, s: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Sum of Phi((m - x) / s) at each x, and its slope, over groups of like m and s."""
    n = len(m)
    if not n:
        return np.zeros(len(x)), np.zeros(len(x))
    group, size = _alike(m, s)
    mean_m, mean_s = np.bincount(group, m) / size, np.bincount(group, s) / size
    dm, ds = m - mean_m[group], s - mean_s[group]
    mm, ms, ss = (np.bincount(group, a * b) for a, b in ((dm, dm), (dm, ds), (ds, ds)))
    value, slope = np.empty(len(x)), np.empty(len(x))
    step = max(1, 200_000 // len(size))
    for first in range(0, len(x), step):
        part = slice(first, first + step)
        t = (mean_m - x[part, None]) / mean_s
        density = np.exp(-0.5 * t * t) / (np.sqrt(2 * np.pi) * mean_s)
        second = (-t * mm + 2 * (t * t - 1) * ms + t * (2 - t * t) * ss) / (2 * mean_s)
        value[part] = ndtr(t) @ size + (density * second).sum(1)
        slope[part] = -(density @ size)
    return value, slope


def _alike(m: Floats, s: Floats) -> tuple[Ints, Floats]:
    """Group of each candidate, of like sd and of means within a third of it, and their sizes."""
    by_sd = np.floor(np.log2(s) * GROUPS_PER_OCTAVE)
    width = np.exp2(by_sd / GROUPS_PER_OCTAVE) / GROUPS_PER_SD
    by_mean = np.floor((m - m.min()) / width)
    code = by_sd.astype(np.int64) * (int(by_mean.max()) + 1) + by_mean.astype(np.int64)
    _, group = np.unique(code, return_inverse=True)
    return group, np.bincount(group).astype(np.float64)


def _hermite(grid: Floats, value: Floats, slope: Floats, x: Floats) -> Floats:
    """Cubic interpolation with known slopes on an even grid."""
    h = grid[1] - grid[0]
    k = np.clip(((x - grid[0]) / h).astype(np.int64), 0, len(grid) - 2)
    t = (x - grid[k]) / h
    left = value[k] * (1 + 2 * t) + h * slope[k] * t
    right = value[k + 1] * (3 - 2 * t) - h * slope[k + 1] * (1 - t)
    return np.asarray(left * (1 - t) ** 2 + right * t**2, np.float64)
