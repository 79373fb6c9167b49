"""Error of weighted sums of competency values.

Source: docs/measurement.md, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assess.measure.arrays import Floats
from assess.measure.cells import Cells
from assess.measure.competency import CompetencyTable


@dataclass(frozen=True, eq=False)
class WaveError:
    """Error of the part of the scores that one wave carries.

    Attributes:
        u: (J,) weight of each interview's leniency in its candidate's score.
        own: (C,) variance that candidates do not share, in points squared: halo, candidate by
            item and residual.
        severity: (C,) u' V u, in points squared.
    """

    u: Floats
    own: Floats
    severity: Floats


def wave_error(table: CompetencyTable, omega: Floats) -> WaveError:
    """Error of the scores with weights omega (C, G) on the interviews' competency values."""
    cells, components = table.cells, table.components
    weight = omega[cells.c]
    u = np.einsum("jg,jg->j", table.severity_share, weight)
    whole = u
    if table.agreed_share is not None:
        whole = np.einsum("jg,jg->j", table.rater_share, weight)
    own = components.halo * cells.by_candidate(whole**2)
    per_item = components.candidate_item * table.item_weight
    per_item += components.residual * table.residual_weight
    own += np.einsum("cg,cg,cg->c", omega, omega, per_item)
    return WaveError(u, own, quadratic_form(cells, table.V, u))


def quadratic_form(cells: Cells, V: Floats, u: Floats) -> Floats:
    """(C,) u' V u of each candidate, u (J,) over its interviews."""
    out = cells.by_candidate(u * u * V.diagonal()[cells.r])
    for a, b in cells.pairs():
        shared = 2 * u[a] * u[b] * V[cells.r[a], cells.r[b]]
        out += np.bincount(cells.c[a], shared, cells.n_candidates)
    return np.maximum(out, 0.0)
