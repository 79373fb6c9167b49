"""What was last seen of a team server: which streams, how far, and some of their records."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from assess.model.records import ENGAGEMENT, Record
from assess.store.records import by_id

_KEPT = 512
_PAST = -1
"""As how often a stream was touched, of which not all is known."""


@dataclass(slots=True)
class State:
    """Where a stream stands: it is unchanged while ``touched`` is."""

    size: int
    touched: int
    digest: str = ""
    """Of the content now; empty where nobody has worked it out."""


class Seen:
    """A picture of the server; reading it asks nobody."""

    def __init__(self) -> None:
        self.states: dict[str, State] = {}
        self.at = float("-inf")
        """When it was last compared with the server, on the monotonic clock."""
        self.version = 0
        """How often it changed by what was written or read here."""
        self._records: OrderedDict[str, tuple[int, list[Record]]] = OrderedDict()
        self._raw: dict[str, tuple[int, str]] = {}

    @property
    def sums(self) -> tuple[int, int, int]:
        """Streams, records and changes: what tells one state of the server from another."""
        states = self.states.values()
        return len(states), sum(s.size for s in states), sum(s.touched for s in states)

    def take(self, states: Mapping[str, State]) -> None:
        """This is how the server stands now."""
        for stream, state in states.items():
            before = self.states.get(stream)
            if before and not state.digest and before.touched == state.touched:
                state.digest = before.digest
        self.states = dict(states)
        for stream in self._records.keys() - states.keys():
            del self._records[stream]
        self._raw = {s: kept for s, kept in self._raw.items() if s in states}

    def records(self, stream: str) -> list[Record] | None:
        """The records of a stream as it stands, where they are kept."""
        kept, state = self._records.get(stream), self.states.get(stream)
        if kept is None or state is None or kept[0] != state.touched:
            return None
        return list(kept[1])

    def last(self, stream: str) -> list[Record] | None:
        """The records last seen of a stream, whatever became of it; None where they are unknown."""
        kept = self._records.get(stream)
        return list(kept[1]) if kept else None

    def keep(self, stream: str, state: State, records: list[Record]) -> None:
        """Remember the records of a stream."""
        self.version += 1
        before = self.states.get(stream)
        if before and not state.digest and before.touched == state.touched:
            state.digest = before.digest
        self.states[stream] = state
        self._keep(stream, state.touched, records)

    def _keep(self, stream: str, touched: int, records: list[Record]) -> None:
        self._records[stream] = touched, records
        self._records.move_to_end(stream)
        while len(self._records) > _KEPT:
            oldest = next(name for name in self._records if name != ENGAGEMENT)
            del self._records[oldest]

    def grew(self, stream: str, state: State, more: list[Record], all_new: bool) -> None:
        """Records were added here; what is kept grows with them if nobody else added any."""
        self.version += 1
        before = self.states.get(stream)
        kept = self._records.pop(stream, None)
        alone = state.touched - (before.touched if before else 0) == 1
        self.states[stream] = state
        self._raw.pop(stream, None)
        if before is None:
            kept = (0, [])
        if kept is None:
            return
        whole = all_new and alone and (before is None or kept[0] == before.touched)
        both = {record["id"]: record for record in (*kept[1], *more)}
        # where others' records lack, it is what was seen last, and not how the stream stands
        touched = state.touched if whole else _PAST
        self._keep(stream, touched, sorted(both.values(), key=by_id))

    def forget(self, stream: str) -> None:
        """The stream is not what it was."""
        self.version += 1
        self.states.pop(stream, None)
        self._records.pop(stream, None)
        self._raw.pop(stream, None)

    def fetched(self, stream: str, touched: int, text: str) -> None:
        """The records of a stream, as the text of an array, that were fetched ahead."""
        self._raw[stream] = touched, text

    def raw(self, stream: str) -> str | None:
        """What was fetched ahead, where it is the stream as it stands."""
        kept, state = self._raw.get(stream), self.states.get(stream)
        return kept[1] if kept and state and kept[0] == state.touched else None
