"""The ranking screen with 5,000 candidates: when it is first painted, and how long a key takes.

    python -m benchmarks.ranking [--candidates 5000] [--json] [--keep FOLDER]

Every candidate is rated by two of forty raters with the shipped interview. The app runs without a
terminal, at 120x36. *First paint* is from the key that opens the ranking at home to the first
frame with rows of candidates, the ranking being measured already; *measured* is how long measuring
takes beside it, in a worker. *A key* is from a key press to the frame that it changes. Beside the
time on the clock stands the processor time of the screen's thread, which other work on the machine
does not lengthen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

PAINT_MS, KEY_MS = 1000, 50
RATERS, EACH = 40, 2
_AT_ONCE = 256
_DEPARTMENTS = ("Cost", "Engineering Management", "Procurement", "Finance", "工程部")


class Taken(NamedTuple):
    """Milliseconds on the clock, and of the processor in the screen's thread."""

    clock: float
    processor: float


def build(place: Path, candidates: int) -> None:
    """An engagement of three modules with so many candidates, in a folder."""
    from assess.model.people import Candidate, Rater
    from assess.packs import find_pack, load_pack_files, read_pack_folder
    from assess.workspace.workspace import Workspace

    files = dict(read_pack_folder(find_pack("key-user")))
    workspace = Workspace.open(place, create=True)
    workspace.start("Scale", files, load_pack_files(files, name="scale"), ["COST", "PLAN", "PROC"])
    people = [f"K{n:04}" for n in range(candidates)]
    raters = [f"R{n}" for n in range(1, RATERS + 1)]
    workspace.put_people(
        [
            *(
                Candidate(id=code, name=f"Person {at}", department=_DEPARTMENTS[at % 5])
                for at, code in enumerate(people)
            ),
            *(Rater(id=code) for code in raters),
        ]
    )
    chance = random.Random(1)
    severity = {code: chance.gauss(0, 0.3) for code in raters}
    pairs = []
    for at, code in enumerate(people):
        able = chance.gauss(3.4, 0.6)
        for rater in (raters[at % RATERS], raters[(at + 1 + at // RATERS) % RATERS]):
            pairs.append((code, rater, able - severity[rater]))
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        workspace.store.put_many(dict(_interview(workspace, *one, chance) for one in part))
    workspace.close()


def _interview(
    workspace: Any, candidate: str, rater: str, able: float, chance: random.Random
) -> tuple[str, list[Any]]:
    from assess.model.ids import interview_id

    stream = interview_id(candidate, rater, "interview", "M0")
    records = _records(workspace, candidate, rater, able, chance)
    return stream, [workspace.record(one, by=rater) for one in records]


def _records(
    workspace: Any, candidate: str, rater: str, able: float, chance: random.Random
) -> Iterator[dict[str, Any]]:
    yield {
        "kind": "opened",
        "candidate": candidate,
        "rater": rater,
        "questionnaire": "interview",
        "wave": "M0",
        "pack": workspace.pack.ref.model_dump(),
    }
    for item in workspace.pack.questionnaires["interview"].items:
        if item.type == "rating":
            yield {
                "kind": "answer",
                "item": item.id,
                "state": "answered",
                "value": max(1, min(5, round(chance.gauss(able, 0.8)))),
                "note": "",
                "pack": workspace.pack.hash,
                "revises": [],
            }
    yield {"kind": "submitted"}


async def measure(place: Path) -> dict[str, Any]:
    """The figures in milliseconds; a list of them for each key."""
    from textual import events

    from assess.tui.app import AssessApp
    from assess.tui.screens.home import HomeScreen
    from assess.tui.screens.ranking import RankingScreen
    from assess.tui.widgets.rows import Rows
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(place)
    app = AssessApp(workspace)
    found: dict[str, Any] = {}
    frames = drawn = 0
    draw = Rows.render_line

    def count_rows(rows: Rows, y: int) -> Any:
        nonlocal drawn
        drawn += isinstance(rows.screen, RankingScreen) and bool(rows.key)
        return draw(rows, y)

    Rows.render_line = count_rows  # type: ignore[assignment,method-assign]
    async with app.run_test(size=(120, 36)) as pilot:
        painted = app._display

        def count(*arguments: Any) -> None:
            nonlocal frames
            frames += 1
            painted(*arguments)

        app._display = count  # type: ignore[assignment,method-assign]
        start = time.perf_counter()
        while not (isinstance(app.screen, HomeScreen) and app.screen._ranking is not None):
            await asyncio.sleep(0.01)
        found["measured"] = (time.perf_counter() - start) * 1000
        await app.workers.wait_for_complete()
        await pilot.pause()

        async def pressed(key: str, there: Callable[[], bool] | None = None) -> Taken:
            before = frames
            start, used = time.perf_counter(), time.thread_time()
            app.post_message(events.Key(key, key if len(key) == 1 else None))
            while not (there() if there else frames > before):
                await asyncio.sleep(0.0002)
            taken = Taken((time.perf_counter() - start) * 1000, (time.thread_time() - used) * 1000)
            await pilot.pause()
            return taken

        def ranked() -> bool:
            screen = app.screen
            if not isinstance(screen, RankingScreen) or not screen.query(Rows):
                return False
            return drawn > 0 and "K" in screen.query_one(Rows).key

        found["paint"] = await pressed("m", ranked)
        await pilot.pause()
        keys = {
            "down": ["down"] * 40,
            "page down": ["pagedown"] * 20,
            "end": ["end", "home"] * 5,
            "mark": ["space"] * 4,
            "sort": ["s"] * 6,
            "module": ["right"] * 6,
            "names": ["h"] * 4,
        }
        for name, presses in keys.items():
            found[name] = [await pressed(key) for key in presses]
        await pilot.press("slash")
        await pilot.pause()
        found["find"] = [await pressed(key) for key in "k4987"]
    workspace.close()
    return found


def report(found: dict[str, Any]) -> list[str]:
    """The figures in words, and whether they are within the bars."""
    paint = found["paint"]
    lines = [
        f"measured in a worker: {found['measured']:,.0f} ms",
        f"first paint: {paint.clock:,.0f} ms, processor {paint.processor:,.0f} ms "
        f"(bar {PAINT_MS}) {_verdict(paint.clock, PAINT_MS)}",
    ]
    for name, times in found.items():
        if isinstance(times, list):
            clock = median(one.clock for one in times)
            processor = median(one.processor for one in times)
            slowest = max(one.clock for one in times)
            lines.append(
                f"{name}: {clock:.1f} ms, at most {slowest:.1f}, processor {processor:.1f} ms, "
                f"of {len(times)} (bar {KEY_MS}) {_verdict(clock, KEY_MS)}"
            )
    return lines


def within(found: dict[str, Any]) -> bool:
    """Whether first paint and the median of every key are within the bars."""
    keys = [times for times in found.values() if isinstance(times, list)]
    return found["paint"].clock <= PAINT_MS and all(
        median(one.clock for one in times) <= KEY_MS for times in keys
    )


def _verdict(value: float, bar: float) -> str:
    return "ok" if value <= bar else "TOO SLOW"


def main(arguments: list[str] | None = None) -> int:
    """Build, measure, report; exit 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=5000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder to build in, or to measure again")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.keep or Path(folder) / "workspace"
        if not place.exists():
            build(place, chosen.candidates)
        found = asyncio.run(measure(place))
    print(json.dumps(found) if chosen.json else "\n".join(report(found)))
    return 0 if within(found) else 1


if __name__ == "__main__":
    sys.exit(main())
