"""What a member could bend by bare SQL under the first schema, and what became of it since."""

import pytest
from psycopg import errors
from team_samples import (
    MINE,
    OPEN,
    OTHER,
    SELF,
    THEIRS,
    Ask,
    asked,
    insert,
    opened,
    opened_as,
    rating,
    record,
)

from assess.errors import StoreError
from assess.model.ids import interview_id, new_ulid
from assess.model.records import ENGAGEMENT
from assess.workspace.team import prepare

KNOWLEDGE = interview_id("KA", "R1", "check", "M0")


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
