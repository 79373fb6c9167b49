"""What a member could bend by bare SQL under the first schema, and what became of it since."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from psycopg import errors
from team_samples import (
    MINE,
    OPEN,
    OTHER,
    PEOPLE,
    SELF,
    THEIRS,
    Ask,
    asked,
    begun,
    insert,
    opened,
    rating,
    record,
)
from team_server import TeamServer, as_login, member

from assess.errors import StoreError
from assess.model.ids import interview_id, new_ulid
from assess.model.records import ENGAGEMENT
from assess.store import open_store
from assess.store.audit import START, events_of
from assess.store.postgres import schema, team
from assess.store.protocol import Store
from assess.workspace.team import prepare

LOG_END = "UPDATE assess.log_end SET number = 4711 WHERE name = 'end'"
KNOWLEDGE = interview_id("KA", "R1", "check", "M0")


@pytest.fixture
def url(team_server: TeamServer) -> str:
    url = team_server.prepared(*PEOPLE)
    begun(url)
    return url


@pytest.fixture
def ask(url: str) -> Ask:
    return asked(url)


@pytest.fixture
def old(team_server: TeamServer) -> str:
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


# -- the audit log


def test_a_member_neither_moves_the_logs_end_nor_chooses_a_number(url: str, ask: Ask) -> None:
    for login in ("anna", "mia", "ka"):
        for query in (
            LOG_END,
            "INSERT INTO assess.log_end (name, number, hash, salt) VALUES ('end', 1, '', '')",
            'INSERT INTO assess.log (number, line) VALUES (4711, \'{"what":"x"}\')',
            "INSERT INTO assess.log (login, line) VALUES ('bo', '{\"what\":\"x\"}')",
            "SELECT assess.log_line('', '')",
            "SELECT assess.log_hash('', '')",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                ask(login, query)
    assert ask("anna", "SELECT count(*) FROM assess.log_end") == [(0,)]


def test_the_database_says_who_did_it_when_and_chains_the_line(url: str, ask: Ask) -> None:
    said = '{"what":"submitted","by":"R2","at":"1999-01-01T00:00:00+00:00","interview":"x"}'
    ask("anna", "INSERT INTO assess.log (line) VALUES (%s)", said)
    ask("ka", 'INSERT INTO assess.log (line) VALUES (\'{"what":"submitted","by":"KA"}\')')
    rows = ask("owner", "SELECT number, login, line FROM assess.log ORDER BY number")
    assert [number for number, _login, _line in rows] == [1, 2, 3]
    began, annas, kas = events_of("".join(f"{line}\n" for *_n, line in rows).encode(), "log")
    assert began["what"] == "began"
    assert (annas["by"], annas["login"]) == ("R1", "anna")
    assert annas["at"] > "2020"
    assert annas["said_at"] == "1999-01-01T00:00:00+00:00"
    assert annas["interview"] != "x"
    assert "KA" not in str(kas)
    assert "ka" not in {login for _number, login, _line in rows}
    assert "by" not in kas
    with opened_as(url, "mia") as store:
        assert len(list(store.events())) == 3


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        "{}",
        '{"what":3}',
        '{"what":"x","hash":"y"}',
        '{"what":"x","salt":"y"}',
        '{"what":"x","note":"she said a great deal"}',
        '{"what":"x","n":1e400}',
        '{"what":"x","deep":[[1]]}',
        '{"what":"x","a key":1}',
    ],
)
def test_what_is_no_event_does_not_get_into_the_log(url: str, ask: Ask, line: str) -> None:
    with pytest.raises(errors.DataError):
        ask("anna", "INSERT INTO assess.log (line) VALUES (%s)", line)
    assert ask("owner", "SELECT count(*) FROM assess.log") == [(0,)]


def test_a_log_that_a_member_blocked_goes_on_after_the_owner_prepared_it_again(old: str) -> None:
    ask = asked(old)
    ask("anna", "INSERT INTO assess.log_end VALUES ('end', 0, %s, 'salt')", START)
    ask("anna", LOG_END)
    ask("anna", "INSERT INTO assess.log (number, line) VALUES (4711, 'rubbish')")
    done = prepare(old)
    assert done.steps == [2]
    assert done.set_aside == 1
    assert prepare(old).set_aside is None
    with opened_as(old, "anna") as store:
        store.log([{"what": "opened", "by": "R1"}])
    with opened_as(old, "mia") as store:
        assert [event["what"] for event in store.events()] == ["began", "log_mended", "opened"]
        assert "audit.jsonl" not in store.verify()
        assert "1 line" in store.set_aside()[0]
    assert asked(old)("mia", "SELECT line FROM assess.log_aside") == [("rubbish",)]


def test_a_log_of_which_the_end_was_cut_off_goes_on_and_says_so(url: str, ask: Ask) -> None:
    with opened_as(url, "anna") as store:
        for what in ("opened", "submitted", "reopened"):
            store.log([{"what": what}])
    ask("owner", "DELETE FROM assess.log WHERE number > 2")
    with opened_as(url, "mia") as store:
        assert store.verify()
        assert prepare(url).set_aside == 0
        assert not store.verify()
        last = list(store.events())[-1]
    assert (last["what"], last["was"], last["kept"]) == ("log_mended", 4, 2)


def test_only_the_owner_mends_the_log(url: str) -> None:
    for login in ("anna", "mia", "ka"):
        with pytest.raises(StoreError, match="only the owner"):
            team.mend_log(member(url, login))


# -- the names of interviews


def test_nobody_takes_the_name_of_anothers_interview(url: str, ask: Ask) -> None:
    theirs = interview_id("KB", "R3", "interview", "M0")
    with pytest.raises(errors.CheckViolation):
        ask("anna", OPEN, theirs, "KA", "R1", "full")
    with pytest.raises(errors.CheckViolation):
        ask("anna", OPEN, interview_id("KA\x1fR1", "x", "y", "M0"), "KA\x1fR1", "R1", "full")
    with pytest.raises(errors.CheckViolation):
        ask(
            "anna",
            "INSERT INTO assess.streams (stream, candidate, rater, questionnaire, wave, instead_of)"
            " VALUES (%s, 'KA', 'R1', 'interview', 'M0', 'no name')",
            interview_id("KA", "R1", "interview", "M0\x1fno name"),
        )
    with pytest.raises(errors.InsufficientPrivilege):
        ask("anna", "INSERT INTO assess.streams (stream) VALUES (%s)", theirs)


def test_an_interview_beside_one_that_was_moved_away_has_the_name_of_both(url: str) -> None:
    with opened_as(url, "anna") as store:
        store.put(MINE, [opened("KA", "R1"), rating("R1")])
        beside = interview_id("KA", "R1", "interview", f"M0\x1f{MINE}")
        assert store.put(beside, [opened("KA", "R1", instead_of=MINE), rating("R1")]) == 2
        with pytest.raises(StoreError):
            store.put(interview_id("KA", "R2", "x", "M0"), [opened("KA", "R1"), rating("R1")])


def test_what_squatted_on_a_name_gives_it_back_when_the_owner_prepares_it_again(old: str) -> None:
    ask = asked(old)
    ask("anna", OPEN, THEIRS, "KA", "R1", "full")
    insert(ask, "anna", THEIRS, opened("KA", "R1"))
    insert(ask, "anna", THEIRS, rating("R1", 4))
    ask("anna", "INSERT INTO assess.submissions VALUES (%s, 'x', 'KA', 'R1', 'M0')", THEIRS)
    # one whose right name a squatter holds in turn
    ask("bo", OPEN, MINE, "KA", "R2", "full")
    prepare(old)
    rows = ask("mia", "SELECT stream, candidate, rater, size FROM assess.streams ORDER BY stream")
    wanted = [("engagement", "", "", 0), (OTHER, "KB", "R2", 0)]
    wanted += [(MINE, "KA", "R1", 2), (THEIRS, "KA", "R2", 0)]
    assert rows == sorted(wanted)
    assert ask("mia", "SELECT stream FROM assess.submissions") == [(MINE,)]
    with opened_as(old, "mia") as store:
        assert [one["kind"] for one in store.read(MINE)] == ["opened", "answer"]
    with opened_as(old, "bo") as store:
        assert store.put(THEIRS, [opened("KA", "R2"), rating("R2")]) == 2


# -- what is counted


@pytest.mark.parametrize("login", ["anna", "ka", "mia"])
def test_nobody_miscounts_a_stream(url: str, ask: Ask, login: str) -> None:
    for query in (
        "UPDATE assess.streams SET size = 99",
        "UPDATE assess.streams SET touched = 0",
        "SELECT assess.count_added()",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            ask(login, query)
    if login != "mia":
        assert ask(login, "UPDATE assess.streams SET digest = 'x', digest_of = touched") == [(0,)]


def test_what_is_inserted_and_removed_by_bare_sql_is_counted(url: str, ask: Ask) -> None:
    query = "SELECT size, touched FROM assess.streams WHERE stream = 'engagement'"
    ((size, touched),) = ask("mia", query)
    insert(ask, "anna", ENGAGEMENT, record("candidate", "R1", code="KC"))
    assert ask("mia", query) == [(size + 1, touched + 1)]
    ask("mia", "DELETE FROM assess.records WHERE doc ->> 'code' = 'KC'")
    assert ask("mia", query) == [(size, touched + 2)]
    ask("mia", "DELETE FROM assess.streams WHERE stream = %s", OTHER)
    ((size_now, touched_now),) = ask("mia", query)
    assert size_now == size
    assert touched_now > touched + 2
    with opened_as(url, "mia") as store:
        assert not store.verify()


# -- in whose name


@pytest.mark.parametrize("kind", ["fact", "development", "notice", "withdrawn"])
def test_an_interviewer_signs_what_is_recorded(url: str, ask: Ask, kind: str) -> None:
    for by in ("", "R2"):
        with pytest.raises(errors.InsufficientPrivilege):
            insert(ask, "anna", ENGAGEMENT, record(kind, by, candidate="KA"))
    unsigned = record(kind, "", candidate="KA")
    del unsigned["by"]
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", ENGAGEMENT, unsigned)
    insert(ask, "anna", ENGAGEMENT, record(kind, "R1", candidate="KA"))


def test_an_interviewer_brings_people_entered_when_nobody_said_who_works(
    url: str, ask: Ask
) -> None:
    insert(ask, "anna", ENGAGEMENT, record("candidate", "", code="KC"))
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", ENGAGEMENT, record("candidate", "R2", code="KD"))


# -- calibration


def test_an_interviewer_reads_the_own_calibration_only(url: str, ask: Ask) -> None:
    def calibrated(rater: str, by: str) -> None:
        content = record("calibrated", by, rater=rater, sample="S1", value=3)
        insert(ask, {"R1": "anna", "R2": "bo"}[by], ENGAGEMENT, content)

    calibrated("R1", "R1")
    calibrated("R2", "R2")
    with pytest.raises(errors.InsufficientPrivilege):
        calibrated("R2", "R1")
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", ENGAGEMENT, record("calibrated", "", rater="R1", sample="S2", value=3))
    query = (
        "SELECT doc ->> 'rater' FROM assess.records WHERE doc ->> 'kind' = 'calibrated' ORDER BY 1"
    )
    assert ask("anna", query) == [("R1",)]
    assert ask("bo", query) == [("R2",)]
    assert ask("mia", query) == [("R1",), ("R2",)]
    assert ask("ka", query) == []


# -- what opens the interviews of others


def streams_of(ask: Ask, login: str) -> set[str]:
    return {row[0] for row in ask(login, "SELECT stream FROM assess.streams")}


def test_a_submitted_knowledge_check_opens_nobodys_ratings(url: str, ask: Ask) -> None:
    check = opened("KA", "R1", questionnaire="check")
    known = record("answer", "R1", item="PK-1", state="answered", value=3)
    with opened_as(url, "anna") as store:
        store.put(KNOWLEDGE, [check, known, record("submitted", "R1")])
    assert THEIRS not in streams_of(ask, "anna")
    assert ask("anna", "SELECT count(*) FROM assess.records WHERE doc ->> 'kind' = 'agreed'") == [
        (0,)
    ]


def test_a_rating_that_was_taken_back_before_submitting_opens_nothing(url: str, ask: Ask) -> None:
    given = rating("R1")
    back = record("answer", "R1", item="BPM-1", state="not_observed", revises=[given["id"]])
    with opened_as(url, "anna") as store:
        store.put(MINE, [opened("KA", "R1"), given, back, record("submitted", "R1")])
        assert THEIRS not in streams_of(ask, "anna")
        closing = store.read(MINE)[-1]["id"]
        store.put(MINE, [record("reopened", "R1", reason="seen it", revises=[closing])])
        store.put(MINE, [rating("R1"), record("submitted", "R1")])
    assert THEIRS in streams_of(ask, "anna")


def test_nobody_declares_a_submission_to_rate_or_an_item_to_be_rated(url: str, ask: Ask) -> None:
    for login in ("anna", "ka"):
        with pytest.raises(errors.InsufficientPrivilege):
            ask(login, "INSERT INTO assess.rating_items (item) VALUES ('PK-1')")
        for query in (
            "UPDATE assess.submissions SET rates = true",
            "INSERT INTO assess.submissions (stream, record, candidate, rater, wave, rates)"
            f" VALUES ('{MINE}', 'x', 'KA', 'R1', 'M0', true)",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                ask(login, query)


def test_a_pack_noted_later_tells_of_what_was_submitted_before(url: str, ask: Ask) -> None:
    ask("owner", "DELETE FROM assess.rating_items")
    with opened_as(url, "anna") as store:
        store.put(MINE, [opened("KA", "R1"), rating("R1"), record("submitted", "R1")])
    assert THEIRS not in streams_of(ask, "anna")
    with opened_as(url, "owner") as store:
        store.note_ratings(["BPM-1"])  # type: ignore[attr-defined]
    assert THEIRS in streams_of(ask, "anna")


# -- who was erased


def test_who_was_erased_works_here_no_longer(url: str, ask: Ask) -> None:
    import hashlib

    salt = "5" * 32
    gone = hashlib.sha256(f"{salt}\x1fKA".encode()).hexdigest()[:32]
    content = record("erased", "", salt=salt, codes=[gone], streams=[])
    insert(ask, "mia", ENGAGEMENT, content)
    logins = {row[0] for row in ask("owner", "SELECT login FROM assess.members")}
    assert logins == {"anna", "bo", "mia"}
    assert SELF in streams_of(ask, "mia")
    assert new_ulid()
