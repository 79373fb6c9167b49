"""Minimums and status.

Source: docs/measurement.md, section 8. The point estimate decides; the error is shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr

from assess.measure.arrays import Bools, Floats, Ints
from assess.measure.ranks import two_sided
from assess.measure.scores import ModuleScores

TOLERANCE = 1e-9


class MinimumState(StrEnum):
    """Whether a competency reaches the module's minimum."""

    MET = "met"
    MISSED = "missed"
    NOT_ESTABLISHED = "not_established"


class Status(StrEnum):
    """What a candidate's standing in a module allows."""

    INCOMPLETE = "incomplete"
    BELOW_MINIMUM = "below_minimum"
    RANKED = "ranked"


@dataclass(frozen=True, eq=False)
class Minimums:
    """The minimums of a module, every table (C, M).

    Attributes:
        competency: (M,) competency of each minimum, ascending.
        at: (M,) the least value in points.
        arrangement: (M,) whether the competency is an arrangement.
        theta, se: value and standard error in points, NaN where not established.
        p_met: probability that the true value reaches the minimum, NaN where not established.
        established, met: whether the competency counted; whether the value reaches the minimum.
        borderline: the value is nearer to the minimum than the interval's half width.
    """

    competency: Ints
    at: Floats
    arrangement: Bools
    theta: Floats
    se: Floats
    p_met: Floats
    established: Bools
    met: Bools
    borderline: Bools

    def state(self, candidate: int, minimum: int) -> MinimumState:
        """State of one minimum of one candidate."""
        if not self.established[candidate, minimum]:
            return MinimumState.NOT_ESTABLISHED
        return MinimumState.MET if self.met[candidate, minimum] else MinimumState.MISSED


@dataclass(frozen=True, eq=False)
class Standing:
    """Who can be ranked, all (C,).

    Attributes:
        incomplete: too little is covered, or a must-have is not established.
        below_minimum: nothing is lacking, but a minimum of a competency of the person is missed.
        ranked: neither.
        release_open: a minimum of an arrangement is missed or not established.
    """

    incomplete: Bools
    below_minimum: Bools
    ranked: Bools
    release_open: Bools

    def status(self, candidate: int) -> Status:
        """Status of one candidate."""
        if self.incomplete[candidate]:
            return Status.INCOMPLETE
        return Status.BELOW_MINIMUM if self.below_minimum[candidate] else Status.RANKED


def minimums(scores: ModuleScores, *, confidence: float = 0.90) -> Minimums:
    """Tests the minimums of the module that was scored.

    Args:
        scores: the scores.
        confidence: of the interval within which a minimum is borderline.
    """
    module = scores.module
    g = np.array(sorted(module.minimums), np.int64)
    at = np.array([float(module.minimums[k]) for k in g.tolist()])
    arrangement = np.zeros(len(module.weights), np.bool_)
    if module.arrangement is not None:
        arrangement = np.asarray(module.arrangement, np.bool_)
    theta = scores.theta[:, g]
    se = scores.theta_se[:, g] if len(g) else theta
    established = scores.counted[:, g]
    met = established & (theta >= at - TOLERANCE)
    distance = theta - at
    t = np.where(met, np.inf, -np.inf)
    np.divide(distance, se, out=t, where=established & (se > 0))
    return Minimums(
        competency=g,
        at=at,
        arrangement=arrangement[g],
        theta=theta,
        se=se,
        p_met=np.where(established, ndtr(t), np.nan),
        established=established,
        met=met,
        borderline=established & (np.abs(distance) < two_sided(confidence) * se),
    )


def standing(scores: ModuleScores, found: Minimums) -> Standing:
    """Who is ranked, who is not and for which reason."""
    personal = ~found.arrangement
    covered = scores.coverage >= scores.module.min_coverage - TOLERANCE
    covered &= ~np.isnan(scores.score)
    lacking = (~found.established & personal).any(1)
    missed = (found.established & ~found.met & personal).any(1)
    incomplete = ~covered | lacking
    below = ~incomplete & missed
    return Standing(
        incomplete=incomplete,
        below_minimum=below,
        ranked=~incomplete & ~below,
        release_open=np.asarray((~found.met & found.arrangement).any(1), np.bool_),
    )
