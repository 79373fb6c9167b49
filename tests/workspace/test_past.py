"""A workspace as it stood on a day: only read, and what is done with it happens now."""

from pathlib import Path

import pytest

from assess.errors import AssessError
from assess.model.records import ENGAGEMENT
from assess.workspace.exporting import export
from assess.workspace.past import as_of
from assess.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("no_flush")


def test_the_past_takes_nothing_in(full: Workspace) -> None:
    past = as_of(full, "2020-01-01")
    for put in (lambda: past.add({"kind": "fact"}), lambda: past.store.put_many({ENGAGEMENT: []})):
        with pytest.raises(AssessError, match="only read"):
            put()


def test_the_log_says_when_the_past_was_exported(full: Workspace, tmp_path: Path) -> None:
    before = list(full.store.events())[-1]["at"]
    export(as_of(full, "2020-01-01"), "method", target=tmp_path / "method.html")
    exported = list(full.store.events())[-1]
    assert exported["what"] == "exported"
    assert exported["at"][:19] >= before[:19]
