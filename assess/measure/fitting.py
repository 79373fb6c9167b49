"""The fit of one wave: item effects, variance components and severities."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from assess.measure.answers import Answers
from assess.measure.arrays import Bools, Codes, Floats
from assess.measure.cells import Cells, find_cells
from assess.measure.components import VarianceComponents, variance_components
from assess.measure.items import ItemEffects, item_effects
from assess.measure.patterns import Patterns, find_patterns
from assess.measure.priors import Priors
from assess.measure.severity import Severity, severity
from assess.measure.within import sums_within


@dataclass(frozen=True, eq=False)
class Fit:
    """Everything that the answers of one wave say together.

    Attributes:
        answers: the sorted answers.
        priors: what the components were shrunk to.
        cells: interviews (J) and cells (J, G).
        patterns: sets of items answered in the cells.
        effects: item effects, numbered as ``answers`` numbers items.
        components: variances in points squared.
        severity: leniency of the raters, its covariance and the blocks.
        z: (J, G) mean of the answers of a cell free of item effects, in points.
        cache: tables that several modules share, filled as they are asked for.
    """

    answers: Answers
    priors: Priors
    cells: Cells
    patterns: Patterns
    effects: ItemEffects
    components: VarianceComponents
    severity: Severity
    z: Floats
    cache: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def rho(self) -> Floats:
        """(R,) leniency in points; severity is -rho."""
        return self.severity.rho

    @property
    def block(self) -> Codes:
        """(R,) block of each rater, -1 without answers."""
        return self.severity.block

    @property
    def linked(self) -> Bools:
        """(R,) whether the rater's severity is estimated rather than assumed."""
        return self.severity.linked

    @property
    def beta(self) -> Floats:
        """(I,) item effects in points, in the caller's numbering of items."""
        out = np.empty(self.answers.n_items)
        out[self.answers.item_order] = self.effects.beta
        return out


def fit(answers: Answers, priors: Priors | None = None) -> Fit:
    """Fits one wave. Works from no answers at all to some ten million."""
    priors = priors or Priors()
    cells = find_cells(answers)
    patterns = find_patterns(answers, cells)
    within = sums_within(answers, cells, patterns)
    effects = item_effects(patterns, within.by_item, answers.competency, priors.pseudo_answers)
    z = cells.mean - effects.of_pattern[patterns.of_cell]
    components = variance_components(cells, z, within, effects, priors)
    raters = severity(cells, z, components)
    return Fit(answers, priors, cells, patterns, effects, components, raters, z)
