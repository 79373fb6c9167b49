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
    """Why there is no figure at all; each figure has its own reason besides."""


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
        nothing = all(figure.value is None for figure in icc.values())
        why: Reason = icc["C,1"].reason if nothing else ""
        return Agreement(icc, used, units - used, raters, float(raters), "complete", why)
    reason: Reason = "no_ratings" if not units else "one_rater" if raters < 2 else "one_unit"
    if units < 2 or raters < 2:
        return Agreement(none(reason), used, units - used, raters, None, "none", reason)
    unit, rater = np.nonzero(rated)
    icc, k, reason = component_iccs(unit, rater, table[unit, rater])
    if k is None:
        return Agreement(icc, 0, units, raters, None, "none", reason)
    return Agreement(icc, units, 0, raters, k, "components")
