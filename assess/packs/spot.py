"""A value of a pack's file together with its place, read without trusting its shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize

from assess.i18n import _, listed
from assess.model.ids import as_spelled
from assess.packs.finding import Finding
from assess.packs.tree import Mark, Place, entries

_NOWHERE = Place((1, 1))


@dataclass(frozen=True)
class Spot:
    """A value, its place, the file and the way down to it; missing parts are empty spots."""

    file: str
    data: Any
    place: Place
    way: tuple[str, ...] = ()
    key_mark: Mark | None = None
    """Where the key of this value stands; None in lists and at the top."""

    def at(self, key: Any) -> Spot:
        """The part under ``key``; an empty spot at the same place where there is none."""
        part = self.place.parts.get(key)
        if part is None or not isinstance(self.data, dict | list):
            return Spot(self.file, None, Place(self.place.mark), self.way)
        value = self.data[key]
        file = part.file or self.file
        way = (*self.way, _name(key, value, self.data))
        return Spot(file, value, part, way, self.place.keys.get(key))

    def parts(self) -> Iterator[tuple[Any, Spot]]:
        """Keys and parts of a mapping or list, else nothing."""
        for key, _value in entries(self.data):
            yield key, self.at(key)

    def each(self, key: str) -> list[Spot]:
        """The elements of the list under ``key``; none where there is no list."""
        listed = self.at(key)
        return [part for _, part in listed.parts()] if isinstance(listed.data, list) else []

    def named(self, key: str) -> Iterator[tuple[str, Spot]]:
        """The parts of the mapping under ``key``, by their keys as ids."""
        mapping = self.at(key)
        if isinstance(mapping.data, dict):
            yield from ((_composed(str(as_spelled(name))), part) for name, part in mapping.parts())

    @property
    def id(self) -> str | None:
        """The value as an id; None where it is no word."""
        word = as_spelled(self.data)
        return _composed(word) if isinstance(word, str) else None

    @property
    def number(self) -> float | None:
        """The value as a number; None where it is none."""
        if isinstance(self.data, bool) or not isinstance(self.data, int | float):
            return None
        return float(self.data)

    @property
    def truth(self) -> bool | None:
        """The value where it is true or false; None where it is none of the two."""
        return self.data if isinstance(self.data, bool) else None

    @property
    def mark(self) -> Mark:
        """Where to point: at the key of a list or mapping, else at the value itself."""
        if self.key_mark and isinstance(self.data, dict | list | None):
            return self.key_mark
        return self.place.mark

    @property
    def where(self) -> str:
        """The way down the document, in words."""
        return way_in_words(self.way)

    def wrong(self, what: str, remedy: str, *, at_key: bool = False) -> Finding:
        """A mistake here; ``at_key`` points at the key though the value is a word or number."""
        line, column = (self.key_mark if at_key else None) or self.mark
        return Finding(self.file, line, column, self.where, what, remedy)

    def advise(self, what: str, remedy: str, *, at_key: bool = False, rule: str) -> Finding:
        """Something here that works and could be better, by one of the rules of the craft."""
        line, column = (self.key_mark if at_key else None) or self.mark
        return Finding(self.file, line, column, self.where, what, remedy, rule)


def way_in_words(way: tuple[str, ...]) -> str:
    """The way down a document, from the top."""
    return " > ".join(way) or _("top level")


def _composed(word: str) -> str:
    """In Unicode's composed form, as ids are compared."""
    return word if word.isascii() else normalize("NFC", word)


def empty(file: str) -> Spot:
    """The top of a file that does not exist or cannot be read."""
    return Spot(file, None, _NOWHERE)


def _name(key: Any, value: Any, parent: Any) -> str:
    """How a part is called on the way down: by key, by its own id, or by counting from 1."""
    if isinstance(parent, dict):
        return str(as_spelled(key))
    own = as_spelled(value.get("id")) if isinstance(value, dict) else None
    return own if isinstance(own, str) else f"#{key + 1}"


def nearest(wrong: str, right: Sequence[str]) -> str | None:
    """The word of ``right`` that was most likely meant; None where none is near."""
    near = get_close_matches(wrong, right, n=1, cutoff=0.6)
    folded = {word.casefold(): word for word in right}
    return near[0] if near else folded.get(wrong.casefold())


def one_of(wrong: str, right: Sequence[str]) -> str:
    """The remedy for a word that should be one of ``right``: the nearest first, then all."""
    near = nearest(wrong, right)
    shown = listed(right, most=30)
    if near:
        return _("did you mean '{near}'? Here may stand: {words}").format(near=near, words=shown)
    return _("here may stand: {words}").format(words=shown or _("nothing"))
