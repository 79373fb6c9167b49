"""What a stream's two files hold together: the snapshot, and the log of what came after it.

The snapshot ``<id>.json`` is an ordinary TinyDB file. Its table ``_assess`` holds a checksum of all
bytes behind the checksum, the schema and the snapshot's generation. The log ``<id>.json.wal`` names
in a header which generation its lines follow. Lines that *add* documents hold for every later
snapshot too (records are never changed, and a file-syncing tool may bring another's snapshot);
lines that *set* documents are part of any later snapshot.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from assess.errors import StoreCorrupt, StoreError
from assess.i18n import _
from assess.store import disk
from assess.store.log_lines import BadLineError, entries
from assess.store.migrations import Tables, current_schema, migrated

META = "_assess"
LOG = ".wal"
TORN = ".torn"
_START = b'{"_assess":{"1":{"sha256":"'
_SUM = len(_START) + 64


@dataclass(slots=True)
class Contents:
    """The documents of a stream's files and where those files stand."""

    tables: Tables = field(default_factory=dict)
    exists: bool = False
    generation: int = 0
    """Of the snapshot; 0 without one."""
    log_generation: int = -1
    """Which snapshot the log's newest lines follow; -1 for an empty log."""
    schema: int = 1
    """Of the files; ``tables`` are migrated to the current one."""
    log_schema: int = 1
    log_end: int = 0
    """Bytes of the log that hold; what follows is torn."""
    torn: bytes = b""
    file_key: disk.Key | None = None
    log_key: disk.Key | None = None


def load(path: str) -> Contents:
    """Both files of the stream at ``path``, read without a lock.

    The log is read first: a snapshot read after it can only be as old or newer, and a newer one
    holds what that log says. Raises StoreCorrupt for a damaged file, StoreError for a newer schema.
    """
    log = disk.read(path + LOG)
    file = disk.read(path)
    found = Contents(schema=current_schema())
    if file is not None:
        data, found.file_key = file
        found.tables, found.schema, found.generation = decode(data, path)
        found.exists = True
    if log is not None:
        data, found.log_key = log
        replay(found, data, path)
    if found.schema < current_schema():
        found.tables = migrated(found.tables, found.schema)
    return found


def load_copy(path: str) -> Tables:
    """What a copy of a snapshot or of a log adds; empty for a file of another kind.

    Raises like :func:`load`.
    """
    if path.endswith(LOG):
        # whatever snapshot it followed, what it adds holds
        found = Contents(schema=current_schema(), generation=sys.maxsize)
        log = disk.read(path)
        if log is not None:
            replay(found, log[0], path.removesuffix(LOG))
        return migrated(found.tables, found.schema)
    file = disk.read(path)
    if file is None or not looks_ours(file[0]):
        return {}
    tables, schema, _generation = decode(file[0], path)
    return migrated(tables, schema)


def replay(found: Contents, data: bytes, path: str) -> None:
    """Apply log bytes that follow ``found.log_end``; leaves a torn end in ``found.torn``."""
    start, end = found.log_end, 0
    stale = found.log_generation < found.generation
    try:
        for entry, end in entries(data):  # noqa: B007 - the last end is used below
            if "generation" in entry:
                stale = _header(found, entry, path)
            elif found.log_schema == found.schema:  # an older log went into a migrated snapshot
                apply(found.tables, entry, path, stale=stale)
                found.exists = True
    except BadLineError as bad:
        raise _damaged(
            path + LOG,
            _("{file} is damaged from byte {at} on.").format(file=path + LOG, at=start + bad.at),
        ) from bad
    found.log_end = start + end
    found.torn = data[end:]


def _header(found: Contents, entry: dict[str, Any], path: str) -> bool:
    """Take in a log's header; whether the lines after it are older than the snapshot."""
    check_schema(entry["schema"], path + LOG)
    generation = entry["generation"]
    # later headers may name later snapshots whose replacing a power cut undid: nothing is missing
    if generation > found.generation and found.log_generation < 0:
        raise StoreCorrupt(
            _("{file}: its log is newer than the file itself.").format(file=path),
            title=_("An older file came back"),
            hint=_(
                "The file was replaced by an older copy. Bring back the newer one, "
                "or take the stream from a backup."
            ),
        )
    if not found.exists:
        found.schema = entry["schema"]
    found.log_generation = generation
    found.log_schema = entry["schema"]
    return bool(generation < found.generation)


def apply(tables: Tables, entry: dict[str, Any], path: str, *, stale: bool = False) -> None:
    """Carry out one entry of a log on ``tables``; of a ``stale`` one only what it adds."""
    for name, documents in entry.get("add", {}).items():
        table = tables.setdefault(name, {})
        for key, document in documents.items():
            if table.setdefault(key, document) != document:
                raise _damaged(
                    path + LOG,
                    _("{file} is damaged: the record {record} is there with two contents.").format(
                        file=path + LOG, record=key
                    ),
                )
    if stale:
        return
    for name, documents in entry.get("set", {}).items():
        if documents is None:
            tables.pop(name, None)
            continue
        table = tables.setdefault(name, {})
        for key, document in documents.items():
            if document is None:
                table.pop(key, None)
            else:
                table[key] = document


def header(generation: int) -> bytes:
    """The entry that begins a log: which snapshot its lines follow."""
    return b'{"schema":%d,"generation":%d}' % (current_schema(), generation)


def encode(tables: Tables, generation: int) -> bytes:
    """A snapshot as an ordinary TinyDB file, a document a line."""
    parts = [
        b"%s:{\n%s\n}"
        % (
            orjson.dumps(name),
            b",\n".join(
                orjson.dumps(key) + b":" + orjson.dumps(document)
                for key, document in documents.items()
            ),
        )
        for name, documents in tables.items()
    ]
    rest = b'","schema":%d,"generation":%d}}' % (current_schema(), generation)
    rest += b"".join(b",\n" + part for part in parts) + b"\n}\n"
    return _START + hashlib.sha256(rest).hexdigest().encode() + rest


def looks_ours(data: bytes) -> bool:
    """Whether ``data`` begins like a snapshot, damaged or not."""
    return data.startswith(_START)


def decode(data: bytes, path: str) -> tuple[Tables, int, int]:
    """Tables, schema and generation of a snapshot's bytes, its checksum verified."""
    rest = memoryview(data)[_SUM:]
    if (
        not looks_ours(data)
        or hashlib.sha256(rest).hexdigest().encode() != data[len(_START) : _SUM]
    ):
        raise _damaged(
            path,
            _("{file} is damaged: its content does not match its checksum.").format(file=path),
        )
    tables = orjson.loads(data)
    meta = tables.pop(META)["1"]
    check_schema(meta["schema"], path)
    return tables, meta["schema"], meta["generation"]


def check_schema(schema: int, path: str) -> None:
    """Refuse a file that a newer version has written."""
    if schema > current_schema():
        raise StoreError(
            _(
                "{file} was written by a newer version of this program "
                "(schema {theirs}; this version reads up to {ours})."
            ).format(file=path, theirs=schema, ours=current_schema()),
            title=_("A newer workspace"),
            hint=_("Update this program. Nothing was changed."),
        )


def _damaged(path: str, message: str) -> StoreCorrupt:
    return StoreCorrupt(
        message,
        title=_("A damaged file"),
        hint=_(
            "Nothing was changed; the other interviews work. Bring {name} back from a copy."
        ).format(name=Path(path).name),
    )
