"""What a YAML file says, as plain data with the place of every key and value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Mark = tuple[int, int]
"""A line and a column, both from 1."""


class SpelledInt(int):
    """A whole number that knows how it was spelled (``007``)."""

    spelled: str


class SpelledFloat(float):
    """A number that knows how it was spelled (``1.10``)."""

    spelled: str


@dataclass(slots=True)
class Place:
    """Where a value stands (line and column from 1), and where its parts and their keys do."""

    mark: Mark
    parts: dict[Any, Place] = field(default_factory=dict)
    keys: dict[Any, Mark] = field(default_factory=dict)
    file: str = ""
    """The file it was written in, where that is another than its parent's."""
    size: int = 1
    """How many values it holds, aliases followed."""


@dataclass(frozen=True)
class Mistake:
    """Something wrong with the YAML itself."""

    mark: Mark
    way: tuple[str, ...]
    what: str
    remedy: str


@dataclass(frozen=True)
class Document:
    """What a file says (None where it cannot be read at all) and what is wrong with its YAML."""

    data: Any
    place: Place
    mistakes: list[Mistake]


def entries(data: Any) -> Iterator[tuple[Any, Any]]:
    """The keys and values of a mapping, the positions and elements of a list, else nothing."""
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)
