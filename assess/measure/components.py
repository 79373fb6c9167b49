"""Variance components in closed form.

Source: docs/measurement.md, section 6; fitting constants after C. R. Henderson, "Estimation of
variance and covariance components", Biometrics 9 (1953) 226-252, method III.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from assess.measure.arrays import Bools, Floats, ratio
from assess.measure.blocks import connected, sum_over_pairs
from assess.measure.cells import Cells
from assess.measure.items import ItemEffects
from assess.measure.priors import Priors
from assess.measure.within import WithinCells


@dataclass(frozen=True, slots=True)
class Estimate:
    """A variance before shrinkage, in points squared, and its degrees of freedom."""

    variance: float
    df: int


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Variances in points squared, shrunk to their priors, and what they were estimated from.

    Attributes:
        rater: of rater leniency.
        halo: of candidate by rater.
        candidate_item: of candidate by item, what all raters see.
        residual: of rater by item inside a candidate's competency.
        cell_estimate: mean square within cells, unshrunk.
        residual_estimate: rater-by-item mean square, unshrunk.
        halo_estimate, rater_estimate: unshrunk.
        mse: mean square of candidate by rater in the table of interviews, None without df.
    """

    rater: float
    halo: float
    candidate_item: float
    residual: float
    cell_estimate: Estimate
    residual_estimate: Estimate
    halo_estimate: Estimate
    rater_estimate: Estimate
    mse: float | None


@dataclass(frozen=True, slots=True)
class _Within:
    candidate_item: float
    residual: float
    cell: Estimate
    residual_estimate: Estimate


def variance_components(
    cells: Cells, z: Floats, within: WithinCells, effects: ItemEffects, priors: Priors
) -> VarianceComponents:
    """Components of the answers around fixed candidates.

    Args:
        cells: interviews and cells.
        z: (J, G) cell means free of item effects, in points.
        within: sums of squares inside the cells.
        effects: item effects taken out of them.
        priors: prior standard deviations and their strength.
    """
    inside = _within(cells, within, effects, priors)
    table = _interview_table(cells, z)
    sum_raters, df_raters, trace, sse, df_error = _two_way(cells, table.y, table.used)
    mse = sse / df_error if df_error > 0 else None
    noise = float(table.noise[table.used].mean()) if table.used.any() else 1.0
    halo_raw = 0.0 if mse is None else max(0.0, mse - inside.residual_estimate.variance * noise)
    halo = priors.shrink(halo_raw, df_error, priors.halo)
    # Without degrees of freedom for the interaction its expectation under the priors stands in.
    error = halo + inside.residual * noise if mse is None else mse
    rater_raw = max(0.0, (sum_raters - df_raters * error) / trace) if trace > 0 else 0.0
    return VarianceComponents(
        rater=priors.shrink(rater_raw, df_raters, priors.rater),
        halo=halo,
        candidate_item=inside.candidate_item,
        residual=inside.residual,
        cell_estimate=inside.cell,
        residual_estimate=inside.residual_estimate,
        halo_estimate=Estimate(halo_raw, df_error),
        rater_estimate=Estimate(rater_raw, df_raters),
        mse=mse,
    )


def _within(cells: Cells, within: WithinCells, effects: ItemEffects, priors: Priors) -> _Within:
    """The mean square within cells and its split; the shrunk total keeps the split."""
    n_cells = int(cells.present.sum())
    df = int(cells.n.sum()) - n_cells - effects.df
    square = max(0.0, within.total - effects.explained)
    mean_square = square / df if df > 0 else 0.0
    total = priors.shrink(mean_square, max(df, 0), priors.cell)
    if within.residual_df > 0:
        residual = within.residual / within.residual_df
        shared = max(0.0, mean_square - residual)
        of_item = shared / mean_square if mean_square > 0 else 0.0
    else:
        residual, of_item = 0.0, 1.0
    return _Within(
        of_item * total,
        (1 - of_item) * total,
        Estimate(mean_square, max(df, 0)),
        Estimate(residual, within.residual_df),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    y: Floats
    noise: Floats
    used: Bools


def _interview_table(cells: Cells, z: Floats) -> _Table:
    """Per interview the mean of z over the competencies that all raters of the candidate rated.

    ``used`` (J,): the candidate has two raters or more and such a competency. ``noise`` (J,): the
    sum over them of 1 / n / G squared, the weight of the rater-by-item residual in the mean.
    """
    shared = cells.raters == cells.interviews[:, None]
    shared &= (cells.interviews > 1)[:, None]
    rows = shared[cells.c]
    G = rows.sum(1).astype(np.float64)
    y = ratio(np.where(rows, z, 0.0).sum(1), G)
    noise = ratio(np.where(rows, ratio(np.ones(1), cells.n), 0.0).sum(1), G**2)
    return _Table(y, noise, G > 0)


def _two_way(cells: Cells, y: Floats, used: Bools) -> tuple[float, int, float, float, int]:
    """Raters adjusted for candidates in the table y.

    Returns SS(raters | candidates), its df, the trace of A = D_R - M' D_C^-1 M, the sum of squares
    of the interaction and its df.
    """
    if not used.any():
        return 0.0, 0, 0.0, 0.0, 0
    R = cells.n_raters
    weight = used.astype(np.float64)
    count = cells.by_candidate(weight)
    mean = ratio(cells.by_candidate(weight * y), count)
    deviation = np.where(used, y - mean[cells.c], 0.0)
    t = np.bincount(cells.r, deviation, R)
    share = ratio(weight, count[cells.c])
    alone = np.diag(np.bincount(cells.r, weight - share, R).astype(np.float64))
    A = alone - sum_over_pairs(cells, lambda a, _: share[a])
    label = connected(A)
    sizes = np.bincount(label)
    explained = 0.0
    for block in np.flatnonzero(sizes > 1).tolist():
        j = np.flatnonzero(label == block)
        L = A[np.ix_(j, j)]
        # Raters of a block are known up to a constant; the added constant fixes it.
        factor = cho_factor(L + np.trace(L) / len(j) ** 2, check_finite=False)
        explained += float(t[j] @ cho_solve(factor, t[j], check_finite=False))
    df_raters = R - len(sizes)
    sse = max(0.0, float(deviation @ deviation) - explained)
    df_error = int(weight.sum()) - int((count > 0).sum()) - df_raters
    return explained, df_raters, float(np.trace(A)), sse, df_error
