"""What can be said about each rater.

Source: docs/measurement.md, sections 3 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.arrays import Bools, Codes, Floats, Ints, ratio
from assess.measure.fitting import Fit

LEAST_SHARED = 3
"""Shared competency values below which agreement with the others is not worked out."""


@dataclass(frozen=True, eq=False)
class RaterSummary:
    """Every array (R,), NaN where a rater has no answers or too few.

    Attributes:
        severity: -rho in points: positive for a rater whose values are lower than the others'.
        se: its standard error.
        estimated: severity is estimated; otherwise it is assumed to be 0.
        interviews: number of interviews.
        answers: number of answers.
        spread: standard deviation of the rater's answers in points.
        agreement: correlation of the values of competencies that others rated too with the mean
            of the other raters'.
        distance: mean absolute difference from that mean after severities, in points.
        block: block of linked raters, -1 without answers.
    """

    severity: Floats
    se: Floats
    estimated: Bools
    interviews: Ints
    answers: Ints
    spread: Floats
    agreement: Floats
    distance: Floats
    block: Codes


def rater_summary(fit: Fit) -> RaterSummary:
    """Severity, spread and agreement with the others of every rater of one wave."""
    cells, answers = fit.cells, fit.answers
    R = cells.n_raters
    interviews = np.bincount(cells.r, minlength=R)
    live = interviews > 0
    per_rater = np.bincount(cells.r, cells.n.sum(1), R)
    mean = ratio(np.bincount(cells.r, cells.total.sum(1), R), per_rater)
    square = np.bincount(answers.r, (answers.x - mean[answers.r]) ** 2, R)
    spread = np.full(R, np.nan)
    np.divide(square, per_rater - 1, out=spread, where=per_rater > 1)

    others = cells.raters[cells.c] - 1
    j, g = np.nonzero(cells.present & (others > 0))
    mine = fit.z[j, g]
    free = fit.z - np.where(cells.present, fit.rho[cells.r][:, None], 0.0)

    def theirs(values: Floats) -> Floats:
        total = cells.by_candidate(np.where(cells.present, values, 0.0))
        return np.asarray((total[cells.c[j], g] - values[j, g]) / others[j, g], np.float64)

    shared = np.bincount(cells.r[j], minlength=R)
    distance = np.full(R, np.nan)
    gap = np.abs(free[j, g] - theirs(free))
    np.divide(np.bincount(cells.r[j], gap, R), shared, out=distance, where=shared > 0)
    return RaterSummary(
        severity=np.where(live, 0.0 - fit.rho, np.nan),
        se=np.where(live, np.sqrt(fit.severity.V.diagonal()), np.nan),
        estimated=fit.linked,
        interviews=interviews,
        answers=per_rater.astype(np.int64),
        spread=np.sqrt(spread),
        agreement=_correlation(cells.r[j], mine, theirs(fit.z), R),
        distance=distance,
        block=fit.block,
    )


def _correlation(r: Codes, a: Floats, b: Floats, R: int) -> Floats:
    """Correlation of a with b for each rater; NaN below LEAST_SHARED pairs or without spread."""
    n = np.bincount(r, minlength=R)
    da: Floats = a - ratio(np.bincount(r, a, R), n)[r]
    db: Floats = b - ratio(np.bincount(r, b, R), n)[r]
    ab, aa, bb = (np.bincount(r, p, R) for p in (da * db, da * da, db * db))
    out = np.full(R, np.nan)
    enough = (n >= LEAST_SHARED) & (np.minimum(aa, bb) > 1e-9 * n)
    np.divide(ab, np.sqrt(aa * bb), out=out, where=enough)
    return np.where(enough, np.clip(out, -1.0, 1.0), np.nan)
