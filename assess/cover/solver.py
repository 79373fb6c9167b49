"""The best plan: the counted goals in their order, then the value under them.

Mostly every module can reach the most that it could reach alone; that is tried first and needs one
integer problem. Else the counted goals are settled as digits of one whole number, or, where its
bound stays open, one after another.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from assess.cover.columns import BITS, COUNTED, Columns
from assess.cover.greedy import greedy
from assess.cover.master import Choice, Master, Stage
from assess.cover.problem import (
    NOBODY,
    Bools,
    Floats,
    Goals,
    Ints,
    Plan,
    Problem,
    broken,
    evaluate,
)
from assess.cover.watching import Watch, silent, tell

FEW = 200
"""So many columns are solved at once, without pricing."""
SECONDS = 20.0
_MOST_VALUE = 200.0
"""No column is worth more: two people at 100."""
_NONE = np.zeros(0, np.int64)

Allowed = tuple[Bools, Bools]


class NoPlanError(Exception):
    """No plan keeps the rules and the pins, not even one with open roles."""


@dataclass
class Solver:
    """Solves one problem, and variants of it without some people or some pairs.

    Args:
        problem: what is asked.
        few: see :data:`FEW`.
        seconds: how long one :meth:`solve` may take; then the best plan so far, not proven and
            not worse than the greedy one.
    """

    problem: Problem
    few: int = FEW
    seconds: float = SECONDS
    _columns: Columns = field(init=False)
    _master: Master = field(init=False)

    def __post_init__(self) -> None:
        self._columns = Columns(self.problem)
        self._master = Master(self._columns, self.few)
        self._pinned = np.zeros(self._columns.modules, np.bool_)
        self._pinned[[pin.module for pin in self.problem.pins]] = True

    def solve(
        self,
        *,
        out: Collection[int] = (),
        apart: Collection[tuple[int, int]] = (),
        watch: Watch = silent,
    ) -> Plan:
        """The best plan.

        Args:
            out: people without any role. Pins of theirs cannot be kept: take the people out with
                :meth:`Problem.without` where pins are to give way.
            apart: (person, module) that must not come together.
            watch: gets signs of life and may stop the work.

        Raises:
            NoPlanError: the pins contradict the rules.
            StoppedError: the watcher asked to stop.
        """
        allowed = self._allowed(out, apart)
        found = self._choose(allowed, watch)
        tell(watch, "roles", 1.0)
        a, b = self._stronger_first(found.codes, allowed)
        plan = Plan(a, b, evaluate(self.problem, a, b), found.proven)
        return plan if plan.proven else self._not_worse_than_by_hand(plan, allowed)

    def _not_worse_than_by_hand(self, plan: Plan, allowed: Allowed) -> Plan:
        """The plan, or the one by hand where time was too short to find as good a one."""
        problem = self.problem
        free = replace(
            problem,
            may_a=problem.may_a & allowed[0][:, :-1].T,
            may_b=problem.may_b & allowed[1][:, :-1].T,
        )
        by_hand = greedy(free, pinned=True)
        if broken(free, by_hand.a, by_hand.b) or by_hand.goals <= plan.goals:
            return plan
        return by_hand

    def reach(
        self, out: Collection[int] = (), watch: Watch = silent
    ) -> tuple[Goals, frozenset[int]]:
        """What the best plan reaches and who is in it, without deciding who of two is A."""
        a, b = self._held(self._choose(self._allowed(out, ()), watch).codes)
        return evaluate(self.problem, a, b), frozenset([*a.tolist(), *b.tolist()]) - {NOBODY}

    def _allowed(self, out: Collection[int], apart: Collection[tuple[int, int]]) -> Allowed:
        people, modules = self.problem.size
        allowed = np.ones((modules, people + 1), np.bool_)
        allowed[:, list(out)] = False
        for person, module in apart:
            allowed[module, person] = False
        return allowed, allowed

    def _held(self, codes: Ints) -> tuple[Ints, Ints]:
        """Who is A and who is B of each module."""
        m, a, b = self._columns.decode(codes)
        nobody = self._columns.nobody
        held = np.full((2, self._columns.modules), NOBODY)
        held[:, m] = np.where(a == nobody, NOBODY, a), np.where(b == nobody, NOBODY, b)
        return held[0], held[1]

    # -- stages

    def _choose(self, allowed: Allowed, watch: Watch) -> Choice:
        self._master.until = perf_counter() + self.seconds
        best = self._columns.best_bits(*allowed)
        if (best < 0).any():
            raise NoPlanError
        tell(watch, "value", 0.0)
        found = self._all_goals(best, allowed, watch)
        if found is not None:
            return found
        goals = self._goals_at_once(allowed, watch)
        if not goals.proven:
            goals = self._goals_in_turn(goals, allowed, watch)
        return self._value(goals, allowed, watch)

    def _idle(self, penalty: float) -> Floats:
        """A module with a pin may not idle."""
        return np.where(self._pinned, -penalty, 0.0)

    def _all_goals(self, best: Ints, allowed: Allowed, watch: Watch) -> Choice | None:
        """The best plan where every module reaches the most it can alone, if there is one."""
        modules = self._columns.modules
        earns = np.full((modules, BITS), -np.inf)
        earns[np.arange(modules), best] = 0.0
        # one idle module outweighs all that the others can earn, so that the total shows it
        penalty = 2 * (_MOST_VALUE * modules + 1.0)
        idle = np.where(best == 0, 0.0, -penalty)
        stage = Stage("value", 1.0, earns, idle, hopeless=-penalty / 2)
        found = self._master.best(stage, allowed, _NONE, watch)
        return found if found.proven and found.objective > -penalty / 2 else None

    def _goals_at_once(self, allowed: Allowed, watch: Watch) -> Choice:
        """All counted goals as digits of one number; the value only decides among equals."""
        modules = self._columns.modules
        base = modules + 1
        weight = COUNTED @ np.array([base**3, base**2, base, 1], np.float64)
        stage = Stage(
            "goals",
            0.25 / (_MOST_VALUE * modules),
            np.tile(weight, (modules, 1)),
            self._idle(2.0 * modules * float(weight.max())),
            whole=True,
            hopeless=-0.5,
        )
        found = self._master.best(stage, allowed, _NONE, watch)
        if found.proven and found.objective < -0.5:
            raise NoPlanError
        return found

    def _goals_in_turn(self, start: Choice, allowed: Allowed, watch: Watch) -> Choice:
        """One counted goal after another, those before it kept."""
        modules = self._columns.modules
        found, proven = start, True
        floors: tuple[tuple[int, int], ...] = ()
        for goal in range(COUNTED.shape[1]):
            guide = COUNTED.sum(1) * (0.2 / (4 * modules))
            stage = Stage(
                "goals",
                0.2 / (_MOST_VALUE * modules),
                np.tile(COUNTED[:, goal] + guide, (modules, 1)),
                self._idle(8.0 * modules),
                floors,
                whole=True,
            )
            better = self._master.best(stage, allowed, found.codes, watch)
            if np.isfinite(better.objective):
                found = better
            proven = proven and better.proven
            floors = (*floors, (goal, self._count(found.codes, goal)))
        return found._replace(proven=proven)

    def _count(self, codes: Ints, goal: int) -> int:
        _value, bits = self._columns.describe(codes)
        return int(COUNTED[bits, goal].sum())

    def _value(self, goals: Choice, allowed: Allowed, watch: Watch) -> Choice:
        """The highest value with the counted goals kept."""
        modules = self._columns.modules
        floors = tuple((goal, self._count(goals.codes, goal)) for goal in range(COUNTED.shape[1]))
        stage = Stage(
            "value",
            1.0,
            np.zeros((modules, BITS)),
            self._idle(_MOST_VALUE * modules + 1.0),
            tuple(floor for floor in floors if floor[1]),
        )
        found = self._master.best(stage, allowed, goals.codes, watch)
        if not np.isfinite(found.objective):
            return goals._replace(proven=False)
        return found._replace(proven=found.proven and goals.proven)

    # -- who of the two is A

    def _stronger_first(self, found: Ints, allowed: Allowed) -> tuple[Ints, Ints]:
        """With the same people in the same modules, the one worth more is A where rules allow."""
        columns = self._columns
        m, a, b = columns.decode(found)
        turned = self._possible(m, b, a, allowed)
        codes = np.concatenate([found, turned])
        _value, bits = columns.describe(codes)
        km, ka, _kb = columns.decode(codes)
        settled = np.zeros(columns.modules, np.int64)
        settled[m] = bits[: len(found)]
        same = bits == settled[km]
        codes, km, ka = codes[same], km[same], ka[same]
        if not len(codes):
            return self._held(found)
        worth = np.append(self.problem.value, np.zeros((1, columns.modules)), axis=0)[ka, km]
        rows, hi = self._master.rows(codes)
        lo = np.full(len(hi), -np.inf)
        lo[m] = 1.0
        result = milp(
            -worth,
            constraints=LinearConstraint(rows, lo, hi),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(codes)),
            options={"mip_rel_gap": 0},
        )
        return self._held(codes[result.x > 0.5] if result.x is not None else found)

    def _possible(self, m: Ints, a: Ints, b: Ints, allowed: Allowed) -> Ints:
        """Codes of those pairs that are columns at all."""
        problem, columns = self.problem, self._columns
        nobody = np.ones((1, columns.modules), np.bool_)
        may_a = np.append(problem.may_a & columns.limits.any_a[:, None], nobody, axis=0)
        may_b = np.append(problem.may_b & columns.limits.any_b[:, None], nobody, axis=0)
        good = may_a[a, m] & may_b[b, m] & allowed[0][m, a] & allowed[1][m, b]
        for pin in problem.pins:
            good &= (m != pin.module) | ((a if pin.role == "a" else b) == pin.person)
        return columns.code(m[good], a[good], b[good])


def solve(problem: Problem, watch: Watch = silent) -> Plan:
    """The best plan. Raises NoPlanError where pins contradict the rules."""
    return Solver(problem).solve(watch=watch)
