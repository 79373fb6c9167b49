"""Rank intervals from draws, for pools small enough.

Source: docs/measurement.md, section 7. A draw of the severities is shared by all candidates, so
that theta~ is normal with covariance L U V U' L + diag(own), L the shrinkage: it is drawn from that
covariance's symmetric root, one random number a candidate, which depends neither on the order of
the raters nor on that of the candidates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.arrays import Bools, Floats, Ints
from assess.measure.scores import ModuleScores

DRAWS = 4000
NEAR = 1e-9


@dataclass(frozen=True, eq=False)
class Spread:
    """What is known of the true scores of the ranked, all (n,).

    Attributes:
        mean: posterior mean in points.
        own: posterior variance that candidates do not share.
        shrinkage: lambda.
    """

    mean: Floats
    own: Floats
    shrinkage: Floats


def drawn(
    spread: Spread, shared: Floats, k: int, confidence: float, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Rank interval and probability of the best k.

    Args:
        spread: of the n candidates that are ranked.
        shared: (n, n) U V U', error covariance from uncertain severities, in points squared.
        k: size of "the best k".
        confidence: of the intervals.
        seed: of the random numbers.

    Returns:
        (n,) lowest place, highest place, probability.
    """
    keys = (np.round(shared.diagonal(), 7), np.round(spread.own, 7), -np.round(spread.mean, 7))
    canonical = np.lexsort(keys)
    L = spread.shrinkage
    covariance = L[:, None] * shared * L + np.diag(spread.own)
    root = _root(covariance[np.ix_(canonical, canonical)])
    normal = np.random.default_rng(seed).standard_normal((DRAWS, len(canonical)))
    theta = spread.mean[canonical] + normal @ root
    better, worse = _counts(theta)
    n = len(canonical)
    inside = np.clip((k - better) / (n - worse - better), 0.0, 1.0)

    low, high, p_top = np.empty(n), np.empty(n), np.empty(n)
    tails = (1 - confidence) / 2, (1 + confidence) / 2
    low[canonical] = 1 + _quantile(better, tails[0])
    high[canonical] = _quantile(n - worse, tails[1])
    p_top[canonical] = inside.mean(axis=0)
    # the first of those alike names them all
    _first, alike_to = np.unique(_twins(spread, shared).argmax(1), return_inverse=True)
    alike_to = alike_to[canonical]
    for leader in np.flatnonzero(np.bincount(alike_to) > 1).tolist():
        alike = np.flatnonzero(alike_to == leader)
        at = canonical[alike]
        low[at] = 1 + _quantile(better[:, alike].ravel(), tails[0])
        high[at] = _quantile(n - worse[:, alike].ravel(), tails[1])
        p_top[at] = inside[:, alike].mean()
    return low, high, p_top


def shared_covariance(scores: ModuleScores, chosen: Ints) -> Floats:
    """U V U' of the chosen (n, n), in points squared."""
    out = np.zeros((len(chosen), len(chosen)))
    for u, table in zip(scores.leniency_weights, scores.tables, strict=True):
        rows = u[chosen]
        out += rows @ (rows @ table.V).T
    return (out + out.T) / 2


def _root(covariance: Floats) -> Floats:
    """Symmetric square root; directions without variance stay exactly without."""
    value, vector = np.linalg.eigh(covariance)
    value = np.where(value > 1e-12 * max(float(value[-1]), 1e-12), value, 0.0)
    return np.asarray((vector * np.sqrt(value)) @ vector.T, np.float64)


def _twins(spread: Spread, shared: Floats) -> Bools:
    """(n, n) who has the same score, error and raters: nothing but chance tells them apart."""
    diagonal = shared.diagonal()
    distance = diagonal[:, None] + diagonal[None, :] - 2 * shared
    same = distance < NEAR * (1 + diagonal[:, None])
    for values in (spread.mean, spread.own):
        same &= np.abs(values[:, None] - values[None, :]) < NEAR * (1 + np.abs(values[:, None]))
    return same


def _counts(theta: Floats) -> tuple[Ints, Ints]:
    """(draws, n) how many are above and how many below each; equal values share places."""
    n = theta.shape[1]
    order = np.argsort(-theta, axis=1)
    step = -np.diff(np.take_along_axis(theta, order, 1), axis=1) > NEAR
    place = np.broadcast_to(np.arange(n), theta.shape)
    first = last = place
    if not step.all():
        opens = np.concatenate([np.ones((len(theta), 1), np.bool_), step], axis=1)
        closes = np.concatenate([step, np.ones((len(theta), 1), np.bool_)], axis=1)
        first = np.maximum.accumulate(np.where(opens, place, 0), axis=1)
        backward = np.where(closes, place, n)[:, ::-1]
        last = np.minimum.accumulate(backward, axis=1)[:, ::-1]
    better, worse = np.empty(theta.shape, np.int64), np.empty(theta.shape, np.int64)
    np.put_along_axis(better, order, first, 1)
    np.put_along_axis(worse, order, n - 1 - last, 1)
    return better, worse


def _quantile(counts: Ints, p: float) -> Floats:
    """Smallest count that a share p of the draws, along the first axis, does not exceed."""
    return np.asarray(np.quantile(counts, p, axis=0, method="inverted_cdf"), np.float64)
