"""``assess team …`` and other commands on a team server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from team_server import TeamServer, as_login, member

PEOPLE = (("anna", "interviewer", "R1"), ("mia", "manager", ""))


@pytest.fixture
def url(team_server: TeamServer, riverside: Path, assess: Callable[..., Any]) -> str:
    """A server that took the demonstration engagement over from a folder."""
    url = team_server.prepared(*PEOPLE)
    ran = assess("merge", riverside, "--workspace", url)
    assert ran.code == 0, ran.err
    return url


def test_a_team_is_set_up_by_commands(team_server: TeamServer, assess: Callable[..., Any]) -> None:
    team_server.prepared()
    url = team_server.url(team_server.empty(), "owner")
    place = ("--workspace", url)
    assert assess("rank", *place).code == 2
    assert assess("team", "init", *place).code == 0
    assert assess("team", "init", *place).code == 0
    made = assess("init", "--name", "North", "--pack", "key-user", "--modules", "COST", *place)
    assert made.code == 0, made.err
    team_server.login("anna")
    assert assess("team", "grant", "anna", "interviewer", "--code", "R1", *place).code == 0
    status = assess("team", "status", "--json", *place).json
    assert status["role"] == "owner"
    assert status["members"] == [{"login": "anna", "role": "interviewer", "code": "R1"}]
    assert status["records"] > 0
    own = assess("team", "status", "--json", "--workspace", member(url, "anna")).json
    assert (own["role"], own["code"], len(own["members"])) == ("interviewer", "R1", 1)
    assert "anna" in assess("team", "status", *place).out
    assert assess("team", "revoke", "anna", *place).code == 0
    assert assess("team", "revoke", "anna", *place).code == 1


def test_team_commands_on_a_folder_are_refused(riverside: Path, assess: Callable[..., Any]) -> None:
    ran = assess("team", "status", "--workspace", riverside)
    assert ran.code == 2
    assert "no team server" in ran.err


def test_commands_print_what_they_print_on_a_folder(
    url: str, riverside: Path, assess: Callable[..., Any]
) -> None:
    for words in (
        ("rank", "--json"),
        ("explain", "JA", "COST", "--json"),
        ("agreement", "--json"),
        ("raters", "--json"),
        ("plan", "--json"),
        ("compare", "JA", "HE", "--json"),
        ("panel", "--json"),
    ):
        folder = assess(*words, "--workspace", riverside)
        server = assess(*words, "--workspace", member(url, "mia"))
        assert server.out == folder.out, words


def test_exports_and_backups_have_the_same_content(
    url: str, riverside: Path, assess: Callable[..., Any], tmp_path: Path
) -> None:
    made = {}
    for name, place in (("folder", str(riverside)), ("server", member(url, "mia"))):
        for what in ("ratings", "scores"):
            target = tmp_path / f"{name}-{what}.csv"
            words = ("export", what, "--format", "csv", "-o", target, "--workspace", place)
            assert assess(*words).code == 0
            made[name, what] = target.read_bytes()
    assert made["server", "ratings"] == made["folder", "ratings"]
    assert made["server", "scores"] == made["folder", "scores"]
    assert assess("backup", tmp_path / "b.zip", "--workspace", member(url, "mia")).code == 0
    back = ("--workspace", tmp_path / "back")
    assert assess("restore", tmp_path / "b.zip", *back).code == 0
    assert assess("rank", "--json", *back).out == assess("rank", "--json", "--workspace", url).out


def test_what_a_role_may_not_do_is_said_without_a_traceback(
    url: str, assess: Callable[..., Any]
) -> None:
    for login, words in (
        ("anna", ("decide", "COST", "--a", "HE", "--b", "QI", "--by", "A", "--reason", "x")),
        ("anna", ("agree", "HE", "BPM-1", "3", "--reason", "x")),
        ("anna", ("erase", "HE", "--yes")),
        ("anna", ("verify",)),
        ("mia", ("team", "grant", "mia", "interviewer", "--code", "R1")),
    ):
        ran = assess(*words, "--workspace", member(url, login))
        assert ran.code in (1, 2), words
        assert "Traceback" not in ran.err
        assert ran.err.startswith("assess: ")
    assert assess("verify", "--workspace", member(url, "mia")).code == 0


@pytest.mark.parametrize(
    ("login", "words", "said"),
    [
        ("anna", ("engagement", "--contact", "us"), "all else on the engagement is a manager's"),
        ("anna", ("erase", "HE", "--yes"), "is a manager's"),
        ("anna", ("interview", "HE", "--rater", "R2", "--plain"), "the login says who one is"),
        ("mia", ("interview", "HE", "--rater", "R1", "--plain"), "a manager records no ratings"),
        ("mia", ("calibrate", "R1", "--plain"), "a manager records no ratings"),
        ("ka", ("facts", "COST", "handover_days=5"), "a candidate answers the own self-test"),
        ("anna", ("team", "init", "again"), "only the owner of the tables does that"),
        ("stranger", ("rank",), "owner adds it with: assess team grant"),
        ("stranger", ("team", "init"), "which takes CREATEROLE"),
    ],
)
def test_a_refusal_names_the_rule_of_who_is_refused(
    url: str,
    team_server: TeamServer,
    assess: Callable[..., Any],
    login: str,
    words: tuple[str, ...],
    said: str,
) -> None:
    team_server.login("ka")
    team_server.login("stranger")
    assert assess("team", "grant", "ka", "candidate", "--code", "HE", "--workspace", url).code == 0
    place = member(url, login)
    if words == ("team", "init"):
        # where nobody prepared anything, and the group is not there either
        team_server.admin.execute("ALTER ROLE assess_team RENAME TO assess_team_before")
        place = team_server.url(team_server.empty(), login)
    try:
        ran = assess(*(word for word in words if word != "again"), "--workspace", place)
    finally:
        if words == ("team", "init"):
            team_server.admin.execute("ALTER ROLE assess_team_before RENAME TO assess_team")
    assert ran.code in (1, 2)
    assert said in ran.err


def test_no_interviewer_is_said_to_be_unknown_where_the_login_says_who_works(
    url: str, team_server: TeamServer, assess: Callable[..., Any]
) -> None:
    team_server.login("new")
    granted = assess("team", "grant", "new", "interviewer", "--code", "R77", "--workspace", url)
    assert "nobody has the code R77 yet" in granted.err
    assert "nobody is known" not in assess("rank", "--workspace", member(url, "new")).err


def test_a_log_that_was_mended_is_told(url: str, assess: Callable[..., Any]) -> None:
    with as_login(url, "owner") as connection:
        connection.execute("DELETE FROM assess.log WHERE number > 1")
    assert assess("verify", "--workspace", url).code == 1
    assert "mended, 0 lines set aside" in assess("team", "init", "--workspace", url).err
    assert assess("verify", "--workspace", url).code == 0


def test_who_one_is_follows_the_login(url: str, assess: Callable[..., Any]) -> None:
    anna = ("--workspace", member(url, "anna"))
    assert assess("as", *anna).out == "R1\n"
    assert assess("as", "R2", *anna).code == 2
    assert assess("rank", "--as", "R2", *anna).code == 2
    assert assess("rank", "--as", "manager", *anna).code == 2
    assert assess("rank", "--as", "R1", *anna).code == 0


def test_a_server_that_is_down_ends_a_command_with_a_message(
    assess: Callable[..., Any], tmp_path: Path
) -> None:
    ran = assess("rank", "--workspace", f"postgresql://anna@/x?host={tmp_path}")
    assert ran.code == 1
    assert "does not answer" in ran.err
    assert "Traceback" not in ran.err


def test_a_login_that_the_server_lacks_is_not_taken_for_a_database(
    team_server: TeamServer, assess: Callable[..., Any]
) -> None:
    ran = assess("rank", "--workspace", member(team_server.prepared(), "never_made"))
    assert ran.code == 2
    assert "no such login" in ran.err


def test_the_login_to_be_made_is_quoted_for_who_copies_it(
    team_server: TeamServer, assess: Callable[..., Any]
) -> None:
    words = ("team", "grant", 'x"; DROP TABLE y', "manager")
    ran = assess(*words, "--workspace", team_server.prepared())
    assert ran.code == 2
    assert 'CREATE ROLE "x""; DROP TABLE y" LOGIN' in ran.err
