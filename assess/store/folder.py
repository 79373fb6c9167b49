"""The embedded store: a folder with one small TinyDB file per interview."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assess.errors import BadInput, StoreError
from assess.i18n import _
from assess.model.records import ENGAGEMENT, Record
from assess.store import audit, contents, disk, packs
from assess.store.index import Index
from assess.store.lock import ProcessLock, cache_folder
from assess.store.migrations import current_schema
from assess.store.names import (
    INTERVIEWS,
    every_file,
    folder_of,
    path_of,
    scan,
    temporaries,
    torn_ends,
)
from assess.store.reading import TABLE, Streams, noting, united
from assess.store.records import check_stream, checked, only_new

if TYPE_CHECKING:
    from assess.model.pack import PackRef
    from assess.store.tables import RecordDB, RecordTable

PACKS = "packs"
_OPEN_AT_ONCE = 8
_BULK = 64


class FolderStore:
    """A workspace folder (:class:`assess.store.protocol.Store`), shared by processes and threads.

    Reading takes no lock and loads neither TinyDB nor a lock; the first write does, unless
    :meth:`prepare` did. Raises BadInput for a path that is no workspace and, with ``create``,
    cannot become one.
    """

    def __init__(self, root: str | os.PathLike[str], create: bool = False) -> None:
        self.root = Path(root).expanduser()
        if create and (self.root.is_dir() or not self.root.exists()):
            with disk.told(self.root):
                disk.make_folder(self.root / INTERVIEWS)
        _check_place(self.root)
        self.cache = cache_folder(self.root)
        self._streams = Streams(self.root, Index(self.cache / "index.json"), self._tidy)
        self._open: OrderedDict[str, RecordDB] = OrderedDict()
        self._lock = ProcessLock(self.cache / "lock")
        self._swept = False

    # -- records

    def put(self, stream: str, records: Sequence[Record]) -> int:
        """Add records to a stream, all or none, durable; gives how many were new."""
        return self.put_many({stream: records})

    def put_many(self, batches: Mapping[str, Sequence[Record]]) -> int:
        """Add records to many streams, for each all or none; durable when it returns."""
        rows = {stream: checked(stream, records) for stream, records in batches.items()}
        rows = {stream: found for stream, found in rows.items() if found}
        if not rows:
            return 0
        with self._writing():
            if len(rows) == 1:
                return sum(self._put(*batch) for batch in rows.items())
            new = rows.keys() - set(scan(self.root)) - {ENGAGEMENT}
            for stream in rows.keys() - new:  # what cannot be added stops all, before any is
                only_new(stream, rows[stream], {r["id"]: r for r in self.read(stream)})
            grown = sorted(rows.keys() - new - {ENGAGEMENT})
            self._found({stream: rows[stream] for stream in sorted(new)})
            count = sum(len(rows[stream]) for stream in new)
            if len(grown) > _OPEN_AT_ONCE:  # a log each would take a flush for every stream
                count += self._grow({stream: rows[stream] for stream in grown})
                grown = []
            if ENGAGEMENT in rows:
                grown.append(ENGAGEMENT)
            return count + sum(self._put(stream, rows[stream]) for stream in grown)

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for a stream that does not exist."""
        check_stream(stream)
        with self._reading():
            return self._streams.read(stream)

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream (or those named) with its records, sorted; damaged ones are left out."""
        with self._reading():
            yield from self._streams.read_all(streams)

    def streams(self) -> list[str]:
        """The names of all streams, sorted."""
        with self._reading():
            return sorted(scan(self.root))

    def digests(self) -> dict[str, str]:
        """A digest of each readable stream's records: equal digests mean equal content."""
        with self._reading():
            return self._streams.survey()[0]

    def damaged(self) -> dict[str, str]:
        """Streams that cannot be read, with the reason; the rest of the workspace works."""
        with self._reading():
            return self._streams.survey()[1]

    def erase(self, stream: str, ids: Collection[str] | None = None) -> None:
        """Remove records, or a whole stream, from all its files for good.

        What a crash or a syncing tool left beside goes with them. Raises StoreError when something
        could not be removed; calling it again finishes.
        """
        check_stream(stream)
        with self._writing():
            database = self._open.pop(stream, None)
            if database is not None:
                database.close()
            if ids is not None:
                table = self._table(stream)
                kept = self._streams.read(stream)
                table.rewrite({r["id"]: r for r in kept if r["id"] not in ids})
            # the log first: a log without the snapshot that it follows would look damaged
            own = path_of(self.root, stream)
            for path in reversed(every_file(self.root, stream)):
                if ids is None or path not in (own, own + contents.LOG):
                    Path(path).unlink(missing_ok=True)
            disk.flush_folder(str(folder_of(self.root, stream)))

    # -- packs and log

    def put_pack(self, ref: PackRef, files: Mapping[str, bytes]) -> None:
        """Keep the full text of a pack version (path inside the pack to content)."""
        with self._writing():
            packs.keep(self.root / PACKS, ref, files)

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        """The files of a kept pack. Raises StoreError when it is not there."""
        with self._reading():
            return packs.read(self.root / PACKS, ref)

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Append events (``what``, ``by`` and codes, no texts) to the audit log, durable."""
        with self._writing():
            audit.append(self.root, events)

    def events(self) -> Iterator[dict[str, Any]]:
        """The audit log, oldest first. Raises StoreCorrupt at the first line that was changed."""
        with self._reading():
            if audit.is_cut_short(self.root):
                with suppress(StoreError):
                    self.log([])
            yield from audit.read(self.root)

    def raw_log(self) -> bytes:
        """The audit log as it is kept, for a backup."""
        with self._reading():
            return audit.raw(self.root)

    def take_log(self, data: bytes) -> None:
        """Continue the audit log of a backup, where none began here. Raises StoreCorrupt."""
        with self._writing():
            audit.take_over(self.root, data)

    # -- care

    def verify(self) -> dict[str, str]:
        """What is wrong: a stream, a pack's folder or the log, each read anew, and the reason."""
        with self._reading():
            wrong = self._streams.verify()
        for folder in packs.folders(self.root / PACKS):
            with noting(wrong, f"{PACKS}/{folder.name}"), self._reading():
                packs.read_folder(folder)
        with noting(wrong, audit.NAME):
            for _event in self.events():
                pass
        return dict(sorted(wrong.items()))

    def set_aside(self) -> list[str]:
        """The files that keep what a crash cut short before it was confirmed, or a damaged log."""
        with self._reading():
            return sorted(
                {*torn_ends(self.root), *audit.set_aside(self.root), *self._streams.unfinished}
            )

    def prepare(self) -> None:
        """Load what the first write needs; called beforehand, that write is as fast as others."""
        import assess.store.tables  # noqa: F401 - for what it imports

        with self._writing():
            pass

    def close(self) -> None:
        """Write snapshots and let go of files; what was put is durable without it."""
        if not self._open:
            return  # nothing was written
        with suppress(StoreError), self._lock:
            while self._open:
                self._open.popitem()[1].close()

    # -- inside

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, in a workspace that is still there."""
        with self._lock, disk.told(self.root):
            (self.root / INTERVIEWS).stat()
            if not self._swept:  # nobody else is writing now, so these are what a crash left
                self._swept = True
                for path in temporaries(self.root):
                    Path(path).unlink(missing_ok=True)
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with disk.told(self.root):
            yield

    def _put(self, stream: str, rows: Mapping[str, Record]) -> int:
        from tinydb.table import Document

        table = self._table(stream)
        new = only_new(stream, rows, table.known())
        count = len(new)
        if copies := self._streams.copies(stream):
            count = len(only_new(stream, new, united(stream, {}, copies)))
        table.insert_multiple(Document(record, cast(int, key)) for key, record in new.items())
        return count

    def _found(self, streams: Mapping[str, Mapping[str, Record]]) -> None:
        """Write interviews that are new as snapshots, many at a time."""
        names = list(streams)
        for start in range(0, len(names), _BULK):
            files = {
                path_of(self.root, stream): contents.encode({TABLE: dict(streams[stream])}, 1)
                for stream in names[start : start + _BULK]
            }
            disk.write_many(str(self.root / INTERVIEWS), files)

    def _grow(self, streams: Mapping[str, Mapping[str, Record]]) -> int:
        """Write interviews that are there as snapshots with more in them, many at a time.

        A log that is left behind a newer snapshot adds what the snapshot holds already.
        """
        names, count = list(streams), 0
        for start in range(0, len(names), _BULK):
            files: dict[str, bytes] = {}
            for stream in names[start : start + _BULK]:
                if (database := self._open.pop(stream, None)) is not None:
                    database.close()
                path = path_of(self.root, stream)
                found = contents.load(path)
                if found.torn or found.schema < current_schema():
                    count += self._put(stream, streams[stream])
                    continue
                kept = found.tables.get(TABLE, {})
                known = united(stream, kept, self._streams.copies(stream))
                new = only_new(stream, streams[stream], known)
                count += len(new)
                tables = {**found.tables, TABLE: {**kept, **new}}
                files[path] = contents.encode(tables, found.generation + 1)
            disk.write_many(str(self.root / INTERVIEWS), files)
            for path in files:
                with suppress(FileNotFoundError):
                    os.truncate(path + contents.LOG, 0)
        return count

    def _table(self, stream: str) -> RecordTable:
        """The TinyDB table of a stream; a few stay open. Under the lock."""
        from assess.store.tables import RecordDB

        if stream not in self._open:
            self._open[stream] = RecordDB(path_of(self.root, stream), self._lock)
        self._open.move_to_end(stream)
        while len(self._open) > _OPEN_AT_ONCE:
            self._open.popitem(last=False)[1].close()
        return cast("RecordTable", self._open[stream].table(TABLE))

    def _tidy(self, stream: str) -> None:
        with self._writing():
            self._table(stream).known()


def _check_place(root: Path) -> None:
    if (root / INTERVIEWS).is_dir():
        return
    title = _("No workspace")
    hint = _("assess init makes a new engagement; --workspace names an existing one.")
    if root.is_dir():
        message = _("{folder} is a folder, but no workspace.")
    elif root.exists():
        message = _("{folder} is a file; a workspace is a folder.")
    else:
        message = _("There is no workspace at {folder}.")
    raise BadInput(message.format(folder=root), title=title, hint=hint)
