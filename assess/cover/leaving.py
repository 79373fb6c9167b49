"""What if they leave: the same day, and after the best new plan, for everybody and every pair."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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


def departures(
    problem: Problem, *, solver: Solver | None = None, watch: Watch = silent
) -> Departures:
    """Every departure of one and of two people, by what remains; pins of who leaves are dropped.

    Only people in the best plan can be missed: without anybody else it stays the best. So pairs are
    solved only where the second is in the best plan without the first. Raises StoppedError.
    """
    people = problem.size[0]
    pinned = {pin.person for pin in problem.pins}
    solver = solver or Solver(problem)

    def reach(out: tuple[int, ...]) -> tuple[Goals, frozenset[int]]:
        if pinned & set(out):
            return Solver(problem.without(out)).reach()
        return solver.reach(out)

    _base, needed = solver.reach()
    singles: list[Departure] = []
    pairs: dict[tuple[int, ...], Goals] = {}
    for at, first in enumerate(sorted(needed)):
        tell(watch, "departures", at / len(needed))
        goals, then = reach((first,))
        singles.append(Departure((first,), goals))
        for second in range(people):
            pair = (min(first, second), max(first, second))
            if second == first or pair in pairs:
                continue
            if second in then:
                tell(watch, "departures", at / len(needed))
                pairs[pair] = reach(pair)[0]
            else:
                pairs[pair] = goals
    found = [Departure(pair, goals) for pair, goals in pairs.items()]
    return Departures(
        sorted(singles, key=_worst), sorted(found, key=_worst), people + people * (people - 1) // 2
    )


def _worst(departure: Departure) -> tuple[Goals, tuple[int, ...]]:
    return departure.goals, departure.people
