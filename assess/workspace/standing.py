"""What stands in the stream ``engagement``: its heads, with joins and erasures applied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assess.model.records import current
from assess.workspace.joining import Joins

if TYPE_CHECKING:
    from assess.model.people import Engagement

NAMES_PEOPLE = frozenset({"candidate", "candidates", "a", "b", "person", "people"})
"""Keys of records of the stream ``engagement`` whose values are codes of candidates."""
_OWN_KEYS = {"candidate": ("code",), "joined": ("old", "new")}
_AS_WRITTEN = frozenset({"joined", "erased"})
_NOTHING: tuple[object, ...] = ("", None, [])


class Erased:
    """Who was erased, by the salted hashes in the ``erased`` records (tombstones)."""

    def __init__(self, tombstones: Iterable[Mapping[str, Any]] = ()) -> None:
        self.tombstones = list(tombstones)
        self._codes = {(t["salt"], one) for t in self.tombstones for one in t["codes"]}
        self._streams = {(t["salt"], one) for t in self.tombstones for one in t["streams"]}
        self._salts = sorted({t["salt"] for t in self.tombstones})
        self._known: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return bool(self.tombstones)

    def has_code(self, code: str) -> bool:
        """Whether the candidate of that code was erased."""
        if not self.tombstones:
            return False
        if code not in self._known:
            self._known[code] = any((s, salted(s, code)) in self._codes for s in self._salts)
        return self._known[code]

    def has_stream(self, stream: str) -> bool:
        """Whether the interview of that id was erased."""
        return any((salt, salted(salt, stream)) in self._streams for salt in self._salts)

    def names(self, record: Mapping[str, Any]) -> bool:
        """Whether a record of the stream ``engagement`` names somebody erased."""
        return bool(self.tombstones) and any(map(self.has_code, people_in(record)))


def salted(salt: str, code: str) -> str:
    """How a tombstone writes a code."""
    return hashlib.sha256(f"{salt}\x1f{code}".encode()).hexdigest()[:32]


class Standing:
    """The heads by kind, oldest first, without those erased, joined codes read as one."""

    def __init__(self, records: Iterable[Mapping[str, Any]] = ()) -> None:
        records = list(records)
        self.erased = Erased(r for r in records if r["kind"] == "erased")
        heads = [r for r in current(records) if not self.erased.names(r)]
        self.joins = Joins(r for r in heads if r["kind"] == "joined")
        self.people: dict[str, dict[str, Any]] = {}
        """Kept by whoever reads people from the heads."""
        self.engagement: Engagement | None = None
        """Likewise."""
        self._heads: dict[str, list[Mapping[str, Any]]] = {}
        for head in heads:
            if self.joins and head["kind"] == "candidate":
                if self.joins.person(head["code"]) != head["code"]:
                    continue
            elif self.joins and head["kind"] not in _AS_WRITTEN:
                head = with_people(head, self.joins.person)  # noqa: PLW2901
            self._heads.setdefault(head["kind"], []).append(head)

    def heads(self, kind: str) -> list[Mapping[str, Any]]:
        """The current records of a kind, oldest first."""
        return self._heads.get(kind, [])

    def kinds(self) -> list[str]:
        """The kinds that have current records."""
        return sorted(self._heads)


def united(heads: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What heads on one subject say together: the newest, and from older ones what it leaves open.

    ``heads`` (in the order of ids) are named under the key ``heads``.
    """
    found: dict[str, Any] = {}
    ids: list[str] = []
    for head in heads:
        found.update({key: value for key, value in head.items() if value not in _NOTHING})
        ids.append(head["id"])
    return found | {"heads": ids}


def people_in(record: Mapping[str, Any]) -> set[str]:
    """The codes of candidates in a record of the stream ``engagement``."""
    found: set[str] = set()

    def note(code: str) -> str:
        found.add(code)
        return code

    with_people(record, note)
    found.update(record[key] for key in _OWN_KEYS.get(record["kind"], ()))
    return found


def with_people(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of ``value`` with every code of a candidate in it replaced by ``change`` of it."""
    if isinstance(value, Mapping):
        return {
            key: _codes(part, change)
            if str(key).rpartition(".")[2] in NAMES_PEOPLE
            else with_people(part, change)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [with_people(part, change) for part in value]
    return value


def _codes(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value) if value else value
    if isinstance(value, Mapping):
        return {change(key): with_people(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_codes(part, change) for part in value]
    return value
