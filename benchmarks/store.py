"""How long a confirmed answer takes, beside other stores and a bare flush, in one run.

    python -m benchmarks.store [--most 100000]

Compared at 100 to 100,000 stored answers (60 an interview): the workspace folder, TinyDB unchanged
in one file, TinyDB with its CachingMiddleware (which confirms nothing before it is closed), and
SQLite alone (write-ahead log, ``synchronous=FULL``). Each answer is as durable as its store makes
it when it is counted. *flush* is writing the same bytes to a file and one fsync; *beyond flush* is
what ours takes more. Then, in fresh processes: time and memory to open the workspace, read one
interview, take digests and read everything.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path
from statistics import median

import orjson
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from assess.model.ids import interview_id, new_ulid
from assess.model.records import Record
from assess.store.folder import FolderStore

PER_INTERVIEW = 60
SIZES = (100, 1_000, 10_000, 100_000)
REPEATS = 200
PATIENCE = 10.0
"""Seconds that one store may take at one size."""

Confirm = Callable[[Record], object]


def record() -> Record:
    """An answer with a note of ordinary length."""
    return {
        "id": new_ulid(),
        "kind": "answer",
        "at": "2025-03-01T09:30:00.000+00:00",
        "device": "laptop-1",
        "by": "R1",
        "revises": [],
        "item": "BPM-1",  # type: ignore[typeddict-unknown-key]
        "state": "answered",
        "value": 3,
        "note": "Walked through the three-way match and named two exceptions of last month.",
    }


def interviews(count: int) -> dict[str, list[Record]]:
    """``count`` answers by interview."""
    made: dict[str, list[Record]] = {}
    for number in range(-(-count // PER_INTERVIEW)):
        name = interview_id(f"K{number}", "R1", "interview", "M0")
        left = min(PER_INTERVIEW, count - number * PER_INTERVIEW)
        made[name] = [record() for _ in range(left)]
    return made


# -- the stores


@contextmanager
def folder(place: Path, stored: dict[str, list[Record]]) -> Iterator[Confirm]:
    store = FolderStore(place / "workspace", create=True)
    store.put_many(stored)
    current = next(iter(stored))
    store.prepare()
    yield lambda one: store.put(current, [one])
    store.close()


@contextmanager
def stock(place: Path, stored: dict[str, list[Record]]) -> Iterator[Confirm]:
    with TinyDB(place / "stock.json") as database:
        database.insert_multiple(one for records in stored.values() for one in records)
        yield database.insert


@contextmanager
def caching(place: Path, stored: dict[str, list[Record]]) -> Iterator[Confirm]:
    with TinyDB(place / "caching.json", storage=CachingMiddleware(JSONStorage)) as database:
        database.insert_multiple(one for records in stored.values() for one in records)
        yield database.insert


@contextmanager
def sqlite(place: Path, stored: dict[str, list[Record]]) -> Iterator[Confirm]:
    connection = sqlite3.connect(place / "answers.db", isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table record(id text primary key, stream text, doc blob)")
    connection.execute("create index by_stream on record(stream)")
    insert = "insert into record values(?, ?, ?)"
    connection.execute("begin")
    connection.executemany(
        insert, ((r["id"], name, orjson.dumps(r)) for name, rows in stored.items() for r in rows)
    )
    connection.execute("commit")
    current = next(iter(stored))
    yield lambda one: connection.execute(insert, (one["id"], current, orjson.dumps(one)))
    connection.close()


@contextmanager
def flush(place: Path, stored: dict[str, list[Record]]) -> Iterator[Confirm]:
    """No store: the answer's bytes and one fsync."""
    fd = os.open(place / "bytes", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.write(fd, b"".join(orjson.dumps(one) for one in islice(_flat(stored), 1000)))
    os.fsync(fd)

    def confirm(one: Record) -> None:
        os.write(fd, orjson.dumps(one))
        os.fsync(fd)

    yield confirm
    os.close(fd)


def _flat(stored: dict[str, list[Record]]) -> Iterator[Record]:
    return (one for records in stored.values() for one in records)


STORES = {
    "flush": flush,
    "ours": folder,
    "SQLite": sqlite,
    "TinyDB": stock,
    "TinyDB caching": caching,
}


# -- times


@dataclass
class Times:
    """Milliseconds an answer: median and 95th percentile."""

    middle: float
    late: float

    def __str__(self) -> str:
        return f"{self.middle:9.2f} {self.late:9.2f}"


def measure(count: int) -> dict[str, Times]:
    """The stores by turns, an answer each, so that a busy machine hits all alike."""
    stored = interviews(count)
    seconds: dict[str, list[float]] = {name: [] for name in STORES}
    with tempfile.TemporaryDirectory() as place:
        opened = {name: make(Path(place), stored) for name, make in STORES.items()}
        confirms = {name: context.__enter__() for name, context in opened.items()}
        for _ in range(REPEATS):
            for name, confirm in confirms.items():
                if sum(seconds[name]) > PATIENCE:
                    continue
                one = record()
                begun = time.perf_counter()
                confirm(one)
                seconds[name].append(time.perf_counter() - begun)
        for context in opened.values():
            context.__exit__(None, None, None)
    # the first ones open files
    return {name: _times(taken[2:] or taken) for name, taken in seconds.items()}


def _times(seconds: list[float]) -> Times:
    in_order = sorted(seconds)
    return Times(1000 * median(in_order), 1000 * in_order[ceil(0.95 * len(in_order)) - 1])


# -- opening

OPENING = """
import sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
begun = time.perf_counter()
from assess.store.folder import FolderStore
imported = time.perf_counter()
store = FolderStore({place!r})
{act}
taken = time.perf_counter()
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: nan"]
peak = next(line for line in lines if line.startswith("VmHWM")).split()[1]
print(1000 * (imported - begun), 1000 * (taken - imported), float(peak) / 1024)
"""
ACTS = {
    "open": "",
    "open, read one interview": "store.read({one!r})",
    "open, read one, confirm one": "store.read({one!r}); store.put({one!r}, [{record!r}])",
    "open, digests, index cold": "store.digests()",
    "open, digests, index warm": "store.digests()",
    "open, read all": "n = sum(len(records) for _name, records in store.read_all())",
}


def opening(count: int) -> None:
    stored = interviews(count)
    with tempfile.TemporaryDirectory() as place:
        root = str(Path(place) / "workspace")
        store = FolderStore(root, create=True)
        store.put_many(stored)
        store.close()
        print(f"\nopening {count:,} answers in {len(stored):,} interviews: milliseconds, most MB")
        print(f"{'':<30}{'imports':>9}{'then':>8}{'MB':>8}")
        for name, act in ACTS.items():
            code = OPENING.format(
                here=str(Path(__file__).parents[1]),
                place=root,
                act=act.format(one=next(iter(stored)), record=dict(record())),
            )
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
            imports, taken, memory = map(float, done.stdout.split())
            print(f"{name:<30}{imports:>9.0f}{taken:>8.1f}{memory:>8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the most stored answers")
    options = parser.parse_args()
    print("milliseconds a confirmed answer: median, 95th percentile")
    print(f"{'stored':>8}  " + "".join(f"{name:>20}" for name in STORES))
    sizes = [size for size in SIZES if size <= options.most]
    for size in sizes:
        found = measure(size)
        print(f"{size:>8,}  " + "".join(f"{found[name]!s:>20}" for name in STORES), flush=True)
        ours = found["ours"].middle
        ratios = (f"{name} {found[name].middle / ours:.2g}" for name in STORES if name != "ours")
        beyond = ours - found["flush"].middle
        print(f"{'':>10}over ours: {', '.join(ratios)}; ours beyond flush {beyond:.2f} ms")
        bar = 16 + 2 * found["flush"].late
        verdict = "holds" if found["ours"].late <= bar else "FAILS"
        print(f"{'':>10}16 ms and two flushes at the 95th percentile: {bar:.1f} ms, {verdict}")
    opening(sizes[-1])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        os.environ["ASSESS_CACHE"] = cache
        main()
