"""The packs and the audit log of a team server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from assess.errors import StoreError
from assess.i18n import _, ngettext
from assess.store.postgres import chain, kept_packs
from assess.store.postgres.address import shown
from assess.store.postgres.connection import Connection, Query, not_allowed
from assess.store.postgres.link import Link, Member

if TYPE_CHECKING:
    from assess.model.pack import PackRef


class Keeping:
    """What is kept on a team server beside the records."""

    def __init__(self, address: str, ahead: Sequence[Query] = ()) -> None:
        self.link = Link(address, ahead)
        self.place = shown(address)
        self._pack_ahead: kept_packs.FileRows = []

    @property
    def member(self) -> Member:
        """Who one is on the server."""
        return self.link.member

    def put_pack(self, ref: PackRef, files: Mapping[str, bytes]) -> None:
        """Keep the full text of a pack version (path inside the pack to content)."""
        kept_packs.check(ref, files)
        with suppress(StoreError):
            if self.pack(ref) == dict(files):
                return
        self.link.run(lambda connection: kept_packs.keep(connection, ref, files))

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        """The files of a kept pack. Raises StoreError when it is not there."""
        ahead, self._pack_ahead = self._pack_ahead, []
        if ahead and ahead[0][0] == ref.hash:
            return kept_packs.whole(self.place, [row[1:] for row in ahead])
        return self.link.run(lambda connection: kept_packs.read(connection, self.place, ref))

    def packs(self) -> list[PackRef]:
        """The packs that are kept."""
        return self.link.run(kept_packs.refs)

    def note_ratings(self, items: Iterable[str]) -> None:
        """Which items of a kept pack are ratings: submitting one of these opens others' ratings."""
        named = list(items)

        def note(connection: Connection) -> None:
            owner = self.member.role == "owner"
            kept_packs.note_ratings(connection, named, owner=owner)

        self.link.run(note)

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Append events (``what``, ``by`` and codes, no texts) to the audit log, durable."""
        rows = list(events)
        self.link.run(lambda connection: chain.append(connection, rows))

    def events(self) -> Iterator[dict[str, Any]]:
        """The audit log, oldest first. Raises StoreCorrupt at the first line that was changed."""
        self._for_managers()
        yield from self.link.run(lambda connection: list(chain.read(connection)))

    def raw_log(self) -> bytes:
        """The audit log as a workspace folder keeps it, for a backup."""
        self._for_managers()
        return self.link.run(chain.raw)

    def take_log(self, data: bytes) -> None:
        """Continue the audit log of a backup, where none began here. Raises StoreCorrupt."""
        if data:
            self.link.run(lambda connection: chain.take_over(connection, data))

    def _for_managers(self) -> None:
        with self.link.connected():  # which says who one is
            own = self.member.me
        if own is not None:
            raise not_allowed(self.link.address, _("only a manager reads the audit log"))

    def set_aside(self) -> list[str]:
        """The table that keeps lines that were no entries of the audit log, where it holds any."""
        lines = self.link.run(chain.aside)
        if not lines:
            return []
        table = ngettext(
            "{place}: {n} line in the table assess.log_aside",
            "{place}: {n} lines in the table assess.log_aside",
            lines,
        )
        return [table.format(place=self.place, n=lines)]
