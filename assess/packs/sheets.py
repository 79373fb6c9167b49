"""The files of a pack side by side, and who is called what in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assess.packs.spot import Spot

ITEM_TYPES = ("rating", "choice", "choices", "yes_no", "number", "text")


@dataclass(frozen=True)
class Sheets:
    """All documents of a pack as they stand, right or wrong."""

    pack: Spot
    questionnaires: list[Spot]
    development: Spot
    continuity: Spot
    calibration: Spot

    @property
    def complete(self) -> bool:
        """Whether all could be read, so that what is not found does not exist."""
        asked = [questionnaire.at("sections").data for questionnaire in self.questionnaires]
        return bool(self.competencies and self.modules) and all(
            isinstance(sections, list) for sections in asked
        )

    @cached_property
    def competencies(self) -> list[str]:
        """The ids of all competencies."""
        return _ids(self.pack.each("competencies"))

    @cached_property
    def modules(self) -> list[str]:
        """The ids of all modules."""
        return _ids(self.pack.each("modules"))

    @cached_property
    def languages(self) -> list[str]:
        """The pack's languages, the one that others fall back to first."""
        return [language.id for language in self.pack.each("languages") if language.id]

    @cached_property
    def items(self) -> dict[str, Spot]:
        """Every item by its id, the first where an id is doubled."""
        found: dict[str, Spot] = {}
        for _, item in self.each_item():
            name = item.at("id").id
            if name is not None:
                found.setdefault(name, item)
        return found

    def each_item(self) -> Iterator[tuple[Spot, Spot]]:
        """All items with their questionnaires, in the order of the files."""
        for questionnaire in self.questionnaires:
            yield from ((questionnaire, item) for item in items_of(questionnaire))

    def documents(self) -> list[Spot]:
        """The tops of all files."""
        return [
            self.pack,
            *self.questionnaires,
            self.development,
            self.continuity,
            self.calibration,
        ]


def items_of(questionnaire: Spot) -> Iterator[Spot]:
    """The items of one questionnaire, in the order of the file."""
    for section in questionnaire.each("sections"):
        yield from section.each("items")


def counts(questionnaire: Spot) -> bool:
    """Whether answers to it enter scores: by default only those of interviewers."""
    said = questionnaire.at("counts").truth
    return questionnaire.at("for").data == "interviewer" if said is None else said


def keyed(item: Spot) -> bool:
    """Whether answers to the item earn points."""
    if item.at("type").data == "number":
        return bool(item.each("bands"))
    return item.at("type").data in ("choice", "choices") and any(
        option.at("points").data is not None for option in item.each("options")
    )


def scale_of(sheets: Sheets, item: Spot | None = None) -> tuple[float, float] | None:
    """The ends of an item's own scale or the pack's; None where they are not two numbers."""
    own = item.at("scale") if item else None
    scale = own if own is not None and own.data is not None else sheets.pack.at("scale")
    low, high = scale.at("from").number, scale.at("to").number
    return (low, high) if low is not None and high is not None and low < high else None


def _ids(spots: list[Spot]) -> list[str]:
    return [name for spot in spots if (name := spot.at("id").id) is not None]
