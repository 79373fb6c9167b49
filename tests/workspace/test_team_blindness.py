"""What opens others' ratings is the same in a folder, where the program hides, and on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from laptops import PACK, PEOPLE
from team_server import TeamServer, member

from assess.model.people import Candidate, Rater
from assess.packs import load_pack_files
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")
OpenAs = Callable[[str], Workspace]
FILES = PACK | {
    "check.yaml": b"""\
questionnaire: check
for: interviewer
title: Knowledge check
sections:
  - title: All
    items:
      - {id: PK-1, type: number, competency: BPM, ask: How many}
"""
}
LOGINS = {"R1": "anna", "R2": "bo"}


@pytest.fixture(params=["folder", "server"])
def open_as(
    request: pytest.FixtureRequest, team_server: TeamServer, tmp_path: Path
) -> Iterator[OpenAs]:
    """The workspace as a rater opens it; Bo rated KA."""
    place: str | Path = tmp_path / "w"
    if request.param == "server":
        place = team_server.prepared(*((who, "interviewer", r) for r, who in LOGINS.items()))
    first = Workspace.open(place, create=True)
    first.start("Riverside", FILES, load_pack_files(FILES))
    first.put_people([*(Candidate(id=code) for code in PEOPLE), Rater(id="R1"), Rater(id="R2")])
    first.close()
    opened: list[Workspace] = []

    def open_as(rater: str) -> Workspace:
        here = place if isinstance(place, Path) else member(place, LOGINS[rater])
        opened.append(Workspace.open(here, me=rater))
        return opened[-1]

    done(open_as("R2"), "interview", {"BPM-1": 5, "BPM-2": 5, "OWN-1": 5})
    yield open_as
    for workspace in opened:
        workspace.close()


def done(workspace: Workspace, questionnaire: str, answers: dict[str, float]) -> None:
    assert workspace.me is not None
    interview = workspace.interview("KA", workspace.me, questionnaire)
    for item, value in answers.items():
        interview.answer(item, value)
    interview.submit()


def seen(workspace: Workspace) -> set[str]:
    return {reading.rater for reading in workspace.visible()}


def test_a_knowledge_check_opens_nobodys_ratings(open_as: OpenAs) -> None:
    done(open_as("R1"), "check", {"PK-1": 3})
    assert seen(open_as("R1")) == {"R1"}
    done(open_as("R1"), "interview", {"BPM-1": 2})
    assert seen(open_as("R1")) == {"R1", "R2"}


def test_an_interview_without_a_single_rating_opens_nobodys_ratings(open_as: OpenAs) -> None:
    anna = open_as("R1")
    interview = anna.interview("KA", "R1", "interview")
    interview.mark("BPM-1", "not_observed")
    interview.submit()
    assert seen(open_as("R1")) == {"R1"}
    interview.reopen("seen at work")
    interview.answer("BPM-1", 4)
    interview.submit()
    assert seen(open_as("R1")) == {"R1", "R2"}
