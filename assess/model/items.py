"""The items of a questionnaire: rating, choice, choices, yes_no, number, text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    StrictBool,
    model_validator,
)

from assess.model.condition import Condition
from assess.model.id_field import Id
from assess.model.text import Text, Texts


class Strict(BaseModel):
    """The base of all that a pack holds: unknown keys are errors, values do not change."""

    # built with the first pack that is read, at once for the whole tree of models: each for itself,
    # at import, takes several times as long
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("not_a_number")
    return value


def _not_huge(value: float) -> float:
    if abs(value) > MOST:
        raise ValueError("number_huge")
    return value


MOST = 1e9
"""No number of a pack is farther from 0, so that sums and squares of numbers stay numbers."""
MOST_STEPS = 10_000
"""No scale has more; what is counted and not judged is asked as a number."""
_FEW_STEPS = 10
Number = Annotated[FiniteFloat, BeforeValidator(_no_truth), AfterValidator(_not_huge)]
"""Any number up to a thousand million; ``true`` is none."""


class Range(Strict):
    """From a lower to a higher number, both included."""

    low: Number = Field(alias="from")
    high: Number = Field(alias="to")

    @model_validator(mode="after")
    def _upwards(self) -> Range:
        if self.high <= self.low:
            raise ValueError("range_upwards")
        return self


class Scale(Range):
    """A rating scale from ``low`` to ``high`` in steps of one, with words for its levels."""

    levels: dict[Number, Text] = {}

    @model_validator(mode="after")
    def _countable(self) -> Scale:
        if self.high - self.low > MOST_STEPS:
            raise ValueError("scale_long")
        return self

    def points(self, value: float) -> float:
        """``value`` on the common scale, 0-100 (docs/measurement.md, section 1)."""
        return 100.0 * (value - self.low) / (self.high - self.low)

    def units(self, points: float) -> float:
        """``points`` (0-100) back in units of this scale."""
        return self.low + points * (self.high - self.low) / 100.0

    def steps(self) -> list[float]:
        """The levels that an interviewer chooses among: whole steps from low to high."""
        return [self.low + step for step in range(int(self.high - self.low) + 1)]

    def marks(self) -> list[float]:
        """What an axis is marked with: the steps where they are few, else the ends."""
        return self.steps() if self.high - self.low <= _FEW_STEPS else [self.low, self.high]

    def one_key(self) -> bool:
        """Whether every level is a single digit, so that one key press answers."""
        return self.low.is_integer() and self.low >= 0 and self.high < 10


class Option(Strict):
    """One option of a choice; ``points`` make the item a keyed one."""

    id: Id
    text: Text
    points: Number | None = None


class Band(Strict):
    """Numbers from ``start`` on earn ``points``, up to where the next band starts."""

    start: Number = Field(alias="from")
    points: Number


class Card(Strict):
    """What is handed out or shown with a work sample, and what its key lists.

    Without ``modules`` the card serves every module.
    """

    id: Id
    modules: list[Id] | None = Field(None, min_length=1)
    text: Text
    """For the candidate; line breaks are kept."""
    look_for: Texts | None = None
    """The key, for the interviewer alone, one point each."""


class ItemBase(Strict):
    """What every kind of item has."""

    id: Id
    ask: Text
    competency: Id | None = None
    modules: list[Id] | None = Field(None, min_length=1)
    also: list[Id] = []
    """Competencies that the answer tells about without counting there."""
    method: Text | None = None
    """How it is asked: behavioural, situational, work sample …"""
    tags: list[Id] = []
    probes: Texts | None = None
    evidence: Text | None = None
    cards: list[Card] = []
    """Cards of a work sample, each for the modules that it names."""
    required: StrictBool = False
    when: Condition | None = None
    was: list[Id] = []
    reason: Text | None = None
    """Shown after submission, never before."""

    @property
    def keyed(self) -> bool:
        """Whether answers earn points (a knowledge item)."""
        return False

    def cards_for(self, modules: Collection[str]) -> list[Card]:
        """The cards that may be used for a candidate of ``modules``, in the order of the file."""
        return [
            card for card in self.cards if card.modules is None or set(card.modules) & set(modules)
        ]


class RatingItem(ItemBase):
    """Rated by the interviewer on an anchored scale."""

    type: Literal["rating"]
    scale: Scale | None = None
    anchors: dict[Number, Text] = {}


class ChoiceItem(ItemBase):
    """One option is chosen."""

    type: Literal["choice"]
    options: list[Option] = Field(min_length=2)

    @property
    def keyed(self) -> bool:
        return any(option.points is not None for option in self.options)

    @property
    def possible(self) -> float:
        """The most points that the item gives."""
        return max((option.points or 0.0 for option in self.options), default=0.0)

    @property
    def guessed(self) -> float:
        """The points expected from blind guessing: the mean of the options' points."""
        return sum(option.points or 0.0 for option in self.options) / len(self.options)

    def earned(self, value: object) -> float:
        """The points of an answer, an option id."""
        return next((o.points or 0.0 for o in self.options if o.id == value), 0.0)


class ChoicesItem(ItemBase):
    """Any number of options is chosen; their points add up within ``bounds``."""

    type: Literal["choices"]
    options: list[Option] = Field(min_length=2)
    bounds: Range | None = None

    @property
    def keyed(self) -> bool:
        return any(option.points is not None for option in self.options)

    @property
    def possible(self) -> float:
        """The most points that the item gives."""
        best = sum(max(0.0, option.points or 0.0) for option in self.options)
        return min(best, self.bounds.high) if self.bounds else best

    @property
    def guessed(self) -> float:
        """Taken as nothing: blind guessing hardly ever hits a set of options."""
        return 0.0

    def earned(self, value: object) -> float:
        """The points of an answer, a list of option ids, within the bounds."""
        chosen = value if isinstance(value, list) else [value]
        total = sum(option.points or 0.0 for option in self.options if option.id in chosen)
        if self.bounds:
            return min(max(total, self.bounds.low), self.bounds.high)
        return max(0.0, total)


class YesNoItem(ItemBase):
    """Yes or no: a fact or a gate."""

    type: Literal["yes_no"]


class NumberItem(ItemBase):
    """A number; ``bands`` give it points."""

    type: Literal["number"]
    range: Range | None = None
    unit: Text | None = None
    bands: list[Band] = []

    @property
    def keyed(self) -> bool:
        return bool(self.bands)

    @property
    def possible(self) -> float:
        """The most points that the item gives."""
        return max((band.points for band in self.bands), default=0.0)

    @property
    def guessed(self) -> float:
        return 0.0

    def earned(self, value: object) -> float:
        """The points of a number: those of the last band that starts at or below it."""
        if not isinstance(value, int | float):
            return 0.0
        below = [band for band in self.bands if band.start <= value]
        return max(below, key=lambda band: band.start).points if below else 0.0


class TextItem(ItemBase):
    """Free words, never scored."""

    type: Literal["text"]


Item = Annotated[
    RatingItem | ChoiceItem | ChoicesItem | YesNoItem | NumberItem | TextItem,
    Field(discriminator="type"),
]
