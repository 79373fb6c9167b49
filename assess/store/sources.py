"""Places to take records from: another workspace, or a backup of one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from assess.model.pack import PackRef
from assess.model.records import Record
from assess.store import is_server, open_store
from assess.store.backup import Backup


class Source(Protocol):
    """The reading half of a store; stores and backups have it."""

    def digests(self) -> dict[str, str]:
        """A digest of each readable stream's records."""
        ...

    def damaged(self) -> dict[str, str]:
        """Streams that cannot be read, with the reason."""
        ...

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for one that is not there."""
        ...

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        """The files of a kept pack. Raises StoreError when it is not there."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...


def prefetch(source: object, streams: Iterable[str]) -> None:
    """Fetch in one go what will be read stream by stream, where each reading would be a trip."""
    fetch = getattr(source, "prefetch", None)
    if fetch is not None:
        fetch(streams)


def open_source(place: str | os.PathLike[str]) -> Source:
    """A workspace, a team server's too, or a backup file to read from.

    Raises BadInput for a path that is neither, and for a backup that was changed.
    """
    if is_server(place):
        return open_store(place)
    path = Path(place).expanduser()
    if path.is_file():
        backup = Backup(path)
        try:
            backup.check_sums()
        except BaseException:
            backup.close()
            raise
        return backup
    return open_store(place)
