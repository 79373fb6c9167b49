"""A team on a server, records as its members write them, and bare SQL as one of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from store_samples import PACK
from team_server import TeamServer, as_login, member

from assess.model.ids import interview_id, new_ulid
from assess.model.records import ENGAGEMENT, Record
from assess.store import open_store
from assess.store.postgres import schema
from assess.store.protocol import Store

Ask = Callable[..., list[tuple[Any, ...]]]
PEOPLE = (
    ("anna", "interviewer", "R1"),
    ("bo", "interviewer", "R2"),
    ("mia", "manager", ""),
    ("ka", "candidate", "KA"),
)
MINE = interview_id("KA", "R1", "interview", "M0")
THEIRS = interview_id("KA", "R2", "interview", "M0")
OTHER = interview_id("KB", "R2", "interview", "M0")
SELF = interview_id("KA", "KA", "self", "M0")
INSERT = "INSERT INTO assess.records (stream, id, body) VALUES (%s, %s, %s)"
OPEN = (
    "INSERT INTO assess.streams (stream, candidate, rater, questionnaire, wave, form)"
    " VALUES (%s, %s, %s, 'interview', 'M0', %s)"
)


def record(kind: str, by: str, **more: Any) -> Record:
    base = {"id": new_ulid(), "kind": kind, "at": "2026-01-05T10:00:00.000+00:00", "by": by}
    return base | {"device": "d", "revises": []} | more  # type: ignore[return-value]


def opened(candidate: str, rater: str, **more: Any) -> Record:
    four = {"candidate": candidate, "rater": rater, "questionnaire": "interview", "wave": "M0"}
    return record("opened", rater, **{**four, "pack": PACK.model_dump(), **more})


def rating(by: str, value: int = 3) -> Record:
    return record("answer", by, item="BPM-1", state="answered", value=value)


def asked(url: str) -> Ask:
    """Run one statement as a login; gives its rows."""

    def run(login: str, query: str, *given: Any) -> list[tuple[Any, ...]]:
        with as_login(url, login) as connection:
            done = connection.execute(query, given)  # type: ignore[arg-type]
            return done.fetchall() if done.description else [(done.rowcount,)]

    return run


def insert(ask: Ask, login: str, stream: str, content: Record) -> None:
    ask(login, INSERT, stream, content["id"], orjson.dumps(content).decode())


def submit(url: str, login: str, code: str, stream: str, candidate: str) -> None:
    store = open_store(member(url, login), fresh=0)
    store.put(stream, [opened(candidate, code), rating(code)])
    store.put(stream, [record("submitted", code)])
    store.close()


def begun(url: str) -> None:
    """Bo rated KA and KB and submitted, and KA took the self-test."""
    owner = open_store(url, fresh=0)
    owner.note_ratings(["BPM-1"])  # type: ignore[attr-defined]
    owner.put(
        ENGAGEMENT,
        [
            record("engagement", "", name="Riverside"),
            record("candidate", "", code="KA"),
            record("candidate", "", code="KB"),
            record("agreed", "", candidate="KA", item="BPM-1", wave="M0", value=4, reason="x"),
        ],
    )
    owner.put(THEIRS, [opened("KA", "R2"), rating("R2", 5), record("submitted", "R2")])
    owner.put(OTHER, [opened("KB", "R2"), rating("R2", 2)])
    test = opened("KA", "KA", form="self", questionnaire="self")
    owner.put(SELF, [test, rating("KA", 5), record("submitted", "KA")])
    owner.close()


def first_schema(team_server: TeamServer) -> str:
    """A database of the first schema, with a team and one interview."""
    team_server.prepared()
    url = team_server.url(team_server.empty(), "owner")
    with as_login(url, "owner") as connection:
        schema.migrate(connection, url, schema.steps()[:1])
        for login, role, code in PEOPLE:
            team_server.login(login)
            connection.execute(
                "INSERT INTO assess.members VALUES (%s, %s, %s)", (login, role, code)
            )
            connection.execute(f"GRANT assess_team TO {login}")
        connection.execute("INSERT INTO assess.streams (stream) VALUES ('engagement')")
    ask = asked(url)
    ask("bo", OPEN, OTHER, "KB", "R2", "full")
    insert(ask, "bo", OTHER, opened("KB", "R2"))
    insert(ask, "bo", OTHER, rating("R2"))
    return url


@contextmanager
def opened_as(url: str, login: str) -> Iterator[Store]:
    store = open_store(member(url, login), fresh=0)
    yield store
    store.close()
