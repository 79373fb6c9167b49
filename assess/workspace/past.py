"""A workspace as it stood on a day: nothing that was answered, agreed or decided later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput
from assess.i18n import _
from assess.model.records import Record
from assess.workspace.workspace import Workspace

if TYPE_CHECKING:
    from assess.store.protocol import Store

LASTING = frozenset(
    {"engagement", "candidate", "rater", "joined", "erased", "withdrawn", "language"}
)
"""Kinds that say who and what there is, whenever they were written down."""


def as_of(workspace: Workspace, day: str) -> Workspace:
    """The workspace as its records stood at the end of a day (UTC), to be read only.

    Raises BadInput for what is no day.
    """
    until = _end(day)
    return Workspace(
        PastStore(workspace.store, until),
        place=workspace.place,
        me=workspace.me,
        clock=lambda: until.isoformat(timespec="milliseconds"),
    )


def _end(day: str) -> datetime:
    try:
        moment = datetime.fromisoformat(day.strip())
    except ValueError:
        raise BadInput(_("'{day}' is no day: write it like 2026-05-31").format(day=day)) from None
    if len(day.strip()) <= len("2026-05-31"):
        return datetime.combine(moment.date(), time.max, UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class PastStore:
    """A store that shows only what was there by a moment, and takes nothing in."""

    def __init__(self, store: Store, until: datetime) -> None:
        self._store = store
        self._until = until

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read(self, stream: str) -> list[Record]:
        """The stream's records up to the moment."""
        return [record for record in self._store.read(stream) if self._known(record)]

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        """Each stream with its records up to the moment."""
        for stream, records in self._store.read_all(streams):
            yield stream, [record for record in records if self._known(record)]

    def _known(self, record: Record) -> bool:
        if record["kind"] in LASTING:
            return True
        return datetime.fromisoformat(record["at"]) <= self._until

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Note what is done with the past now, at the time of now."""
        self._store.log([{k: v for k, v in event.items() if k != "at"} for event in events])

    def put(self, *_what: object) -> int:
        """Refuse: what is past is only read. Raises AssessError."""
        raise AssessError(_("the past is only read: leave out --as-of to record something"))

    put_many = put
