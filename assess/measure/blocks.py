"""Which raters are linked: the connected parts of the graph of who rated alongside whom."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from assess.measure.arrays import Codes, Floats, Ints
from assess.measure.cells import Cells


def connected(matrix: Floats) -> Codes:
    """(R,) label of each rater's block, numbered from 0 by its first rater.

    Args:
        matrix: (R, R) symmetric; an off-diagonal entry other than 0 links two raters.
    """
    _, label = connected_components(sp.csr_array(matrix), directed=False)
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    order = np.empty(len(first), np.int32)
    order[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return np.asarray(order[inverse], np.int32)


def sum_over_pairs(cells: Cells, shared: Callable[[Ints, Ints], Floats]) -> Floats:
    """(R, R) symmetric sums over the pairs of raters of each candidate, the diagonal 0.

    Args:
        cells: the interviews.
        shared: of the interviews a and b of a pair the amount to add, for arrays of pairs.
    """
    R = cells.n_raters
    out = np.zeros(R * R)
    for a, b in cells.pairs():
        np.add.at(out, cells.r[a].astype(np.int64) * R + cells.r[b], shared(a, b))
    upper = out.reshape(R, R)
    return upper + upper.T
