"""Change of a candidate between two waves.

Source: docs/measurement.md, section 10; reliable change after N. S. Jacobson and P. Truax (1991),
Journal of Consulting and Clinical Psychology 59, 12-19.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.arrays import Bools, Floats
from assess.measure.module import restrict
from assess.measure.scores import ModuleScores

RELIABLE_BEYOND = 1.96
"""Standard errors of the difference."""


@dataclass(frozen=True, eq=False)
class Change:
    """Change over the competencies rated at both waves.

    Attributes:
        before, after: (C,) scores over these competencies, NaN where there is none.
        change: (C,) after minus before in points.
        sed: (C,) its standard error.
        reliable: (C,) whether it lies beyond 1.96 SED, up or down.
        both: (C, G) competencies rated at both.
        by_competency: (C, G) change of each, NaN where not rated at both.
        by_competency_sed: (C, G) its standard error.
    """

    before: Floats
    after: Floats
    change: Floats
    sed: Floats
    reliable: Bools
    both: Bools
    by_competency: Floats
    by_competency_sed: Floats


def change(before: ModuleScores, after: ModuleScores) -> Change:
    """Change between two waves.

    Args:
        before: scores for a module of the earlier wave alone: ``score([w1], module)``.
        after: scores for the same module of the later wave alone.

    Raises:
        ValueError: either was scored over several waves, or the candidates are not the same.
    """
    if len(before.waves) != 1 or len(after.waves) != 1:
        raise ValueError("change compares the scores of exactly one wave each")
    if before.counted.shape != after.counted.shape:
        raise ValueError("the waves number candidates or competencies differently")
    both = before.counted & after.counted
    first, second = restrict(before, both), restrict(after, both)
    difference = second.score - first.score
    error = np.hypot(first.se, second.se)
    return Change(
        before=first.score,
        after=second.score,
        change=difference,
        sed=error,
        reliable=np.abs(difference) > RELIABLE_BEYOND * error,
        both=both,
        by_competency=second.theta - first.theta,
        by_competency_sed=np.hypot(first.theta_se, second.theta_se),
    )
