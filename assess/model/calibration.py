"""Sample answers that raters score before their first interview, each with a master rating."""

from __future__ import annotations

from pydantic import Field

from assess.model.id_field import Id
from assess.model.items import Number, Strict
from assess.model.text import Text


class Sample(Strict):
    """What somebody answered to a rating item, how it is rated, and why.

    The item lends its question, its anchors, its scale and its competency.
    """

    id: Id
    item: Id
    answer: Text
    master: Number
    """The master rating, in units of the item's scale."""
    reason: Text
    """Shown after the rater's own rating is stored, never before."""


class Calibration(Strict):
    """The content of ``calibration.yaml``: the samples in the order in which all score them."""

    calibration: list[Sample] = Field(min_length=1)
