"""The workspaces that the app is measured on: empty, the demonstration, and a large one.

The large one holds 1,700 interviews of 59 answers, 100,300 in all: 425 people, four interviewers
each. What is asked is the shipped questionnaire with its ratings once more, up to 59.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

INTERVIEWS = 1_700
ITEMS = 59
RATERS_EACH = 4
TOLD = 20
"""So many of the people were given the notice, so that an interview with them opens at once."""
_RATERS = 16
_AT_ONCE = 256


def demo(place: Path) -> None:
    """The demonstration engagement in a folder."""
    from assess.demo import build
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(place, create=True)
    build(workspace)
    workspace.close()


def large(place: Path, interviews: int = INTERVIEWS) -> None:
    """An engagement of three modules with so many interviews, in a folder."""
    from assess.model.people import Candidate, Rater
    from assess.packs import load_pack_files
    from assess.workspace.privacy import give_notice
    from assess.workspace.workspace import Workspace

    files = _longer_pack()
    workspace = Workspace.open(place, create=True)
    workspace.start("Scale", files, load_pack_files(files, name="scale"), ["COST", "PLAN", "PROC"])
    people = [f"K{n:04}" for n in range(-(-interviews // RATERS_EACH))]
    raters = [f"R{n}" for n in range(1, _RATERS + 1)]
    departments = ["Cost", "Engineering Management", "Procurement", "Finance"]
    workspace.put_people(
        [
            *(
                Candidate(id=code, name=f"Person {at}", department=departments[at % 4])
                for at, code in enumerate(people)
            ),
            *(Rater(id=code) for code in raters),
        ]
    )
    pairs = [
        (code, raters[(at + step * (1 + at % 3)) % _RATERS])
        for at, code in enumerate(people)
        for step in range(RATERS_EACH)
    ][:interviews]
    chance = random.Random(1)
    able = {code: chance.gauss(3, 0.6) for code in people}
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        workspace.store.put_many(
            dict(_interview(workspace, code, rater, able[code], chance) for code, rater in part)
        )
    for code in people[:TOLD]:
        give_notice(workspace, code, "consent", by=raters[0])
    workspace.close()


def _longer_pack() -> Mapping[str, bytes]:
    """The shipped pack, its interview made longer by asking ratings once more."""
    import yaml

    from assess.packs import find_pack, read_pack_folder

    files = dict(read_pack_folder(find_pack("key-user")))
    name = "interview.yaml"
    content = yaml.safe_load(files[name])
    everywhere = [
        (section, item)
        for section in content["sections"]
        for item in section["items"]
        if item["type"] == "rating" and "modules" not in item
    ]
    for section, item in everywhere[: ITEMS - len(everywhere)]:
        again = deepcopy(item) | {"id": item["id"] + "X"}
        for own in ("was", "cards"):
            again.pop(own, None)
        section["items"].append(again)
    files[name] = yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()
    return files


def _interview(
    workspace: Any, candidate: str, rater: str, able: float, chance: random.Random
) -> tuple[str, list[Any]]:
    from assess.model.ids import interview_id

    items = [
        item.id
        for item in workspace.pack.questionnaires["interview"].items
        if item.type == "rating" and item.modules is None
    ]
    values = (max(1, min(5, round(chance.gauss(able, 0.8)))) for _ in items)
    records = list(_records(workspace, candidate, rater, items, values))
    stream = interview_id(candidate, rater, "interview", "M0")
    return stream, [workspace.record(one, by=rater) for one in records]


def _records(
    workspace: Any,
    candidate: str,
    rater: str,
    items: list[str],
    values: Iterator[int],
) -> Iterator[dict[str, Any]]:
    yield {
        "kind": "opened",
        "candidate": candidate,
        "rater": rater,
        "questionnaire": "interview",
        "wave": "M0",
        "pack": workspace.pack.ref.model_dump(),
    }
    for at, item in enumerate(items):
        yield {
            "kind": "answer",
            "item": item,
            "state": "answered",
            "value": next(values),
            "note": f"Case {at}: told with figures, names of tables and who approved it.",
            "pack": workspace.pack.hash,
            "revises": [],
        }
    yield {"kind": "submitted"}
