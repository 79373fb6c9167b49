"""Which items were answered in a cell: the few different sets instead of every answer.

Whatever depends on items alone (the design matrix of the item effects, the mean item effect of a
cell, the number of its items that count in a module) is worked out once per pattern.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from assess.measure.answers import Answers
from assess.measure.arrays import Bools, Codes, Floats, Ints
from assess.measure.cells import Cells


@dataclass(frozen=True, eq=False)
class Patterns:
    """Sets of items answered together in a cell.

    Attributes:
        of_cell: (J, G) pattern of each cell, 0 where there is no answer.
        items: (P, I) sparse incidence; row 0 is the empty pattern.
        count: (P,) number of cells with the pattern, 0 for the empty one.
        uniform: (C, G) whether all raters of a candidate's competency answered the same items.
    """

    of_cell: Ints
    items: sp.csr_array
    count: Floats
    uniform: Bools

    def size(self, keep: Bools | None = None) -> Floats:
        """(P,) number of items in each pattern, of those in ``keep`` (I,) only if given."""
        ones = np.ones(self.items.shape[1]) if keep is None else keep.astype(np.float64)
        return np.asarray(self.items @ ones, np.float64)


def find_patterns(answers: Answers, cells: Cells) -> Patterns:
    """The pattern of every cell.

    A run of neighbouring items is known by its ends. Any other set is known by the sum of random
    64-bit numbers of its items: two different sets among a million share one with a probability
    of about 3e-8.
    """
    n_items = answers.n_items
    present = cells.present
    start = cells.start[present]
    n = cells.n[present].astype(np.int64)
    low = answers.i[start].astype(np.int64)
    run = answers.i[start + n - 1] - low == n - 1
    width = int(n.max(initial=0)) + 1
    code = low * width + n

    known = np.zeros(n_items * width + 1, np.bool_)
    known[code if run.all() else code[run]] = True
    runs = np.flatnonzero(known)
    pattern = np.cumsum(known)[np.where(run, code, 0)]
    pieces: list[Codes | Ints] = [
        np.arange(k // width, k // width + k % width) for k in runs.tolist()
    ]

    loose = np.flatnonzero(~run)
    if len(loose):
        rows = spread(start[loose], n[loose])
        keys = np.random.default_rng(0x5EED).integers(1, 2**63, n_items, dtype=np.uint64)
        ends = np.cumsum(n[loose])
        hashed = np.add.reduceat(keys[answers.i[rows]], ends - n[loose])
        _, one, inverse = np.unique(hashed, return_index=True, return_inverse=True)
        pattern[loose] = inverse + 1 + len(runs)
        pieces += [answers.i[start[k] : start[k] + n[k]] for k in loose[one].tolist()]

    of_cell = np.zeros(present.shape, np.int64)
    of_cell[present] = pattern
    indptr = np.cumsum([0, 0, *map(len, pieces)])
    indices = np.concatenate([np.zeros(0, np.int64), *pieces])
    items = sp.csr_array((np.ones(len(indices)), indices, indptr), shape=(len(pieces) + 1, n_items))
    count = np.bincount(pattern, minlength=len(pieces) + 1).astype(np.float64)
    return Patterns(of_cell, items, count, _uniform(cells, of_cell))


def spread(start: Ints, n: Ints) -> Ints:
    """The row numbers start[k] .. start[k] + n[k] - 1 of every k, one after the other."""
    offset = np.cumsum(n) - n
    return np.asarray(np.arange(int(n.sum())) + np.repeat(start - offset, n), np.int64)


def _uniform(cells: Cells, of_cell: Ints) -> Bools:
    """(C, G): no two raters of a candidate's competency answered different items."""
    if len(of_cell) and (of_cell == of_cell[0]).all():
        return np.ones((cells.n_candidates, of_cell.shape[1]), np.bool_)
    present = cells.present
    differs = np.zeros(of_cell.shape, np.bool_)
    for a, b in cells.pairs():
        differs[a] |= (of_cell[a] != of_cell[b]) & present[a] & present[b]
    return np.asarray(cells.by_candidate(differs.astype(np.float64)) == 0, np.bool_)
