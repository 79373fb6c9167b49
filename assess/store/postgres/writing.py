"""Writing records: one statement, all or none, and what goes with a submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from assess.model.ids import interview_id
from assess.model.records import ENGAGEMENT, Record
from assess.store.postgres.connection import Connection, ask_all
from assess.store.records import canonical, other_content

Rows = Mapping[str, Mapping[str, Record]]
"""Stream to record id to record."""

ADD = """
WITH incoming (stream, id, body) AS (
    SELECT e ->> 0, e ->> 1, e ->> 2 FROM jsonb_array_elements(CAST(%s AS jsonb)) AS t (e)
), differing AS (
    SELECT r.stream, r.id FROM incoming i
    JOIN assess.records r ON r.stream = i.stream AND r.id = i.id
    WHERE r.body <> i.body
), added AS (
    INSERT INTO assess.records (stream, id, body)
    SELECT i.stream, i.id, i.body FROM incoming i
    LEFT JOIN assess.records r ON r.stream = i.stream AND r.id = i.id
    WHERE r.id IS NULL AND NOT EXISTS (SELECT 1 FROM differing)
    ON CONFLICT (stream, id) DO NOTHING RETURNING stream
)
SELECT stream, '', count(*) FROM added GROUP BY stream
UNION ALL SELECT stream, id, 0 FROM differing
"""
_NOW = "SELECT stream, size, touched FROM assess.streams WHERE stream = ANY (%s)"
_OPEN = """
INSERT INTO assess.streams (stream, candidate, rater, questionnaire, wave, form, instead_of)
SELECT e ->> 0, e ->> 1, e ->> 2, e ->> 3, e ->> 4, e ->> 5, e ->> 6
FROM jsonb_array_elements(CAST(%s AS jsonb)) AS t (e)
ON CONFLICT (stream) DO NOTHING
"""
_REOPEN = """
UPDATE assess.submissions AS s SET reopened = t.e ->> 2
FROM jsonb_array_elements(CAST(%s AS jsonb)) AS t (e)
WHERE s.stream = t.e ->> 0 AND s.record = t.e ->> 1 AND s.reopened = ''
"""
_SUBMIT = """
INSERT INTO assess.submissions (stream, record, candidate, rater, wave, reopened)
SELECT s.stream, t.e ->> 1, s.candidate, s.rater, s.wave, COALESCE((
    SELECT max(r.doc ->> 'reason') FROM assess.records r
    WHERE r.stream = s.stream AND r.doc ->> 'kind' = 'reopened'
        AND r.doc -> 'revises' ? (t.e ->> 1)
), '')
FROM jsonb_array_elements(CAST(%s AS jsonb)) AS t (e)
JOIN assess.streams s ON s.stream = t.e ->> 0
ON CONFLICT (stream, record) DO NOTHING
"""


@dataclass
class Wrote:
    """What a write did to a stream."""

    size: int = 0
    touched: int = 0
    new: int = 0


@dataclass
class Batch:
    """Rows of one write, apart by what must come first."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)
    closing: list[tuple[str, str, str]] = field(default_factory=list)
    """Records that say an interview is submitted."""
    reopened: list[tuple[str, str, str]] = field(default_factory=list)
    """Stream, record that was revised, reason."""
    opening: dict[str, list[str]] = field(default_factory=dict)
    """New streams: whose interview it is, as the table of streams has it."""


def batch(streams: Rows, known: Iterable[str]) -> Batch:
    """What a write takes, for streams of which ``known`` are there already."""
    known = set(known)
    found = Batch()
    for stream, records in streams.items():
        opened: Mapping[str, Any] = {}
        for name, record in records.items():
            row = stream, name, orjson.dumps(record).decode()
            kind = record.get("kind")
            if kind == "submitted" and stream != ENGAGEMENT:
                found.closing.append(row)
                continue
            found.rows.append(row)
            if kind == "opened":
                opened = opened or record
            elif kind == "reopened":
                reason = str(record.get("reason", ""))
                found.reopened += [(stream, old, reason) for old in record.get("revises", ())]
        if stream not in known:
            found.opening[stream] = [stream, *_whose(stream, opened)]
    return found


def _whose(stream: str, opened: Mapping[str, Any]) -> list[str]:
    """Whose interview it is, as its row says; nobody's where its name is not theirs."""
    keys = "candidate", "rater", "questionnaire", "wave"
    one, rater, questionnaire, wave = (str(opened.get(key, "")) for key in keys)
    before = str(opened.get("instead_of", ""))
    form = str(opened.get("form", "full"))
    if stream != interview_id(one, rater, questionnaire, f"{wave}\x1f{before}" if before else wave):
        return ["", "", "", "", form, ""]
    return [one, rater, questionnaire, wave, form, before]


def write(connection: Connection, todo: Batch) -> dict[str, Wrote]:
    """Add a batch; one exchange with the server where nothing but answers is in it.

    Raises StoreCorrupt where a record is there with other content; then nothing was added.
    """
    if not (todo.opening or todo.reopened or todo.closing):
        return _add(connection, todo.rows)
    with connection.transaction():
        if todo.opening:
            connection.execute(_OPEN, _rows(todo.opening.values()))
        if todo.reopened:
            connection.execute(_REOPEN, _rows(todo.reopened))
        wrote = _add(connection, todo.rows) if todo.rows else {}
        if todo.closing:
            pairs = [(stream, name) for stream, name, _body in todo.closing]
            connection.execute(_SUBMIT, _rows(pairs))
            for stream, more in _add(connection, todo.closing).items():
                before = wrote.get(stream, Wrote())
                wrote[stream] = Wrote(more.size, more.touched, before.new + more.new)
    return wrote


def _add(connection: Connection, rows: Sequence[tuple[str, str, str]]) -> dict[str, Wrote]:
    wrote, differing = _added(connection, rows)
    if not differing:
        return wrote
    texts = {(stream, name): body for stream, name, body in rows}
    for stream, name in sorted(differing):
        (body,) = connection.execute(
            "SELECT body FROM assess.records WHERE stream = %s AND id = %s", [stream, name]
        ).fetchone()
        # the same content may have been written with its keys in another order
        if canonical(orjson.loads(body)) != canonical(orjson.loads(texts[stream, name])):
            raise other_content(stream, name)
    return _added(connection, [row for row in rows if row[:2] not in differing])[0]


def _added(
    connection: Connection, rows: Sequence[tuple[str, str, str]]
) -> tuple[dict[str, Wrote], set[tuple[str, str]]]:
    streams = sorted({stream for stream, _name, _body in rows})
    added, states = ask_all(connection, [(ADD, _rows(rows)), (_NOW, [streams])])
    now = {stream: (size, touched) for stream, size, touched in states}
    wrote = {stream: Wrote(*now[stream], new) for stream, name, new in added if not name}
    return wrote, {(stream, name) for stream, name, _new in added if name}


def _rows(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as the one parameter that a statement takes: an array of arrays of texts."""
    return [orjson.dumps(list(rows)).decode()]
