"""What would make a score surer: more raters, more items.

Source: docs/measurement.md, section 5, with the numbers of raters and items of a future interview.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.arrays import Floats, ratio
from assess.measure.error import quadratic_form
from assess.measure.scores import ModuleScores


@dataclass(frozen=True, eq=False)
class InterviewGain:
    """Standard errors of the score in points to expect, all (C,), NaN without a score.

    Attributes:
        now: as it stands.
        one_more_rater: if one more rater asked the same items.
        twice_the_items: if the same raters asked twice as many items.
    """

    now: Floats
    one_more_rater: Floats
    twice_the_items: Floats


def interview_gain(scores: ModuleScores) -> InterviewGain:
    """Standard errors to expect after more interviewing.

    The further rater is taken to rate every competency that counts, in the wave it is taken from,
    with a leniency known as well as that of the wave's raters on average.
    """
    omega = scores.weights * (1 - scores.share)
    keyed = scores.own_variance + scores.severity_variance
    more, twice = np.zeros(len(keyed)), np.zeros(len(keyed))
    for k, table in enumerate(scores.tables):
        here = omega if len(scores.tables) == 1 else np.where(scores.wave == k, omega, 0.0)
        cells, components, V = table.cells, table.components, table.V
        weight = here[cells.c]
        R = table.raters
        squared = here**2
        item = components.candidate_item * (squared * table.item_weight).sum(1)
        residual = components.residual * (squared * table.residual_weight).sum(1)
        whole = np.einsum("jg,jg->j", table.rater_share, weight)
        halo = components.halo * cells.by_candidate(whole**2)
        severity = quadratic_form(cells, V, scores.u[k])
        keyed = keyed - item - residual - halo - severity
        twice += (item + residual) / 2 + halo + severity

        kept = ratio(R, R + 1)
        less = weight * kept[cells.c]
        own = (here / (R + 1)).sum(1)
        u = np.einsum("jg,jg->j", table.severity_share, less)
        live = np.bincount(cells.r, minlength=cells.n_raters) > 0
        typical = float(V.diagonal()[live].mean()) if live.any() else components.rater
        per_item = ratio(np.ones(1), table.n_items)
        mixed = (R**2 * table.item_weight + (2 * R + 1) * per_item) / (R + 1) ** 2
        single = (R**2 * table.residual_weight + per_item) / (R + 1) ** 2
        shares = np.einsum("jg,jg->j", table.rater_share, less)
        more += components.halo * (cells.by_candidate(shares**2) + own**2)
        more += quadratic_form(cells, V, u) + typical * own**2
        more += (squared * (components.candidate_item * mixed + components.residual * single)).sum(
            1
        )
    keyed = np.maximum(keyed, 0.0)
    none = np.where(np.isnan(scores.score), np.nan, 0.0)
    return InterviewGain(scores.se, np.sqrt(more + keyed) + none, np.sqrt(twice + keyed) + none)
