"""Who stands behind a score: number of raters, their block, and whether severity is estimated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assess.measure.arrays import Bools, Floats, Ints
from assess.measure.competency import CompetencyTable
from assess.measure.spec import WaveData


class Origin(NamedTuple):
    """Per candidate (C,): distinct raters, main block (-1 for none), severity assumed."""

    raters: Ints
    block: Ints
    severity_assumed: Bools


def origin(
    waves: Sequence[WaveData], tables: Sequence[CompetencyTable], w: Floats, wave: Ints
) -> Origin:
    """Raters behind scores with weights w (C, G), each competency taken from ``wave`` (C, G)."""
    C = len(w)
    assumed = np.zeros(C, np.bool_)
    c, r, block, carried = [], [], [], []
    before = 0
    for k, (data, table) in enumerate(zip(waves, tables, strict=True)):
        cells, severity = table.cells, data.fit.severity
        here = w if len(waves) == 1 else np.where(wave == k, w, 0.0)
        weight = np.einsum("jg,jg->j", table.rater_share, here[cells.c])
        behind = weight > 0
        c.append(cells.c[behind].astype(np.int64))
        r.append(cells.r[behind].astype(np.int64))
        block.append(severity.block[cells.r[behind]] + before)
        carried.append(weight[behind])
        assumed[cells.c[behind & ~severity.linked[cells.r]]] = True
        before += severity.n_blocks
    cc, rr = np.concatenate(c), np.concatenate(r)
    if len(waves) > 1:
        n_raters = max(t.cells.n_raters for t in tables)
        raters = np.bincount(np.unique(cc * n_raters + rr) // max(n_raters, 1), minlength=C)
    else:
        raters = np.bincount(cc, minlength=C)
    main = _heaviest(cc, np.concatenate(block).astype(np.int64), np.concatenate(carried), C, before)
    return Origin(raters, main, assumed)


def _heaviest(c: Ints, block: Ints, weight: Floats, C: int, n_blocks: int) -> Ints:
    """(C,) the block with the largest weight, the lower number among equals."""
    out = np.full(C, -1)
    if n_blocks <= 1:
        out[c] = 0
        return out
    pair, number = np.unique(c * n_blocks + block, return_inverse=True)
    total = np.round(np.bincount(number, weight), 9)
    of, name = pair // n_blocks, pair % n_blocks
    order = np.lexsort((-name, total, of))
    out[of[order]] = name[order]
    return out
