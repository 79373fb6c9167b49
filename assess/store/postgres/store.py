"""The store on a team server: streams of records in tables, many people at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import orjson

from assess.errors import StoreCorrupt, StoreError
from assess.i18n import _
from assess.model.records import ENGAGEMENT, Record
from assess.store.postgres import chain, kept_packs
from assess.store.postgres.bulk import ARRAY, bulk
from assess.store.postgres.connection import Connection, NotAllowed, ServerAway, not_allowed
from assess.store.postgres.erasing import remove
from assess.store.postgres.gathering import Gathered, gather
from assess.store.postgres.keeping import Keeping
from assess.store.postgres.refusals import rule_for
from assess.store.postgres.seen import Seen, State
from assess.store.postgres.verifying import STATES, changed, only_declared
from assess.store.postgres.writing import batch, write
from assess.store.records import by_id, check_stream, checked, digest

_SUMS = "SELECT count(*), COALESCE(sum(size), 0), COALESCE(sum(touched), 0) FROM assess.streams"
_FEW = 64
_AT_ONCE = 256
_READ = (
    f"SELECT s.size, s.touched, {ARRAY} FROM assess.streams s"
    " LEFT JOIN assess.records r ON r.stream = s.stream WHERE s.stream = %s"
    " GROUP BY s.stream, s.size, s.touched"
)


class PostgresStore(Keeping):
    """A workspace on a team server (:class:`assess.store.protocol.Store`).

    What was seen less than ``fresh`` seconds ago is not asked for again; what is written goes to
    the server before the call returns. Raises ServerAway where the server cannot be reached.
    """

    def __init__(self, address: str, *, fresh: float = 0.0) -> None:
        super().__init__(address, [(STATES, ()), (_READ, [ENGAGEMENT]), (kept_packs.IN_USE, ())])
        self.fresh = fresh
        self.seen = Seen()
        self.following = False
        """Whether somebody calls :meth:`refresh` all the time, so that no reading waits for it."""
        self._broken: dict[str, tuple[int, str]] = {}
        self._to_leave: list[tuple[str, str, int]] = []
        self._lock = threading.RLock()

    def begin(self) -> None:
        """Connect, and see how the server stands; one exchange where nothing was asked before."""
        taken = self.link.taken_ahead()
        if not taken:
            self.refresh()
            return
        states, engagement, pack = taken
        with self._lock:
            self.seen.take({s: State(*of) for s, *of in states})
            self.seen.at = time.monotonic()
            for size, touched, text in engagement:
                records = self.parsed(ENGAGEMENT, text or "[]")
                self.seen.keep(ENGAGEMENT, State(size, touched), records)
            self._pack_ahead = pack

    # -- records

    def put(self, stream: str, records: Sequence[Record]) -> int:
        """Add records to a stream, all or none, durable; gives how many were new."""
        return self.put_many({stream: records})

    def put_many(self, batches: Mapping[str, Sequence[Record]]) -> int:
        """Add records to many streams, all or none; durable when it returns."""
        rows = {stream: checked(stream, records) for stream, records in batches.items()}
        rows = {stream: found for stream, found in rows.items() if found}
        if not rows:
            return 0
        if not rows.keys() <= self.seen.states.keys():
            self._look(0.0)
        todo = batch(rows, self.seen.states)
        try:
            wrote = self.link.run(lambda connection: write(connection, todo))
        except NotAllowed:
            raise not_allowed(self.link.address, rule_for(self.member, rows)) from None
        with self._lock:
            for stream, done in wrote.items():
                added = list(rows[stream].values())
                state = State(done.size, done.touched)
                self.seen.grew(stream, state, added, done.new == len(added))
        return sum(done.new for done in wrote.values())

    def read(self, stream: str) -> list[Record]:
        """The records of a stream ordered by id; empty for a stream that does not exist."""
        check_stream(stream)
        self._look(self.fresh)
        with self._lock:
            if stream not in self.seen.states:
                return []
            kept, ahead = self.seen.records(stream), self.seen.raw(stream)
        if kept is not None:
            return kept
        return self._fetch(stream) if ahead is None else self.parsed(stream, ahead)

    def last(self, stream: str) -> list[Record]:
        """The records last seen of a stream, asking nobody. Raises ServerAway where none were."""
        with self._lock:
            kept, ahead = self.seen.last(stream), self.seen.raw(stream)
            there = stream in self.seen.states and self.seen.states[stream].size
        if kept is None and ahead is not None:
            return self.parsed(stream, ahead)
        if kept is None and there:
            raise ServerAway(
                _(
                    "{place}: the team server is away, and what is to be shown was not seen before"
                ).format(place=self.place),
                title=_("The server is away"),
                hint=_("what was opened here before can be gone on with; it is brought over later"),
            )
        return kept or []

    def _fetch(self, stream: str) -> list[Record]:
        row = self.link.run(lambda connection: connection.execute(_READ, [stream]).fetchone())
        if row is None:
            with self._lock:
                self.seen.forget(stream)
            return []
        size, touched, text = row
        records = self.parsed(stream, text or "[]")
        with self._lock:
            self.seen.keep(stream, State(size, touched), records)
        return list(records)

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream (or those named) with its records, sorted; damaged ones are left out."""
        names = self.streams() if streams is None else sorted(set(streams))
        for start in range(0, len(names), _AT_ONCE):
            # the connection is free again before anything is handed out
            for stream, _touched, text in list(bulk(self.link, names[start : start + _AT_ONCE])):
                with suppress(StoreCorrupt):
                    yield stream, self.parsed(stream, text)

    def prefetch(self, streams: Iterable[str]) -> None:
        """Fetch in one go what will be read stream by stream."""
        for stream, touched, text in bulk(self.link, sorted(set(streams))):
            self.seen.fetched(stream, touched, text)

    def parsed(self, stream: str, text: str) -> list[Record]:
        """Records from the text of their array. Raises StoreCorrupt for what is no record."""
        try:
            return sorted(orjson.loads(text), key=by_id)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreCorrupt(
                _("{place}: {stream}: it holds no records").format(place=self.place, stream=stream),
                title=_("A damaged interview"),
            ) from error

    def streams(self) -> list[str]:
        """The names of all streams that this login may read, sorted."""
        self._look(self.fresh)
        with self._lock:
            return sorted(stream for stream, state in self.seen.states.items() if state.size)

    def digests(self) -> dict[str, str]:
        """A digest of each readable stream's records: equal digests mean equal content."""
        self._look(self.fresh)
        with self._lock:
            states = dict(self.seen.states)
            broken = self._known_broken()
        unknown = [
            stream
            for stream, state in states.items()
            if state.size and not state.digest and stream not in broken
        ]
        if unknown:
            self._learn(unknown)
        with self._lock:
            states = self.seen.states
            return {s: state.digest for s, state in sorted(states.items()) if state.digest}

    def damaged(self) -> dict[str, str]:
        """Streams that were found unreadable, with the reason; the rest of the workspace works.

        The database takes in nothing but JSON objects with their id, so none is looked for.
        """
        self._look(self.fresh)
        with self._lock:
            return self._known_broken()

    def _known_broken(self) -> dict[str, str]:
        states = self.seen.states
        return {
            stream: reason
            for stream, (touched, reason) in sorted(self._broken.items())
            if stream in states and states[stream].touched == touched
        }

    def _learn(self, streams: list[str]) -> None:
        """Work out the digests of streams, to be left on the server for others."""
        fresh: list[tuple[str, str, int]] = []
        with self._lock:
            kept = {s: found for s in streams if (found := self.seen.records(s)) is not None}
            for stream, records in kept.items():
                fresh.append((stream, digest(records), self.seen.states[stream].touched))
        rest = [stream for stream in streams if stream not in kept]
        for stream, touched, text in bulk(self.link, rest):
            try:
                records = self.parsed(stream, text)
            except StoreCorrupt as error:
                self._broken[stream] = touched, error.message
                continue
            fresh.append((stream, digest(records), touched))
            if len(rest) < _FEW:
                with self._lock:
                    self.seen.keep(stream, State(len(records), touched), records)
        with self._lock:
            for stream, known, touched in fresh:
                if (state := self.seen.states.get(stream)) is not None:
                    state.touched, state.digest = touched, known
        if self.member.me is None:  # the others may not write to what is not theirs
            self._to_leave += fresh
        if not self.following:
            self._leave()

    def _leave(self) -> None:
        rows, self._to_leave = self._to_leave, []
        with suppress(StoreError):
            self.link.run(lambda connection: _leave_digests(connection, rows))

    def _look(self, fresh: float) -> None:
        """Compare with the server what was seen longer than ``fresh`` seconds ago."""
        if self.following and fresh > 0:
            return
        if time.monotonic() - self.seen.at >= fresh:
            self.refresh()

    def refresh(self) -> bool:
        """Look at the server now; gives whether something changed since the last look."""
        with self._lock:
            before, version = self.seen.sums, self.seen.version
        if before[0]:
            now = self.link.run(lambda connection: connection.execute(_SUMS).fetchone())
            if tuple(map(int, now)) == before:
                self.seen.at = time.monotonic()
                if self._to_leave:
                    self._leave()
                return False
        rows = self.link.run(lambda connection: connection.execute(STATES).fetchall())
        with self._lock:
            if self.seen.version == version:  # else something was written meanwhile
                self.seen.take({s: State(*of) for s, *of in rows})
                self.seen.at = time.monotonic()
            return self.seen.sums != before

    def erase(self, stream: str, ids: Collection[str] | None = None) -> None:
        """Remove records, or a whole stream, for good. Raises StoreError where not allowed."""
        check_stream(stream)
        self.link.run(lambda connection: remove(connection, self.link.address, stream, ids))
        with self._lock:
            self.seen.forget(stream)
            self.seen.at = float("-inf")

    def gather(self, rated: Mapping[str, int], others: Mapping[str, int]) -> Gathered:
        """All answers that stand, as columns, of items numbered under every name they had."""
        return self.link.run(lambda connection: gather(connection, rated, others))

    def marks(self) -> object:
        """What tells one content from another, without reading any of it."""
        self._look(self.fresh)
        with self._lock:
            return tuple(sorted((s, state.touched) for s, state in self.seen.states.items()))

    # -- care

    def verify(self) -> dict[str, str]:
        """What is wrong: a stream, a pack or the log, each read anew, and the reason."""
        wrong = dict(only_declared(self.link)) | dict(changed(self.link, self.parsed))
        wrong |= self.link.run(lambda connection: kept_packs.wrong(connection, self.place))
        try:
            for _event in self.events():
                pass
        except StoreCorrupt as error:
            wrong[chain.PLACE] = error.message
        return dict(sorted(wrong.items()))

    def prepare(self) -> None:
        """Nothing: the first look at the server loaded what a write needs."""

    def close(self) -> None:
        """Close the connection; what was put is durable without it."""
        self.link.close()


def _leave_digests(connection: Connection, rows: Sequence[tuple[str, str, int]]) -> None:
    if not rows:
        return
    connection.execute(
        "UPDATE assess.streams AS s SET digest = i.digest, digest_of = i.touched"
        " FROM unnest(CAST(%s AS text[]), CAST(%s AS text[]), CAST(%s AS bigint[]))"
        " AS i (stream, digest, touched)"
        " WHERE s.stream = i.stream AND s.touched = i.touched",
        [[row[at] for row in rows] for at in range(3)],
    )
