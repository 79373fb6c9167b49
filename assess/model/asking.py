"""Which items an interview asks, which answers stand, and which values an item takes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any

from assess.model.items import (
    ChoiceItem,
    ChoicesItem,
    Item,
    ItemBase,
    NumberItem,
    RatingItem,
    YesNoItem,
)
from assess.model.pack import Pack, Questionnaire
from assess.model.pack_file import Wave
from assess.model.records import Record, State, current

Value = float | str | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that stands for an item: its state, its value when answered, its note."""

    item: str
    state: State
    value: Value = None
    note: str = ""
    at: str = ""
    heads: tuple[str, ...] = ()
    """Ids of the records that say so; more than one where two laptops answered apart."""

    @property
    def given(self) -> bool:
        """Whether something was decided: a value, or why there is none."""
        return self.state != "open"


def standing_answers(records: Iterable[Record], pack: Pack) -> dict[str, Answer]:
    """The answer that stands for each item of an interview's records, former item ids carried over.

    Where two heads differ the newer one is shown; both stay stored.
    """
    return answers_of(current(records), pack)


def answers_of(heads: Iterable[Mapping[str, Any]], pack: Pack) -> dict[str, Answer]:
    """The answer that stands for each item, given the heads of an interview."""
    present = pack.present_id
    found: dict[str, list[Mapping[str, Any]]] = {}
    for record in heads:
        if record["kind"] == "answer":
            item = intern(record["item"])
            found.setdefault(present.get(item, item), []).append(record)
    return {item: _answer(item, same) for item, same in found.items()}


def _answer(item: str, heads: list[Mapping[str, Any]]) -> Answer:
    newest, ids = heads[0], (heads[0]["id"],)
    if len(heads) > 1:
        newest = max(heads, key=lambda record: (record["at"], record["id"]))
        ids = tuple(record["id"] for record in heads)
    state: State = intern(newest["state"])  # type: ignore[assignment]
    return Answer(item, state, newest.get("value"), newest.get("note") or "", newest["at"], ids)


def values(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The values given, by item; items without one are absent."""
    return {item: answer.value for item, answer in answers.items() if answer.state == "answered"}


def shown_items(
    questionnaire: Questionnaire, given: Mapping[str, Any], modules: Collection[str]
) -> set[str]:
    """The ids of the items that no ``when`` hides, given the values answered in this interview.

    An answer to a hidden item counts as none for the conditions of others.
    """
    items = {item.id: item for item in questionnaire.items}
    seen: dict[str, bool] = {}

    def shown(item_id: str) -> bool:
        if item_id not in items:
            return False
        if item_id not in seen:
            seen[item_id] = False  # an item that waits for itself stays hidden
            condition = items[item_id].when
            seen[item_id] = condition is None or condition.holds(
                {
                    other: given[other]
                    for other in condition.items()
                    if other in given and shown(other)
                },
                modules,
            )
        return seen[item_id]

    return {item_id for item_id, item in items.items() if item.when is None or shown(item_id)}


def asked_items(
    questionnaire: Questionnaire,
    wave: Wave,
    given: Mapping[str, Any],
    modules: Collection[str],
) -> list[Item]:
    """The items to ask, in order: those of the wave and of the candidate's modules, not hidden."""
    shown = shown_items(questionnaire, given, modules)
    return [
        item
        for item in questionnaire.items
        if item.id in shown
        and (item.modules is None or not set(item.modules).isdisjoint(modules))
        and (wave.asks == "all" or item.competency is None or item.competency in wave.asks)
    ]


def note_due(pack: Pack, item: ItemBase, answer: Answer | None) -> bool:
    """Whether the pack wants evidence for this answer and there is none yet."""
    return (
        isinstance(item, RatingItem)
        and answer is not None
        and answer.state == "answered"
        and answer.value in pack.file.policy.note_required
        and not answer.note.strip()
    )


def fits(pack: Pack, item: ItemBase, value: object) -> bool:
    """Whether ``value`` is one that the item takes."""
    if isinstance(item, RatingItem):
        scale = pack.scale_of(item)
        return _finite(value) and scale.low <= value <= scale.high  # type: ignore[operator]
    if isinstance(item, ChoiceItem):
        return any(option.id == value for option in item.options)
    if isinstance(item, ChoicesItem):
        known = {option.id for option in item.options}
        return isinstance(value, list) and len(set(value)) == len(value) and known.issuperset(value)
    if isinstance(item, YesNoItem):
        return isinstance(value, bool)
    if isinstance(item, NumberItem):
        return _finite(value) and (
            item.range is None or item.range.low <= value <= item.range.high  # type: ignore[operator]
        )
    return isinstance(value, str)


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
