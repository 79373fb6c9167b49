"""The password of a team server is asked for on a terminal, and nowhere else."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from team_server import TeamServer, member

from assess.cli import password

SECRET = "hunter2"


@pytest.fixture
def locked(team_server: TeamServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a prepared server for a login that takes a password."""
    url = team_server.prepared(("behind", "manager", ""))
    team_server.admin.execute(f"ALTER ROLE behind PASSWORD '{SECRET}'")
    rules = team_server.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all behind scram-sha-256\n" + before)
    team_server.admin.execute("SELECT pg_reload_conf()")
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    yield member(url, "behind")
    rules.write_text(before)
    team_server.admin.execute("SELECT pg_reload_conf()")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed when somebody is asked, in turn; then the terminal is closed."""
    answers: list[str] = []

    def ask(_question: str, stream: object = None) -> str:
        if not answers:
            raise EOFError
        return answers.pop(0)

    monkeypatch.setattr(getpass, "getpass", ask)
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(password, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    return answers


def test_a_wrong_password_is_said_to_be_wrong_and_asked_for_again(
    locked: str, typed: list[str], assess: Callable[..., Any]
) -> None:
    typed[:] = ["wrong", SECRET]
    ran = assess("team", "status", "--workspace", locked)
    assert ran.code == 0
    assert ran.err.count("the server refused that password") == 1
    assert SECRET not in ran.out + ran.err


def test_whoever_types_none_is_told_where_else_it_may_stand(
    locked: str, typed: list[str], assess: Callable[..., Any]
) -> None:
    ran = assess("team", "status", "--workspace", locked)
    assert ran.code == 1
    assert "the login was refused" in ran.err
    assert "PGPASSFILE" in ran.err


def test_where_nobody_is_at_a_terminal_nobody_is_asked(
    locked: str, assess: Callable[..., Any]
) -> None:
    ran = assess("team", "status", "--workspace", locked)
    assert ran.code == 1
    assert "the login was refused" in ran.err


@pytest.mark.parametrize("place", ["mysql://u:s3cret@h/x", " postgresql://u:s3cret@h/x"])
@pytest.mark.parametrize("words", [["rank"], ["team", "init"], ["as", "R2"]])
def test_an_address_of_something_else_is_refused_without_showing_it(assess, place, words):
    ran = assess(*words, "--workspace", place)
    assert ran.code == 2
    assert "postgresql://anna@" in ran.err
    assert "s3cret" not in ran.out + ran.err


def test_nor_is_one_shown_that_is_to_be_merged(assess, riverside):
    ran = assess("merge", "mysql://u:s3cret@h/x", "--workspace", riverside)
    assert ran.code == 2
    assert "s3cret" not in ran.out + ran.err
