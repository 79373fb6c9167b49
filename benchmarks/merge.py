"""Merging 100,000 answers from one workspace folder into another, and merging them again.

    python benchmarks/merge.py [ANSWERS]

Prints one table: seconds of the first merge into an empty workspace, of the same merge repeated,
of a merge in which each side brings half, and of a backup and its restoring.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BARS = {"merge": 15.0, "repeated": 1.0}
PER_INTERVIEW = 36


def main() -> int:
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="assess-merge-") as folder:
        os.environ["ASSESS_HOME"] = f"{folder}/home"
        os.environ["ASSESS_CACHE"] = f"{folder}/cache"
        print(f"{answers} answers in {-(-answers // PER_INTERVIEW)} interviews")
        late = [row for row in _measured(Path(folder), answers) if not _shown(*row)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':34} {peak:8.0f} MB")
    return 1 if late else 0


def _measured(folder: Path, answers: int) -> Iterator[tuple[str, Times, float | None]]:
    from assess.workspace.backing import backup, restore
    from assess.workspace.merging import merge
    from assess.workspace.workspace import Workspace

    bars = BARS if answers >= 100_000 else {}
    yield "(laying out the first workspace)", _timed(lambda: fill(folder / "one", answers)), None
    two = Workspace.open(folder / "two", create=True)
    yield "merge", _timed(lambda: merge(two, [str(folder / "one")])), bars.get("merge")
    yield "repeated", _timed(lambda: merge(two, [str(folder / "one")])), bars.get("repeated")
    two.close()

    def again() -> None:
        reopened = Workspace.open(folder / "two")
        merge(reopened, [str(folder / "one")])
        reopened.close()

    yield "repeated, in a process of its own", _timed(again), bars.get("repeated")
    halves(folder / "half", folder / "one")
    half = Workspace.open(folder / "half")
    yield "merge where half was there", _timed(lambda: merge(half, [str(folder / "one")])), None
    half.close()
    kept = Workspace.open(folder / "one")
    yield "backup", _timed(lambda: backup(kept, folder / "one.zip")), None
    three = Workspace.open(folder / "three", create=True)
    yield "restore", _timed(lambda: restore(three, folder / "one.zip")), None
    if (
        not kept.store.digests()
        == two.store.digests()
        == half.store.digests()
        == (three.store.digests())
    ):
        raise SystemExit("the merged workspaces differ")


Times = tuple[float, float]
"""Seconds on the clock, and of processor."""


def _timed(act: Callable[[], Any]) -> Times:
    start, used = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - start, time.process_time() - used


def _shown(what: str, times: Times, bar: float | None) -> bool:
    good = bar is None or times[0] < bar
    told = "" if bar is None else f"   bar {bar:g} s: {'held' if good else 'MISSED'}"
    print(f"{what:34} {times[0]:8.2f} s {times[1]:8.2f} s of processor{told}", flush=True)
    return good


def fill(place: Path, answers: int) -> None:
    """A workspace with so many answers, as interviews of 36 write them."""
    from assess.model.people import Candidate, Rater
    from assess.packs import find_pack, load_pack, read_pack_folder
    from assess.workspace.workspace import Workspace

    source = find_pack("key-user")
    pack = load_pack(source)
    workspace = Workspace.open(place, create=True)
    workspace.start("Scale", read_pack_folder(source), pack)
    interviews = -(-answers // PER_INTERVIEW)
    raters = [f"R{n:03}" for n in range(20)]
    people = [f"K{n:04}" for n in range(-(-interviews // len(raters)))]
    workspace.put_people([*(Candidate(id=c) for c in people), *(Rater(id=r) for r in raters)])
    pairs = [(c, r) for c in people for r in raters][:interviews]
    items = [item.id for item in pack.questionnaires["interview"].items]
    rated = [i for i in items if i in pack.items and pack.items[i].type == "rating"][:PER_INTERVIEW]
    for start in range(0, len(pairs), 256):
        workspace.store.put_many(
            dict(_interview(workspace, c, r, rated) for c, r in pairs[start : start + 256])
        )
    workspace.close()


def _interview(workspace: Any, candidate: str, rater: str, items: list[str]) -> tuple[str, Any]:
    from assess.model.ids import interview_id

    opened = {
        "kind": "opened",
        "candidate": candidate,
        "rater": rater,
        "questionnaire": "interview",
        "wave": "M0",
        "pack": workspace.pack.ref.model_dump(),
    }
    answers = [
        {
            "kind": "answer",
            "item": item,
            "state": "answered",
            "value": 1 + (len(candidate) * 7 + at) % 5,
            "note": f"{candidate} told how the {at}th case went, with figures and names of tables.",
            "pack": workspace.pack.hash,
            "revises": [],
        }
        for at, item in enumerate(items)
    ]
    records = [workspace.record(one, by=rater) for one in (opened, *answers, {"kind": "submitted"})]
    return interview_id(candidate, rater, "interview", "M0"), records


def halves(place: Path, source: Path) -> None:
    """A workspace of the same engagement with every second record of every interview."""
    from assess.model.records import ENGAGEMENT
    from assess.workspace.workspace import Workspace

    whole, half = Workspace.open(source), Workspace.open(place, create=True)
    half.store.put(ENGAGEMENT, whole.store.read(ENGAGEMENT))
    ref = whole.engagement.pack
    half.store.put_pack(ref, whole.store.pack(ref))
    half.store.put_many(
        {name: rows[::2] for name, rows in whole.store.read_all() if name != ENGAGEMENT}
    )
    half.close()


if __name__ == "__main__":
    sys.exit(main())
