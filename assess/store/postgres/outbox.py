"""What could not reach the server: kept in a folder of this machine until it can.

The folder is an ordinary workspace folder, so that what is confirmed here is on the disk. It stands
in the user's data folder, by the server's own id and the login, and holds nothing once all is over.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson

from assess import places
from assess.model.ids import new_ulid
from assess.model.records import ENGAGEMENT, Record
from assess.store import audit, disk
from assess.store.folder import FolderStore
from assess.store.lock import ProcessLock, cache_folder

_EVENTS = "events.jsonl"
_SENT = ".sending"


class Outbox:
    """Records and events of the audit log that wait for one server and login."""

    def __init__(self, server: str, login: str) -> None:
        key = hashlib.sha256(f"{server}\x1f{login}".encode()).hexdigest()[:24]
        self.root = places.data_folder() / "outbox" / key
        self._store: FolderStore | None = None
        self._count = -1
        # other programs of this machine may work with the same login
        self._adding = ProcessLock(cache_folder(self.root) / "events.lock")
        self._sending = ProcessLock(cache_folder(self.root) / "sending.lock")

    def put_many(self, batches: Mapping[str, Sequence[Record]]) -> int:
        """Keep records, durable when it returns. Raises StoreError where the disk refuses."""
        if self._store is None:
            self._store = FolderStore(self.root, create=True)
        new = self._store.put_many(batches)
        self._count = -1
        return new

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Keep events of the audit log; they go with the records.

        Raises ValueError for anything but codes, numbers and times, which no log takes.
        """
        lines = b"".join(orjson.dumps(audit.checked(event)) + b"\n" for event in events)
        with self._adding, disk.told(self.root):
            disk.make_folder(self.root)
            fd = disk.open_for_appending(str(self.root / _EVENTS))
            try:
                disk.write_all(fd, lines)
                disk.flush(fd)
            finally:
                os.close(fd)

    def streams(self) -> list[str]:
        """The streams of which something waits, the engagement first."""
        store = self._opened()
        found = [stream for stream in store.streams() if store.read(stream)] if store else []
        return sorted(found, key=lambda stream: (stream != ENGAGEMENT, stream))

    def read(self, stream: str) -> list[Record]:
        """The records of a stream that wait."""
        store = self._opened()
        return store.read(stream) if store else []

    def send_events(self, send: Callable[[list[dict[str, Any]]], object]) -> None:
        """Hand over the events that wait, oldest first; a line that a crash cut short is none.

        What was handed over is forgotten when ``send`` returns. Raises what ``send`` does, and
        StoreError where the disk refuses.
        """
        if not self._events():
            return
        with self._sending:
            # set apart first, so that nobody who adds to them waits for the server
            with self._adding, disk.told(self.root), suppress(FileNotFoundError):
                disk.replace(str(self.root / _EVENTS), str(self.root / f"{new_ulid()}{_SENT}"))
            self._send_apart(send)

    def _send_apart(self, send: Callable[[list[dict[str, Any]]], object]) -> None:
        for path in sorted(self.root.glob(f"*{_SENT}")):
            found: list[dict[str, Any]] = []
            with disk.told(self.root):
                lines = path.read_bytes().split(b"\n")
            for line in lines:
                with suppress(ValueError):
                    found.append(orjson.loads(line))
            send(found)
            with disk.told(self.root):
                path.unlink(missing_ok=True)

    def _events(self) -> bool:
        return (self.root / _EVENTS).exists() or any(self.root.glob(f"*{_SENT}"))

    def holds_anything(self) -> bool:
        """Whether records or events wait."""
        return self.waiting() > 0 or self._events()

    def waiting(self) -> int:
        """How many records wait."""
        if self._count < 0:
            self._count = sum(len(self.read(stream)) for stream in self.streams())
        return self._count

    def delivered(self, stream: str, records: Sequence[Record]) -> None:
        """These records of the stream are on the server; what came since still waits."""
        store = self._opened()
        if store:
            store.erase(stream, {record["id"] for record in records})
        self._count = -1

    def close(self) -> None:
        """Let go of files."""
        if self._store is not None:
            self._store.close()

    def _opened(self) -> FolderStore | None:
        if self._store is None and (self.root / "interviews").is_dir():
            self._store = FolderStore(self.root)
        return self._store
