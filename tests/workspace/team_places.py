"""An engagement on a team server, its people's logins, and a way there that can be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from laptops import begin
from team_proxy import Proxy
from team_server import TeamServer, member

from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

TEAM = (
    ("anna", "interviewer", "R1"),
    ("bo", "interviewer", "R2"),
    ("mia", "manager", ""),
    ("ka", "candidate", "KA"),
)


@pytest.fixture
def url(team_server: TeamServer, tmp_path: Path) -> str:
    """A team server with an engagement of three candidates."""
    url = team_server.prepared(*TEAM)
    laptop = begin(tmp_path / "begun")
    owner = Workspace.open(url)
    merge(owner, [laptop.place])
    owner.close()
    return url


@pytest.fixture
def login(url: str) -> Iterator[Callable[[str], Workspace]]:
    """The workspace as somebody of the team opens it."""
    opened: list[Workspace] = []

    def open_as(name: str) -> Workspace:
        opened.append(Workspace.open(member(url, name)))
        opened[-1].store.server.fresh = 0.0  # type: ignore[attr-defined]
        return opened[-1]

    yield open_as
    for workspace in opened:
        workspace.close()


@pytest.fixture
def proxy(team_server: TeamServer) -> Iterator[Proxy]:
    host = team_server.server.get_uri().partition("host=")[2]
    proxy = Proxy(f"{host}/.s.PGSQL.5432")
    yield proxy
    proxy.close()


def rated(workspace: Workspace, candidate: str, rater: str, value: float) -> None:
    interview = workspace.interview(candidate, rater)
    for item in interview.items:
        interview.answer(item.id, value if item.type == "rating" else True)
    interview.submit()
