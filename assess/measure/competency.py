"""Competency values: where a candidate stands on each competency, from the interviews.

Source: docs/measurement.md, section 4, and section 5 for the weights that the error needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assess.measure.arrays import Bools, Codes, Floats, Ints, ratio
from assess.measure.cells import Cells
from assess.measure.components import VarianceComponents
from assess.measure.fitting import Fit
from assess.measure.patterns import spread


@dataclass(frozen=True, eq=False)
class CompetencyTable:
    """Values of one wave's interviews, on all items or on those that count in a module.

    The four parts are means over the raters of a competency, each rater equal; theta is their sum.

    Attributes:
        cells: the interviews that they come from.
        V: (R, R) error covariance of the leniency of the raters.
        components: variances of the wave.
        n: (J, G) answers of each cell that count, as float64.
        agreed_share: (J, G) share of them with an agreed value; None where nobody agreed any.
        raters: (C, G) number of raters with an answer that counts, as float64.
        n_items: (C, G) distinct items answered, over all raters, as float64.
        raw: (C, G) mean answer in points.
        item_mix: (C, G) minus the mean item effect.
        severity: (C, G) minus the mean leniency, over answers without an agreed value.
        agreed: (C, G) agreed values minus the answers that they replace.
        item_weight: (C, G) sum of q squared, the weight of the candidate-by-item variance.
        residual_weight: (C, G) sum over raters of 1 / (R squared n).
    """

    cells: Cells
    V: Floats
    components: VarianceComponents
    n: Floats
    agreed_share: Floats | None
    raters: Floats
    n_items: Floats
    raw: Floats
    item_mix: Floats
    severity: Floats
    agreed: Floats
    item_weight: Floats
    residual_weight: Floats

    @cached_property
    def rater_share(self) -> Floats:
        """(J, G) 1 / R in the cells that count: what each rater carries of the mean."""
        return np.where(self.n > 0, ratio(np.ones(1), self.raters)[self.cells.c], 0.0)

    @cached_property
    def severity_share(self) -> Floats:
        """(J, G) ``rater_share`` of the answers that carry the rater's severity."""
        if self.agreed_share is None:
            return self.rater_share
        return self.rater_share * (1 - self.agreed_share)

    @cached_property
    def severity_variance(self) -> Floats:
        """(C, G) variance that uncertain severities add to theta, in points squared."""
        u, cells, V = self.severity_share, self.cells, self.V
        out = cells.by_candidate(u * u * V.diagonal()[cells.r][:, None])
        for a, b in cells.pairs():
            covariance = 2 * V[cells.r[a], cells.r[b]]
            table = u[a] * u[b] * covariance[:, None]
            out += _sum_by(cells.c[a], table, cells.n_candidates)
        return np.maximum(out, 0.0)

    def variance(self) -> Floats:
        """(C, G) error variance of theta in points squared."""
        components = self.components
        halo = self.cells.by_candidate(self.rater_share**2)
        return (
            self.severity_variance
            + components.halo * halo
            + components.candidate_item * self.item_weight
            + components.residual * self.residual_weight
        )


def competency_table(fit: Fit, counts: Bools | None = None) -> CompetencyTable:
    """Values on the items that count.

    Args:
        fit: the fit of one wave; severities and item effects are those of all its answers.
        counts: (I,) in the caller's numbering of items, which count; None for all of them.
    """
    if counts is not None:
        counts = np.asarray(counts, np.bool_)[fit.answers.item_order]
        answered = np.asarray(fit.patterns.items.T @ fit.patterns.count) > 0
        if not counts[answered].all():
            return _table(fit, counts)
    whole = fit.cache.get("competency_table")
    if not isinstance(whole, CompetencyTable):
        whole = fit.cache["competency_table"] = _table(fit, None)
    return whole


def _table(fit: Fit, counts: Bools | None) -> CompetencyTable:
    cells = fit.cells
    beta, of_cell = fit.effects.beta, fit.patterns.of_cell
    if counts is None:
        n, mean = cells.n, cells.mean
        mix = fit.effects.of_pattern[of_cell]
    else:
        size = fit.patterns.size(counts)
        n = size[of_cell]
        mean = _mean_of(fit, counts, n)
        mix = ratio(np.asarray(fit.patterns.items @ (beta * counts)), size)[of_cell]
    present = n > 0
    raters = cells.by_candidate(present.astype(np.float64))

    def over_raters(table: Floats) -> Floats:
        return ratio(cells.by_candidate(table), raters)

    agreed_share, change = _agreed(fit, counts, n)
    leniency = np.where(present, fit.rho[cells.r][:, None], 0.0)
    if agreed_share is not None:
        leniency = leniency * (1 - agreed_share)
    n_items, item_weight = _overlap(fit, counts, n, raters)
    return CompetencyTable(
        cells=cells,
        V=fit.severity.V,
        components=fit.components,
        n=n,
        agreed_share=agreed_share,
        raters=raters,
        n_items=n_items,
        raw=over_raters(mean),
        item_mix=-over_raters(mix),
        severity=-over_raters(leniency),
        agreed=np.zeros_like(raters) if change is None else over_raters(change),
        item_weight=item_weight,
        residual_weight=ratio(over_raters(ratio(np.ones(1), n)), raters),
    )


def _mean_of(fit: Fit, counts: Bools, n: Floats) -> Floats:
    """(J, G) mean of the answers that count, from them or from those that do not, if fewer."""
    cells, answers = fit.cells, fit.answers
    kept = 2 * n.sum() <= len(answers)
    rows = np.flatnonzero((counts if kept else ~counts)[answers.i])
    part = n if kept else cells.n - n
    total = np.zeros(n.shape)
    touched = part > 0
    size = part[touched].astype(np.int64)
    if len(size):
        total[touched] = np.add.reduceat(answers.x[rows], np.cumsum(size) - size)
    return ratio(total if kept else cells.total - total, n)


def _agreed(fit: Fit, counts: Bools | None, n: Floats) -> tuple[Floats | None, Floats | None]:
    """(J, G) share of agreed answers and mean of agreed value minus answer; None without any."""
    answers, cells = fit.answers, fit.cells
    if answers.agreed is None:
        return None, None
    rows = np.flatnonzero(~np.isnan(answers.agreed))
    if counts is not None:
        rows = rows[counts[answers.i[rows]]]
    if not len(rows):
        return None, None
    cell = _cell_of(cells, rows)
    shape, size = n.shape, n.size
    share = np.bincount(cell, minlength=size).reshape(shape).astype(np.float64)
    change = np.bincount(cell, answers.agreed[rows] - answers.x[rows], size).reshape(shape)
    return ratio(share, n), ratio(change, n)


def _cell_of(cells: Cells, rows: Ints) -> Ints:
    """Number j G + g of the cell that each answer lies in."""
    number = np.flatnonzero(cells.present)
    start = cells.start.reshape(-1)[number]
    return np.asarray(number[np.searchsorted(start, rows, side="right") - 1], np.int64)


def _overlap(fit: Fit, counts: Bools | None, n: Floats, raters: Floats) -> tuple[Floats, Floats]:
    """(C, G) distinct items answered, and the sum over items of q squared.

    q is the weight of an item in theta: the sum over the raters who answered it of 1 / (R n). Where
    all answered the same items it is 1 / items, so that only the others are looked into.
    """
    cells, answers = fit.cells, fit.answers
    n_items = ratio(cells.by_candidate(n), raters)
    weight = ratio(np.ones(1), n_items)
    loose = ~fit.patterns.uniform & (raters > 0)
    if not loose.any():
        return n_items, weight
    n_all = answers.n_items
    member = np.zeros((n_all, answers.n_competencies))
    member[np.arange(n_all), answers.competency] = 1.0
    for a, b in cells.blocks(n_all):
        part = loose[a:b]
        first, last = cells.first[a], cells.first[b]
        chosen = part[cells.c[first:last] - a] & (n[first:last] > 0)
        size = cells.n[first:last][chosen].astype(np.int64)
        if not len(size):
            continue
        rows = spread(cells.start[first:last][chosen], size)
        carried = raters[cells.c[first:last]][chosen] * n[first:last][chosen]
        q = np.repeat(1 / carried, size)
        code = (answers.c[rows].astype(np.int64) - a) * n_all + answers.i[rows]
        if counts is not None:
            kept = counts[answers.i[rows]]
            q, code = q[kept], code[kept]
        of_item = np.bincount(code, q, (b - a) * n_all).reshape(b - a, n_all)
        n_items[a:b][part] = ((of_item > 0) @ member)[part]
        weight[a:b][part] = (of_item**2 @ member)[part]
    return n_items, weight


def _sum_by(c: Codes, table: Floats, size: int) -> Floats:
    """Rows of a table summed by an ascending code: (n, G) to (size, G)."""
    out = np.zeros((size, table.shape[1]))
    first = np.flatnonzero(np.diff(c, prepend=-1))
    out[c[first]] = np.add.reduceat(table, first, axis=0)
    return out
