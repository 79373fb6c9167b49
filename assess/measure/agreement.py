"""How far raters agree with one another (docs/measurement.md, section 9).

A table is units x raters, NaN where a rater did not rate a unit. Nothing here is ever guessed: what
is undefined is None, with the reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from assess.measure.icc import Floats, Form, Icc, Reason, complete_iccs, none
from assess.measure.incomplete import component_iccs


@dataclass(frozen=True)
class Agreement:
    """The six intraclass correlations of one table and what they rest on."""

    icc: dict[Form, Icc]
    units: int
    """Units used: those that all raters rated, or all rated units where components were used."""
    dropped: int
    """Units that somebody rated but that were left out."""
    raters: int
    k: float | None
    """The number of ratings per unit that the k-forms speak of."""
    basis: Literal["complete", "components", "none"]
    """From the complete units' mean squares, from variance components, or not at all."""
    reason: Reason = ""


def agreement(table: Floats, confidence: float = 0.95) -> Agreement:
    """The six ICCs of a units x raters table with NaN for what was not rated.

    The units that all raters rated are used (at least two of them); where the panel has none such,
    the values come from the variance components of all ratings, without limits.
    """
    rated = ~np.isnan(table)
    table = table[rated.any(axis=1)][:, rated.any(axis=0)]
    rated = ~np.isnan(table)
    units, raters = table.shape
    complete = rated.all(axis=1)
    used = int(complete.sum())
    if used >= 2 and raters >= 2:
        icc = complete_iccs(table[complete], confidence)
        return Agreement(icc, used, units - used, raters, float(raters), "complete")
    reason: Reason = "no_ratings" if not units else "one_rater" if raters < 2 else "one_unit"
    if units < 2 or raters < 2:
        return Agreement(none(reason), used, units - used, raters, None, "none", reason)
    unit, rater = np.nonzero(rated)
    icc, k, reason = component_iccs(unit, rater, table[unit, rater])
    if k is None:
        return Agreement(icc, 0, units, raters, None, "none", reason)
    return Agreement(icc, units, 0, raters, k, "components", reason)


@dataclass(frozen=True)
class WithOthers:
    """One rater beside the mean of the others, over the units that they share."""

    units: int
    correlation: float | None
    """Pearson's r; None below three units or where either side does not vary."""
    difference: float | None
    """Mean of own less others' ratings: above 0 rates higher."""
    distance: float | None
    """Mean absolute difference."""


def with_others(table: Floats) -> list[WithOthers]:
    """Every rater (column) of a units x raters table against the mean of the others."""
    rated = ~np.isnan(table)
    count = rated.sum(axis=1)
    total = np.where(rated, table, 0.0).sum(axis=1)
    found = []
    for own, mine in zip(table.T, rated.T, strict=True):
        at = mine & (count >= 2)
        a = own[at]
        b = (total[at] - a) / (count[at] - 1)
        if not len(a):
            found.append(WithOthers(0, None, None, None))
            continue
        distance = float(np.abs(a - b).mean())
        found.append(WithOthers(len(a), _pearson(a, b), float((a - b).mean()), distance))
    return found


def _pearson(a: Floats, b: Floats) -> float | None:
    """Pearson's r, None where it rests on nothing."""
    if len(a) < 3:
        return None
    noise = 1e-12 * max(float(np.abs(a).max()), float(np.abs(b).max()))
    if np.ptp(a) <= noise or np.ptp(b) <= noise:
        return None
    return float(np.corrcoef(a, b)[0, 1])
