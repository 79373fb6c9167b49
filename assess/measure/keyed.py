"""Keyed (knowledge) items: points reached, corrected for guessing.

Source: docs/measurement.md, sections 4 and 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.arrays import Bools, Floats, ratio

LEAST_KEYED_ITEMS = 4
"""With fewer answered, knowledge carries nothing and the account says so."""


@dataclass(frozen=True, eq=False)
class Keyed:
    """Keyed answers of one wave for one module; every array (C, G), zeros where there are none.

    Attributes:
        points: points reached. An item left open or declined in a submitted check scores 0; one
            that was not asked is in none of these sums.
        possible: points possible.
        guessed: points that guessing reaches on average: per choice the mean of its options'
            points, 0 for a number.
        items: number of items asked.
        answered: number of them answered.
    """

    points: Floats
    possible: Floats
    guessed: Floats
    items: Floats
    answered: Floats


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What keyed items say per candidate and competency; every array (C, G).

    Attributes:
        value: K in points, corrected for guessing, 0 where there is none.
        share: s, the part of the competency's value that K carries.
        variance: binomial error variance of K in points squared.
        too_few: the module gives knowledge a share, but fewer than four keyed items were answered.
    """

    value: Floats
    share: Floats
    variance: Floats
    too_few: Bools


def knowledge(keyed: Keyed | None, share: Floats, n_candidates: int) -> Knowledge:
    """K = 100 max(0, (p - p0) / (1 - p0)) and its error.

    The error is that of a proportion with one success and one failure added:
    10^4 p~ (1 - p~) / (n + 2) / (1 - p0) squared, p~ = (n p + 1) / (n + 2).

    Args:
        keyed: the answers, None without any.
        share: (G,) share of each competency that the module gives to knowledge.
        n_candidates: C.
    """
    shape = n_candidates, len(share)
    if keyed is None:
        none = np.zeros(shape)
        return Knowledge(none, none, none, np.zeros(shape, np.bool_))
    p0 = ratio(keyed.guessed, keyed.possible)
    known = (keyed.possible > 0) & (p0 < 1)
    enough = keyed.answered >= LEAST_KEYED_ITEMS
    p = ratio(keyed.points, keyed.possible)
    value = np.where(known, 100 * np.maximum(0.0, ratio(p - p0, 1 - p0)), 0.0)
    n = keyed.items
    smoothed = (n * p + 1) / (n + 2)
    variance = np.where(known, ratio(1e4 * smoothed * (1 - smoothed) / (n + 2), (1 - p0) ** 2), 0.0)
    return Knowledge(
        value,
        np.where(known & enough, share, 0.0),
        variance,
        (keyed.items > 0) & ~enough & (share > 0),
    )
