"""The embedded store: a folder with one small TinyDB file per interview."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assess.errors import BadInput, StoreError
from assess.i18n import _
from assess.model.pack import PackRef
from assess.model.records import ENGAGEMENT, Record
from assess.store import audit, contents, disk, packs
from assess.store.index import Index
from assess.store.lock import ProcessLock, cache_folder
from assess.store.names import (
    INTERVIEWS,
    Copies,
    every_file,
    folder_of,
    path_of,
    scan,
    temporaries,
    torn_ends,
)
from assess.store.records import by_id, check_stream, checked, digest, only_new

if TYPE_CHECKING:
    from assess.store.tables import RecordDB, RecordTable

PACKS = "packs"
TABLE = "records"
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
        self._index = Index(self.cache / "index.json")
        self._surveying = threading.Lock()
        self._copies = {folder: Copies(folder) for folder in (self.root, self.root / INTERVIEWS)}
        self._engagement: tuple[object, list[Record]] = (None, [])
        self._open: OrderedDict[str, RecordDB] = OrderedDict()
        self._lock: ProcessLock | None = None

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
            new = self._found_streams(rows) if len(rows) > 1 else set()
            count = sum(len(rows[stream]) for stream in new)
            return count + sum(self._put(name, rows[name]) for name in rows.keys() - new)

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for a stream that does not exist.

        The stream ``engagement``, which everything asks, is parsed only when its files changed.
        """
        check_stream(stream)
        with self._reading():
            copies = self._copies_of(stream)
            if stream != ENGAGEMENT or copies:
                return self._load(stream, copies)
            own = path_of(self.root, stream)
            key = (disk.stat_key(own), disk.stat_key(own + contents.LOG))
            if key != self._engagement[0]:
                self._engagement = (key, self._load(stream, ()))
            return list(self._engagement[1])

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream (or those named) with its records, sorted; damaged ones are left out."""
        with self._reading():
            found = scan(self.root)
        for stream in sorted(found if streams is None else found.keys() & set(streams)):
            try:
                with self._reading():
                    records = self._load(stream, found[stream].copies)
            except StoreError:
                continue
            yield stream, records

    def streams(self) -> list[str]:
        """The names of all streams, sorted."""
        with self._reading():
            return sorted(scan(self.root))

    def digests(self) -> dict[str, str]:
        """A digest of each readable stream's records: equal digests mean equal content."""
        return self._survey()[0]

    def damaged(self) -> dict[str, str]:
        """Streams that cannot be read, with the reason; the rest of the workspace works."""
        return self._survey()[1]

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
                kept = self._load(stream, self._copies_of(stream))
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
            yield from audit.read(self.root)

    # -- care

    def verify(self) -> dict[str, str]:
        """What is wrong: a stream, a pack's folder or the log, each read anew, and the reason."""
        with self._reading():
            found = scan(self.root)
        wrong: dict[str, str] = {}
        for stream, files in found.items():
            with _noting(wrong, stream), self._reading():
                self._load(stream, files.copies)
        for folder in packs.folders(self.root / PACKS):
            with _noting(wrong, f"{PACKS}/{folder.name}"), self._reading():
                packs.read_folder(folder)
        with _noting(wrong, audit.NAME):
            for _event in self.events():
                pass
        return dict(sorted(wrong.items()))

    def set_aside(self) -> dict[str, str]:
        """By stream, the file that keeps what a crash cut short before it was confirmed."""
        with self._reading():
            return torn_ends(self.root)

    def prepare(self) -> None:
        """Load what the first write needs; called beforehand, that write is as fast as others."""
        import assess.store.tables  # noqa: F401 - for what it imports

        with self._writing():
            pass

    def close(self) -> None:
        """Write snapshots and let go of files; what was put is durable without it."""
        while self._open:
            self._open.popitem()[1].close()

    # -- inside

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, in a workspace that is still there."""
        first = self._lock is None
        self._lock = self._lock or ProcessLock(self.cache / "lock")
        with self._lock, disk.told(self.root):
            (self.root / INTERVIEWS).stat()
            if first:  # nobody else is writing now, so these are what a crash left
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
        if copies := self._copies_of(stream):
            count = len(only_new(stream, new, _united(stream, {}, copies)))
        table.insert_multiple(Document(record, cast(int, key)) for key, record in new.items())
        return count

    def _found_streams(self, rows: Mapping[str, Mapping[str, Record]]) -> set[str]:
        """Write those streams that are new as snapshots, many at a time; gives their names."""
        there = scan(self.root)
        new = sorted(stream for stream in rows if stream not in there and stream != ENGAGEMENT)
        for start in range(0, len(new), _BULK):
            files = {
                path_of(self.root, stream): contents.encode({TABLE: dict(rows[stream])}, 1)
                for stream in new[start : start + _BULK]
            }
            disk.write_many(str(self.root / INTERVIEWS), files)
        return set(new)

    def _table(self, stream: str) -> RecordTable:
        """The TinyDB table of a stream; a few stay open. Under the lock."""
        from assess.store.tables import RecordDB

        if stream not in self._open:
            self._open[stream] = RecordDB(path_of(self.root, stream), self._lock)
        self._open.move_to_end(stream)
        while len(self._open) > _OPEN_AT_ONCE:
            self._open.popitem(last=False)[1].close()
        return cast("RecordTable", self._open[stream].table(TABLE))

    def _copies_of(self, stream: str) -> list[str]:
        return self._copies[folder_of(self.root, stream)].of(stream)

    def _load(self, stream: str, copies: Iterable[str]) -> list[Record]:
        """The records in a stream's files, united with those in copies of them."""
        found = contents.load(path_of(self.root, stream)).tables.get(TABLE, {})
        return sorted(_united(stream, found, copies).values(), key=by_id)

    def _survey(self) -> tuple[dict[str, str], dict[str, str]]:
        """Digests of the streams that can be read, and why the others cannot."""
        with self._surveying, self._reading():
            digests: dict[str, str] = {}
            damaged: dict[str, str] = {}
            for stream, files in sorted(scan(self.root).items()):
                key = files.key
                known = self._index.digest(stream, key)
                if known is None:
                    with _noting(damaged, stream):
                        known = digest(self._load(stream, files.copies))
                        self._index.learn(stream, key, known)
                if known is not None:
                    digests[stream] = known
            self._index.keep(digests.keys())
            return digests, damaged


def _united(stream: str, records: Mapping[str, Any], copies: Iterable[str]) -> Mapping[str, Any]:
    """``records`` by id with those that copies add. Raises StoreCorrupt where contents differ."""
    for path in copies:
        more = contents.load_copy(path).get(TABLE, {})
        records = {**records, **only_new(stream, more, records)}
    return records


@contextmanager
def _noting(wrong: dict[str, str], name: str) -> Iterator[None]:
    """Note under ``name`` why it cannot be read, instead of raising."""
    try:
        yield
    except StoreError as error:
        wrong[name] = error.message


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
