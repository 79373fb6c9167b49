"""The answers that stand in one interview, kept as columns.

Most questions look at states and values alone. 100,000 answers as objects of their own, with the
times, notes and ids that few ask for, would take 50 MB and longer to make than to read.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from assess.model.asking import Answer, Value, answers_of, fits
from assess.model.pack import Pack
from assess.model.records import State


class _Columns(NamedTuple):
    """Answers, a place each in every list."""

    codes: list[str]
    states: list[State]
    given: list[Value]
    notes: list[str]
    times: list[str]
    heads: Sequence[str | Sequence[str]]
    """The id of the head, or the ids of several."""


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

    def __init__(self, columns: _Columns, *, several: bool = False) -> None:
        self.codes, self.states = _same(tuple(columns.codes)), _same(tuple(columns.states))
        self.given, self.several = tuple(columns.given), several
        self.noted = bytes([bool(note.strip()) for note in columns.notes])
        # notes, times and ids are most of what an interview holds, and alike
        self._rest = zlib.compress(orjson.dumps(columns[3:]), 1)

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


def standing(heads: Sequence[Mapping[str, Any]], pack: Pack, *, others: bool) -> StandingAnswers:
    """The answers that stand among an interview's heads, to items that the pack has.

    ``others``: they were given under another version, whose items may have taken other values.
    """
    answers = [head for head in heads if head["kind"] == "answer"]
    present, items = pack.present_id, pack.items
    codes: list[str] = [answer["item"] for answer in answers]
    if present:
        codes = [present.get(item, item) for item in codes]
    several = len(set(codes)) < len(codes)
    if several:
        found = list(answers_of(answers, pack).values())
        columns = _Columns(
            [one.item for one in found],
            [one.state for one in found],
            [one.value for one in found],
            [one.note for one in found],
            [one.at for one in found],
            [one.heads if len(one.heads) > 1 else one.heads[0] for one in found],
        )
    else:
        columns = _Columns(
            codes,
            [answer["state"] for answer in answers],
            [answer.get("value") for answer in answers],
            [answer.get("note") or "" for answer in answers],
            [answer["at"] for answer in answers],
            [answer["id"] for answer in answers],
        )
    if others or not items.keys() >= set(columns.codes):
        columns = _taken(columns, pack, others)
    return StandingAnswers(columns, several=several and not all(map(_is_text, columns.heads)))


def _taken(columns: _Columns, pack: Pack, others: bool) -> _Columns:
    """Those to items that there are, with values that those take."""
    items = pack.items
    rows = [
        row
        for row in zip(*columns, strict=True)
        if row[0] in items
        and not (others and row[1] == "answered" and not fits(pack, items[row[0]], row[2]))
    ]
    return _Columns(*([row[at] for row in rows] for at in range(len(columns))))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


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
    found: Sequence[Any] = orjson.loads(zlib.decompress(rest))
    return found
