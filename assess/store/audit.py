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
from assess.model.ids import is_id
from assess.store import disk

NAME = "audit.jsonl"
HASHED = frozenset({"candidate", "interview"})
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)")
_START = "0" * 64
_OWN = frozenset({"salt", "before", "hash"})


def append(root: Path, events: Iterable[Mapping[str, Any]]) -> None:
    """Add events, all or none, with one flush; under the workspace's lock.

    Raises ValueError for an event with anything but codes, numbers and times, StoreCorrupt when
    the log's end was changed by hand, OSError from the disk.
    """
    rows = [_checked(event) for event in events]
    if not rows:
        return
    path = str(root / NAME)
    fd = disk.open_for_appending(path)
    try:
        found = disk.read(path)
        end, last, salt = _ending(found[0] if found else b"", path)
        if found and end < len(found[0]):
            _set_aside(path, found[0][end:])
            os.ftruncate(fd, end)
        if not salt:
            salt = os.urandom(16).hex()
            rows.insert(0, {"at": _now(), "what": "began", "salt": salt})
        data = bytearray()
        for row in rows:
            line, last = _line(row, last, salt)
            data += line
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
    path = str(root / NAME)
    found = disk.read(path)
    data = found[0] if found else b""
    last = _START
    lines = data.split(b"\n")
    for number, text in enumerate(lines[:-1], 1):
        row = _row(text)
        if row is None or row.get("before") != last or _hash_of(text) != row.get("hash"):
            if number == len(lines) - 1 and row is None:
                return  # cut short by a crash
            raise _broken(path, number)
        last = row["hash"]
        yield {key: value for key, value in row.items() if key not in _OWN - {"salt"}}


def code_hash(root: Path, code: str) -> str | None:
    """How the log writes the code of a candidate or interview; None before the log began."""
    with suppress(OSError), (root / NAME).open("rb") as file:
        first = _row(file.readline().rstrip(b"\n"))
        if first and "salt" in first:
            return _salted(first["salt"], code)
    return None


def _salted(salt: str, code: str) -> str:
    return hashlib.sha256(f"{salt}\x1f{code}".encode()).hexdigest()[:24]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _checked(event: Mapping[str, Any]) -> dict[str, Any]:
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


def _line(row: dict[str, Any], before: str, salt: str) -> tuple[bytes, str]:
    """A line of the log, whose hash (its last key) covers all before it, and that hash."""
    said = {
        key: [_salted(salt, one) for one in value]
        if key in HASHED and isinstance(value, list | tuple)
        else _salted(salt, value)
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


def _ending(data: bytes, path: str) -> tuple[int, str, str]:
    """Where the log's last whole line ends, its hash, and the salt of the first line."""
    end = data.rfind(b"\n") + 1
    if end == 0:
        return 0, _START, ""
    first = _row(data[: data.index(b"\n")])
    text = data[data.rfind(b"\n", 0, end - 1) + 1 : end - 1]
    last = _row(text)
    if not first or not last or "salt" not in first or _hash_of(text) != last.get("hash"):
        raise _broken(path, data.count(b"\n"))
    return end, last["hash"], first["salt"]


def _set_aside(path: str, torn: bytes) -> None:
    fd = disk.open_for_appending(path + ".torn")
    try:
        disk.write_all(fd, torn)
        disk.flush(fd)
    finally:
        os.close(fd)


def _broken(path: str, number: int) -> StoreCorrupt:
    return StoreCorrupt(
        _("{file}: line {number} is not what was written there.").format(file=path, number=number),
        title=_("The audit log was changed"),
        hint=_("Compare it with a copy of the workspace, and set the changed one aside."),
    )
