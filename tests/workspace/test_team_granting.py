"""Who is granted which code on a team server, and what preparing it again does."""

from __future__ import annotations

from pathlib import Path

import pytest
from laptops import begin
from team_server import TeamServer, as_login, member

from assess.errors import BadInput, StoreError
from assess.model.people import Rater
from assess.workspace.joining import join
from assess.workspace.merging import merge
from assess.workspace.team import grant, prepare
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def url(team_server: TeamServer, tmp_path: Path) -> str:
    """A team server with an engagement of three candidates and the rater R1."""
    laptop = begin(tmp_path / "begun")
    laptop.put_people([Rater(id="R1")])
    url = team_server.prepared(("mia", "manager", ""))
    owner = Workspace.open(url)
    merge(owner, [laptop.place])
    owner.close()
    for login in ("anna", "bo", "ka"):
        team_server.login(login)
    return url


def members(url: str) -> set[tuple[str, str]]:
    with as_login(url, "owner") as connection:
        return set(connection.execute("SELECT login, code FROM assess.members").fetchall())


def test_a_candidates_login_takes_the_code_of_somebody_who_is_there(url: str) -> None:
    with pytest.raises(BadInput, match="no candidate KX") as refusal:
        grant(url, "ka", "candidate", "KX")
    assert "KA" in refusal.value.hint
    assert members(url) == {("mia", "")}
    assert grant(url, "ka", "candidate", "KA") is False
    assert ("ka", "KA") in members(url)


def test_before_there_is_an_engagement_no_candidate_is_granted(team_server: TeamServer) -> None:
    url = team_server.prepared()
    team_server.login("ka")
    with pytest.raises(BadInput, match="no engagement yet"):
        grant(url, "ka", "candidate", "KA")
    assert grant(url, "ka", "interviewer", "R9") is True


def test_the_code_of_a_new_interviewer_is_said_to_be_new(url: str) -> None:
    assert grant(url, "anna", "interviewer", "R1") is False
    assert grant(url, "bo", "interviewer", "R7") is True
    with pytest.raises(BadInput, match="KA is a candidate"):
        grant(url, "ka", "interviewer", "KA")


def test_one_code_is_not_granted_to_two_logins(url: str) -> None:
    grant(url, "anna", "interviewer", "R1")
    with pytest.raises(BadInput, match="anna works here as R1 already") as refusal:
        grant(url, "bo", "interviewer", "R1")
    assert "assess team revoke anna" in refusal.value.hint
    grant(url, "anna", "interviewer", "R1")
    assert members(url) == {("mia", ""), ("anna", "R1")}


def test_a_code_that_was_joined_with_another_is_not_granted(url: str) -> None:
    owner = Workspace.open(url)
    join(owner, "KA", "KB")
    owner.close()
    with pytest.raises(BadInput, match="joined with KB"):
        grant(url, "ka", "candidate", "KA")


def test_a_manager_who_grants_is_told_that_the_owner_does(url: str) -> None:
    for code in ("KX", "KA"):
        with pytest.raises(StoreError, match="only the owner"):
            grant(member(url, "mia"), "ka", "candidate", code)


def test_preparing_again_notes_the_ratings_of_packs_kept_before(url: str) -> None:
    with as_login(url, "owner") as connection:
        query = "SELECT item FROM assess.rating_items ORDER BY item"
        before = connection.execute(query).fetchall()
        connection.execute("DELETE FROM assess.rating_items")
        assert ("BPM-1",) in before
        assert prepare(url).steps == []
        assert connection.execute(query).fetchall() == before
