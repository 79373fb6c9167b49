"""The answers that stand, as columns: one pass in the database, one COPY, no record by record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

import orjson

from assess.store.postgres.connection import Connection

_NUMBERED = """
numbered AS (
    SELECT s.stream, row_number() OVER (ORDER BY s.stream COLLATE "C") - 1 AS n
    FROM assess.streams s WHERE s.stream <> 'engagement' AND s.size > 0
)
"""
# What is read of an answer is taken out while it is scanned: joins then carry numbers, not records.
_HEADS = (
    _NUMBERED
    + """, item (name, m) AS (
    SELECT t.e ->> 0, CAST(t.e ->> 1 AS integer)
    FROM jsonb_array_elements(CAST({items} AS jsonb)) AS t (e)
), revised AS MATERIALIZED (
    SELECT r.stream, x.old FROM assess.records r
    CROSS JOIN LATERAL jsonb_array_elements_text(r.doc -> 'revises') AS x (old)
    WHERE r.stream <> 'engagement' AND r.doc -> 'revises' <> CAST('[]' AS jsonb)
), given AS MATERIALIZED (
    SELECT r.stream, r.id, r.doc ->> 'item' AS item, {read}
    FROM assess.records r WHERE r.doc ->> 'kind' = 'answer'
), heads AS (
    SELECT numbered.n, item.m, given.* FROM given
    JOIN item ON item.name = given.item
    JOIN numbered ON numbered.stream = given.stream
    LEFT JOIN revised v ON v.stream = given.stream AND v.old = given.id
    WHERE v.old IS NULL
)
"""
)
_RATING = """
    CASE WHEN r.doc ->> 'state' = 'answered' AND jsonb_typeof(r.doc -> 'value') = 'number'
        THEN CAST(r.doc ->> 'value' AS double precision)
        ELSE CAST('NaN' AS double precision) END AS value,
    CASE WHEN btrim(COALESCE(r.doc ->> 'note', ''), E' \\t\\n\\r\\f\\v') = ''
        THEN 0 ELSE 1 END AS noted
"""
_RATINGS = f"""COPY (
WITH {_HEADS}
SELECT n, count(*), string_agg(concat_ws(' ', 2 * m + noted, value), ' ') FROM heads GROUP BY n
) TO STDOUT"""
_OTHERS = f"WITH {_HEADS} SELECT n, m, state, value FROM heads"
_OTHER = "r.doc ->> 'state' AS state, r.doc -> 'value' AS value"
_INTERVIEWS = f"""WITH {_NUMBERED}, said AS (
    SELECT r.stream, max((r.doc ->> 'at') COLLATE "C") AS newest, substr(min(
        CASE WHEN r.doc ->> 'kind' = 'opened' THEN (r.id || (r.doc #>> '{{pack,hash}}')) END
        COLLATE "C"
    ), 27) AS pack
    FROM assess.records r GROUP BY r.stream
)
SELECT s.stream, s.candidate, s.rater, s.questionnaire, s.wave, s.form, EXISTS (
        SELECT 1 FROM assess.submissions b WHERE b.stream = s.stream AND b.reopened = ''
    ), said.newest, COALESCE(said.pack, '')
FROM numbered
JOIN assess.streams s ON s.stream = numbered.stream
JOIN said ON said.stream = s.stream
ORDER BY numbered.n
"""


@dataclass(frozen=True)
class GatheredInterview:
    """One interview as the server's tables have it."""

    stream: str
    candidate: str
    rater: str
    questionnaire: str
    wave: str
    form: str
    submitted: bool
    newest: str
    pack: str
    """The hash of the pack that it was opened under."""


@dataclass(frozen=True)
class Gathered:
    """The answers that stand in all interviews that this login may read."""

    interviews: list[GatheredInterview]
    ratings: bytes
    """A line for each interview: its number, how many answers follow, and of each twice the item's
    number (and one more with a note) and the value, NaN where there is none; as text."""
    others: list[tuple[int, int, str, Any]]
    """Interview, item, state and value of the items that are not rated."""


def gather(connection: Connection, rated: Mapping[str, int], others: Mapping[str, int]) -> Gathered:
    """All answers that stand; ``rated`` and ``others`` number the items by every name they had."""
    from psycopg import sql

    def query(text: str, items: Mapping[str, int], read: LiteralString) -> sql.Composed:
        pairs = orjson.dumps([[name, str(at)] for name, at in items.items()]).decode()
        return sql.SQL(text).format(items=sql.Literal(pairs), read=sql.SQL(read))

    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        interviews = [GatheredInterview(*row) for row in connection.execute(_INTERVIEWS).fetchall()]
        with connection.cursor() as cursor, cursor.copy(query(_RATINGS, rated, _RATING)) as copy:
            ratings = b"".join(bytes(part) for part in copy)
        rest = connection.execute(query(_OTHERS, others, _OTHER)).fetchall() if others else []
    return Gathered(interviews, ratings, [(n, m, state, value) for n, m, state, value in rest])
