"""Standard error of the difference of two candidates' scores.

Source: docs/measurement.md, section 5: what both owe to the same rater's severity cancels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assess.measure.arrays import Floats, Ints
from assess.measure.scores import ModuleScores

PAIRS_AT_ONCE = 4096


def sed(scores: ModuleScores, i: int, j: int) -> float:
    """SED of candidates i and j in points, NaN where one has no score."""
    return float(sed_many(scores, [i], [j])[0])


def sed_many(scores: ModuleScores, i: ArrayLike, j: ArrayLike) -> Floats:
    """(n,) SED of the pairs (i[k], j[k]) in points, NaN where one has no score."""
    a, b = np.asarray(i, np.int64), np.asarray(j, np.int64)
    square = scores.own_variance[a] + scores.own_variance[b]
    for u, table in zip(scores.leniency_weights, scores.tables, strict=True):
        for first in range(0, len(a), PAIRS_AT_ONCE):
            part = slice(first, first + PAIRS_AT_ONCE)
            d = u[a[part]] - u[b[part]]
            square[part] += np.asarray(d.multiply(d @ table.V).sum(1)).reshape(-1)
    out = np.sqrt(np.maximum(square, 0.0))
    out[np.isnan(scores.score[a]) | np.isnan(scores.score[b]) | (a == b)] = np.nan
    out[(a == b) & ~np.isnan(scores.score[a])] = 0.0
    return out


def sed_from(scores: ModuleScores, i: int, j: Ints) -> Floats:
    """(n,) SED of one candidate against many, in points."""
    square = scores.own_variance[i] + scores.own_variance[j]
    square += scores.severity_variance[i] + scores.severity_variance[j]
    for u, table in zip(scores.leniency_weights, scores.tables, strict=True):
        mine = u[[i]].toarray().reshape(-1)
        square -= 2 * (u[j] @ (table.V @ mine))
    return np.asarray(np.sqrt(np.maximum(square, 0.0)), np.float64)
