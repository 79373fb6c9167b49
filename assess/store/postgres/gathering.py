"""The answers that stand, as columns: one pass in the database, one COPY, no record by record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from assess.store.postgres.connection import Connection

_NUMBERED = """
numbered AS (
    SELECT s.stream, row_number() OVER (ORDER BY s.stream COLLATE "C") - 1 AS n
    FROM assess.streams s WHERE s.stream <> 'engagement' AND s.size > 0
)
"""
_HEADS = (
    _NUMBERED
    + """, item (name, m) AS (
    SELECT t.e ->> 0, CAST(t.e ->> 1 AS integer)
    FROM jsonb_array_elements(CAST({items} AS jsonb)) AS t (e)
), revised AS MATERIALIZED (
    SELECT r.stream, x.old FROM assess.records r
    CROSS JOIN LATERAL jsonb_array_elements_text(r.doc -> 'revises') AS x (old)
    WHERE r.stream <> 'engagement' AND r.doc -> 'revises' <> CAST('[]' AS jsonb)
), heads AS (
    SELECT numbered.n, item.m, r.doc FROM assess.records r
    JOIN item ON item.name = r.doc ->> 'item'
    JOIN numbered ON numbered.stream = r.stream
    LEFT JOIN revised v ON v.stream = r.stream AND v.old = r.id
    WHERE r.doc ->> 'kind' = 'answer' AND v.old IS NULL
)
"""
)
_RATINGS = f"""COPY (
WITH {_HEADS}
SELECT n, m,
    CASE WHEN doc ->> 'state' = 'answered' AND jsonb_typeof(doc -> 'value') = 'number'
        THEN CAST(doc ->> 'value' AS double precision)
        ELSE CAST('NaN' AS double precision) END,
    CASE WHEN btrim(COALESCE(doc ->> 'note', ''), E' \\t\\n\\r\\f\\v') = '' THEN 0 ELSE 1 END
FROM heads
) TO STDOUT"""
_OTHERS = f"WITH {_HEADS} SELECT n, m, doc ->> 'state', doc -> 'value' FROM heads"
_INTERVIEWS = f"""WITH {_NUMBERED}
SELECT s.stream, s.candidate, s.rater, s.questionnaire, s.wave, s.form, EXISTS (
        SELECT 1 FROM assess.submissions b WHERE b.stream = s.stream AND b.reopened = ''
    ), max((r.doc ->> 'at') COLLATE "C")
FROM numbered
JOIN assess.streams s ON s.stream = numbered.stream
JOIN assess.records r ON r.stream = s.stream
GROUP BY numbered.n, s.stream, s.candidate, s.rater, s.questionnaire, s.wave, s.form
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


@dataclass(frozen=True)
class Gathered:
    """The answers that stand in all interviews that this login may read."""

    interviews: list[GatheredInterview]
    ratings: bytes
    """Lines of interview, item, value (NaN where there is none), 1 with a note: as text."""
    others: list[tuple[int, int, str, Any]]
    """Interview, item, state and value of the items that are not rated."""


def gather(connection: Connection, rated: Mapping[str, int], others: Mapping[str, int]) -> Gathered:
    """All answers that stand; ``rated`` and ``others`` number the items by every name they had."""
    from psycopg import sql

    def query(text: str, items: Mapping[str, int]) -> sql.Composed:
        pairs = orjson.dumps([[name, str(at)] for name, at in items.items()]).decode()
        return sql.SQL(text).format(items=sql.Literal(pairs))

    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        interviews = [GatheredInterview(*row) for row in connection.execute(_INTERVIEWS).fetchall()]
        with connection.cursor() as cursor, cursor.copy(query(_RATINGS, rated)) as copy:
            ratings = b"".join(bytes(part) for part in copy)
        rest = connection.execute(query(_OTHERS, others)).fetchall() if others else []
    return Gathered(interviews, ratings, [(n, m, state, value) for n, m, state, value in rest])
