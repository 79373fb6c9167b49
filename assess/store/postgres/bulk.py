"""Reading many streams at once: one COPY, no exchange for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.store.postgres.link import Link

ARRAY = "'[' || string_agg(r.body, ',' ORDER BY r.id) || ']'"
"""The records of a stream as the text of one JSON array."""


def bulk(link: Link, streams: Sequence[str] | None) -> Iterator[tuple[str, int, str]]:
    """Streams (all with None), how often each was touched, and its records as a JSON array.

    Nothing else may be asked of the link, in this thread, before the last one was read.
    """
    if streams is not None and not streams:
        return
    from psycopg import sql

    chosen: sql.Composable = sql.SQL("")
    if streams is not None:
        chosen = sql.SQL(" WHERE s.stream = ANY ({})").format(sql.Literal(list(streams)))
    query = sql.SQL(
        "COPY (SELECT s.stream, s.touched, " + ARRAY + " FROM assess.streams s"
        " JOIN assess.records r ON r.stream = s.stream{} GROUP BY s.stream, s.touched) TO STDOUT"
    ).format(chosen)
    with (
        link.connected() as connection,
        connection.cursor() as cursor,
        cursor.copy(query) as copy,
    ):
        for stream, touched, text in copy.rows():
            yield stream, int(touched), text
