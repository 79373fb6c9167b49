"""Reading a workspace's streams: without a lock, and without TinyDB."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assess.errors import StoreError
from assess.model.records import ENGAGEMENT, Record
from assess.store import contents, disk
from assess.store.index import Index
from assess.store.names import Copies, folder_of, folders, path_of, scan
from assess.store.records import by_id, digest, only_new

TABLE = "records"


class Streams:
    """The streams of a workspace as its files have them now.

    ``tidy`` is asked to set aside what a crash left at the end of a stream's log; it raises
    StoreError where it cannot, and ``unfinished`` then names that log.
    """

    def __init__(self, root: Path, index: Index, tidy: Callable[[str], None]) -> None:
        self.unfinished: set[str] = set()
        self._root = root
        self._index = index
        self._tidy = tidy
        self._surveying = threading.Lock()
        self._copies = {folder: Copies(folder, form) for folder, form in folders(root).items()}
        self._engagement: tuple[object, list[Record]] = (None, [])

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id.

        The stream ``engagement``, which everything asks, is parsed only when its files changed.
        """
        copies = self.copies(stream)
        if stream != ENGAGEMENT or copies:
            return self._load(stream, copies)
        own = path_of(self._root, stream)
        key = (disk.stat_key(own), disk.stat_key(own + contents.LOG))
        if key != self._engagement[0]:
            self._engagement = (key, self._load(stream, ()))
        return list(self._engagement[1])

    def read_all(self, streams: Iterable[str] | None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream (or those named) with its records, sorted; damaged ones are left out."""
        found = scan(self._root)
        for stream in sorted(found if streams is None else found.keys() & set(streams)):
            try:
                with disk.told(self._root):
                    records = self._load(stream, found[stream].copies)
            except StoreError:
                continue
            yield stream, records

    def survey(self) -> tuple[dict[str, str], dict[str, str]]:
        """Digests of the streams that can be read, and why the others cannot."""
        with self._surveying:
            digests: dict[str, str] = {}
            damaged: dict[str, str] = {}
            for stream, files in sorted(scan(self._root).items()):
                key = files.key
                known = self._index.digest(stream, key)
                if known is None:
                    with noting(damaged, stream), disk.told(self._root):
                        known = digest(self._load(stream, files.copies))
                        self._index.learn(stream, key, known)
                if known is not None:
                    digests[stream] = known
            self._index.keep(digests.keys())
            return digests, damaged

    def verify(self) -> dict[str, str]:
        """Why streams cannot be read, each read anew."""
        wrong: dict[str, str] = {}
        for stream, files in scan(self._root).items():
            with noting(wrong, stream), disk.told(self._root):
                self._load(stream, files.copies)
        return wrong

    def copies(self, stream: str) -> list[str]:
        """The copies that a file-syncing tool made of a stream's files."""
        return self._copies[folder_of(self._root, stream)].of(stream)

    def _load(self, stream: str, copies: Iterable[str]) -> list[Record]:
        path = path_of(self._root, stream)
        found = contents.load(path)
        if found.torn:  # a crash, or somebody about to finish it
            try:
                self._tidy(stream)
                found = contents.load(path)
            except StoreError:
                self.unfinished.add(path + contents.LOG)
        records = united(stream, found.tables.get(TABLE, {}), copies)
        return sorted(records.values(), key=by_id)


def united(stream: str, records: Mapping[str, Any], copies: Iterable[str]) -> Mapping[str, Any]:
    """``records`` by id with those that copies add. Raises StoreCorrupt where contents differ."""
    for path in copies:
        more = contents.load_copy(path).get(TABLE, {})
        records = {**records, **only_new(stream, more, records)}
    return records


@contextmanager
def noting(wrong: dict[str, str], name: str) -> Iterator[None]:
    """Note under ``name`` why it cannot be read, instead of raising."""
    try:
        yield
    except StoreError as error:
        wrong[name] = error.message
