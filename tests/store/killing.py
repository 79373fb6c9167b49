"""Children that confirm answers and are killed while they do.

A child writes each acknowledgement to a pipe *after* the store has returned. It is killed from
outside at a random moment or while it stands inside a write (a flag in shared memory is up), or it
kills itself at a chosen step of a write. Whatever was acknowledged must be there afterwards.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from killed_stores import STREAMS, Flag, Writer, folder_reader, folder_writer

from assess.store import disk

STEPS = ("write_all", "flush", "replace", "flush_folder", "ftruncate")


@dataclass
class Outcome:
    """What a number of kills did."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unreadable: int = 0
    notes: list[str] = field(default_factory=list)

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.kills + other.kills,
            self.acknowledged + other.acknowledged,
            self.lost + other.lost,
            self.unreadable + other.unreadable,
            self.notes + other.notes,
        )

    @property
    def held(self) -> bool:
        return not self.lost and not self.unreadable


# -- children


def spawn(child: Callable[[int], None]) -> tuple[int, int]:
    """Fork ``child``, which is given a pipe to write to; its process id and the pipe to read."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        os.close(reading)
        child(writing)
    finally:
        os._exit(3)
    raise AssertionError("a child does not come here")


def confirming(
    make: Callable[[], Writer], first: int, count: int = 100_000
) -> Callable[[int], None]:
    """A child that confirms answers numbered from ``first`` on and acknowledges each."""

    def child(pipe: int) -> None:
        write = make()
        for number in range(first, first + count):
            stream = STREAMS[number % len(STREAMS)]
            write(stream, number)
            os.write(pipe, b"%s %d\n" % (stream.encode(), number))

    return child


def finish(process: int, pipe: int, first: bytes = b"") -> list[tuple[str, int]]:
    """Wait for a killed child; what it acknowledged, ``first`` being read already."""
    data = first
    while part := os.read(pipe, 1 << 16):
        data += part
    os.close(pipe)
    os.waitpid(process, 0)
    lines = data.decode().splitlines()
    return [(stream, int(number)) for stream, number in (line.split() for line in lines)]


def check(
    outcome: Outcome,
    promised: dict[str, set[str]],
    acknowledged: list[tuple[str, int]],
    read: Callable[[], dict[str, set[str]]],
) -> None:
    """Note in ``outcome`` what of ``promised`` is there no more, after one more kill."""
    outcome.kills += 1
    outcome.acknowledged += len(acknowledged)
    for stream, number in acknowledged:
        promised[stream].add(f"{number:026d}")
    try:
        found = read()
    except Exception as error:
        outcome.unreadable += 1
        outcome.notes.append(f"{type(error).__name__}: {error}"[:200])
        return
    missing = sum(len(promised[stream] - found[stream]) for stream in STREAMS)
    if missing:
        outcome.lost += missing
        for stream in STREAMS:  # counted once
            promised[stream] &= found[stream]


# -- kills


def kill_from_outside(
    kills: int,
    make: Callable[[Flag], Writer],
    read: Callable[[], dict[str, set[str]]],
    *,
    aimed: bool,
    seed: int,
    spread: float = 0.0006,
) -> Outcome:
    """Kill children at random moments, or (``aimed``) within ``spread`` s of their flag."""
    chance = random.Random(seed)
    outcome = Outcome()
    promised: dict[str, set[str]] = {stream: set() for stream in STREAMS}
    for kill in range(kills):
        flag = Flag()
        process, pipe = spawn(confirming(partial(make, flag), (kill + 1) * 100_000))
        first = os.read(pipe, 1)  # the first acknowledgement begins: it is under way
        if first and aimed:
            _wait_for(flag, times=chance.randrange(1, 6))
            _spin(chance.uniform(0, spread))
        elif first:
            time.sleep(chance.uniform(0, 0.05))
        os.kill(process, signal.SIGKILL)
        check(outcome, promised, finish(process, pipe, first), read)
        if outcome.unreadable:
            break
    return outcome


def kill_at_steps(kills: int, root: Path, *, seed: int) -> Outcome:
    """Let children kill themselves before, in the middle of or after a step of a write."""
    chance = random.Random(seed)
    outcome = Outcome()
    promised: dict[str, set[str]] = {stream: set() for stream in STREAMS}
    for kill in range(kills):
        step, at, part = chance.choice(STEPS), chance.randrange(1, 12), chance.random()

        def make(step: str = step, at: int = at, part: float = part) -> Writer:
            write = folder_writer(root)
            _die_at(step, at, part)
            return write

        process, pipe = spawn(confirming(make, kill * 100_000, count=40))
        check(outcome, promised, finish(process, pipe), partial(folder_reader, root))
        if outcome.unreadable:
            break
    return outcome


def _die_at(step: str, at: int, part: float) -> None:
    """Make the ``at``-th call of a step the last thing that this process does.

    Of a write, the share ``part`` still happens; of any other step all, or (below a half) nothing.
    """
    holder = os if step == "ftruncate" else disk
    real = getattr(holder, step)
    calls = iter(range(1, 100_000))

    def deadly(*args: Any) -> Any:
        if next(calls) < at:
            return real(*args)
        if step == "write_all":
            os.write(args[0], args[1][: int(part * len(args[1]))])
        elif part >= 0.5:
            real(*args)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(holder, step, deadly)


def _wait_for(flag: Flag, times: int) -> None:
    end = time.monotonic() + 5
    for _ in range(times):
        while flag.is_up() and time.monotonic() < end:
            pass
        while not flag.is_up() and time.monotonic() < end:
            pass


def _spin(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
