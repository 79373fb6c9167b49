"""The audit log in a table: the lines of a workspace folder's log, chained in the same way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assess.store import audit
from assess.store.postgres.connection import Connection

PLACE = audit.NAME


def append(connection: Connection, events: Iterable[Mapping[str, Any]]) -> None:
    """Add events, all or none. Raises ValueError for anything but codes, numbers and times."""
    rows = [audit.checked(event) for event in events]
    if not rows:
        return
    with connection.transaction():
        number, last, salt = _end(connection)
        if number == 0:
            rows.insert(0, audit.beginning(salt))
        lines = []
        for row in rows:
            line, last = audit.line(row, last, salt)
            number += 1
            lines.append((number, line.decode().rstrip("\n")))
        _insert(connection, lines)
        _move(connection, number, last, salt)


def _end(connection: Connection) -> tuple[int, str, str]:
    """Where the log goes on; nobody else adds to it until the transaction ends."""
    ask = "SELECT number, hash, salt FROM assess.log_end WHERE name = 'end' FOR UPDATE"
    row = connection.execute(ask).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO assess.log_end (name, number, hash, salt) VALUES ('end', 0, %s, %s)"
            " ON CONFLICT (name) DO NOTHING",
            [audit.START, os.urandom(16).hex()],
        )
        row = connection.execute(ask).fetchone()
    return int(row[0]), row[1], row[2]


def _insert(connection: Connection, lines: list[tuple[int, str]]) -> None:
    connection.execute(
        "INSERT INTO assess.log (number, line)"
        " SELECT * FROM unnest(CAST(%s AS bigint[]), CAST(%s AS text[]))",
        [[number for number, _line in lines], [line for _number, line in lines]],
    )


def _move(connection: Connection, number: int, last: str, salt: str) -> None:
    connection.execute(
        "UPDATE assess.log_end SET number = %s, hash = %s, salt = %s WHERE name = 'end'",
        [number, last, salt],
    )


def raw(connection: Connection) -> bytes:
    """The log as a workspace folder keeps it."""
    rows = connection.execute("SELECT line FROM assess.log ORDER BY number").fetchall()
    return "".join(f"{line}\n" for (line,) in rows).encode()


def read(connection: Connection) -> Iterator[dict[str, Any]]:
    """The events, oldest first. Raises StoreCorrupt at the first line that was changed.

    Lines taken from the end are missed by where the log says that it goes on.
    """
    with connection.transaction():
        data = raw(connection)
        end = connection.execute("SELECT hash, number FROM assess.log_end").fetchone()
    found = list(audit.events_of(data, PLACE))
    number = data.count(b"\n")
    if end and (number != end[1] or (data and audit.last_hash(data) != end[0])):
        raise audit.broken(PLACE, min(number, end[1]) + 1)
    yield from found


def take_over(connection: Connection, data: bytes) -> None:
    """Continue the log of a copy, where none began here. Raises StoreCorrupt for a changed one."""
    events = list(audit.events_of(data, PLACE))
    if not events:
        return
    with connection.transaction():
        number, _last, _salt = _end(connection)
        if number:
            return
        lines = data.decode().splitlines()
        _insert(connection, list(enumerate(lines, 1)))
        _move(connection, len(lines), audit.last_hash(data), str(events[0].get("salt", "")))
