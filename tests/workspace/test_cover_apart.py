"""Facts, decisions and development actions that two laptops record apart."""

from pathlib import Path
from typing import Any

import pytest
from laptops import begin, copied

from assess.errors import BadInput
from assess.model.records import ENGAGEMENT
from assess.workspace.agreed import agreed_actions
from assess.workspace.conflicts import conflicts
from assess.workspace.merging import merge
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


@pytest.fixture
def anna(tmp_path: Path) -> Workspace:
    return begin(tmp_path / "anna")


@pytest.fixture
def bo(anna: Workspace, tmp_path: Path) -> Workspace:
    return copied(Path(anna.place), tmp_path / "bo")


def _action(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "development",
        "candidate": "KA",
        "action": "BPM-M1",
        "competency": "BPM",
        "owner": "Gao",
        "due": "2027-01-31",
        "state": "planned",
    } | fields


def test_one_action_agreed_on_two_laptops_is_a_conflict_and_two_actions_are_none(
    anna: Workspace, bo: Workspace
) -> None:
    anna.add(_action())
    bo.add(_action(due="2027-03-31"), _action(action="BPM-M2"))
    merge(anna, [bo.place])
    (one,) = conflicts(anna)
    assert (one.kind, dict(one.subject), list(one.differs)) == (
        "development",
        {"candidate": "KA", "action": "BPM-M1"},
        ["due"],
    )
    assert [a.action for a in agreed_actions(anna)] == ["BPM-M2", "BPM-M1"]


BAD = {
    "a decision on no module": {"kind": "decision", "a": "KA"},
    "a decision for a list of people": {"kind": "decision", "module": "PROC", "a": ["KA"]},
    "a decision that departs by a number": {"kind": "decision", "module": "PROC", "departs": 3},
    "a decision whose departures have no language": {
        "kind": "decision",
        "module": "PROC",
        "departs_in": ["role A"],
    },
    "a decision against no proposal": {"kind": "decision", "module": "PROC", "proposal": "KA"},
    "a fact without a key": {"kind": "fact", "module": "PROC", "value": 3},
    "a fact that is neither number nor text": {
        "kind": "fact", "module": "PROC", "key": "written", "value": {"a": 1},
    },
    "a fact of people who are no codes": {
        "kind": "fact", "module": "PROC", "key": "holders", "people": [3],
    },
    "an action of nobody": {"kind": "development", "action": "BPM-M1", "competency": "BPM"},
    "an action due by a number": _action(due=20270131),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_no_workspace_records_is_refused_and_nothing_changes(
    anna: Workspace, bo: Workspace, what: str
) -> None:
    bo.store.put(ENGAGEMENT, [bo.record(BAD[what])])
    bo.close()
    before = anna.store.read(ENGAGEMENT)
    with pytest.raises(BadInput, match=ENGAGEMENT):
        merge(anna, [bo.place])
    assert anna.store.read(ENGAGEMENT) == before
