"""Intraclass correlations of an incomplete panel (docs/measurement.md, section 9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assess.measure.icc import FORMS, Floats, Form, Icc, Reason, none, spearman_brown


def component_iccs(
    unit: NDArray[np.intp], rater: NDArray[np.intp], value: Floats
) -> tuple[dict[Form, Icc], float | None, Reason]:
    """ICC values of an incomplete panel: ``value`` of each rating with its unit's and rater's code.

    Units, raters and error are random; the components come from Henderson's third method (1953,
    Biometrics 9, 226-252), unshrunk and not cut at 0, so that a complete table gives the values of
    its mean squares. k is the harmonic mean of the ratings per unit over the units that two or more
    rated. Returns the ICCs (values only), k, and why none of them exists.
    """
    _, unit = np.unique(unit, return_inverse=True)
    _, rater = np.unique(rater, return_inverse=True)
    per_unit = np.bincount(unit)
    shared = per_unit >= 2
    if not shared.any():
        return none("no_overlap"), None, "no_overlap"
    noise = (1e-13 * float(np.abs(value).max())) ** 2 * len(value)
    if float(((value - value.mean()) ** 2).sum()) <= noise:
        return none("all_equal"), None, "all_equal"
    k = float(shared.sum() / (1.0 / per_unit[shared]).sum())
    one = _one_way(unit, per_unit, value)
    consistent, absolute = _two_way(unit, rater, per_unit, value, noise)
    singles: tuple[tuple[Form, Form, Icc], ...] = (
        ("1,1", "1,k", one),
        ("A,1", "A,k", absolute),
        ("C,1", "C,k", consistent),
    )
    icc: dict[Form, Icc] = {}
    for single, mean, figure in singles:
        stepped = spearman_brown(figure.value, k)
        lost = figure.value is not None and stepped is None
        icc |= {single: figure, mean: Icc(stepped, reason="below_pole" if lost else figure.reason)}
    return {form: icc[form] for form in FORMS}, k, ""


def _one_way(unit: NDArray[np.intp], per_unit: NDArray[np.intp], value: Floats) -> Icc:
    """ICC(1,1) of unequal groups: raters and error together lie within units."""
    count, units = len(value), len(per_unit)
    mean = np.bincount(unit, value) / per_unit
    within = float(((value - mean[unit]) ** 2).sum()) / (count - units)
    between = float((per_unit * (mean - value.mean()) ** 2).sum()) / (units - 1)
    n0 = (count - float((per_unit**2).sum()) / count) / (units - 1)
    return _share((between - within) / n0, within)


def _two_way(
    unit: NDArray[np.intp],
    rater: NDArray[np.intp],
    per_unit: NDArray[np.intp],
    value: Floats,
    noise: float,
) -> tuple[Icc, Icc]:
    """ICC(C,1) and ICC(A,1) from the components of units, raters and error."""
    count, units = len(value), len(per_unit)
    per_rater = np.bincount(rater)
    raters = len(per_rater)
    within_unit = value - (np.bincount(unit, value) / per_unit)[unit]
    adjusted = _adjusted_incidence(unit, rater, per_unit, raters)
    target = np.bincount(rater, within_unit, raters)
    effect = np.linalg.pinv(adjusted, rcond=1e-9, hermitian=True) @ target
    rank = int(np.linalg.matrix_rank(adjusted, tol=1e-9 * per_rater.max(), hermitian=True))
    blocks = raters - rank
    df_error = count - units - rank
    if df_error < 1 or rank < 1:
        missing = Icc(reason="no_overlap")
        return missing, missing
    total = float((within_unit**2).sum())
    for_raters = float(effect @ target)
    left = total - for_raters
    error = (0.0 if left <= noise else left) / df_error
    sigma_rater = (for_raters - rank * error) / (count - units)
    # units after raters = units and raters together, less raters alone
    mean = np.bincount(rater, value) / per_rater
    after_raters = float(((value - mean[rater]) ** 2).sum()) - error * df_error
    df_units = units - blocks
    sigma_unit = (after_raters - df_units * error) / (count - raters)
    return _share(sigma_unit, error), _share(sigma_unit, error + sigma_rater)


def _adjusted_incidence(
    unit: NDArray[np.intp], rater: NDArray[np.intp], per_unit: NDArray[np.intp], raters: int
) -> Floats:
    """D_R - M' D_U^-1 M, raters x raters: what raters' differences rest on within units."""
    from scipy.sparse import csr_array

    weight = 1.0 / np.sqrt(per_unit[unit])
    scaled = csr_array((weight, (unit, rater)), shape=(len(per_unit), raters))
    counts = np.bincount(rater, minlength=raters).astype(np.float64)
    adjusted: Floats = np.diag(counts) - (scaled.T @ scaled).toarray()
    return adjusted


def _share(signal: float, error: float) -> Icc:
    """``signal`` over ``signal`` + ``error``, undefined where the two do not make a variance."""
    if signal + error <= 1e-12 * (abs(signal) + abs(error)):
        return Icc(reason="below_pole" if signal or error else "all_equal")
    return Icc(signal / (signal + error))
