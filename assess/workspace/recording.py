"""Records written with id, time, device and author; what stands among them; the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assess.model.ids import new_ulid
from assess.model.records import ENGAGEMENT, Record
from assess.workspace.machine import device
from assess.workspace.moment import forget, once
from assess.workspace.standing import Standing

if TYPE_CHECKING:
    from assess.store.protocol import Store


def utc_now() -> str:
    """The time now, UTC, ISO 8601 with offset and milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Recording:
    """A store, and who writes to it when."""

    def __init__(
        self,
        store: Store,
        *,
        place: str = "",
        me: str | None = None,
        clock: Callable[[], str] = utc_now,
        new_id: Callable[[], str] = new_ulid,
    ) -> None:
        self.store = store
        self.place = place
        self.me = me
        self.clock = clock
        self._new_id = new_id
        self._standing: tuple[str, Standing] = ("", Standing())

    def record(self, content: Mapping[str, Any], *, by: str = "", at: str | None = None) -> Record:
        """A new record with ``content``: its id, time, device and author added."""
        base = {"id": self._new_id(), "at": at or self.clock(), "device": device(), "by": by}
        return base | dict(content)  # type: ignore[return-value]

    def add(self, *contents: Mapping[str, Any], by: str = "") -> None:
        """Store records of the engagement stream, all or none."""
        self.store.put(ENGAGEMENT, [self.record(c, by=by or self.me or "") for c in contents])
        forget(self)

    def log(self, what: str, **codes: Any) -> None:
        """Write to the audit log who did what (codes only, no answer texts).

        The code of a candidate goes under ``candidate`` under whatever key it comes, as the log
        keeps that as a salted hash: it cannot be changed when somebody is erased.
        """
        known = {record["code"] for record in self.heads("candidate")}
        event: dict[str, Any] = {"what": what, "by": self.me or "", "at": self.clock()}
        named: list[str] = []
        for key, value in (event | codes).items():
            values = list(value) if isinstance(value, list | tuple) else [value]
            people = [
                v for v in values if key == "candidate" or (isinstance(v, str) and v in known)
            ]
            named += people
            if not people:
                event[key] = value
            else:
                event.pop(key, None)
                if rest := [v for v in values if v not in people]:
                    event[key] = rest
        self.store.log([event | ({"candidate": named} if named else {})])

    @property
    def standing(self) -> Standing:
        """What stands in the engagement stream now."""
        return once(self, "standing", self._stand)

    def _stand(self) -> Standing:
        records = self.store.read(ENGAGEMENT)
        digest = f"{len(records)} {records[-1]['id']}" if records else ""
        if digest != self._standing[0]:
            self._standing = digest, Standing(records)
        return self._standing[1]

    def heads(self, kind: str) -> list[Mapping[str, Any]]:
        """The current records of one kind in the engagement stream, oldest first."""
        return self.standing.heads(kind)

    def head_ids(self, kind: str, **about: str) -> list[str]:
        """The ids of the current records of a kind on one subject: what a new one on it revises."""
        return [
            record["id"]
            for record in self.heads(kind)
            if all(record.get(key, "") == value for key, value in about.items())
        ]
