"""A pack: the programme's file, its questionnaires, and what it says of growth and continuity."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
)

from assess.model.calibration import Calibration
from assess.model.id_field import Id
from assess.model.items import Item, ItemBase, Number, RatingItem, Scale, Strict
from assess.model.pack_file import Competency, Module, PackFile, ScoreBand, Wave
from assess.model.text import Text


class Section(Strict):
    """A run of items under one title."""

    title: Text
    items: list[Item] = Field(min_length=1)


class Questionnaire(Strict):
    """What one kind of person answers about a candidate, in the order of the file."""

    id: Id = Field(alias="questionnaire")
    audience: Literal["interviewer", "candidate", "manager"] = Field(alias="for")
    counts: StrictBool | None = None
    title: Text
    intro: Text | None = None
    sections: list[Section] = Field(min_length=1)

    @property
    def counting(self) -> bool:
        """Whether its answers enter scores: by default only what interviewers answer."""
        return self.audience == "interviewer" if self.counts is None else self.counts

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All its items in the order of the file."""
        return tuple(item for section in self.sections for item in section.items)


class Action(Strict):
    """A development action for a competency at a level (L low, M middle, H high)."""

    id: Id
    competency: Id
    level: Literal["L", "M", "H"]
    text: Text


class Development(Strict):
    """The content of ``development.yaml``."""

    levels: dict[Literal["L", "M", "H"], Number] = {"L": 1.0, "M": 2.5, "H": 4.0}
    """From which value of the scale on a level begins."""
    actions: list[Action]
    programme: Text | None = None

    def level(self, value: float) -> Literal["L", "M", "H"]:
        """The level of a value in units of the scale: the highest that begins there or below."""
        starts = sorted(self.levels.items(), key=lambda one: one[1])
        reached = [level for level, start in starts if value >= start - 1e-9]
        return next(iter(reached[-1:] or [level for level, _start in starts[:1]]), "L")


class ContinuityFact(Strict):
    """A fact about a module's position, or a voluntary question, that colours the module."""

    id: Id
    kind: Literal["position", "derived", "voluntary", "manager"]
    ask: Text
    flag: Text | None = None
    reason: Text | None = None


class Continuity(Strict):
    """The content of ``continuity.yaml``."""

    facts: list[ContinuityFact]
    on_red: Text | None = None
    end_users_per_key_user: Annotated[Number, Field(gt=0)] | None = None
    """How many end users one key user can look after."""


class PackRef(BaseModel):
    """Which pack: id, version and content hash (64 hex letters)."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    version: str
    hash: str


class Pack(BaseModel):
    """A whole pack: ``pack.yaml``, its questionnaires, and the files with a name of their own."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, defer_build=True)

    file: PackFile
    questionnaires: dict[str, Questionnaire]
    development: Development | None = None
    continuity: Continuity | None = None
    calibration: Calibration | None = None
    hash: str = ""
    aliases: dict[str, str] = {}
    """Ids that another version of the pack uses, to the ids of the same items here."""

    @property
    def ref(self) -> PackRef:
        return PackRef(id=self.file.pack, version=self.file.version, hash=self.hash)

    def say(self, text: Text, language: str) -> str:
        """``text`` in ``language``, falling back to the pack's first language."""
        return text.say(language, self.file.languages[0])

    @cached_property
    def competencies(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.file.competencies}

    @cached_property
    def modules(self) -> dict[str, Module]:
        return {module.id: module for module in self.file.modules}

    @cached_property
    def waves(self) -> dict[str, Wave]:
        return {wave.id: wave for wave in self.file.waves}

    @property
    def main_questionnaire(self) -> Questionnaire:
        """The first questionnaire that interviewers answer, else the first."""
        known = list(self.questionnaires.values())
        return next((asked for asked in known if asked.audience == "interviewer"), known[0])

    @cached_property
    def actions(self) -> dict[str, Action]:
        """The development actions by id; none in a pack without ``development.yaml``."""
        return {one.id: one for one in (self.development.actions if self.development else ())}

    def actions_at(self, competency: str, value: float) -> list[Action]:
        """The actions for a competency at the level of a value in units of the scale."""
        if self.development is None:
            return []
        level = self.development.level(value)
        return [
            one
            for one in self.actions.values()
            if one.competency == competency and one.level == level
        ]

    @cached_property
    def items(self) -> dict[str, ItemBase]:
        """Every item of every questionnaire by its id."""
        return {item.id: item for _, item in self.each_item()}

    @cached_property
    def present_id(self) -> dict[str, str]:
        """Former item ids (``was``) to the id that the item has now.

        The answers to an item that was split go to the first of its parts alone: one judgement
        counts once.
        """
        found = dict(self.aliases)
        for _, item in self.each_item():
            for old in item.was:
                found.setdefault(old, item.id)
        return found

    @cached_property
    def home(self) -> dict[str, Questionnaire]:
        """The questionnaire of every item id, former ids (``was``) included."""
        homes = {item.id: q for q, item in self.each_item()}
        return {old: homes[item] for old, item in self.present_id.items() if item in homes} | homes

    @cached_property
    def forms(self) -> dict[tuple[str, ...], Questionnaire]:
        """The forms of questionnaires made so far (:mod:`assess.model.forms`)."""
        return {}

    @cached_property
    def sheets(self) -> dict[tuple[object, ...], Any]:
        """What interviews were asked so far (:func:`assess.model.forms.asked_of`)."""
        return {}

    @cached_property
    def read_by_conditions(self) -> tuple[str, ...]:
        """The items whose answers decide whether others are asked, sorted."""
        waiting = (item.when for item in self.items.values() if item.when is not None)
        return tuple(sorted({read for condition in waiting for read in condition.items()}))

    def each_item(self) -> Iterator[tuple[Questionnaire, Item]]:
        """All items with their questionnaires, in the order of the files."""
        for questionnaire in self.questionnaires.values():
            for item in questionnaire.items:
                yield questionnaire, item

    def scale_of(self, item: RatingItem) -> Scale:
        """The scale that a rating item is answered on: its own or the pack's."""
        return item.scale or self.file.scale

    def band(self, score: float) -> ScoreBand:
        """The band of a score: the highest that starts at or below it, else the lowest."""
        bands = sorted(self.file.bands, key=lambda band: band.start)
        # like a minimum, a band is reached within rounding error
        reached = [band for band in bands if score >= band.start - 1e-9]
        return (reached or bands)[-1 if reached else 0]
