"""What the embedded store keeps when programs are killed, power is cut and disks refuse.

    python -m benchmarks.faults [--share 0.1] [--seed 1]

``--share`` takes a part of each number of faults. Prints one table; a store that lost something
confirmed, or left something unreadable, ends it with exit code 1. Controls, which must lose, run in
the same harness: TinyDB unchanged, and the store without flushing folders.
"""

# ruff: noqa: E402 (the harness is beside the tests that use its short form)
from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "store"), str(Path(__file__).parent)]

import killed_stores
import killing
import power_cuts
from disk_faults import (
    Row,
    checkpoints_at,
    full_disk,
    of,
    read_only_folder,
    vanished_folder,
    workspace,
)
from killing import Outcome
from store_samples import FIRST, numbered
from tinydb import TinyDB

from assess.store import wal
from assess.store.folder import FolderStore

# -- kills


def kills(total: int, seed: int) -> Iterator[Row]:
    third = -(-total // 3)
    for aimed, fault in ((False, "kill at random"), (True, "kill inside a write")):
        with workspace() as root:
            make = partial(killed_stores.flagged_folder, root)
            read = partial(killed_stores.folder_reader, root)
            outcome = Outcome()
            for part, limit in ((third // 2, 1500), (third - third // 2, wal.CHECKPOINT_AT)):
                with checkpoints_at(limit):
                    again = killing.kill_from_outside(
                        part, make, read, aimed=aimed, seed=seed + limit
                    )
                outcome = outcome + again
            yield of(fault, outcome)
    with workspace() as root, checkpoints_at(1500):
        outcome = killing.kill_at_steps(total - 2 * third, root, seed=seed)
        yield of("kill at a step of a write", outcome)


def stock_kills(total: int, seed: int) -> Row:
    """TinyDB unchanged: each kill that leaves a broken file begins a new one."""
    together = Outcome()
    while together.kills < total:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            killed_stores.fill_stock(root, 1500)
            together = together + killing.kill_from_outside(
                min(25, total - together.kills),
                partial(killed_stores.flagged_stock, root),
                partial(killed_stores.stock_reader, root),
                aimed=True,
                seed=seed + together.kills,
                spread=0.0008,
            )
    return of("kill inside a write", together, control=True)


# -- damage


def flipped_bits(total: int, seed: int) -> Row:
    """Flip one bit somewhere; *lost* counts streams that came back different, unreported."""
    chance = random.Random(seed)
    silent = 0
    streams = [f"{n:032x}" for n in range(4)]
    with workspace() as root:
        store = FolderStore(root)
        for number, stream in enumerate(streams):
            store.put(stream, [numbered(n) for n in range(20)])
            if number % 2:
                store.close()
            store.put(stream, [numbered(99), numbered(100)])
            store.put(stream, [numbered(101)])
        truth = dict(store.read_all())
        copy = root.with_name("copy")
        for _ in range(total):
            shutil.copytree(root, copy)
            flip(chance, [path for path in copy.rglob("*.json*") if path.stat().st_size])
            flipped = FolderStore(copy)
            found = dict(flipped.read_all())
            aside = {Path(path).name.split(".")[0] for path in flipped.set_aside()}
            silent += sum(
                found.get(stream) != truth[stream]
                for stream in streams
                if stream not in aside and stream not in flipped.damaged()
            )
            shutil.rmtree(copy)
    return Row("flipped bit", total, total, silent, 0)


def stock_flipped_bits(total: int, seed: int) -> Row:
    chance = random.Random(seed)
    silent = broken = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stock.json"
        with TinyDB(path) as stock:
            stock.insert_multiple(dict(numbered(n)) for n in range(80))
            truth = stock.all()
        data = path.read_bytes()
        for _ in range(total):
            path.write_bytes(data)
            flip(chance, [path])
            try:
                with TinyDB(path) as stock:
                    silent += stock.all() != truth
            except (ValueError, AttributeError):
                broken += 1
    return Row("flipped bit", total, total, silent, broken, control=True)


def flip(chance: random.Random, paths: list[Path]) -> None:
    path = chance.choice(paths)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


# -- two processes


def two_processes(each: int, streams: tuple[str, str]) -> Row:
    with workspace() as root:
        context = multiprocessing.get_context("spawn")
        writers = [
            context.Process(target=write, args=(root, stream, first, each))
            for first, stream in zip((0, 1_000_000), streams, strict=True)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        store = FolderStore(root)
        there = sum(len(records) for _stream, records in store.read_all())
        fault = "two processes, one interview" if streams[0] == streams[1] else "two processes"
        return Row(fault, each, 2 * each, 2 * each - there, len(store.verify()))


def write(root: Path, stream: str, first: int, count: int) -> None:
    store = FolderStore(root)
    for n in range(count):
        store.put(stream, [numbered(first + n)])
    store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--share", type=float, default=1.0, help="part of the faults, 0-1")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    def of_share(number: int) -> int:
        return max(1, round(number * options.share))

    no_power = power_cuts.why_not()
    seed = options.seed
    cut = partial(power_cuts.cut_power, seed=seed)
    parts: list[Callable[[], Iterator[Row | str] | Row | str]] = [
        lambda: kills(of_share(1000), seed),
        lambda: stock_kills(of_share(300), seed),
        lambda: no_power or of("power cut", cut(of_share(200))),
        lambda: no_power or of("power cut", cut(of_share(40), folder_flush=False), control=True),
        lambda: flipped_bits(of_share(400), seed),
        lambda: stock_flipped_bits(of_share(400), seed),
        lambda: full_disk(of_share(20)),
        lambda: read_only_folder(of_share(20)),
        lambda: vanished_folder(of_share(20)),
        lambda: two_processes(of_share(500), (FIRST, "f" * 32)),
        lambda: two_processes(of_share(500), (FIRST, FIRST)),
    ]
    return report(parts)


def report(parts: list[Callable[[], Iterator[Row | str] | Row | str]]) -> int:
    print(f"{'fault':<34}{'times':>7}{'confirmed':>11}{'lost':>6}{'unreadable':>12}{'s':>7}")
    rows: list[Row] = []
    for part in parts:
        begun = time.perf_counter()
        found = part()
        for row in [found] if isinstance(found, Row | str) else found:
            taken = time.perf_counter() - begun
            begun = time.perf_counter()
            if isinstance(row, str):
                print(f"not run: {row}", flush=True)
                continue
            rows.append(row)
            name = f"control: {row.fault}" if row.control else row.fault
            print(
                f"{name:<34}{row.times:>7}{row.confirmed:>11}{row.lost:>6}{row.unreadable:>12}"
                f"{taken:>7.0f}",
                flush=True,
            )
    lost = sum(row.lost for row in rows if not row.control)
    unreadable = sum(row.unreadable for row in rows if not row.control)
    print(f"ours: {lost} lost, {unreadable} unreadable")
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        os.environ["ASSESS_CACHE"] = cache
        sys.exit(main())
