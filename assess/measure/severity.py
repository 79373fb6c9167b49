"""Severity: lenient and severe raters.

Source: docs/measurement.md, section 3: raters random, candidates fixed; the mixed-model equations
with the candidates' competencies absorbed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from assess.measure.arrays import Bools, Codes, Floats, ratio
from assess.measure.blocks import connected, sum_over_pairs
from assess.measure.cells import Cells
from assess.measure.components import VarianceComponents

LEAST_VARIANCE = 0.01
"""Points squared: no cell is taken to be more exact than this."""


@dataclass(frozen=True, eq=False)
class Severity:
    """Leniency of the raters.

    Attributes:
        rho: (R,) leniency in points, positive for a rater whose values are higher. Severity as
            reported is -rho.
        V: (R, R) its error covariance in points squared, block diagonal.
        block: (R,) number of the rater's block, -1 for a rater without answers.
        linked: (R,) whether the rater shares a candidate's competency with anybody: otherwise
            severity is assumed, not estimated.
        n_blocks: number of blocks of raters with answers.
    """

    rho: Floats
    V: Floats
    block: Codes
    linked: Bools
    n_blocks: int


def severity(cells: Cells, z: Floats, components: VarianceComponents) -> Severity:
    """Best linear predictions of leniency, block by block.

    Args:
        cells: interviews and cells.
        z: (J, G) cell means free of item effects, in points.
        components: the variances.
    """
    R = cells.n_raters
    variance = cells.competencies[:, None] * components.halo + ratio(
        np.full(1, components.residual), cells.n
    )
    w = cells.present / np.maximum(variance, LEAST_VARIANCE)
    total = cells.by_candidate(w)
    mean = ratio(cells.by_candidate(w * z), total)
    t = np.bincount(cells.r, (w * (z - mean[cells.c])).sum(1), R)
    half = w / np.sqrt(np.where(total > 0, total, 1.0))[cells.c]
    alone = np.diag(np.bincount(cells.r, (w - half * half).sum(1), R).astype(np.float64))
    P = alone - sum_over_pairs(cells, lambda a, b: np.einsum("jg,jg->j", half[a], half[b]))
    label = connected(P)
    sizes = np.bincount(label, minlength=1)
    live = np.zeros(R, np.bool_)
    live[cells.r] = True
    rho, V = np.zeros(R), np.zeros((R, R))
    if components.rater > 0:
        V[np.diag_indices(R)] = components.rater
        for number in np.flatnonzero(sizes > 1).tolist():
            j = np.flatnonzero(label == number)
            inside = P[np.ix_(j, j)] + np.eye(len(j)) / components.rater
            inverse = cho_solve(cho_factor(inside, check_finite=False), np.eye(len(j)))
            V[np.ix_(j, j)] = (inverse + inverse.T) / 2
            rho[j] = V[np.ix_(j, j)] @ t[j]
    block = np.full(R, -1, np.int32)
    names, numbers = np.unique(label[live], return_inverse=True)
    block[live] = numbers
    return Severity(rho, V, block, sizes[label] > 1, len(names))
