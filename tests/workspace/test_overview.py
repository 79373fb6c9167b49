"""The engagement at a glance: what is kept of it, and what is counted rather than named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from laptops import ITEMS, answered, begin

from assess.model.people import Candidate
from assess.workspace.evidence import disagreements
from assess.workspace.overview import overview, with_roles
from assess.workspace.overview_kept import save_overview, saved_overview
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def apart(tmp_path: Path) -> Workspace:
    """Ten candidates on whom two raters differ by two or more on every item."""
    workspace = begin(tmp_path / "apart")
    people = [f"P{n}" for n in range(10)]
    workspace.put_people([Candidate(id=code) for code in people])
    for at, code in enumerate(people):
        low = {item.replace("-", "_"): 1 for item in ITEMS}
        high = {item.replace("-", "_"): 3 + (at % 3) for item in ITEMS}
        answered(workspace, code, "R1", **low)
        answered(workspace, code, "R2", **high)
    return workspace


def test_of_many_disagreements_the_widest_are_named_and_all_are_counted(apart: Workspace) -> None:
    found = overview(apart, apart.rank())
    all_of_them = disagreements(apart)
    assert found.disputed == len(all_of_them) == 30
    assert [(one.candidate, one.item, one.difference) for one in found.disputes] == [
        (one.candidate, one.item, one.difference) for one in all_of_them[:20]
    ]


def test_what_a_panel_agreed_on_is_no_dispute(apart: Workspace) -> None:
    widest = disagreements(apart)[0]
    apart.agree(widest.candidate, widest.item, 3, "talked over")
    found = overview(apart, apart.rank())
    assert found.disputed == 29
    assert (widest.candidate, widest.item) not in {
        (one.candidate, one.item) for one in found.disputes
    }


def test_what_is_kept_comes_back_as_it_was(workspace: Workspace) -> None:
    ranking = workspace.rank()
    found = with_roles(workspace, ranking, overview(workspace, ranking))
    save_overview(workspace, found)
    kept = saved_overview(workspace)
    assert kept is not None
    assert kept._replace(edges=found.edges) == found
    assert kept.edges == kept.deciding_edges == found.deciding_edges
    assert found.roles and found.progress and found.edges


def test_what_was_kept_by_another_version_is_not_read(workspace: Workspace) -> None:
    save_overview(workspace, overview(workspace, workspace.rank()))
    assert saved_overview(workspace) is not None
    path = Path(workspace.store.cache) / "overview.json"  # type: ignore[attr-defined]
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    assert saved_overview(workspace) is None


def test_another_reader_is_not_shown_what_was_kept_for_one_who_sees_all(
    workspace: Workspace,
) -> None:
    save_overview(workspace, overview(workspace, workspace.rank()))
    workspace.work_as("R1")
    assert saved_overview(workspace) is None
