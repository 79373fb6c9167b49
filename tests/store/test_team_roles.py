"""What the database itself allows each role, asked by bare SQL."""

import psycopg
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
    insert,
    opened,
    rating,
    record,
    submit,
)
from team_server import TeamServer, member

from assess.errors import StoreError
from assess.model.ids import interview_id, new_ulid
from assess.model.records import ENGAGEMENT
from assess.store import open_store


def streams_of(ask: Ask, login: str) -> set[str]:
    return {row[0] for row in ask(login, "SELECT DISTINCT stream FROM assess.records")}


# -- reading


def test_an_interviewer_reads_no_rating_before_submitting_an_own_one(url: str, ask: Ask) -> None:
    assert streams_of(ask, "anna") == {ENGAGEMENT}
    assert ask("anna", "SELECT stream FROM assess.streams") == [(ENGAGEMENT,)]
    store = open_store(member(url, "anna"), fresh=0)
    store.put(MINE, [opened("KA", "R1"), rating("R1")])
    assert streams_of(ask, "anna") == {ENGAGEMENT, MINE}
    store.put(MINE, [record("submitted", "R1")])
    assert streams_of(ask, "anna") == {ENGAGEMENT, MINE, THEIRS}
    assert store.read(THEIRS)[1]["value"] == 5  # type: ignore[typeddict-item]
    store.close()


def test_an_open_interview_of_somebody_else_stays_closed_after_submitting(
    url: str, ask: Ask
) -> None:
    submit(url, "anna", "R1", interview_id("KB", "R1", "interview", "M0"), "KB")
    assert OTHER not in streams_of(ask, "anna")


def test_nobody_sees_more_by_reopening(url: str, ask: Ask) -> None:
    submit(url, "anna", "R1", MINE, "KA")
    store = open_store(member(url, "anna"), fresh=0)
    closing = store.read(MINE)[-1]["id"]
    store.put(MINE, [record("reopened", "R1", reason="misheard", revises=[closing])])
    assert THEIRS not in streams_of(ask, "anna")
    assert ask("anna", "SELECT reopened FROM assess.submissions WHERE rater = 'R1'") == [
        ("misheard",)
    ]
    store.close()


def test_an_agreed_value_is_read_by_who_submitted(url: str, ask: Ask) -> None:
    agreed = "SELECT count(*) FROM assess.records WHERE doc ->> 'kind' = 'agreed'"
    assert ask("anna", agreed) == [(0,)]
    submit(url, "anna", "R1", MINE, "KA")
    assert ask("anna", agreed) == [(1,)]


def test_no_interviewer_ever_reads_a_self_test(url: str, ask: Ask) -> None:
    submit(url, "anna", "R1", MINE, "KA")
    assert SELF not in streams_of(ask, "anna")
    assert SELF not in {row[0] for row in ask("anna", "SELECT stream FROM assess.streams")}


def test_a_manager_reads_all(ask: Ask) -> None:
    assert streams_of(ask, "mia") == {ENGAGEMENT, THEIRS, OTHER, SELF}


def test_a_candidate_sees_the_engagement_themselves_and_the_own_self_test(ask: Ask) -> None:
    assert streams_of(ask, "ka") == {ENGAGEMENT, SELF}
    rows = ask(
        "ka",
        "SELECT doc ->> 'kind', doc ->> 'code' FROM assess.records WHERE stream = 'engagement'",
    )
    assert sorted(rows, key=str) == [("candidate", "KA"), ("engagement", None)]
    assert ask("ka", "SELECT count(*) FROM assess.log") == [(0,)]
    assert ask("ka", "SELECT rater FROM assess.submissions") == [("KA",)]
    assert ask("ka", "SELECT login FROM assess.members") == [("ka",)]


def test_a_login_without_membership_sees_nothing(
    url: str, ask: Ask, team_server: TeamServer
) -> None:
    team_server.login("stranger")
    with pytest.raises(errors.InsufficientPrivilege):
        ask("stranger", "SELECT * FROM assess.records")
    team_server.admin.execute("GRANT assess_team TO stranger")
    for table in ("records", "streams", "submissions", "members", "log"):
        assert ask("stranger", f"SELECT count(*) FROM assess.{table}") == [(0,)]
    with pytest.raises(StoreError, match="no member of the team"):
        open_store(member(url, "stranger"))


# -- writing


@pytest.mark.parametrize("login", ["anna", "mia", "ka"])
def test_nobody_opens_an_interview_in_anothers_name(ask: Ask, login: str) -> None:
    stream = interview_id("KB", "R3", "interview", "M0")
    with pytest.raises(errors.InsufficientPrivilege):
        ask(login, OPEN, stream, "KB", "R3", "full")


@pytest.mark.parametrize("login", ["anna", "mia", "ka"])
def test_nobody_writes_into_anothers_interview(ask: Ask, login: str) -> None:
    for by in ("R1", "R2", "KA", ""):
        with pytest.raises(errors.InsufficientPrivilege):
            insert(ask, login, OTHER, rating(by))


def test_who_declares_an_own_row_and_stores_anothers_name_is_refused(url: str, ask: Ask) -> None:
    ask("anna", OPEN, MINE, "KA", "R1", "full")
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", MINE, rating("R2"))
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", MINE, opened("KB", "R1"))
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", MINE, opened("KA", "R2"))
    insert(ask, "anna", MINE, opened("KA", "R1"))


def test_a_submitted_interview_takes_nothing_until_it_is_reopened_with_a_reason(
    url: str, ask: Ask
) -> None:
    submit(url, "anna", "R1", MINE, "KA")
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", MINE, rating("R1", 1))
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", MINE, record("reopened", "R1", reason=""))
    with pytest.raises(errors.InsufficientPrivilege):
        ask("anna", "UPDATE assess.submissions SET reopened = '' WHERE rater = 'R1'")
    store = open_store(member(url, "anna"), fresh=0)
    with pytest.raises(StoreError, match="not in a submitted interview"):
        store.put(MINE, [rating("R1", 1)])
    closing = store.read(MINE)[-1]["id"]
    store.put(MINE, [record("reopened", "R1", reason="misheard", revises=[closing])])
    store.put(MINE, [rating("R1", 1)])
    store.put(MINE, [record("submitted", "R1")])
    with pytest.raises(StoreError):
        store.put(MINE, [rating("R1", 5)])
    kinds = [one["kind"] for one in store.read(MINE)]
    assert kinds == ["opened", "answer", "submitted", "reopened", "answer", "submitted"]
    store.close()


def test_what_is_submitted_and_on_the_server_may_be_sent_again(url: str) -> None:
    store = open_store(member(url, "anna"), fresh=0)
    records = [opened("KA", "R1"), rating("R1"), record("submitted", "R1")]
    assert store.put(MINE, records) == 3
    assert store.put(MINE, records) == 0
    store.close()


def test_a_submission_cannot_be_declared_for_anothers_interview(ask: Ask) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.ForeignKeyViolation)):
        ask(
            "anna",
            "INSERT INTO assess.submissions (stream, record, candidate, rater, wave)"
            " VALUES (%s, %s, 'KA', 'R1', 'M0')",
            THEIRS,
            new_ulid(),
        )
    with pytest.raises(errors.InsufficientPrivilege):
        ask(
            "anna",
            "INSERT INTO assess.submissions (stream, record, candidate, rater, wave)"
            " VALUES (%s, %s, 'KB', 'R2', 'M0')",
            OTHER,
            new_ulid(),
        )


def test_a_submission_without_a_record_of_it_is_told_by_verify(url: str, ask: Ask) -> None:
    store = open_store(member(url, "mia"), fresh=0)
    before = store.verify()
    made_up = interview_id("KA", "R1", "none", "M0")
    ask(
        "anna",
        "INSERT INTO assess.streams (stream, candidate, rater, questionnaire, wave)"
        " VALUES (%s, 'KA', 'R1', 'none', 'M0')",
        made_up,
    )
    ask(
        "anna",
        "INSERT INTO assess.submissions (stream, record, candidate, rater, wave)"
        " VALUES (%s, 'x', 'KA', 'R1', 'M0')",
        made_up,
    )
    found = store.verify()
    store.close()
    assert made_up not in before
    assert "no record" in found[made_up]


def test_a_manager_records_decisions_and_agreed_values_and_no_rating(url: str, ask: Ask) -> None:
    insert(ask, "mia", ENGAGEMENT, record("decision", "", module="COST", a="KA"))
    insert(ask, "mia", ENGAGEMENT, record("agreed", "", candidate="KB", item="BPM-1", wave="M0"))
    store = open_store(member(url, "mia"), fresh=0)
    with pytest.raises(StoreError, match="may not do that"):
        store.put(interview_id("KB", "R1", "interview", "M0"), [opened("KB", "R1"), rating("R1")])
    with pytest.raises(StoreError, match="no ratings"):
        store.put(THEIRS, [rating("R2")])
    store.close()


@pytest.mark.parametrize("kind", ["agreed", "decision", "joined", "erased", "engagement"])
def test_an_interviewer_decides_nothing(ask: Ask, kind: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "anna", ENGAGEMENT, record(kind, "R1", candidate="KA", wave="M0"))


@pytest.mark.parametrize("login", ["anna", "mia", "ka"])
def test_no_record_is_changed_and_no_answer_removed(ask: Ask, login: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        ask(login, "UPDATE assess.records SET body = '{}'")
    assert ask(login, "DELETE FROM assess.records WHERE stream <> 'engagement'") == [(0,)]
    if login != "mia":
        assert ask(login, "DELETE FROM assess.records") == [(0,)]
        assert ask(login, "DELETE FROM assess.streams") == [(0,)]


@pytest.mark.parametrize("login", ["anna", "mia", "ka"])
def test_no_member_makes_themselves_more(ask: Ask, login: str) -> None:
    for query in (
        "UPDATE assess.members SET role = 'manager'",
        "INSERT INTO assess.members (login, role, code) VALUES ('x', 'manager', '')",
        "ALTER TABLE assess.records DISABLE ROW LEVEL SECURITY",
        "UPDATE assess.streams SET rater = 'R1'",
        "UPDATE assess.log SET line = ''",
        "DELETE FROM assess.log",
        "INSERT INTO assess.log (number, login, line) VALUES (99, 'bo', 'x')",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            ask(login, query)


def test_a_candidate_writes_the_own_self_test_and_nothing_else(url: str, ask: Ask) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        insert(ask, "ka", SELF, rating("KA", 1))
    wave = interview_id("KA", "KA", "self", "M1")
    test = opened("KA", "KA", form="self", questionnaire="self", wave="M1")
    store = open_store(member(url, "ka"), fresh=0)
    assert store.put(wave, [test, rating("KA")]) == 2
    with pytest.raises(StoreError):
        store.put(MINE, [opened("KA", "KA"), rating("KA")])
    store.close()


def test_a_manager_erases_whole_interviews(url: str) -> None:
    store = open_store(member(url, "mia"), fresh=0)
    store.erase(THEIRS)
    assert THEIRS not in store.streams()
    store.close()
    other = open_store(member(url, "bo"), fresh=0)
    with pytest.raises(StoreError, match="only a manager"):
        other.erase(OTHER)
    assert len(other.read(OTHER)) == 2
    other.close()


def test_the_owner_is_bound_by_no_policy_and_no_member_owns_anything(url: str) -> None:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT m.login, r.rolsuper, r.rolbypassrls, pg_has_role(m.login, 'owner', 'USAGE')"
            " FROM assess.members m JOIN pg_roles r ON r.rolname = m.login"
        ).fetchall()
    assert len(rows) == len(PEOPLE)
    assert not any(flag for _login, *flags in rows for flag in flags)
