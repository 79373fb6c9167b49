"""TinyDB's tables and databases on the write-ahead log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from assess.model.ids import new_ulid
from assess.store.wal import WalStorage


class LockedTable(Table):
    """A table that reads, changes and writes as one step among processes.

    Results of queries are remembered only while no process has written.
    """

    def __init__(self, storage: WalStorage, name: str, **options: Any) -> None:
        self._wal = storage
        self._seen: object = None
        super().__init__(storage, name, **options)

    def search(self, cond: Any) -> list[Document]:
        """As in TinyDB, following what other processes wrote."""
        with self._wal.lock:
            now = self._wal.state()
            if now != self._seen:
                self.clear_cache()
                self._seen = now
            return super().search(cond)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._wal.lock:
            super()._update_table(updater)

    def insert(self, document: Mapping[str, Any]) -> int:
        """As in TinyDB, one step among processes."""
        with self._wal.lock:
            self._next_id = None
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """As in TinyDB, one step among processes."""
        with self._wal.lock:
            self._next_id = None
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        """As in TinyDB, one step among processes."""
        with self._wal.lock:
            return super().upsert(document, cond)


class WalDB(TinyDB):
    """A TinyDB with the write-ahead log behind it."""

    table_class = LockedTable  # type: ignore[assignment]
    default_storage_class = WalStorage  # type: ignore[assignment]


class RecordTable(LockedTable):
    """Documents with time-ordered string ids; adding some costs the same however many there are."""

    document_id_class = str  # type: ignore[assignment]

    def __init__(self, storage: WalStorage, name: str, **options: Any) -> None:
        super().__init__(storage, name, **{**options, "cache_size": 0})

    def rewrite(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Make these the table's documents, with no trace of others left in the files."""
        with self._wal.lock:
            tables = self._wal.read() or {}
            self._wal.rewrite({**tables, self.name: dict(documents)})

    def known(self) -> Mapping[str, Any]:
        """The documents by id, to look at and not to change."""
        return self._wal.documents(self.name)

    def _get_next_id(self) -> str:
        return new_ulid()

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        """As in TinyDB, all or none, with one line of the log."""
        with self._wal.lock:
            known = self.known()
            added: dict[str, Mapping[str, Any]] = {}
            for document in documents:
                key = str(document.doc_id) if isinstance(document, Document) else new_ulid()
                if key in known or key in added:
                    raise ValueError(f"Document with ID {key} already exists")
                added[key] = document
            if added:
                self._wal.add(self.name, added)
            return list(added)

    def insert(self, document: Mapping[str, Any]) -> Any:
        """As in TinyDB, with one line of the log."""
        return self.insert_multiple([document])[0]


class RecordDB(WalDB):
    """The TinyDB of one stream."""

    table_class = RecordTable
