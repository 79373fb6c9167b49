"""Reading many streams at once: one COPY, no exchange for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.store.postgres.link import Link


def bulk(link: Link, streams: Sequence[str] | None) -> Iterator[tuple[str, int, list[str]]]:
    """Streams (all with None), how often each was touched, and the texts of its records.

    Nothing else may be asked of the link, in this thread, before the last one was read.
    """
    if streams is not None and not streams:
        return
    from psycopg import sql

    chosen: sql.Composable = sql.SQL("")
    if streams is not None:
        chosen = sql.SQL(" WHERE r.stream = ANY ({})").format(sql.Literal(list(streams)))
    query = sql.SQL(
        "COPY (SELECT s.stream, s.touched, r.body FROM assess.records r"
        " JOIN assess.streams s ON s.stream = r.stream{} ORDER BY r.stream) TO STDOUT"
    ).format(chosen)
    now, touched = "", 0
    bodies: list[str] = []
    with (
        link.connected() as connection,
        connection.cursor() as cursor,
        cursor.copy(query) as copy,
    ):
        for stream, changed, body in copy.rows():
            if stream != now:
                if bodies:
                    yield now, touched, bodies
                now, touched, bodies = stream, int(changed), []
            bodies.append(body)
    if bodies:
        yield now, touched, bodies
