"""What the first screen says without models is what the models say, and follows the records."""

from __future__ import annotations

from datetime import date

import pytest

from assess.errors import BadInput
from assess.model.people import Candidate
from assess.packs import load_pack_files
from assess.workspace.glance import glance
from assess.workspace.going_over import migrate
from assess.workspace.workspace import Workspace


def test_a_glance_says_what_the_models_say(workspace: Workspace) -> None:
    now, engagement, people = glance(workspace), workspace.engagement, workspace.candidates()
    assert now.name == engagement.name
    assert now.pack == engagement.pack.hash
    assert list(now.modules) == engagement.modules
    assert (now.wave, now.phase) == (engagement.wave, engagement.phase)
    assert (date.fromisoformat(now.go_live) if now.go_live else None) == engagement.go_live
    assert list(now.people) == list(people)
    for code, person in people.items():
        seen = now.people[code]
        assert seen.id == code
        assert (seen.name, seen.department, seen.team) == (
            person.name,
            person.department,
            person.team,
        )
        assert list(seen.modules) == person.modules
    assert now.raters == len(workspace.raters())


def test_a_change_by_another_process_shows_at_once(workspace: Workspace) -> None:
    before = glance(workspace)
    code = next(iter(before.people))
    with_other = Workspace.open(workspace.place)
    with_other.put_people([Candidate(id=code, name="Somebody else"), Candidate(id="NEW")])
    now = glance(workspace)
    assert now.people[code].name == "Somebody else"
    assert "NEW" in now.people


def test_names_are_those_of_the_pack_that_the_engagement_went_over_to(
    workspace: Workspace,
) -> None:
    module = workspace.engagement.modules[0]
    old = workspace.pack.say(workspace.pack.modules[module].name, "en")
    assert glance(workspace).face.module(module, "en") == old
    files = dict(workspace.store.pack(workspace.engagement.pack))
    text = files["pack.yaml"].replace(old.encode(), b"Another name")
    files["pack.yaml"] = text.replace(b"\nversion: ", b"\nversion: 9.0.0 # ")
    migrate(workspace, files, load_pack_files(files), "another name")
    assert glance(workspace).face.module(module, "en") == "Another name"


def test_without_an_engagement_there_is_nothing_to_see(tmp_path) -> None:
    with pytest.raises(BadInput, match="no engagement"):
        glance(Workspace.open(tmp_path / "empty", create=True))
