"""What a score is compared with: the plain mean, and a mixed model with random candidates."""

from __future__ import annotations

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from benchmarks.simulation import COMPETENCIES, WEIGHTS, Engagement, Floats


def interview_means(data: Engagement, candidates: int, raters: int) -> Floats:
    """(C, R) weighted mean of each interview's competency means, NaN where there was none."""
    of = data.competency[data.i]
    code = (data.c * raters + data.r) * COMPETENCIES + of
    size = candidates * raters * COMPETENCIES
    count = np.bincount(code, minlength=size).reshape(candidates, raters, COMPETENCIES)
    total = np.bincount(code, data.x, size).reshape(candidates, raters, COMPETENCIES)
    weight = np.where(count > 0, WEIGHTS, 0.0)
    mean = np.divide(total, count, out=np.zeros_like(total), where=count > 0)
    below = weight.sum(axis=2)
    result: Floats = np.full((candidates, raters), np.nan)
    np.divide((weight * mean).sum(axis=2), below, out=result, where=below > 0)
    return result


def plain_mean(table: Floats) -> Floats:
    """(C,) the mean of a candidate's interviews: what a spreadsheet gives."""
    return np.asarray(np.nanmean(table, axis=1))


def mixed_model(table: Floats) -> tuple[Floats, Floats]:
    """y = mean + candidate + rater + error with candidates and raters random, by REML.

    Returns the predicted candidate effects (C,), by which it ranks, and the candidates' means less
    the predicted rater effects (C,), in points and unshrunk.
    """
    c, r = np.nonzero(~np.isnan(table))
    y = table[c, r]
    of_candidate = np.eye(table.shape[0])[c]
    of_rater = np.eye(table.shape[1])[r]
    same_candidate, same_rater = of_candidate @ of_candidate.T, of_rater @ of_rater.T
    one = np.ones(len(y))

    def parts(log_ratio: Floats) -> tuple[float, Floats]:
        """Minus twice the profiled restricted log-likelihood, and V^-1 (y - mean)."""
        candidate, rater = np.exp(np.clip(log_ratio, -12, 12))
        v = candidate * same_candidate + rater * same_rater + np.eye(len(y))
        factor = cho_factor(v, lower=True)
        solved = cho_solve(factor, np.column_stack([one, y]))
        information = float(one @ solved[:, 0])
        weighted = solved[:, 1] - solved[:, 0] * (float(one @ solved[:, 1]) / information)
        scale = float(y @ weighted) / (len(y) - 1)
        log_det = 2.0 * float(np.log(np.diag(factor[0])).sum())
        return (len(y) - 1) * np.log(scale) + log_det + np.log(information), weighted

    start = np.array([0.5, -1.0])
    best = minimize(
        lambda at: parts(at)[0], start, method="Nelder-Mead", options={"xatol": 0.02, "fatol": 1e-4}
    )
    _, weighted = parts(best.x)
    candidate, rater = np.exp(np.clip(best.x, -12, 12))
    leniency = rater * of_rater.T @ weighted
    adjusted = np.nanmean(table - leniency[None, :], axis=1)
    return candidate * of_candidate.T @ weighted, np.asarray(adjusted)
