"""How quickly programs start: from the process to the first useful screen and the first key.

    python -m benchmarks.start                       # 11 rounds, every program once a round
    python -m benchmarks.start --rounds 3 --no-peers # short
    python -m benchmarks.start --posting DIR --harlequin DIR   # environments made beforehand

A real pseudo-terminal of 80 by 24. *paint* is the time from starting the process to the bytes that
make the screen useful (named below for each program), *key* to the bytes that answer a key pressed
then; medians, the programs by turns, so that what else the machine does falls on all alike.

- *bare*: Textual with a line of text. *stack*: Textual, TinyDB and pydantic, which read twelve
  people from a file and list them. Both as short as they can be written.
- *assess* on an empty workspace, on the demonstration, and on 1,700 interviews with 100,300 answers
  (``workspaces.py``), as it opens for somebody who has opened it before.
- *posting* and *harlequin* as their users start them, installed into throw-away environments.

Then whole commands: ``assess --version`` beside ``python -c "import argparse"``, and
``assess rank`` on the large workspace. Bars: paint and key within 1.15 of *stack* and under half of
either peer, the version within 2 of argparse, the ranking under 2 s.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import workspaces
from benchmarks.pty_app import PtyApp, as_installed

ROUNDS = 11
SETTLED = 4.0
"""Seconds without a byte after which a program has worked out what it does at its start."""
OVER_STACK, OF_PEERS, OVER_ARGPARSE, RANK_SECONDS = 1.15, 0.5, 2.0, 2.0

BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("hello")
    def on_key(self, event):
        self.query_one(Label).update("key " + event.key)
Bare().run()
"""

STACK = """
import sys
from pydantic import BaseModel
from textual.app import App
from textual.widgets import Label, OptionList
from tinydb import TinyDB
class Person(BaseModel):
    id: str
    name: str
    department: str = ""
    modules: list[str] = []
class Stack(App):
    def compose(self):
        people = [Person.model_validate(row) for row in TinyDB(sys.argv[1]).all()]
        yield Label("people")
        yield OptionList(*(f"{p.id} {p.name} {p.department}" for p in people))
    def on_key(self, event):
        self.query_one(Label).update("key " + event.key)
Stack().run()
"""


@dataclass
class Program:
    """What is started, what makes its screen useful, and what its answer to a key shows."""

    name: str
    command: Sequence[str]
    useful: Callable[[str], bool]
    key: str
    handled: Callable[[str], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    settles: bool = False
    """Whether it works something out at its start, keeps it, and then comes to rest."""
    paints: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)

    def warm(self) -> None:
        """Start it until it opens as for somebody who has opened it before.

        Once until what it works out at its start is worked out and kept; its modules are compiled.
        """
        if self.settles:
            app = PtyApp(self.command, environment=self.environment)
            try:
                app.until(self.useful)
                app.quiet(SETTLED)
            finally:
                app.kill()
        self.start()
        self.paints.clear()
        self.keys.clear()

    def start(self) -> None:
        """Start it once, in milliseconds."""
        app = PtyApp(self.command, environment=self.environment)
        try:
            painted = app.until(self.useful)
            app.words = ""
            app.write(self.key)
            handled = app.until(self.handled)
        finally:
            app.kill()
        self.paints.append(1000 * painted)
        self.keys.append(1000 * handled)


def has(*words: str) -> Callable[[str], bool]:
    """All of these are shown."""
    return lambda shown: all(word in shown for word in words)


def own(folder: Path) -> list[Program]:
    """Bare, stack, and assess on its three workspaces."""
    from tinydb import TinyDB

    with TinyDB(folder / "people.json") as database:
        database.insert_multiple(
            {"id": f"P{n}", "name": f"Person {n}", "department": "Cost", "modules": ["COST"]}
            for n in range(12)
        )
    (folder / "bare.py").write_text(BARE)
    (folder / "stack.py").write_text(STACK)
    python = sys.executable
    found = [
        Program("bare", [python, str(folder / "bare.py")], has("hello"), "x", has("key x")),
        Program(
            "stack",
            [python, str(folder / "stack.py"), str(folder / "people.json")],
            has("people", "P11 Person 11"),
            "x",
            has("key x"),
        ),
    ]
    for name, make, useful in (
        ("empty", None, has("assess init")),
        ("demo", workspaces.demo, has("Riverside", "COST", "Jia")),
        ("large", workspaces.large, has("Scale", "COST", "K0000")),
    ):
        place = folder / name
        if make:
            make(place)
        script = Path(python).with_name("assess")
        program = Program(
            f"assess, {name}",
            [str(script), "--workspace", str(place)],
            useful,
            "?",
            has("This screen and its keys"),
            settles=True,
        )
        found.append(program)
    return found


def peers(folder: Path, posting: str | None, harlequin: str | None) -> list[Program]:
    """posting on an empty collection and harlequin on an empty database, in own environments."""
    made = {"posting": posting, "harlequin": harlequin}
    wanted = {
        # what it highlights with crashes at the start with newer releases than it was made for
        "posting": ["posting", "tree-sitter<0.26"],
        "harlequin": ["harlequin"],
    }
    for name, place in made.items():
        if place is None:
            made[name] = str(folder / name)
            subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
            pip = [str(folder / name / "bin" / "pip"), "install", "--quiet", *wanted[name]]
            subprocess.run(pip, check=True)
    homes = {
        "HOME": str(folder / "peers"),
        "XDG_CONFIG_HOME": str(folder / "peers"),
        "XDG_DATA_HOME": str(folder / "peers"),
    }
    (folder / "peers").mkdir(exist_ok=True)
    return [
        Program(
            "posting",
            [f"{made['posting']}/bin/posting", "--collection", str(folder / "peers")],
            has("Collection", "Send"),
            "q7z",
            has("q7z"),
            homes,
        ),
        Program(
            "harlequin",
            [f"{made['harlequin']}/bin/harlequin", "--locale", "C"],
            has("Data Catalog", "Query Editor"),
            "\x1bOP",
            has("Harlequin Help"),
            homes,
        ),
    ]


def seconds(command: Sequence[str]) -> float:
    """How long a whole command takes."""
    start = time.perf_counter()
    nowhere = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=nowhere, stderr=nowhere, env=as_installed())
    return time.perf_counter() - start


def shown(programs: Sequence[Program]) -> bool:
    """Print the table; whether the bars hold."""
    by_name = {program.name: program for program in programs}
    stack = by_name["stack"]
    held = True
    print(f"{'':16} {'paint':>8} {'key':>8} {'of stack':>9} {'key':>6}")
    for program in programs:
        paint, key = median(program.paints), median(program.keys)
        over = paint / median(stack.paints), key / median(stack.keys)
        line = f"{program.name:16} {paint:6.0f}ms {key:6.0f}ms {over[0]:9.2f} {over[1]:6.2f}"
        if program.name.startswith("assess"):
            fine = max(over) <= OVER_STACK
            for peer in ("posting", "harlequin"):
                if peer in by_name:
                    share = paint / median(by_name[peer].paints)
                    fine &= share < OF_PEERS
                    line += f"  {share:.2f} of {peer}"
            held &= fine
            line += "  held" if fine else "  MISSED"
        print(line)
    return held


def commands(large: Path, rounds: int) -> bool:
    """Whole commands beside what they are measured by."""
    script = str(Path(sys.executable).with_name("assess"))
    version, bare, rank = [], [], []
    for _round in range(rounds):
        version.append(seconds([script, "--version"]))
        bare.append(seconds([sys.executable, "-c", "import argparse"]))
        rank.append(seconds([script, "rank", "--workspace", str(large)]))
    over = median(version) / median(bare)
    print(
        f"assess --version {1000 * median(version):.0f} ms, import argparse "
        f"{1000 * median(bare):.0f} ms: {over:.2f} {'held' if over <= OVER_ARGPARSE else 'MISSED'}"
    )
    print(
        f"assess rank, large: {median(rank):.2f} s "
        f"{'held' if median(rank) < RANK_SECONDS else 'MISSED'}"
    )
    return over <= OVER_ARGPARSE and median(rank) < RANK_SECONDS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-peers", action="store_true", help="without posting and harlequin")
    parser.add_argument("--posting", metavar="DIR", help="an environment that has it")
    parser.add_argument("--harlequin", metavar="DIR", help="an environment that has it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assess-start-") as name:
        folder = Path(name)
        os.environ |= {"ASSESS_HOME": f"{folder}/home", "ASSESS_CACHE": f"{folder}/cache"}
        programs = own(folder)
        if not options.no_peers:
            programs += peers(folder, options.posting, options.harlequin)
        for program in programs:
            program.warm()
        for _round in range(options.rounds):
            for program in programs:
                program.start()
        held = shown(programs)
        held &= commands(folder / "large", options.rounds)
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
