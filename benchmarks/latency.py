"""How the app feels: from a key to the last byte that it draws, memory, and a day of use.

    python -m benchmarks.latency                   # every screen, on both workspaces
    python -m benchmarks.latency --only interview  # screens whose name holds a word
    python -m benchmarks.latency --day             # 10,000 keys over all; --keys 900 for short

A real pseudo-terminal of 80 by 24, read as fast as bytes come. *open* is the key that opens a
screen, the first time and with what it measures; *key* are the keys that are pressed in it, each
after the one before came to rest. Beside every key stand two fsyncs of 200 bytes in the workspace's
file system; the bar is 16 ms and those two, at the 95th percentile. The large workspace holds
100,300 answers in 1,700 interviews (``workspaces.py``).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path
from statistics import median

from benchmarks import workspaces
from benchmarks.pty_app import PtyApp

FRAME_MS = 16.0
MEMORY_MB = 200.0
GROWTH_MB = 10.0
"""What a day of use may leave in memory: allocators round up."""
SLOWER = 1.25
QUIET = 0.15
DOWN, UP, RIGHT, LEFT = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[D"
ESCAPE = "\x1b"


@dataclass(frozen=True)
class Scene:
    """A screen: the keys that open it from home, and those that are then pressed in turn."""

    name: str
    opening: tuple[str, ...]
    keys: tuple[str, ...]


SCENES = (
    Scene("home", (), (DOWN, DOWN, UP)),
    Scene("ranking", ("m",), (DOWN, DOWN, UP, "h", "h", "s")),
    Scene("why", ("m", "\r"), (DOWN, DOWN, UP)),
    Scene("evidence", ("m", "\r", "\r"), (DOWN, DOWN, UP)),
    Scene("compare", ("m", " ", DOWN, " ", "c"), (DOWN, DOWN, UP)),
    Scene("grid", ("t",), (DOWN, DOWN, UP)),
    Scene("raters", ("r",), (DOWN, DOWN, UP)),
    Scene("decisions", ("e",), (DOWN, DOWN, UP)),
    Scene("cover", ("c",), (DOWN, DOWN, UP)),
    Scene("growth", ("g",), (DOWN, DOWN, UP)),
    Scene("panel", ("d",), (DOWN, DOWN, UP)),
    Scene("export", ("x",), (DOWN, DOWN, UP)),
    Scene("candidates", ("i",), ("K", "0", "\x7f", "\x7f")),
    Scene("help", ("?",), (DOWN, UP)),
    Scene("palette", ("\x10",), ("r", "a", "\x7f", "\x7f")),
)
INTERVIEW = (
    Scene("interview: answer", (), ("3",)),
    Scene("interview: move", (), ("p", RIGHT)),
    Scene("interview: flag", (), ("f",)),
    Scene("interview: note", ("e",), ("a", "b", " ", "c")),
    Scene("interview: review", ("r",), (DOWN, UP)),
    Scene("interview: find", ("/",), ("o", "r", "\x7f", "\x7f")),
)
ENTER = "\r"
TALK = ("3", RIGHT, "p", "f", "e", "a", ESCAPE)
"""What is pressed in an interview that is opened from home."""
ANSWERS = 30
"""Answers given before the interview would end."""


@dataclass
class Timed:
    """Milliseconds: opening, each key, and two fsyncs beside each key."""

    scene: str
    opening: float | None
    keys: list[float]
    flushes: list[float]

    @property
    def bar(self) -> float:
        """A frame and two fsyncs."""
        return FRAME_MS + at(self.flushes, 0.95)

    @property
    def held(self) -> bool:
        """Whether 95 of 100 keys are drawn in time."""
        return at(self.keys, 0.95) <= self.bar


def at(values: Sequence[float], share: float) -> float:
    """The value that a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Bench:
    """The app on one workspace."""

    def __init__(self, place: Path, quiet: float) -> None:
        self.place = place
        self.quiet = quiet
        self._flush = os.open(place.parent / "flush", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    @contextmanager
    def running(self, *words: str) -> Iterator[PtyApp]:
        """The app, once it came to rest."""
        command = [sys.executable, "-m", "assess", "--workspace", str(self.place), *words]
        app = PtyApp(command)
        try:
            app.until(lambda shown: len(shown.split()) > 20)
            # figures are measured behind the first screen
            app.quiet(max(2.0, 8 * self.quiet))
            yield app
        finally:
            app.kill()

    def flush(self) -> float:
        """Milliseconds of two fsyncs."""
        start = time.perf_counter()
        for _ in range(2):
            os.write(self._flush, b"x" * 200)
            os.fsync(self._flush)
        return 1000 * (time.perf_counter() - start)

    def scene(self, app: PtyApp, scene: Scene, presses: int) -> Timed:
        """Open a screen, press keys in it, go back."""
        opening = None
        for key in scene.opening:
            opening = app.press(key, max(0.6, 3 * self.quiet))
        found = Timed(scene.name, opening and 1000 * opening, [], [])
        for key in islice(cycle(scene.keys), presses):
            found.flushes.append(self.flush())
            taken = app.press(key, self.quiet)
            if taken is not None:  # a key that changes nothing draws nothing
                found.keys.append(1000 * taken)
        for _ in scene.opening:
            app.press(ESCAPE, self.quiet)
        return found

    def screens(self, only: str, presses: int) -> Iterator[Timed]:
        """Every screen that is reached from home."""
        chosen = [scene for scene in SCENES if only in scene.name]
        if chosen:
            with self.running() as app:
                for scene in chosen:
                    yield self.scene(app, scene, presses)

    def interview(self, only: str, presses: int, candidate: str) -> Iterator[Timed]:
        """What is done in an interview, the first answer (which opens it) left out."""
        chosen = [scene for scene in INTERVIEW if only in scene.name]
        if chosen:
            with self.running("interview", candidate, "--rater", "R1B") as app:
                app.press(ESCAPE, 2 * self.quiet)  # later: samples to score
                app.press("3", 4 * self.quiet)
                for scene in chosen:
                    wanted = min(presses, ANSWERS) if scene.keys == ("3",) else presses
                    yield self.scene(app, scene, wanted)

    def memory(self) -> float:
        """MB that the app holds when everything was measured."""
        with self.running() as app:
            for key in ("m", "\r", ESCAPE, ESCAPE):
                app.press(key, max(1.0, 4 * self.quiet))
            return app.memory

    def day(self, keys: int, candidate: str, rater: str) -> tuple[list[float], list[float]]:
        """Milliseconds of each key of a day, and the memory at twenty times of it.

        All screens in turn, an interview of the two among them, each with twenty keys.
        """
        whom = ("i", *candidate, ENTER, *rater, ENTER, ENTER)
        taken: list[float] = []
        memory: list[float] = []
        with self.running() as app:
            scenes = cycle((*SCENES, Scene("interview", whom, TALK)))
            while len(taken) < keys:
                scene = next(scenes)
                presses = [*scene.opening, *islice(cycle(scene.keys), 20)]
                presses += [ESCAPE] * len(scene.opening)
                for key in presses:
                    # a key close behind it would be taken as one with alt
                    rest = max(self.quiet, QUIET) if key == ESCAPE else self.quiet
                    seconds = app.press(key, rest)
                    taken.append(1000 * seconds if seconds is not None else 0.0)
                    if len(taken) % max(1, keys // 20) == 0:
                        memory.append(app.memory)
        return taken, memory


def shown(found: Timed, where: str) -> None:
    opening = "" if found.opening is None else f"{found.opening:7.0f}"
    print(
        f"{where:8} {found.scene:20} {opening:>7} {len(found.keys):5} "
        f"{median(found.keys or [0]):7.1f} {at(found.keys, 0.95):7.1f} {found.bar:7.1f}  "
        f"{'held' if found.held else 'MISSED'}",
        flush=True,
    )


def a_day(bench: Bench, keys: int, candidate: str, rater: str) -> bool:
    taken, memory = bench.day(keys, candidate, rater)
    part = max(1, len(taken) // 10)
    # the first tenth measures everything once; the second is what the last is compared with
    early = median([t for t in taken[part : 2 * part] if t] or [0])
    late = median([t for t in taken[-part:] if t] or [0])
    grown = memory[-1] - memory[len(memory) // 10]
    held = late <= SLOWER * early and grown <= GROWTH_MB and max(memory) < MEMORY_MB
    print(
        f"{len(taken)} keys: median {early:.1f} ms early, {late:.1f} ms late; "
        f"memory {memory[0]:.0f} MB at first, {memory[-1]:.0f} MB at last, "
        f"{grown:+.1f} MB since a tenth of the day: {'held' if held else 'MISSED'}"
    )
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="screens whose name holds this")
    parser.add_argument("--presses", type=int, default=100, help="keys a screen")
    parser.add_argument(
        "--quiet", type=float, default=QUIET, help="seconds without a byte: at rest"
    )
    parser.add_argument("--day", action="store_true", help="a day of use instead")
    parser.add_argument("--keys", type=int, default=10_000, help="keys of a day")
    parser.add_argument("--workspace", choices=("demo", "large"), help="one of the two only")
    parser.add_argument("--json", help="write the figures to a file")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    held = True
    with tempfile.TemporaryDirectory(prefix="assess-latency-") as folder:
        os.environ |= {"ASSESS_HOME": f"{folder}/home", "ASSESS_CACHE": f"{folder}/cache"}
        for name, make, candidate, rater in (
            ("demo", workspaces.demo, "HE", "R4"),
            ("large", workspaces.large, "K0003", "R15"),
        ):
            if options.workspace not in (None, name):
                continue
            place = Path(folder) / name
            make(place)
            bench = Bench(place, options.quiet)
            if options.day:
                held &= a_day(bench, options.keys, candidate, rater)
                continue
            print(f"{'':8} {'':20} {'open':>7} {'keys':>5} {'p50':>7} {'p95':>7} {'bar':>7}")
            for one in chain(
                bench.screens(options.only, options.presses),
                bench.interview(options.only, options.presses, candidate),
            ):
                shown(one, name)
                held &= one.held
                figures[f"{name} {one.scene}"] = vars(one)
            if not options.only:
                memory = bench.memory()
                figures[f"{name} memory"] = memory
                held &= memory < MEMORY_MB
                print(f"{name:8} memory {memory:.0f} MB (bar {MEMORY_MB:.0f} MB)")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=1))
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
