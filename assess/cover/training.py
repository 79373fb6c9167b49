"""Which actions lift the plan most: raise one person's competency, plan anew, keep the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assess.cover.problem import NOBODY, Bools, Floats, Goals, Plan, Problem
from assess.cover.solver import NoPlanError, Solver
from assess.cover.watching import Watch, silent, tell

LOOKED_AT = 8
"""So many of the most promising actions are planned with in each round."""


@dataclass(frozen=True, eq=False)
class Row:
    """One person's rows of a problem: (M,) may_a, may_b and value, (M, G) reaches."""

    may_a: Bools
    may_b: Bools
    value: Floats
    reaches: Bools


Raise = tuple[int, int]
"""A person and a competency that an action lifts."""
Raised = Callable[[int, Sequence[int]], Row]
"""The rows of a person after these competencies were lifted."""


@dataclass(frozen=True, eq=False)
class Lift:
    """One action chosen, and what the best plan reaches with it and those before it."""

    person: int
    competency: int
    goals: Goals


def best_lifts(
    problem: Problem,
    actions: Sequence[Raise],
    raised: Raised,
    *,
    most: int,
    watch: Watch = silent,
) -> list[Lift]:
    """Up to ``most`` actions, one after another, each the one that lifts the best plan most.

    The most promising by exchange of one person are planned with. Raises StoppedError.
    """
    chosen: list[Lift] = []
    done: dict[int, list[int]] = {}
    try:
        plan = Solver(problem).solve(watch=watch)
    except NoPlanError:
        return []
    for turn in range(most):
        left = [one for one in actions if one[1] not in done.get(one[0], [])]
        rows = {one: raised(one[0], [*done.get(one[0], []), one[1]]) for one in left}
        order = sorted(left, key=lambda one: (-_promise(problem, plan, one[0], rows[one]), one))
        best: tuple[Goals, Raise, Plan, Problem] | None = None
        for at, one in enumerate(order[:LOOKED_AT]):
            tell(watch, "training", (turn + at / LOOKED_AT) / most)
            variant = with_row(problem, one[0], rows[one])
            found = Solver(variant).solve()
            if found.goals > (best[0] if best else plan.goals):
                best = found.goals, one, found, variant
        if best is None or not _more(best[0], plan.goals):
            break
        goals, (person, competency), plan, problem = best
        done.setdefault(person, []).append(competency)
        chosen.append(Lift(person, competency, goals))
    return chosen


def _more(new: Goals, old: Goals) -> bool:
    return new.counts > old.counts or new.value > old.value + 1e-6


def with_row(problem: Problem, person: int, row: Row) -> Problem:
    """The problem with one person's rows replaced."""
    may_a, may_b = problem.may_a.copy(), problem.may_b.copy()
    value, reaches = problem.value.copy(), problem.reaches.copy()
    may_a[person], may_b[person] = row.may_a, row.may_b
    value[person], reaches[person] = row.value, row.reaches
    return replace(problem, may_a=may_a, may_b=may_b, value=value, reaches=reaches)


def _promise(problem: Problem, plan: Plan, person: int, row: Row) -> float:
    """Points that the plan could gain if this person stayed, or replaced one other."""
    gain = 0.0
    for held, may in ((plan.a, row.may_a), (plan.b, row.may_b)):
        for m in range(len(held)):
            now = int(held[m])
            if now == person:
                gain += row.value[m] - problem.value[person, m]
                continue
            if not may[m]:
                continue
            if now == NOBODY:
                gain = max(gain, 1000.0 + row.value[m])
            else:
                gain = max(gain, row.value[m] - problem.value[now, m])
    # who helps a module to reach every competency counts before points
    for m in np.flatnonzero((plan.a == person) | (plan.b == person)).tolist():
        if (row.reaches[m] & problem.needed[m] & ~problem.reaches[person, m]).any():
            gain += 100.0
    return float(gain)
