"""What if they leave: the same day, and after the best new plan, for everybody and every pair."""

from __future__ import annotations

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import local
from typing import NamedTuple

import numpy as np

from assess.cover.problem import (
    CAPACITY_TOLERANCE,
    MOST_MODULES,
    NOBODY,
    Bools,
    Goals,
    Ints,
    Problem,
    evaluate,
)
from assess.cover.solver import Solver
from assess.cover.watching import Watch, silent, tell

MOST_THREADS = 8
"""The solver lets other threads run; more than this gain nothing."""


@dataclass(frozen=True, eq=False)
class SameDay:
    """Where things stand at once: B steps in for an A who left, nobody else moves.

    Attributes:
        a, b: (M,) who holds the roles now.
        lost_a, lost_b: (M,) who left the role, -1 for nobody.
        overloaded: people whose capacity the stepping in exceeds, or who are now A twice.
        goals: what is left.
    """

    a: Ints
    b: Ints
    lost_a: Ints
    lost_b: Ints
    overloaded: tuple[int, ...]
    goals: Goals

    @property
    def touched(self) -> list[int]:
        """Modules that lost A or B."""
        return np.flatnonzero((self.lost_a != NOBODY) | (self.lost_b != NOBODY)).tolist()


def same_day(problem: Problem, a: Ints, b: Ints, out: Collection[int]) -> SameDay:
    """The roles on the day that these people stop."""
    gone = np.array(sorted(out), np.int64)
    a, b = a.copy(), b.copy()
    left_a, left_b = np.isin(a, gone), np.isin(b, gone)
    lost_a, lost_b = np.where(left_a, a, NOBODY), np.where(left_b, b, NOBODY)
    b[left_b] = NOBODY
    a[left_a] = b[left_a]
    b[left_a] = NOBODY
    people, _modules = problem.size
    of_a = np.bincount(a[a != NOBODY], minlength=people)
    of_b = np.bincount(b[b != NOBODY], minlength=people)
    load = of_a * problem.load_a + of_b * problem.load_b
    too_much = (load > problem.capacity + CAPACITY_TOLERANCE) | (of_a > 1)
    too_much |= of_a + of_b > MOST_MODULES
    stepped = np.unique(a[left_a & (a != NOBODY)])
    overloaded = tuple(int(p) for p in stepped if too_much[p])
    return SameDay(a, b, lost_a, lost_b, overloaded, evaluate(problem, a, b))


def reached(problem: Problem, a: Ints, b: Ints) -> Bools:
    """(M, G) whether A or B of each module reaches each competency."""
    m = np.arange(len(a))
    with_a = problem.reaches[a, m] & (a != NOBODY)[:, None]
    with_b = problem.reaches[b, m] & (b != NOBODY)[:, None]
    return np.asarray(with_a | with_b)


def nobody_left(problem: Problem, out: Collection[int]) -> list[tuple[int, int]]:
    """(module, competency) that somebody eligible reached, and nobody who stays does."""
    may = problem.may_a | problem.may_b
    stays = np.ones(len(may), np.bool_)
    stays[list(out)] = False
    before = (problem.reaches & may[:, :, None]).any(0)
    after = (problem.reaches & (may & stays[:, None])[:, :, None]).any(0)
    lost = problem.needed & before & ~after
    return [(int(m), int(g)) for m, g in np.argwhere(lost)]


class Departure(NamedTuple):
    """One or two people who leave, and what the best plan without them reaches."""

    people: tuple[int, ...]
    goals: Goals


class Departures(NamedTuple):
    """All departures of one and two, the most painful first; pairs that touch no plan left out.

    Whoever is in no best plan can leave without any loss: ``tried`` counts these too.
    """

    singles: list[Departure]
    pairs: list[Departure]
    tried: int


def departures(problem: Problem, *, watch: Watch = silent) -> Departures:
    """Every departure of one and of two people, by what remains; pins of who leaves are dropped.

    Only people in the best plan can be missed: without anybody else it stays the best. So pairs are
    solved only where the second is in the best plan without the first. Raises StoppedError.
    """
    people = problem.size[0]
    _base, needed = Solver(problem).reach(watch=watch)
    single = dict(_reach_each(problem, [(first,) for first in sorted(needed)], watch, (0.0, 0.1)))
    goals: dict[tuple[int, ...], Goals] = {}
    missed: set[tuple[int, ...]] = set()
    for (first,), (without, then) in single.items():
        for second in set(range(people)) - {first}:
            pair = (min(first, second), max(first, second))
            if second in then:
                missed.add(pair)
            else:
                goals[pair] = without
    solved = _reach_each(problem, sorted(missed - set(goals)), watch, (0.1, 1.0))
    goals |= {pair: reached for pair, (reached, _then) in solved}
    return Departures(
        sorted((Departure(out, reached) for out, (reached, _t) in single.items()), key=_worst),
        sorted((Departure(pair, reached) for pair, reached in goals.items()), key=_worst),
        people + people * (people - 1) // 2,
    )


Reached = tuple[Goals, frozenset[int]]


def _reach_each(
    problem: Problem, outs: list[tuple[int, ...]], watch: Watch, share: tuple[float, float]
) -> list[tuple[tuple[int, ...], Reached]]:
    """What the best plan without each group reaches, and who is in it; on all processors."""
    pinned = {pin.person for pin in problem.pins}
    mine = local()

    def reach(out: tuple[int, ...]) -> Reached:
        if pinned & set(out):
            return Solver(problem.without(out)).reach()
        if not hasattr(mine, "solver"):
            mine.solver = Solver(problem)
        solver: Solver = mine.solver
        return solver.reach(out)

    found = []
    pool = ThreadPoolExecutor(max_workers=min(MOST_THREADS, os.cpu_count() or 1))
    try:
        for at, reached in enumerate(pool.map(reach, outs)):
            low, high = share
            tell(watch, "departures", low + (high - low) * at / len(outs))
            found.append((outs[at], reached))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return found


def _worst(departure: Departure) -> tuple[Goals, tuple[int, ...]]:
    return departure.goals, departure.people
