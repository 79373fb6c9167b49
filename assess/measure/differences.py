"""Standard error of the difference of two candidates' scores.

Source: docs/measurement.md, section 5: what both owe to the same rater's severity cancels.
"""

from __future__ import annotations

import numpy as np

from assess.measure.arrays import Floats, Ints
from assess.measure.scores import ModuleScores


def sed(scores: ModuleScores, i: int, j: int) -> float:
    """SED of candidates i and j in points, NaN where one has no score."""
    if np.isnan(scores.score[[i, j]]).any():
        return float("nan")
    square = float(scores.own_variance[[i, j]].sum()) if i != j else 0.0
    for u, table in zip(scores.leniency_weights, scores.tables, strict=True):
        d = u[[i]] - u[[j]]
        square += float(d.multiply(d @ table.V).sum())
    return float(np.sqrt(max(square, 0.0)))


def sed_from(scores: ModuleScores, i: int, j: Ints) -> Floats:
    """(n,) SED of one candidate against many, in points."""
    square = scores.own_variance[i] + scores.own_variance[j]
    square += scores.severity_variance[i] + scores.severity_variance[j]
    for u, table in zip(scores.leniency_weights, scores.tables, strict=True):
        mine = u[[i]].toarray().reshape(-1)
        square -= 2 * (u[j] @ (table.V @ mine))
    return np.asarray(np.sqrt(np.maximum(square, 0.0)), np.float64)
