"""Removing records for good: whole interviews, or records of the engagement."""

from __future__ import annotations

from collections.abc import Collection

from assess.i18n import _
from assess.model.records import ENGAGEMENT
from assess.store.postgres.connection import Connection, not_allowed


def remove(connection: Connection, address: str, stream: str, ids: Collection[str] | None) -> None:
    """Remove records of a stream, all with None. Raises StoreError where not allowed."""
    with connection.transaction():
        if ids is None and stream != ENGAGEMENT:
            _remove_stream(connection, address, stream)
            return
        chosen = "" if ids is None else " AND id = ANY (%s)"
        given = [stream] if ids is None else [stream, list(ids)]
        where = f"FROM assess.records WHERE stream = %s{chosen}"
        there = connection.execute(f"SELECT count(*) {where}", given).fetchone()[0]
        gone = connection.execute(f"DELETE {where}", given).rowcount
        if gone < there:
            raise not_allowed(address, _("only a manager erases"))


def _remove_stream(connection: Connection, address: str, stream: str) -> None:
    there = "SELECT 1 FROM assess.streams WHERE stream = %s"
    if connection.execute(there, [stream]).fetchone() is None:
        return
    if not connection.execute("DELETE FROM assess.streams WHERE stream = %s", [stream]).rowcount:
        raise not_allowed(address, _("only a manager erases"))
