"""The audit log: who did what and when, each line holding the hash of the line before.

Codes only: no answer, no note, no name. What names a candidate (``candidate``, ``interview``) is
kept as a salted hash, so that a person who was erased is not left in a log that cannot be changed.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from assess.errors import StoreCorrupt
from assess.i18n import _
from assess.model.ids import is_id, new_ulid
from assess.store import disk
from assess.store.contents import TORN

NAME = "audit.jsonl"
DAMAGED = ".damaged"
HASHED = frozenset({"candidate", "interview"})
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)")
START = "0" * 64
_OWN = frozenset({"salt", "before", "hash"})


def append(root: Path, events: Iterable[Mapping[str, Any]]) -> None:
    """Add events, all or none, with one flush; under the workspace's lock.

    Raises ValueError for an event with anything but codes, numbers and times, OSError from the
    disk. A log whose end was changed by hand is set aside whole and a new one begun.
    """
    rows = [checked(event) for event in events]
    path = str(root / NAME)
    end, last, salt = _ending(path)
    if not rows:
        return
    fd = disk.open_for_appending(path)
    try:
        if end == 0:
            salt = salt or os.urandom(16).hex()
            rows.insert(0, beginning(salt))
        data = bytearray()
        for row in rows:
            text, last = line(row, last, salt)
            data += text
        try:
            disk.write_all(fd, bytes(data))
            disk.flush(fd)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(fd, end)
            raise
        if end == 0:
            disk.flush_folder(str(root))
    finally:
        os.close(fd)


def read(root: Path) -> Iterator[dict[str, Any]]:
    """The events, oldest first, each verified against the one before.

    Raises StoreCorrupt at the first line that was changed, removed or inserted.
    """
    yield from events_of(raw(root), str(root / NAME))


def raw(root: Path) -> bytes:
    """The log's bytes; none before it began."""
    found = disk.read(str(root / NAME))
    return found[0] if found else b""


def take_over(root: Path, data: bytes) -> None:
    """Continue the log of a copy, where none began here; under the workspace's lock.

    Raises StoreCorrupt for a log that was changed, OSError from the disk.
    """
    for _event in events_of(data, NAME):
        pass
    if data and not raw(root):
        disk.write_atomically(str(root / NAME), data)


def events_of(data: bytes, path: str) -> Iterator[dict[str, Any]]:
    """The events in a log's bytes. Raises StoreCorrupt, naming ``path``, as :func:`read` does."""
    last = START
    *lines, cut = data.split(b"\n")
    for number, text in enumerate(lines, 1):
        row = row_after(text, last)
        if row is None:
            raise broken(path, number)
        last = row["hash"]
        yield {key: value for key, value in row.items() if key not in _OWN - {"salt"}}
    if cut:
        raise broken(path, len(lines) + 1)


def row_after(text: bytes, last: str) -> dict[str, Any] | None:
    """A line as it was written behind the one with the hash ``last``; None where it is not that."""
    row = _row(text)
    good = row is not None and row.get("before") == last and _hash_of(text) == row.get("hash")
    return row if good else None


def is_cut_short(root: Path) -> bool:
    """Whether the last line has no end: a crash, or somebody about to finish it."""
    found = disk.read(str(root / NAME))
    return found is not None and not found[0].endswith(b"\n") and found[0] != b""


def set_aside(root: Path) -> list[str]:
    """The files that keep what was torn off or replaced."""
    return sorted(
        str(path) for path in root.glob(f"{NAME}.*") if path.name.endswith((TORN, DAMAGED))
    )


def hashed(salt: str, code: str) -> str:
    """How a log that began with ``salt`` writes a code."""
    return hashlib.sha256(f"{salt}\x1f{code}".encode()).hexdigest()[:24]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def beginning(salt: str) -> dict[str, Any]:
    """The event that every log begins with."""
    return {"at": _now(), "what": "began", "salt": salt}


def last_hash(data: bytes) -> str:
    """The hash of a log's last line, which the next one names."""
    row = _row(data.rstrip(b"\n").rpartition(b"\n")[2]) or {}
    return str(row.get("hash", ""))


def checked(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event with its time. Raises ValueError for anything but codes, numbers and times."""
    row = {"at": _now(), **event}
    if not isinstance(row.get("what"), str) or _OWN & row.keys():
        raise ValueError(f"an event says what happened and leaves {sorted(_OWN)} to the log")
    for key, value in row.items():
        values = value if isinstance(value, list | tuple) else [value]
        if not all(_is_code(one) for one in values):
            raise ValueError(f"{key}: the audit log takes codes, numbers and times only")
    return row


def _is_code(value: object) -> bool:
    if isinstance(value, str):
        return value == "" or is_id(value) or _TIME.fullmatch(value) is not None
    return value is None or isinstance(value, int | float)


def line(row: dict[str, Any], before: str, salt: str) -> tuple[bytes, str]:
    """A line of the log, whose hash (its last key) covers all before it, and that hash."""
    said = {
        key: [hashed(salt, one) for one in value]
        if key in HASHED and isinstance(value, list | tuple)
        else hashed(salt, value)
        if key in HASHED and isinstance(value, str)
        else value
        for key, value in row.items()
    }
    text = orjson.dumps({**said, "before": before})
    own = hashlib.sha256(text).hexdigest()
    return text[:-1] + b',"hash":"' + own.encode() + b'"}\n', own


def _hash_of(line: bytes) -> str:
    return hashlib.sha256(line[: -len(b',"hash":""}') - 64] + b"}").hexdigest()


def _row(text: bytes) -> dict[str, Any] | None:
    try:
        row = orjson.loads(text)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _ending(path: str) -> tuple[int, str, str]:
    """Where new lines go, the hash of the line before, and the salt; what is torn is set aside."""
    found = disk.read(path)
    data = found[0] if found else b""
    end = data.rfind(b"\n") + 1
    if end < len(data):
        disk.cut_off(path, end, data[end:], path + TORN)
    if end == 0:
        return 0, START, ""
    first = _row(data[: data.index(b"\n")]) or {}
    text = data[data.rfind(b"\n", 0, end - 1) + 1 : end - 1]
    last = _row(text) or {}
    salt = str(first.get("salt", ""))
    if salt and _hash_of(text) == last.get("hash"):
        return end, last["hash"], salt
    disk.replace(path, f"{path}.{new_ulid()}{DAMAGED}")
    return 0, START, salt


def broken(path: str, number: int) -> StoreCorrupt:
    """The error for a line that is not what was written."""
    return StoreCorrupt(
        _("{file}: line {number} is not what was written there.").format(file=path, number=number),
        title=_("The audit log was changed"),
        hint=_("Compare it with a copy of the workspace, and set the changed one aside."),
    )
