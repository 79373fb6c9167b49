"""Ranks: the order, its uncertainty, and who cannot be told apart.

Source: docs/measurement.md, section 7. The order is by the score itself, unshrunk; only the
uncertainty of the ranks is worked out on values drawn toward the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from assess.measure.arrays import Bools, Floats, Ints, ratio
from assess.measure.differences import sed_from
from assess.measure.fitting import Fit
from assess.measure.module import score
from assess.measure.priors import Priors
from assess.measure.rank_draws import Spread, drawn, shared_covariance
from assess.measure.rank_normal import chance_of_top, rank_limits
from assess.measure.scores import ModuleScores
from assess.measure.spec import ModuleSpec, WaveData

NEAR = 1e-9
"""Scores that differ by less, in points, are equal."""

CLOSED_FORM_FROM = 200
"""Number of candidates from which ranks are worked out without draws."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """The order of the ranked candidates of a module.

    Attributes:
        order: (n,) ranked candidates, best first.
        place: (C,) rank from 1, equal scores sharing it; 0 where not ranked.
        low, high: (C,) rank interval; whole numbers below 200 candidates, expected ranks at the
            limits of the candidate's own interval from there on; NaN where not ranked or alone.
        p_top: (C,) probability of being among the best k, NaN where not ranked.
        tie_group: (C,) number from 1 of the group within which the best cannot be told from the
            others; 0 where not ranked.
        k: size of "the best k".
        confidence: of the intervals.
        tau2: variance of true scores in points squared.
        mean: mean score of the ranked in points, NaN without any.
    """

    order: Ints
    place: Ints
    low: Floats
    high: Floats
    p_top: Floats
    tie_group: Ints
    k: int
    confidence: float
    tau2: float
    mean: float


def two_sided(confidence: float) -> float:
    """Standard normal quantile of a two-sided interval: 1.645 for 0.90."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return float(ndtri(0.5 + confidence / 2))


def rank(
    scores: ModuleScores,
    ranked: Bools | None = None,
    *,
    k: int = 3,
    confidence: float = 0.90,
    priors: Priors | None = None,
    keys: Sequence[str] | None = None,
    seed: int = 20240101,
) -> Ranking:
    """Ranks candidates by score.

    Args:
        scores: the scores.
        ranked: (C,) who takes part; those without a score never do. None for everybody.
        k: size of "the best k".
        confidence: of the rank intervals and of the ties.
        priors: of the variance of true scores; None for those of the latest fit.
        keys: (C,) what candidates are called; orders equal scores, and gives each candidate the
            same random numbers whatever the order of the input.
        seed: of the draws; the same data print the same figures.

    Raises:
        ValueError: confidence outside (0, 1), or k below 1.
    """
    z = two_sided(confidence)
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    C = scores.n_candidates
    take = ~np.isnan(scores.score)
    if ranked is not None:
        take &= ranked
    chosen = np.flatnonzero(take)
    if keys is not None:
        chosen = np.array(sorted(chosen.tolist(), key=lambda c: keys[c]), np.int64)
    priors = priors or scores.waves[-1].fit.priors
    n = len(chosen)
    tau2 = true_variance(scores, chosen, priors)
    mean = float(scores.score[chosen].mean()) if n else float("nan")
    out = Ranking(
        order=chosen,
        place=np.zeros(C, np.int64),
        low=np.full(C, np.nan),
        high=np.full(C, np.nan),
        p_top=np.full(C, np.nan),
        tie_group=np.zeros(C, np.int64),
        k=k,
        confidence=confidence,
        tau2=tau2,
        mean=mean,
    )
    if not n:
        return out
    group, by_score = _places(scores.score[chosen])
    out.order[:] = chosen[by_score]
    out.place[out.order] = group
    out.tie_group[out.order] = _tie_groups(scores, out.order, z)
    if n == 1:
        out.p_top[chosen] = 1.0
        return out
    v = scores.own_variance[chosen]
    shrinkage = ratio(np.full(n, tau2), tau2 + v, otherwise=1.0)
    spread = Spread(
        mean=mean + shrinkage * (scores.score[chosen] - mean),
        own=shrinkage * v,
        shrinkage=shrinkage,
    )
    if n < CLOSED_FORM_FROM:
        shared = shared_covariance(scores, chosen)
        low, high, p_top = drawn(spread, shared, k, confidence, seed)
    else:
        sd = np.sqrt(spread.own + shrinkage**2 * scores.severity_variance[chosen])
        low, high = rank_limits(spread.mean, sd, z)
        p_top = chance_of_top(spread.mean, sd, k)
    out.low[chosen], out.high[chosen], out.p_top[chosen] = low, high, p_top
    return out


def true_variance(scores: ModuleScores, chosen: Ints, priors: Priors) -> float:
    """Variance of true scores among the chosen (n,), in points squared, shrunk to its prior.

    From the variance of the scores the mean of the errors that candidates do not share is taken,
    and what uncertain severities add to the differences between candidates.
    """
    n = len(chosen)
    if n < 2:
        return priors.shrink(0.0, 0, priors.candidate)
    member = np.zeros(scores.n_candidates)
    member[chosen] = 1 / n
    shared = 0.0
    for u, table in zip(scores.leniency_weights, scores.tables, strict=True):
        mean_u = u.T @ member
        shared += float(mean_u @ table.V @ mean_u)
    severity = (float(scores.severity_variance[chosen].sum()) - n * shared) / (n - 1)
    error = float(scores.own_variance[chosen].mean()) + severity
    estimate = max(0.0, float(scores.score[chosen].var(ddof=1)) - error)
    return priors.shrink(estimate, n - 1, priors.candidate)


def candidate_variance(fit: Fit) -> float:
    """Variance of true scores in points squared when all competencies weigh the same.

    Over the candidates with a value, shrunk to the prior of the fit.
    """
    weights = np.ones(fit.answers.n_competencies)
    scores = score([WaveData(fit)], ModuleSpec(weights))
    return true_variance(scores, np.flatnonzero(~np.isnan(scores.score)), fit.priors)


def _places(score: Floats) -> tuple[Ints, Ints]:
    """Places from 1 in order of score and that order; equal scores share, in the order given."""
    order = np.argsort(-score, kind="stable")
    step = -np.diff(score[order]) > NEAR
    group = np.concatenate([[0], np.cumsum(step)])
    first = np.concatenate([[0], np.flatnonzero(step) + 1])
    order = order[np.lexsort((order, group))]
    return first[group] + 1, order


def _tie_groups(scores: ModuleScores, order: Ints, z: float) -> Ints:
    """From the top, a group closes at the first candidate farther than z SED from its best."""
    group = np.zeros(len(order), np.int64)
    best, number, width = 0, 0, 32
    while best < len(order):
        number += 1
        end = best + 1
        while end < len(order):
            others = order[end : end + width]
            gap = scores.score[order[best]] - scores.score[others]
            far = np.flatnonzero(gap > z * sed_from(scores, int(order[best]), others) + NEAR)
            if len(far):
                end += int(far[0])
                break
            end += len(others)
            width *= 2
        group[best:end] = number
        width = max(32, 2 * (end - best))
        best = end
    return group
