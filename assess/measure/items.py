"""Item mix: what it means to have been asked easier or harder items than others.

Source: docs/measurement.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse.csgraph import connected_components

from assess.measure.arrays import Codes, Floats, Ints
from assess.measure.patterns import Patterns


@dataclass(frozen=True, eq=False)
class ItemEffects:
    """Item effects of one wave.

    Attributes:
        beta: (I,) effect of each item in points, centred per competency weighted by number of
            answers; 0 for an item nobody answered.
        of_pattern: (P,) mean effect of the items of each pattern.
        explained: sum of squares that the effects take from the sum within cells.
        df: degrees of freedom they use: items answered minus linked sets of items.
    """

    beta: Floats
    of_pattern: Floats
    explained: float
    df: int


def item_effects(
    patterns: Patterns, by_item: Floats, competency: Codes, pseudo_answers: float
) -> ItemEffects:
    """Solves (D_I - N' D_K^-1 N + kappa I) beta = by_item, the same for every competency.

    Args:
        patterns: sets of items answered in the cells (N, collected by equal rows).
        by_item: (I,) sum over the answers to an item of x - cell mean.
        competency: (I,) competency of each item, ascending.
        pseudo_answers: kappa. With 0 the solution of minimum norm per linked set of items.
    """
    N = patterns.items
    answers = np.asarray(N.T @ patterns.count, np.float64)
    size = patterns.size()
    share = sp.diags_array(patterns.count / np.maximum(size, 1.0))
    laplacian = sp.csr_array(sp.diags_array(answers) - N.T @ share @ N)
    _, label = connected_components(sp.csr_array(N.T @ N), directed=False)
    beta = np.zeros(len(by_item))
    explained, df = 0.0, 0
    edges = np.searchsorted(competency, np.arange(int(competency.max(initial=-1)) + 2))
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        live = np.flatnonzero(answers[first:last])
        sets = len(np.unique(label[first:last][live]))
        df += len(live) - sets
        if len(live) == sets:
            continue
        L = laplacian[first:last, first:last].toarray()[np.ix_(live, live)]
        live += first
        t = by_item[live]
        b = _solve(L, t, label[live], pseudo_answers)
        b -= np.average(b, weights=answers[live])
        beta[live] = b
        explained += float(2 * (b @ t) - b @ L @ b)
    of_pattern = np.asarray(N @ beta, np.float64) / np.maximum(size, 1.0)
    of_pattern[_lone_patterns(patterns, competency)] = 0.0
    return ItemEffects(beta, of_pattern, explained, df)


def _solve(L: Floats, t: Floats, label: Codes, pseudo_answers: float) -> Floats:
    if pseudo_answers > 0:
        A = L + pseudo_answers * np.eye(len(t))
    else:
        # A constant on each linked set is what L cannot see; adding it back there, the solution
        # is orthogonal to it: of minimum norm.
        same = label[:, None] == label[None, :]
        A = L + same * (np.trace(L) / len(t) ** 2 + 1e-3)
    return np.asarray(cho_solve(cho_factor(A), t), np.float64)


def _lone_patterns(patterns: Patterns, competency: Codes) -> Ints:
    """Patterns without another in their competency: complete data, corrected by nothing at all."""
    first_item = patterns.items.indices[patterns.items.indptr[1:-1]]
    of_pattern = competency[first_item]
    alone = np.bincount(of_pattern)[of_pattern] == 1
    return np.flatnonzero(alone) + 1
