"""What a score holds: points with their account, errors, and who stands behind them.

Source: docs/measurement.md, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from assess.measure.arrays import Bools, Floats, Ints
from assess.measure.competency import CompetencyTable
from assess.measure.spec import ModuleSpec, WaveData


@dataclass(frozen=True, eq=False)
class Account:
    """Where the points of a score come from; each part (C, G), all together sum to the score.

    Attributes:
        raw: weight times the mean answer.
        item_mix: correction for having been asked harder or easier items.
        severity: correction for severe or lenient raters, positive for a severe one.
        agreed: values agreed by the panel against the answers they replace.
        knowledge: keyed items against the interview.
    """

    raw: Floats
    item_mix: Floats
    severity: Floats
    agreed: Floats
    knowledge: Floats

    @property
    def points(self) -> Floats:
        """(C, G) points of each competency."""
        return self.raw + self.item_mix + self.severity + self.agreed + self.knowledge


@dataclass(frozen=True, eq=False)
class ModuleScores:
    """Scores of all candidates for one module; unclipped points of the 0-100 scale.

    Attributes:
        module: what was scored.
        waves: the waves read, earliest first.
        tables: the competency values of each wave.
        score: (C,) S, NaN where nothing counted.
        own_variance: (C,) v, error variance that candidates do not share.
        severity_variance: (C,) u' V u, error variance from uncertain severities.
        coverage: (C,) share of the weight counted, in percent.
        lower, upper: (C,) the score if everything missing were 0 or 100.
        theta: (C, G) competency values, NaN where not counted.
        counted: (C, G) whether the competency counted.
        weights: (C, G) weights rescaled to 1 over the counted competencies.
        share: (C, G) s, share of the value carried by keyed items.
        knowledge: (C, G) K in points, 0 where there is none.
        too_few_keyed: (C, G) keyed items were asked but fewer than four answered.
        wave: (C, G) number of the wave that the competency is taken from, -1 where not counted.
        account: where the points come from.
        u: per wave (J,) the weights of the interviews' leniency in the scores.
        raters: (C,) number of raters behind the score.
        block: (C,) block of linked raters that carries most of the score, -1 without any. Numbers
            of later waves follow those of earlier ones.
        severity_assumed: (C,) some rater behind the score shares nothing with anybody.
    """

    module: ModuleSpec
    waves: tuple[WaveData, ...]
    tables: tuple[CompetencyTable, ...]
    score: Floats
    own_variance: Floats
    severity_variance: Floats
    coverage: Floats
    lower: Floats
    upper: Floats
    theta: Floats
    counted: Bools
    weights: Floats
    share: Floats
    knowledge: Floats
    too_few_keyed: Bools
    wave: Ints
    account: Account
    u: tuple[Floats, ...]
    raters: Ints
    block: Ints
    severity_assumed: Bools
    _knowledge_variance: Floats = field(repr=False)

    @property
    def n_candidates(self) -> int:
        """C."""
        return len(self.score)

    @cached_property
    def se(self) -> Floats:
        """(C,) standard error of the score in points, NaN where there is none."""
        total = np.sqrt(self.own_variance + self.severity_variance)
        return np.where(np.isnan(self.score), np.nan, total)

    @cached_property
    def theta_se(self) -> Floats:
        """(C, G) standard error of each competency value, NaN where not counted."""
        interview = pick([t.variance() for t in self.tables], self.wave)
        total = (1 - self.share) ** 2 * interview + self.share**2 * self._knowledge_variance
        return np.where(self.counted, np.sqrt(total), np.nan)

    @cached_property
    def leniency_weights(self) -> tuple[sp.csr_array, ...]:
        """Per wave u as a sparse (C, R)."""
        return tuple(
            sp.csr_array((u, t.cells.r, t.cells.first), shape=(len(self.score), t.cells.n_raters))
            for u, t in zip(self.u, self.tables, strict=True)
        )


def pick(values: Sequence[Floats], wave: Ints) -> Floats:
    """(C, G) of each entry the value of the wave that it is taken from."""
    out = values[0]
    for k, later in enumerate(values[1:], start=1):
        out = np.where(wave == k, later, out)
    return out
