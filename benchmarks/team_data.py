"""A server for the team benchmarks, and an engagement as large as asked for."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "store")]

ITEMS = 60
RATERS_EACH = 4
_COMPETENCIES = 10
_AT_ONCE = 512


def pack_files() -> dict[str, bytes]:
    """A pack of sixty rating items on ten competencies, three modules."""
    codes = [f"C{n}" for n in range(_COMPETENCIES)]
    weights = ", ".join(f"{code}: 10" for code in codes)
    lines = [
        "pack: load",
        "version: 1.0.0",
        "languages: [en]",
        "title: Load",
        "scale: {from: 1, to: 5}",
        "competencies:",
        *(f"  - {{id: {code}, name: Competency {code}}}" for code in codes),
        "modules:",
        *(
            f"  - {{id: {m}, name: Module {m}, weights: {{{weights}}}, minimums: {{C0: 2}}}}"
            for m in ("COST", "PLAN", "PROC")
        ),
        "bands:",
        "  - {id: ready, from: 50, name: Ready}",
        "  - {id: not_yet, from: 0, name: Not yet}",
        "waves:",
        "  - {id: M0, name: First, asks: all}",
        "policy: {min_coverage: 50, min_items: 1, note_required: [], top: 3}",
    ]
    sheet = [
        "questionnaire: interview",
        "for: interviewer",
        "title: Interview",
        "sections:",
        "  - title: All",
        "    items:",
        *(
            f"      - {{id: Q{n}, type: rating, competency: C{n % 10}, ask: Question {n}}}"
            for n in range(ITEMS)
        ),
    ]
    return {
        "pack.yaml": "\n".join(lines).encode() + b"\n",
        "interview.yaml": "\n".join(sheet).encode() + b"\n",
    }


def begin(place: str, people: int, raters: int) -> Any:
    """An engagement with so many candidates and raters, on a server or in a folder."""
    from assess.model.people import Candidate, Rater
    from assess.packs import load_pack_files
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(place, create=True)
    files = pack_files()
    workspace.start("Load", files, load_pack_files(files))
    workspace.put_people(
        [
            *(Candidate(id=f"K{n:05}", name=f"Person {n}") for n in range(people)),
            *(Rater(id=f"R{n}") for n in range(1, raters + 1)),
        ]
    )
    return workspace


def fill(workspace: Any, interviews: int, raters: int) -> int:
    """Submitted interviews of sixty answers each; gives the number of answers."""
    done = 0
    batch: dict[str, Any] = {}
    for stream, records in _interviews(workspace, interviews, raters):
        batch[stream] = records
        done += ITEMS
        if len(batch) == _AT_ONCE:
            workspace.store.put_many(batch)
            batch = {}
    if batch:
        workspace.store.put_many(batch)
    return done


def _interviews(workspace: Any, number: int, raters: int) -> Iterator[tuple[str, list[Any]]]:
    from assess.model.ids import interview_id

    chance = random.Random(1)
    pack, at = workspace.pack, "2026-10-01T09:00:00.000+00:00"
    for n in range(number):
        person, rater = n // RATERS_EACH, 1 + (n * 7 + n // RATERS_EACH) % raters
        four = f"K{person:05}", f"R{rater}", "interview", "M0"
        names = ("candidate", "rater", "questionnaire", "wave")
        opened = dict(zip(names, four, strict=True)) | {"kind": "opened"}
        contents: list[dict[str, Any]] = [opened | {"pack": pack.ref.model_dump()}]
        able = chance.gauss(3.3, 0.7)
        for item in range(ITEMS):
            value = min(5, max(1, round(chance.gauss(able, 0.8))))
            answer = {"kind": "answer", "item": f"Q{item}", "state": "answered", "value": value}
            contents.append(answer | {"pack": pack.hash, "revises": [], "note": "Kept a sketch."})
        contents.append({"kind": "submitted"})
        records = [workspace.record(one, by=four[1], at=at) for one in contents]
        yield interview_id(*four), records
