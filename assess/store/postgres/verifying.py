"""Reading all records of a team server anew, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assess.errors import StoreCorrupt
from assess.i18n import _
from assess.model.records import Record
from assess.store.postgres.bulk import bulk
from assess.store.postgres.link import Link
from assess.store.records import digest

STATES = (
    "SELECT stream, size, touched, CASE WHEN digest_of = touched THEN digest ELSE '' END"
    " FROM assess.streams"
)
"""How each stream stands: how many records, how often touched, and the digest where it holds."""
_ONLY_DECLARED = (
    "SELECT DISTINCT b.stream FROM assess.submissions b LEFT JOIN assess.records r"
    " ON r.stream = b.stream AND r.id = b.record AND r.doc ->> 'kind' = 'submitted'"
    " WHERE r.id IS NULL"
)


def only_declared(link: Link) -> Iterator[tuple[str, str]]:
    """Interviews declared submitted past this program, without a record of it."""
    reason = _("it is marked as submitted, but holds no record that says so")
    rows = link.run(lambda connection: connection.execute(_ONLY_DECLARED).fetchall())
    yield from ((stream, reason) for (stream,) in rows)


def changed(link: Link, parsed: Callable[[str, str], list[Record]]) -> Iterator[tuple[str, str]]:
    """Streams that are not what was counted and summed up when they were written."""
    reason = _("its records are not those that were written")
    rows = link.run(lambda connection: connection.execute(STATES).fetchall())
    stored = {stream: (size, found) for stream, size, _touched, found in rows if size}
    for stream, _touched, text in bulk(link, None):
        size, known = stored.pop(stream, (0, ""))
        try:
            records = parsed(stream, text)
        except StoreCorrupt as error:
            yield stream, error.message
            continue
        if len(records) != size or known not in ("", digest(records)):
            yield stream, reason
    yield from ((stream, reason) for stream in stored)
