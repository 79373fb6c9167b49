"""Laptops of consultants who work on one engagement apart."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assess.model.people import Candidate, Rater
from assess.packs import load_pack_files
from assess.store import disk
from assess.workspace.exporting import render
from assess.workspace.workspace import Workspace

PACK = {
    "pack.yaml": b"""\
pack: small
version: 1.0.0
languages: [en]
title: Small
scale: {from: 1, to: 5}
competencies:
  - {id: BPM, name: Process}
  - {id: OWN, name: Ownership}
modules:
  - {id: PROC, name: Procurement, weights: {BPM: 60, OWN: 40}}
notice: We keep what you say until the end of the project.
bands:
  - {id: ready, from: 50, name: Ready}
  - {id: not_yet, from: 0, name: Not yet}
waves:
  - {id: M0, name: First, asks: all}
  - {id: M1, name: Second, asks: all}
policy: {min_coverage: 50, min_items: 1, note_required: [], top: 1}
""",
    "interview.yaml": b"""\
questionnaire: interview
for: interviewer
title: Interview
sections:
  - title: All
    items:
      - {id: BPM-1, type: rating, competency: BPM, ask: How}
      - {id: BPM-2, type: rating, competency: BPM, ask: Why}
      - {id: OWN-1, type: rating, competency: OWN, ask: Whose}
      - {id: DONE, type: yes_no, ask: Signed}
""",
}
ITEMS = ("BPM-1", "BPM-2", "OWN-1")
PEOPLE = ("KA", "KB", "KC")


def begin(place: Path, name: str = "Riverside", pack: dict[str, bytes] | None = None) -> Workspace:
    """A workspace with three candidates and two raters."""
    files = pack or PACK
    workspace = Workspace.open(place, create=True)
    workspace.start(name, files, load_pack_files(files))
    workspace.put_people(
        [
            *(Candidate(id=code, name=f"Person {code}") for code in PEOPLE),
            *(Rater(id=code) for code in ("R1", "R2")),
        ]
    )
    return workspace


def copied(source: Path, target: Path) -> Workspace:
    """The workspace that somebody else got as a copy of the folder."""
    shutil.copytree(source, target)
    return Workspace.open(target)


def empty(place: Path) -> Workspace:
    """A workspace in which nothing was begun."""
    return Workspace.open(place, create=True)


def answered(
    workspace: Workspace, candidate: str = "KA", rater: str = "R1", **values: float
) -> None:
    """Answers in an interview; ``BPM_1=4`` rates the item BPM-1."""
    interview = workspace.interview(candidate, rater)
    for item, value in values.items():
        interview.answer(item.replace("_", "-"), value)


def ratings(workspace: Workspace) -> list[tuple[Any, ...]]:
    """What is exported: candidate, rater, item and value of every answer."""
    import csv
    import io

    rows = csv.DictReader(io.StringIO(exported(workspace, "csv").decode("utf-8-sig")))
    keys = ("candidate", "rater", "item", "value")
    return [tuple(row[key] for key in keys) for row in rows if row["item"]]


def exported(workspace: Workspace, format: str = "json") -> bytes:
    return render(workspace, "ratings", format=format)


def contents(place: Path) -> dict[str, bytes]:
    """Every file under a folder, to see that nothing was changed."""
    return {
        str(path.relative_to(place)): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


STEPS = ("write_all", "flush", "replace", "flush_folder")


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do something in a child that kills itself before its so-many-eth step on the disk.

    Gives whether it came so far; otherwise the child did all.
    """
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        try:
            _count_down(step)
            act()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 3)
    _process, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed instead of being killed"
    return False


def _count_down(step: int) -> None:
    left = step

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)

        return run

    for name in STEPS:
        setattr(disk, name, counted(getattr(disk, name)))
    Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
    os.truncate = counted(os.truncate)
