"""The store that people work with on a team server: it goes on while the server is away.

While the connection is lost, records go to the outbox on this machine, and reading shows what was
last seen together with them. As soon as the server answers again they are brought over, in the
background and before anything else is written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from assess.errors import AssessError, StoreCorrupt, StoreError
from assess.model.records import Record
from assess.store.postgres.connection import ServerAway
from assess.store.postgres.link import Member
from assess.store.postgres.outbox import Outbox
from assess.store.postgres.store import PostgresStore
from assess.store.records import by_id, checked, digest, only_new
from assess.store.waiting import Waiting

if TYPE_CHECKING:
    from assess.model.pack import PackRef
    from assess.store.postgres.gathering import Gathered

T = TypeVar("T")
RETRY = 1.0
"""Seconds between two attempts to reach a server that is away, or two looks at one that is not."""


class TeamStore:
    """A :class:`PostgresStore` with an outbox (:class:`assess.store.protocol.Store`).

    The first look at the server must succeed: what was never seen cannot be worked on.
    """

    def __init__(self, address: str, *, fresh: float = 0.0, retry: float = RETRY) -> None:
        self.server = PostgresStore(address, fresh=fresh)
        self.away = False
        self.refused = ""
        self._retry = retry
        self._delivering = threading.Lock()
        self._beginning = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.server.begin()
        self.outbox = Outbox(self.server.link.server, self.member.login)
        if self.outbox.holds_anything():
            with suppress(ServerAway):
                self.deliver()

    @property
    def member(self) -> Member:
        """Who one is on the server."""
        return self.server.member

    def waiting(self) -> Waiting | None:
        """What is kept here and not on the server; None where nothing is."""
        count = self.outbox.waiting()
        return Waiting(count, self.away, self.refused) if count else None

    # -- records

    def put(self, stream: str, records: Sequence[Record]) -> int:
        """Add records to a stream, all or none, durable; gives how many were new."""
        return self.put_many({stream: records})

    def put_many(self, batches: Mapping[str, Sequence[Record]]) -> int:
        """Add records to many streams, for each all or none; durable when it returns.

        Durable on the server, or on this machine while the server is away.
        """
        if not self.away:
            try:
                if self.outbox.holds_anything():
                    self.deliver(strictly=batches.keys())
                return self.server.put_many(batches)
            except ServerAway:
                self._left()
        for stream, records in batches.items():
            known = {r["id"]: r for r in self.server.seen.last(stream) or ()}
            only_new(stream, checked(stream, records), known)
        new = self.outbox.put_many(batches)
        self._begin()
        return new

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for a stream that does not exist."""
        found = self._near(lambda: self.server.read(stream), lambda: self.server.last(stream))
        return self._with_waiting(stream, found)

    def _with_waiting(self, stream: str, records: list[Record]) -> list[Record]:
        if not self.outbox.waiting() or not (more := self.outbox.read(stream)):
            return records
        united = {record["id"]: record for record in (*more, *records)}
        return sorted(united.values(), key=by_id)

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream (or those named) with its records, sorted; damaged ones are left out."""
        wanted = None if streams is None else set(streams)
        if self.away or self.outbox.waiting():
            for stream in self.streams():
                if wanted is None or stream in wanted:
                    with suppress(StoreCorrupt):
                        yield stream, self.read(stream)
            return
        yield from self.server.read_all(wanted)

    def prefetch(self, streams: Iterable[str]) -> None:
        """Fetch in one go what will be read stream by stream."""
        self.server.prefetch(streams)

    def streams(self) -> list[str]:
        """The names of all streams that this login may read, sorted."""
        seen = self.server.seen
        found = self._near(
            self.server.streams, lambda: [s for s, state in seen.states.items() if state.size]
        )
        return sorted({*found, *(self.outbox.streams() if self.outbox.waiting() else ())})

    def digests(self) -> dict[str, str]:
        """A digest of each readable stream's records: equal digests mean equal content."""
        seen = self.server.seen
        found = self._near(
            self.server.digests,
            # one that nobody worked out yet tells apart all the same
            lambda: {
                s: state.digest or f"{state.size} {state.touched}"
                for s, state in seen.states.items()
                if state.size
            },
        )
        if self.outbox.waiting():
            found |= {stream: digest(self.read(stream)) for stream in self.outbox.streams()}
        return dict(sorted(found.items()))

    def damaged(self) -> dict[str, str]:
        """Streams that cannot be read, with the reason; the rest of the workspace works."""
        return self._near(self.server.damaged, dict)

    def gather(self, rated: Mapping[str, int], others: Mapping[str, int]) -> Gathered | None:
        """All answers that stand, as columns; None while some of them wait here."""
        if self.away or self.outbox.waiting():
            return None
        return self._near(lambda: self.server.gather(rated, others), lambda: None)

    def marks(self) -> object:
        """What tells one content from another, without reading any of it."""
        marks = self._near(self.server.marks, lambda: None)
        return marks, self.outbox.waiting(), self.away

    def erase(self, stream: str, ids: Collection[str] | None = None) -> None:
        """Remove records, or a whole stream, for good. Raises StoreError where not allowed."""
        self.server.erase(stream, ids)

    # -- packs, log and care, as on the server

    def put_pack(self, ref: PackRef, files: Mapping[str, bytes]) -> None:
        """Keep the full text of a pack version (path inside the pack to content)."""
        self.server.put_pack(ref, files)

    def note_ratings(self, items: Iterable[str]) -> None:
        """Which items of a kept pack are ratings: submitting one of these opens others' ratings."""
        self.server.note_ratings(items)

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        """The files of a kept pack. Raises StoreError when it is not there."""
        return self.server.pack(ref)

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Append events (``what``, ``by`` and codes, no texts) to the audit log, durable."""
        rows = list(events)
        if not self.away:
            try:
                self.server.log(rows)
                return
            except ServerAway:
                self._left()
        self.outbox.log(rows)
        self._begin()

    def events(self) -> Iterator[dict[str, Any]]:
        """The audit log, oldest first. Raises StoreCorrupt at the first line that was changed."""
        return self.server.events()

    def raw_log(self) -> bytes:
        """The audit log as a workspace folder keeps it, for a backup."""
        return self.server.raw_log()

    def take_log(self, data: bytes) -> None:
        """Continue the audit log of a backup, where none began here. Raises StoreCorrupt."""
        self.server.take_log(data)

    def verify(self) -> dict[str, str]:
        """What is wrong: a stream, a pack or the log, each read anew, and the reason."""
        return self.server.verify()

    def set_aside(self) -> list[str]:
        """The table that keeps lines that were no entries of the audit log, where it holds any."""
        return self.server.set_aside()

    def prepare(self) -> None:
        """Nothing: the first look at the server loaded what a write needs."""

    def close(self) -> None:
        """Let go of the connection; what waits stays here until the workspace is opened again."""
        self._stop.set()
        if (thread := self._thread) is not None:
            thread.join(self._retry + 1)
        self.server.close()
        self.outbox.close()

    # -- away and back

    def follow(self) -> None:
        """Look at the server all the time, in a thread, so that no reading waits for it."""
        self.server.following = True
        self._begin()

    def deliver(self, strictly: Collection[str] = ()) -> None:
        """Bring over what waits. What the server refuses stays here and is told.

        Raises ServerAway, and StoreError for a refusal of one of the streams in ``strictly``.
        """
        with self._delivering:
            self.refused = ""
            for stream in self.outbox.streams():
                records = self.outbox.read(stream)
                try:
                    self.server.put(stream, records)
                except ServerAway:
                    raise
                except StoreError as error:
                    self.refused = error.message
                    if stream in strictly:
                        raise
                else:
                    self.outbox.delivered(stream, records)
            try:
                self.outbox.send_events(self.server.log)
            except ServerAway:
                raise
            except StoreError as error:
                self.refused = error.message

    def _near(self, ask: Callable[[], T], otherwise: Callable[[], T]) -> T:
        """What the server says, or what is known here while it is away."""
        if not self.away:
            try:
                return ask()
            except ServerAway:
                self._left()
        return otherwise()

    def _left(self) -> None:
        """The server is away: from now on somebody looks whether it is back."""
        self.away = True
        self._begin()

    def _begin(self) -> None:
        with self._beginning:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, daemon=True, name="team-server")
                self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(self._retry):
            try:
                self.server.refresh()
                if self.outbox.holds_anything():
                    self.deliver()
                self.away = False
            except ServerAway:
                self.away = True
            except AssessError as error:  # said by whatever is done next
                self.refused = error.message
            with self._beginning:  # whoever puts something here now begins another watch
                idle = self.refused or not self.outbox.holds_anything()
                if idle and not self.away and not self.server.following:
                    self._thread = None
                    return
