"""The erasures that this machine knows of, so that an old copy brings nobody back.

A backup taken before an erasure and restored into an empty folder holds no tombstone. Whoever
erased somebody here therefore keeps the tombstones beside, by the engagement they belong to.
They hold salted hashes and no names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from assess.places import data_folder

_NAME = "erased.jsonl"


def remember(records: Iterable[Mapping[str, Any]]) -> None:
    """Keep the tombstones among the records of a stream ``engagement``.

    A machine whose data folder cannot be written does without.
    """
    records = list(records)
    tombstones = [record for record in records if record["kind"] == "erased"]
    known = {record["id"] for record in known_here(records)}
    fresh = [record for record in tombstones if record["id"] not in known]
    if not fresh:
        return
    roots = sorted(_roots(records))
    lines = "".join(json.dumps({"engagement": roots, "record": one}) + "\n" for one in fresh)
    path = _place()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as file:
            file.write(lines)
        path.chmod(0o600)


def known_here(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The tombstones kept on this machine for the engagement of these records."""
    roots = _roots(records)
    found: dict[str, dict[str, Any]] = {}
    with suppress(OSError, UnicodeError):
        for line in _place().read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                entry = json.loads(line)
                if roots & set(entry["engagement"]):
                    found[entry["record"]["id"]] = entry["record"]
    return list(found.values())


def _roots(records: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of the records that made the engagement what it is."""
    return {record["id"] for record in records if record["kind"] == "engagement"}


def _place() -> Path:
    return data_folder() / _NAME
