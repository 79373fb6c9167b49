"""A TinyDB storage with a write-ahead log: a confirmed change is one line, flushed once.

TinyDB's own storage rewrites the whole file at each change. ``Storage`` is meant to be replaced;
this one puts a log behind it (:mod:`assess.store.contents` describes the files).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import orjson
from tinydb.storages import Storage

from assess.errors import StoreError
from assess.store import contents, disk
from assess.store.contents import LOG, TORN, Contents
from assess.store.lock import ProcessLock, cache_folder
from assess.store.log_lines import line
from assess.store.migrations import Tables, current_schema

CHECKPOINT_AT = 256 * 1024
"""Bytes of log after which a snapshot is written; larger snapshots wait for as much log."""
DIRECT_FROM = 64 * 1024
"""A single change of so many bytes is written as a snapshot straight away."""


class WalStorage(Storage):
    """The files ``path`` and ``path.wal`` behind a TinyDB, shared with other processes.

    Every read follows what others wrote; every write is durable when it returns and raises OSError
    (disk) or StoreError (content) with nothing changed.
    """

    def __init__(self, path: str | os.PathLike[str], lock: ProcessLock | None = None) -> None:
        self.path = os.fspath(path)
        self._folder = str(Path(self.path).parent)
        own = Path(self.path)
        self.lock = lock or ProcessLock(cache_folder(own.parent) / f"{own.name}.lock")
        self._contents: Contents | None = None
        self._fd: int | None = None
        self._checkpoint_at = CHECKPOINT_AT

    def read(self) -> Tables | None:
        """All tables as they are now; None where nothing was ever written."""
        with self.lock:
            found = self._follow()
            return cast(Tables, orjson.loads(orjson.dumps(found.tables))) if found.exists else None

    def state(self) -> object:
        """Compares unequal after any process has written."""
        with self.lock:
            found = self._follow()
            return (found.file_key, found.log_key and found.log_key[2], found.log_end)

    def documents(self, table: str) -> Mapping[str, Any]:
        """The documents of one table by id, to look at and not to change."""
        with self.lock:
            return self._follow().tables.get(table, {})

    def write(self, data: Tables) -> None:
        """Make ``data`` the content: logs the difference to what is there."""
        with self.lock:
            found = self._writable()
            changes = _difference(found.tables, data)
            if changes or not found.exists:
                self._confirm({"set": changes})

    def add(self, table: str, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Add documents whose ids are new, all or none."""
        with self.lock:
            self._writable()
            self._confirm({"add": {table: documents}})

    def rewrite(self, data: Tables) -> None:
        """Make ``data`` the content by a new snapshot, so that no log holds what is gone."""
        with self.lock:
            self._writable()
            self._snapshot(data)

    def checkpoint(self) -> None:
        """Write the snapshot anew and empty the log; when it fails, the log still holds all."""
        with self.lock:
            found = self._follow()
            if found.log_end:
                self._snapshot(found.tables)

    def close(self) -> None:
        """Write a snapshot where the log holds something, and let go of the files."""
        try:
            with suppress(OSError, StoreError):
                self.checkpoint()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        self._contents = None
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _follow(self) -> Contents:
        """The content as the files have it now; under the lock."""
        found = self._contents
        file_key, log_key = disk.stat_key(self.path), disk.stat_key(self.path + LOG)
        if (
            found is None
            or found.schema < current_schema()
            or file_key != found.file_key
            or not _continues(found.log_key, log_key)
        ):
            self._let_go()
            found = contents.load(self.path)
        elif log_key is not None and log_key[1] > found.log_end:
            more = disk.read(self.path + LOG, found.log_end)
            self._contents = None  # should a line be bad, the next one begins anew
            if more is not None:
                contents.replay(found, more[0], self.path)
        self._contents = found
        if found.torn:
            self._set_aside(found)
        return found

    def _writable(self) -> Contents:
        """The content, its files brought to the current schema with a copy of the older ones."""
        found = self._follow()
        if found.exists and found.schema < current_schema():
            for name in (self.path, self.path + LOG):
                older = disk.read(name)
                if older is not None:
                    disk.write_atomically(f"{name}.schema-{found.schema}", older[0])
            self._snapshot(found.tables)
        return self._follow()

    def _set_aside(self, found: Contents) -> None:
        """Keep a torn end, which nobody was told is stored, in a file beside and cut it off."""
        log = self.path + LOG
        disk.cut_off(log, found.log_end, found.torn, log + TORN)
        found.torn = b""
        found.log_key = disk.stat_key(log)

    def _log(self) -> int:
        if self._fd is None:
            self._fd = disk.open_for_appending(self.path + LOG)
        return self._fd

    def _confirm(self, change: Mapping[str, Any]) -> None:
        """Make one change durable, then part of the content in memory."""
        found = cast(Contents, self._contents)
        entry = orjson.dumps(change)
        if len(entry) >= DIRECT_FROM:
            after = Contents(tables={name: dict(table) for name, table in found.tables.items()})
            contents.apply(after.tables, orjson.loads(entry), self.path)
            self._snapshot(after.tables)
            return
        self._append(found, entry)
        contents.apply(found.tables, orjson.loads(entry), self.path)
        found.exists = True
        if found.log_end > max(self._checkpoint_at, (found.file_key or (0, 0, 0))[1]):
            try:
                self.checkpoint()
            except (OSError, StoreError):
                # the change is durable already; try again after as much log once more
                self._checkpoint_at = 2 * found.log_end

    def _append(self, found: Contents, entry: bytes) -> None:
        data = line(entry)
        if found.log_generation != found.generation:
            data = line(contents.header(found.generation)) + data
        fd = self._log()
        try:
            disk.write_all(fd, data)
            disk.flush(fd)
            if found.log_end == 0:
                disk.flush_folder(self._folder)
        except BaseException:
            self._contents = None
            with suppress(OSError):
                os.ftruncate(fd, found.log_end)
            raise
        found.log_end += len(data)
        found.log_generation = found.generation
        found.log_schema = found.schema
        found.log_key = disk.key_of(os.fstat(fd))

    def _snapshot(self, tables: Tables) -> None:
        """Replace the snapshot, then empty the log, which is older from then on."""
        found = cast(Contents, self._contents)
        disk.write_atomically(self.path, contents.encode(tables, found.generation + 1))
        self._contents = None
        if found.log_end:
            os.ftruncate(self._log(), 0)
        self._contents = Contents(
            tables=tables,
            exists=True,
            generation=found.generation + 1,
            schema=current_schema(),
            file_key=disk.stat_key(self.path),
            log_key=disk.stat_key(self.path + LOG),
        )


def _continues(known: disk.Key | None, now: disk.Key | None) -> bool:
    """Whether a log is the one known, grown at most."""
    if known is None or now is None:
        return known is now
    return known[2] == now[2] and known[1] <= now[1]


def _difference(old: Tables, new: Tables) -> dict[str, Any]:
    """What leads from ``old`` to ``new``: per table changed documents, None for what is gone."""
    changes: dict[str, Any] = {name: None for name in old if name not in new}
    for name, table in new.items():
        documents = {str(key): document for key, document in table.items()}
        before = old.get(name)
        changed: dict[str, Any] = {
            key: document
            for key, document in documents.items()
            if before is None
            or key not in before
            or orjson.dumps(before[key]) != orjson.dumps(document)
        }
        changed.update((key, None) for key in before or () if key not in documents)
        if changed or before is None:
            changes[name] = changed
    return changes
