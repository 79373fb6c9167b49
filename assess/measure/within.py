"""Sums of squares inside cells, in one pass over the answers.

Source: docs/measurement.md, section 6 (within cell). With d = x - cell mean and T the sum of d
over the raters who answered an item about a candidate, the rater-by-item residual inside a
(candidate, competency) is d - T / R, on the items that all its raters answered, so that its sum of
squares is the sum of d squared minus the sum of T squared / R.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.answers import Answers
from assess.measure.arrays import Bools, Floats, Ints, ratio
from assess.measure.cells import Cells
from assess.measure.patterns import Patterns


@dataclass(frozen=True, eq=False)
class WithinCells:
    """What the answers say beyond the means of their cells.

    Attributes:
        total: sum of (x - cell mean) squared, before item effects.
        by_item: (I,) sum of x - cell mean over the answers to each item.
        residual: sum of squares of rater by item inside (candidate, competency).
        residual_df: its degrees of freedom, the sum of (raters - 1)(common items - 1).
    """

    total: float
    by_item: Floats
    residual: float
    residual_df: int


def sums_within(answers: Answers, cells: Cells, patterns: Patterns) -> WithinCells:
    """One pass over the answers, some candidates at a time."""
    n_items, G = answers.n_items, answers.n_competencies
    of_item = answers.competency
    member = np.zeros((n_items, G))
    member[np.arange(n_items), of_item] = 1.0
    present = cells.present
    n_all = cells.n[present].astype(np.int64)
    mean_all = cells.mean[present]
    per_interview = present.sum(1)
    cell_of = np.concatenate([[0], np.cumsum(per_interview)])[cells.first]

    total = residual = 0.0
    residual_df = 0.0
    by_item = np.zeros(n_items)
    for a, b in cells.blocks(n_items):
        s, e, k, m = cells.row[a], cells.row[b], cell_of[a], cell_of[b]
        if s == e:
            continue
        n = n_all[k:m]
        d = answers.x[s:e] - np.repeat(mean_all[k:m], n)
        total += float(d @ d)
        code = (answers.c[s:e] - np.int32(a)).astype(np.int64)
        code *= n_items
        code += answers.i[s:e]
        raters = cells.raters[a:b]
        if patterns.uniform[a:b].all():
            sums = np.bincount(code, d, (b - a) * n_items)
            by_item += sums.reshape(b - a, n_items).sum(0)
            common = _common_items(cells, a, b)
        else:
            by_item += np.bincount(answers.i[s:e], d, n_items)
            shared = np.bincount(code, minlength=(b - a) * n_items).reshape(b - a, n_items)
            shared = (shared == raters[:, of_item]) & (shared > 0)
            common = shared.astype(np.float64) @ member
            d = _centred(answers.x[s:e], shared.reshape(-1)[code], n)
            sums = np.bincount(code, d, (b - a) * n_items)
        squares = ((sums * sums).reshape(b - a, n_items)) @ member
        residual += float(d @ d) - float(ratio(squares, raters).sum())
        residual_df += float((np.maximum(raters - 1, 0) * np.maximum(common - 1, 0)).sum())
    return WithinCells(total, by_item, max(0.0, residual), round(residual_df))


def _common_items(cells: Cells, a: int, b: int) -> Floats:
    """(candidates, G) items of each competency where all raters answered the same."""
    s, e = cells.first[a], cells.first[b]
    n = np.zeros((b - a, cells.n.shape[1]))
    np.maximum.at(n, cells.c[s:e] - a, cells.n[s:e])
    return n


def _centred(x: Floats, keep: Bools, n: Ints) -> Floats:
    """x minus its cell's mean over the answers kept, 0 for those left out."""
    first = np.cumsum(n) - n
    mean = ratio(np.add.reduceat(x * keep, first), np.add.reduceat(keep.astype(np.float64), first))
    return np.asarray(np.where(keep, x - np.repeat(mean, n), 0.0), np.float64)
