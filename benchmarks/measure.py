"""How long the measurement takes, beside a bare pass over the same answers.

The bare pass is four ``numpy.bincount`` over the sorted int32 codes: sum and number of the answers
of each candidate, sum of each rater, sum of each item. One BLAS thread, median of five.

    python -m benchmarks.measure [--peers]
    python benchmarks/measure.py --json
"""

# ruff: noqa: E402 (threads are set before NumPy is loaded)
from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

import numpy as np

from assess.measure import (
    Answers,
    ModuleSpec,
    WaveData,
    fit,
    minimums,
    rank,
    score,
    standing,
)

REPEATS = 5
COMPETENCIES, ITEMS = 10, 40


@dataclass(frozen=True)
class Size:
    """Candidates, raters each, raters in all, and the share of answers that are missing."""

    candidates: int
    each: int
    raters: int
    missing: float = 0.0

    @property
    def name(self) -> str:
        hole = f", {self.missing:.0%} missing" if self.missing else ""
        return f"{self.candidates:,} x {self.each} x {ITEMS}{hole}"


SIZES = (
    Size(60, 4, 4),
    Size(5_000, 4, 50),
    Size(50_000, 4, 500),
    Size(50_000, 4, 500, missing=0.5),
)


@dataclass(frozen=True)
class Row:
    """Seconds, and megabytes beyond the answers themselves."""

    size: str
    answers: int
    bare: float
    fit: float
    module: float
    ranks: float
    fit_to_bare: float
    memory_mb: float


def drawn(size: Size, seed: int = 1) -> Answers:
    """Answers of candidates who differ, on raters who differ, in steps of a 1-5 scale."""
    rng = np.random.default_rng(seed)
    C, R = size.candidates, size.raters
    raters = np.argpartition(rng.random((C, R)), size.each - 1, axis=1)[:, : size.each]
    raters = np.sort(raters, axis=1).astype(np.int32)
    shape = C, size.each, ITEMS
    x = np.broadcast_to(rng.normal(50, 15, C)[:, None, None], shape).copy()
    x += rng.normal(0, 6, R)[raters][..., None]
    x += rng.normal(0, 8, (C, size.each, 1))
    x += rng.normal(0, 15, shape)
    x = 25 * np.clip(np.round(x / 25), 0, 4).ravel()
    c = np.repeat(np.arange(C, dtype=np.int32), size.each * ITEMS)
    r = np.repeat(raters.ravel(), ITEMS)
    i = np.tile(np.arange(ITEMS, dtype=np.int32), C * size.each)
    if size.missing:
        keep = rng.random(len(x)) >= size.missing
        c, r, i, x = c[keep], r[keep], i[keep], x[keep]
    competency = np.repeat(np.arange(COMPETENCIES), ITEMS // COMPETENCIES)
    return Answers.from_columns(
        c, r, i, x, competency, n_candidates=C, n_raters=R, n_competencies=COMPETENCIES
    )


def bare_pass(answers: Answers) -> None:
    np.bincount(answers.c, answers.x)
    np.bincount(answers.c)
    np.bincount(answers.r, answers.x)
    np.bincount(answers.i, answers.x)


def timed(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def measured(size: Size) -> Row:
    answers = drawn(size)
    bare = timed(lambda: bare_pass(answers))
    whole = timed(lambda: fit(answers))
    found = fit(answers)
    module = ModuleSpec(
        np.array([20, 10, 14, 12, 8, 8, 8, 8, 6, 6.0]), minimums={0: 50.0, 4: 50.0}, min_coverage=80
    )
    score([WaveData(found)], module)
    one_module = timed(lambda: score([WaveData(found)], module))
    scores = score([WaveData(found)], module)

    def ranks() -> None:
        rank(scores, standing(scores, minimums(scores)).ranked)

    one_ranking = timed(ranks)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    ranked = score([WaveData(fit(answers))], module)
    rank(ranked)
    memory = (tracemalloc.get_traced_memory()[1] - before) / 1e6
    tracemalloc.stop()
    return Row(size.name, len(answers), bare, whole, one_module, one_ranking, whole / bare, memory)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument(
        "--peers", action="store_true", help="also run the packages of the extra `bench`"
    )
    chosen = parser.parse_args()
    rows = [measured(size) for size in SIZES]
    if chosen.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return 0
    head = ("candidates x raters x items", "answers", "bare ms", "fit ms", "fit/bare")
    print(
        "{:<34}{:>11}{:>10}{:>10}{:>10}{:>11}{:>10}{:>8}".format(
            *head, "module ms", "ranks ms", "MB"
        )
    )
    for row in rows:
        print(
            f"{row.size:<34}{row.answers:>11,}{1e3 * row.bare:>10.2f}{1e3 * row.fit:>10.1f}"
            f"{row.fit_to_bare:>10.1f}{1e3 * row.module:>11.1f}{1e3 * row.ranks:>10.1f}"
            f"{row.memory_mb:>8.0f}"
        )
    if chosen.peers:
        from benchmarks.peers import compare

        print()
        compare()
    return 0


if __name__ == "__main__":
    sys.exit(main())
