"""The answers that stand in one interview, kept as columns.

Most questions look at states and values alone. 100,000 answers as objects of their own, with the
times, notes and ids that few ask for, would take 50 MB and longer to make than to read.
"""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from functools import lru_cache
from sys import intern
from typing import Any

import orjson

from assess.model.asking import Answer, Value, answers_of, fits
from assess.model.pack import Pack
from assess.model.records import State

_Row = tuple[str, State, Value, str, str, str | Sequence[str]]
_NONE: tuple[Any, ...] = ((),) * 6


class StandingAnswers(Mapping[str, Answer]):
    """Answers by item; each :class:`Answer` is made when it is asked for.

    The columns lie beside each other: ``codes`` (the items), ``states``, ``given`` (the values) and
    ``noted`` (1 where there is a note).
    """

    __slots__ = ("_rest", "codes", "given", "noted", "several", "states")

    codes: tuple[str, ...]
    states: tuple[State, ...]
    given: tuple[Value, ...]
    noted: bytes
    several: bool
    """Whether an answer has several heads, as where two laptops answered apart."""

    def __init__(self, answers: Sequence[_Row]) -> None:
        """``answers``: item, state, value, note, time, and id or ids of the heads."""
        codes, states, given, notes, times, heads = zip(*answers, strict=True) if answers else _NONE
        self.codes, self.states, self.given = _same(codes), _same(states), given
        self.noted = bytes([bool(note.strip()) for note in notes])
        self.several = any(type(ids) is not str for ids in heads)
        self._rest = orjson.dumps((notes, times, heads))

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __contains__(self, item: object) -> bool:
        return item in _places(self.codes)

    def __getitem__(self, item: str) -> Answer:
        return self._answer(_places(self.codes)[item], _loaded(self._rest))

    def items(self) -> ItemsView[str, Answer]:
        """Items with their answers, all made at once."""
        return self._all().items()

    def values(self) -> ValuesView[Answer]:
        """The answers, all made at once."""
        return self._all().values()

    def state(self, item: str) -> State | None:
        """The state of an item's answer; None without an answer."""
        at = _places(self.codes).get(item)
        return None if at is None else self.states[at]

    def value(self, item: str) -> Value:
        """The value of an item's answer. Raises KeyError without an answer."""
        return self.given[_places(self.codes)[item]]

    def decided(self, items: Collection[str]) -> int:
        """To how many of the items something was decided: a value, or why there is none."""
        states = zip(self.codes, self.states, strict=True)
        return sum(item in items for item, state in states if state != "open")

    def rows(self) -> Iterator[tuple[str, State, Value, bool]]:
        """Item, state, value and whether there is a note, of each answer."""
        return zip(self.codes, self.states, self.given, map(bool, self.noted), strict=True)

    def answered(self) -> Iterator[tuple[str, Value]]:
        """The items with a value, and the values."""
        for item, state, value in zip(self.codes, self.states, self.given, strict=True):
            if state == "answered":
                yield item, value

    def _all(self) -> dict[str, Answer]:
        rest = _loaded(self._rest)
        return {item: self._answer(at, rest) for at, item in enumerate(self.codes)}

    def _answer(self, at: int, rest: Sequence[Any]) -> Answer:
        notes, times, heads = rest
        ids = heads[at]
        return Answer(
            self.codes[at],
            self.states[at],
            self.given[at],
            notes[at],
            times[at],
            (ids,) if type(ids) is str else tuple(ids),
        )


def standing(heads: Iterable[Mapping[str, Any]], pack: Pack, *, others: bool) -> StandingAnswers:
    """The answers that stand among an interview's heads, to items that the pack has.

    ``others``: they were given under another version, whose items may have taken other values.
    """
    present, items = pack.present_id, pack.items
    found: dict[str, _Row] = {}
    heads = list(heads)
    for record in heads:
        if record["kind"] != "answer":
            continue
        item = record["item"]
        item = present.get(item, item)
        if item in found:
            found = {answer.item: _row(answer) for answer in answers_of(heads, pack).values()}
            break
        note = record.get("note") or ""
        state: State = intern(record["state"])  # type: ignore[assignment]
        found[item] = item, state, record.get("value"), note, record["at"], record["id"]
    return StandingAnswers(
        [
            row
            for item, row in found.items()
            if item in items
            and not (others and row[1] == "answered" and not fits(pack, items[item], row[2]))
        ]
    )


def _row(answer: Answer) -> _Row:
    ids = answer.heads if len(answer.heads) > 1 else answer.heads[0]
    return answer.item, answer.state, answer.value, answer.note, answer.at, ids


@lru_cache(maxsize=4096)
def _same(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The one tuple for all interviews that answer the same items, or in the same states."""
    return row


@lru_cache(maxsize=4096)
def _places(codes: tuple[str, ...]) -> Mapping[str, int]:
    return {item: at for at, item in enumerate(codes)}


@lru_cache(maxsize=8)
def _loaded(rest: bytes) -> Sequence[Any]:
    """Notes, times and ids; one interview is asked for many of its answers in a row."""
    found: Sequence[Any] = orjson.loads(rest)
    return found
