"""What a module asks for: weights, shares, minimums; and one wave as a score reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assess.measure.arrays import Bools, Floats
from assess.measure.fitting import Fit
from assess.measure.keyed import Keyed


@dataclass(frozen=True, eq=False)
class ModuleSpec:
    """How a module counts.

    Attributes:
        weights: (G,) weights of the competencies, any sum above 0.
        knowledge_share: (G,) share of a competency carried by keyed items; None for none.
        items: (I,) in the caller's numbering, whether an item counts in this module; None for all.
        min_items: distinct rating items that a competency needs to count.
        minimums: competency to the least value, in points of the 0-100 scale.
        arrangement: (G,) competencies that are arrangements, not abilities; None for none.
        min_coverage: share of the weight, in percent, that a candidate needs to be ranked.
    """

    weights: Floats
    knowledge_share: Floats | None = None
    items: Bools | None = None
    min_items: int = 1
    minimums: Mapping[int, float] = field(default_factory=dict)
    arrangement: Bools | None = None
    min_coverage: float = 0.0


class WaveData(NamedTuple):
    """One wave as a score reads it: its fit, and its keyed answers for the module."""

    fit: Fit
    keyed: Keyed | None = None
