"""The audit log in a table: the lines of a workspace folder's log, chained in the same way.

The database writes them: a member hands over what happened, and a trigger adds number, time, login,
salted hashes and the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from assess.store import audit
from assess.store.postgres.connection import Connection

PLACE = audit.NAME


def append(connection: Connection, events: Iterable[Mapping[str, Any]]) -> None:
    """Add events, all or none. Raises ValueError for anything but codes, numbers and times."""
    rows = [orjson.dumps(audit.checked(event)).decode() for event in events]
    if rows:
        connection.execute(
            "INSERT INTO assess.log (line) SELECT * FROM unnest(CAST(%s AS text[]))", [rows]
        )


def raw(connection: Connection) -> bytes:
    """The log as a workspace folder keeps it."""
    rows = connection.execute("SELECT line FROM assess.log ORDER BY number").fetchall()
    return _joined(line for (line,) in rows)


def _joined(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


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


def aside(connection: Connection) -> int:
    """How many lines were set aside."""
    return int(connection.execute("SELECT count(*) FROM assess.log_aside").fetchone()[0])


def mend(connection: Connection) -> int | None:
    """Let the log go on behind its last line that was written by it; for the owner.

    Gives how many lines behind that one were set aside into another table; None where the log was
    whole. That it was mended stands in the log.
    """
    with connection.transaction():
        end = connection.execute(
            "SELECT number, hash, salt FROM assess.log_end WHERE name = 'end' FOR UPDATE"
        ).fetchone()
        rows = connection.execute("SELECT number, line FROM assess.log ORDER BY number").fetchall()
        good = _good(rows)
        data = _joined(line for _number, line in rows[:good])
        first = next(audit.events_of(data, PLACE), {}) if data else {}
        salt = str(first.get("salt", "")) or end[2]
        wanted = good, audit.last_hash(data) if data else audit.START, salt
        if len(rows) == good and end == wanted:
            return None
        _set_aside(connection, [number for number, _line in rows[good:]])
        connection.execute("UPDATE assess.log_end SET number = %s, hash = %s, salt = %s", wanted)
        append(connection, [{"what": "log_mended", "was": end[0], "kept": good}])
        return len(rows) - good


def _good(rows: list[tuple[int, str]]) -> int:
    """How many lines from the first are numbered and chained as the log writes them."""
    last = audit.START
    for at, (number, line) in enumerate(rows):
        row = audit.row_after(line.encode(), last)
        if number != at + 1 or row is None:
            return at
        last = row["hash"]
    return len(rows)


def _set_aside(connection: Connection, numbers: list[int]) -> None:
    connection.execute(
        "WITH gone AS (DELETE FROM assess.log WHERE number = ANY (%s) RETURNING *)"
        " INSERT INTO assess.log_aside (number, login, line, aside)"
        " SELECT number, login, line, CAST(now() AS text) FROM gone",
        [numbers],
    )


def take_over(connection: Connection, data: bytes) -> None:
    """Continue the log of a copy, where none began here. Raises StoreCorrupt for a changed one."""
    events = list(audit.events_of(data, PLACE))
    if not events or _began(connection):
        return
    lines = data.decode().removesuffix("\n").split("\n")
    with connection.transaction():
        connection.execute(
            "INSERT INTO assess.log (number, line)"
            " SELECT * FROM unnest(CAST(%s AS bigint[]), CAST(%s AS text[]))",
            [list(range(1, len(lines) + 1)), lines],
        )
        connection.execute(
            "UPDATE assess.log_end SET number = %s, hash = %s, salt = %s WHERE number = 0",
            [len(lines), audit.last_hash(data), str(events[0].get("salt", ""))],
        )


def _began(connection: Connection) -> bool:
    """Whether there is a log; to whom it is not shown, there is one."""
    row = connection.execute("SELECT number FROM assess.log_end").fetchone()
    return row is None or bool(row[0])
