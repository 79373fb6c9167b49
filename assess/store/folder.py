"""The embedded store: a folder with one small TinyDB file per interview."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from assess.errors import BadInput, StoreError
from assess.i18n import _
from assess.model.pack import PackRef
from assess.model.records import Record
from assess.store import audit, contents, disk, packs
from assess.store.index import Index
from assess.store.lock import ProcessLock, cache_folder
from assess.store.names import INTERVIEWS, Files, path_of, scan
from assess.store.records import by_id, checked, digest, is_stream, only_new

if TYPE_CHECKING:
    from assess.store.wal import RecordDB, RecordTable

PACKS = "packs"
TABLE = "records"
_OPEN_AT_ONCE = 8


class FolderStore:
    """A workspace folder (:class:`assess.store.protocol.Store`), shared by processes and threads.

    Reading takes no lock and loads neither TinyDB nor a lock; the first write does.
    Raises BadInput for a path that is no workspace and, with ``create``, cannot become one.
    """

    def __init__(self, root: str | os.PathLike[str], create: bool = False) -> None:
        self.root = Path(root).expanduser()
        if create:
            self._create()
        self._check_place()
        self.cache = cache_folder(self.root)
        self._index = Index(self.cache / "index.json")
        self._indexing = threading.Lock()
        self._open: OrderedDict[str, RecordDB] = OrderedDict()
        self._copied: dict[str, Mapping[str, Any]] = {}
        self._lock: ProcessLock | None = None

    # -- records

    def put(self, stream: str, records: Sequence[Record]) -> int:
        """Add records to a stream, all or none, durable; gives how many were new."""
        rows = checked(stream, records)
        if not rows:
            return 0
        from tinydb.table import Document

        with self._writing():
            table = self._table(stream)
            new = only_new(stream, rows, {**self._copied[stream], **table.known()})
            table.insert_multiple(Document(record, cast(int, key)) for key, record in new.items())
            return len(new)

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for a stream that does not exist."""
        if not is_stream(stream):
            raise ValueError(f"{stream!r} is neither 'engagement' nor the id of an interview")
        with self._reading():
            return self._load(stream, scan(self.root).get(stream, Files()))

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream with its records ordered by id, sorted by stream.

        Damaged streams are left out; :meth:`damaged` names them.
        """
        with self._reading():
            found = scan(self.root)
        wanted = sorted(found if streams is None else found.keys() & set(streams))
        for stream in wanted:
            try:
                with self._reading():
                    records = self._load(stream, found[stream])
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
        """Append events (``what``, ``by`` and codes, no answer texts) to the audit log."""
        with self._writing():
            audit.append(self.root, events)

    def close(self) -> None:
        """Write snapshots and let go of files; what was put is durable without it."""
        while self._open:
            self._open.popitem()[1].close()
        self._copied.clear()

    # -- inside

    def _create(self) -> None:
        if self.root.exists() and not self.root.is_dir():
            return
        with disk.told(self.root):
            disk.make_folder(self.root / INTERVIEWS)

    def _check_place(self) -> None:
        if (self.root / INTERVIEWS).is_dir():
            return
        if self.root.is_dir():
            raise BadInput(
                _("{folder} is a folder, but no workspace.").format(folder=self.root),
                title=_("No workspace"),
                hint=_("assess init makes a new engagement; --workspace names an existing one."),
            )
        if self.root.exists():
            raise BadInput(
                _("{file} is a file; a workspace is a folder.").format(file=self.root),
                title=_("No workspace"),
                hint=_("Name a folder with --workspace."),
            )
        raise BadInput(
            _("There is no workspace at {folder}.").format(folder=self.root),
            title=_("No workspace"),
            hint=_("assess init makes a new engagement; --workspace names an existing one."),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, in a workspace that is still there."""
        if self._lock is None:
            self._lock = ProcessLock(self.cache / "lock")
        with self._lock, disk.told(self.root):
            self._check_still_there()
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with disk.told(self.root):
            yield

    def _check_still_there(self) -> None:
        os.stat(self.root / INTERVIEWS)  # noqa: PTH116 - raises what is to be told

    def _table(self, stream: str) -> RecordTable:
        """The TinyDB table of a stream; a few stay open. Under the lock."""
        from assess.store.wal import RecordDB

        if stream not in self._open:
            copies = scan(self.root).get(stream, Files()).copies
            self._copied[stream] = self._united(stream, {}, copies) if copies else {}
            self._open[stream] = RecordDB(path_of(self.root, stream), self._lock)
        self._open.move_to_end(stream)
        while len(self._open) > _OPEN_AT_ONCE:
            oldest, database = self._open.popitem(last=False)
            del self._copied[oldest]
            database.close()
        return cast("RecordTable", self._open[stream].table(TABLE))

    def _load(self, stream: str, files: Files) -> list[Record]:
        """The records in a stream's files, united with those in copies of them."""
        found = contents.load(path_of(self.root, stream))
        records = found.tables.get(TABLE, {})
        if files.copies:
            records = self._united(stream, records, files.copies)
        return sorted(records.values(), key=by_id)

    def _united(
        self, stream: str, records: Mapping[str, Any], copies: Iterable[str]
    ) -> dict[str, Any]:
        together = dict(records)
        for path in copies:
            together |= only_new(stream, contents.load_copy(path).get(TABLE, {}), together)
        return together

    def _survey(self) -> tuple[dict[str, str], dict[str, str]]:
        """Digests of the streams that can be read, and why the others cannot."""
        with self._indexing, self._reading():
            found = scan(self.root)
            digests: dict[str, str] = {}
            damaged: dict[str, str] = {}
            for stream, files in sorted(found.items()):
                key = files.key
                known = self._index.digest(stream, key)
                if known is None:
                    try:
                        known = digest(self._load(stream, files))
                    except StoreError as error:
                        damaged[stream] = error.message
                        continue
                    self._index.learn(stream, key, known)
                digests[stream] = known
            self._index.keep(digests.keys())
            return digests, damaged
