"""Rounding for display, so that the digits shown add up."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from assess.measure.arrays import Floats


def largest_remainder(values: ArrayLike, digits: int) -> Floats:
    """Values rounded to ``digits`` decimals so that they sum to their sum as it would be printed.

    Every value is rounded down, and what the sum then lacks goes to the largest remainders, the
    first among equals (Hamilton's method).

    Args:
        values: (n,) finite values.
        digits: decimals to show.

    Raises:
        ValueError: a value that is not finite.
    """
    exact = np.asarray(values, np.float64).reshape(-1)
    if not np.isfinite(exact).all():
        raise ValueError("only finite values can be rounded to a sum")
    scaled = exact * 10.0**digits
    # A value a hair below a whole number is that number.
    down = np.floor(scaled + 1e-6)
    shown = round(round(math.fsum(exact), digits) * 10.0**digits)
    lacking = shown - int(down.sum())
    remainder = np.round(scaled - down, 6)
    if lacking > 0:
        down[np.argsort(-remainder, kind="stable")[:lacking]] += 1
    elif lacking < 0:
        down[np.argsort(remainder, kind="stable")[:-lacking]] -= 1
    return np.asarray(np.round(down / 10.0**digits, max(digits, 0)) + 0.0, np.float64)
