"""What a workspace asks of the place where its records live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from assess.model.pack import PackRef
from assess.model.records import Record


class Store(Protocol):
    """Streams of immutable records, the packs in use, and a log of who did what.

    The same contract tests run on every implementation.
    """

    def put(self, stream: str, records: Sequence[Record]) -> int:
        """Add records to a stream, all or none, durable; gives how many were new.

        A stream is ``engagement`` or the id of an interview, a record's id a ULID. A record that is
        there already with the same content is left as it is. Raises StoreError when nothing could
        be written, StoreCorrupt when the same id is there with other content.
        """
        ...

    def put_many(self, batches: Mapping[str, Sequence[Record]]) -> int:
        """Add records to many streams like :meth:`put`, for each stream all or none."""
        ...

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for a stream that does not exist.

        Raises StoreCorrupt for a damaged stream, StoreError for one that a newer version wrote.
        """
        ...

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream (or those named) with its records, sorted; damaged ones are left out."""
        ...

    def streams(self) -> list[str]:
        """The names of all streams, sorted."""
        ...

    def digests(self) -> dict[str, str]:
        """A digest of each readable stream's records: equal digests mean equal content."""
        ...

    def damaged(self) -> dict[str, str]:
        """Streams that cannot be read, with the reason; the rest of the workspace works."""
        ...

    def erase(self, stream: str, ids: Collection[str] | None = None) -> None:
        """Remove records, or a whole stream, for good."""
        ...

    def verify(self) -> dict[str, str]:
        """What is damaged when everything is read anew: its name (stream, pack, log) and why."""
        ...

    def put_pack(self, ref: PackRef, files: Mapping[str, bytes]) -> None:
        """Keep the full text of a pack version (path inside the pack to content)."""
        ...

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        """The files of a kept pack. Raises StoreError when it is not there."""
        ...

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Append events (``what``, ``by`` and codes, no texts) to the audit log, durable.

        The codes under ``candidate`` and ``interview`` are kept as salted hashes. Raises ValueError
        for anything but codes, numbers and times.
        """
        ...

    def events(self) -> Iterator[dict[str, Any]]:
        """The audit log, oldest first. Raises StoreCorrupt at the first line that was changed."""
        ...

    def raw_log(self) -> bytes:
        """The audit log as it is kept, for a backup; empty where it is kept in no file."""
        ...

    def take_log(self, data: bytes) -> None:
        """Continue the audit log of a backup, where none began here.

        Raises StoreCorrupt for a log that was changed.
        """
        ...

    def set_aside(self) -> list[str]:
        """The files that keep what a crash cut short before it was confirmed, or a damaged log."""
        ...

    def prepare(self) -> None:
        """Load what the first write needs; called beforehand, that write is as fast as others."""
        ...

    def close(self) -> None:
        """Let go of files; what was put is durable without it."""
        ...
