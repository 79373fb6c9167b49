"""The audit log of a team server: the database writes it, and nobody bends it."""

import pytest
from psycopg import errors
from team_samples import (
    Ask,
    asked,
    opened_as,
)
from team_server import member

from assess.errors import StoreError
from assess.store.audit import START, events_of
from assess.store.postgres import team
from assess.workspace.team import prepare

LOG_END = "UPDATE assess.log_end SET number = 4711 WHERE name = 'end'"


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
