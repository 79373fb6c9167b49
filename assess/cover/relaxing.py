"""Why a role stays open: which rule stands in the way, and the smallest relaxation of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from assess.cover.problem import (
    CAPACITY_TOLERANCE,
    MOST_MODULES,
    NOBODY,
    Floats,
    Ints,
    Plan,
    Problem,
    Role,
)
from assess.cover.watching import Watch, silent, tell

Rule = Literal["capacity", "pin", "bar", "minimum", "assessment", "b_twice", "a_once", "people"]
RULES: tuple[Rule, ...] = (
    "capacity",
    "pin",
    "bar",
    "minimum",
    "assessment",
    "b_twice",
    "a_once",
    "people",
)
"""In the order in which a relaxation is preferred among equally small ones."""
SECONDS = 3.0
_PER_STEP = 1e-3
"""Of two relaxations that are equally large in sum, the one with fewer steps."""


@dataclass(frozen=True, eq=False)
class Closed:
    """What keeps people from a role, (P, M): the size of what would have to give, inf otherwise."""

    a: Floats
    b: Floats


class Step(NamedTuple):
    """One thing that would have to give: whose, where, and by how much.

    ``person`` is -1 for somebody not among the candidates, ``module`` -1 for a limit on a person.
    """

    person: int
    module: int
    role: Role | None
    amount: float


@dataclass(frozen=True)
class Relaxation:
    """The smallest relaxation of one rule that fills one open role."""

    module: int
    role: Role
    rule: Rule
    steps: tuple[Step, ...]

    @property
    def size(self) -> tuple[int, int]:
        """How many things give, then the rule's place in the order."""
        return len(self.steps), RULES.index(self.rule)


def open_roles(plan: Plan) -> list[tuple[int, Role]]:
    """The roles that nobody holds, module by module."""
    held: tuple[tuple[Role, Ints], ...] = (("a", plan.a), ("b", plan.b))
    return [(m, role) for m in range(len(plan.a)) for role, who in held if who[m] == NOBODY]


def relaxations(
    problem: Problem,
    plan: Plan,
    closed: Mapping[Rule, Closed],
    *,
    watch: Watch = silent,
) -> dict[tuple[int, Role], list[Relaxation]]:
    """For each open role, what would fill it without opening another, the smallest first.

    Args:
        problem: with its pins; where they contradict the rules, ``plan`` is the plan without them.
        plan: the best plan.
        closed: what keeps people from roles by eligibility: ``minimum``, ``assessment``, ``bar``.

    Raises:
        StoppedError: the watcher asked to stop.
    """
    found: dict[tuple[int, Role], list[Relaxation]] = {}
    for module, role in open_roles(plan):
        options = []
        for rule in RULES:
            tell(watch, "relaxations")
            if rule in ("minimum", "assessment", "bar") and rule not in closed:
                continue
            steps = _smallest(_Elastic(problem, rule, closed.get(rule)), plan, module, role)
            if steps:
                options.append(Relaxation(module, role, rule, steps))
        found[module, role] = sorted(options, key=lambda one: one.size)
    return found


def relaxations_of_all(
    problem: Problem,
    plan: Plan,
    closed: Mapping[Rule, Closed],
    *,
    watch: Watch = silent,
) -> list[tuple[Rule, tuple[Step, ...]]]:
    """What would fill all open roles together, by rule, the smallest first."""
    modules = len(plan.a)
    found: list[tuple[Rule, tuple[Step, ...]]] = []
    for rule in RULES if open_roles(plan) else ():
        tell(watch, "relaxations")
        if rule in ("minimum", "assessment", "bar") and rule not in closed:
            continue
        steps = _Elastic(problem, rule, closed.get(rule)).solve(
            [], [("a", modules), ("b", modules)]
        )
        if steps:
            found.append((rule, steps))
    return sorted(found, key=lambda one: (len(one[1]), RULES.index(one[0])))


def pin_conflicts(
    problem: Problem, closed: Mapping[Rule, Closed], *, watch: Watch = silent
) -> list[tuple[Rule, tuple[Step, ...]]]:
    """What would let all pins be kept, by rule, or which pins to drop; the smallest first."""
    found: list[tuple[Rule, tuple[Step, ...]]] = []
    for rule in RULES:
        tell(watch, "relaxations")
        if rule in ("minimum", "assessment", "bar") and rule not in closed:
            continue
        steps = _Elastic(problem, rule, closed.get(rule)).solve([], [])
        if steps:
            found.append((rule, steps))
    return sorted(found, key=lambda one: (len(one[1]), RULES.index(one[0])))


def _smallest(elastic: _Elastic, plan: Plan, module: int, role: Role) -> tuple[Step, ...] | None:
    goals = plan.goals
    more_a, more_b = goals.with_a + (role == "a"), goals.with_b + (role == "b")
    return elastic.solve([(module, role)], [("a", more_a), ("b", more_b)])


class _Elastic:
    """The rules as rows over single roles, with one rule that may give at a price."""

    def __init__(self, problem: Problem, rule: Rule, closed: Closed | None) -> None:
        self.rule = rule
        self.people = problem.size[0]
        self.problem = problem = _with_further_people(problem) if rule == "people" else problem
        no = np.full(problem.value.shape, np.inf)
        gives_a = no if closed is None else closed.a
        gives_b = no if closed is None else closed.b
        self.a = np.argwhere(problem.may_a | np.isfinite(gives_a))
        self.b = np.argwhere(problem.may_b | np.isfinite(gives_b))
        prices = (
            np.where(problem.may_a, 0.0, gives_a)[tuple(self.a.T)],
            np.where(problem.may_b, 0.0, gives_b)[tuple(self.b.T)],
        )
        self.price = np.concatenate(prices)
        self.role_price = self.price.copy()
        self.price += _PER_STEP * (self.price > 0)
        self.n = len(self.price)
        self.rows: list[tuple[Ints, Floats, float]] = []
        self.kinds: list[tuple[int, int]] = []
        """(person, number of the pin) behind each slack."""
        self.slack_price: list[float] = []
        self.slack_most: list[float] = []
        self.whole: list[int] = []
        self._rules()

    def _slack(self, person: int, pin: int, price: float, most: float, whole: int) -> int:
        self.kinds.append((person, pin))
        self.slack_price.append(price)
        self.slack_most.append(most)
        self.whole.append(whole)
        return self.n + len(self.kinds) - 1

    def _at_most(
        self, at: Ints, weights: Floats | float, end: float, slack: int | None = None
    ) -> None:
        if slack is None and not len(at):
            return
        value = np.broadcast_to(np.asarray(weights, np.float64), at.shape)
        if slack is not None:
            at, value = np.append(at, slack), np.append(value, -1.0)
        self.rows.append((at, value, end))

    def _rules(self) -> None:
        problem, a, b = self.problem, self.a, self.b
        people, modules = problem.size
        shift = len(a)
        for m in range(modules):
            self._at_most(np.flatnonzero(a[:, 1] == m), 1.0, 1.0)
            self._at_most(shift + np.flatnonzero(b[:, 1] == m), 1.0, 1.0)
        in_b = {(int(p), int(m)): shift + at for at, (p, m) in enumerate(b)}
        for at, (p, m) in enumerate(a):
            if (int(p), int(m)) in in_b:
                self._at_most(np.array([at, in_b[int(p), int(m)]]), 1.0, 1.0)
        for p in range(people):
            mine_a = np.flatnonzero(a[:, 0] == p)
            mine = np.concatenate([mine_a, shift + np.flatnonzero(b[:, 0] == p)])
            if not len(mine):
                continue
            once = self._slack(p, -1, 1.0, modules, 1) if self.rule == "a_once" else None
            twice = self._slack(p, -1, 1.0, modules, 1) if self.rule == "b_twice" else None
            more = self._slack(p, -1, 1.0, 100.0, 0) if self.rule == "capacity" else None
            self._at_most(mine_a, 1.0, 1.0, once)
            self._at_most(mine, 1.0, float(MOST_MODULES), twice)
            load = np.where(mine < shift, problem.load_a, problem.load_b)
            self._at_most(mine, load, float(problem.capacity[p]) + CAPACITY_TOLERANCE, more)
            if self.rule == "people" and p >= self.people:
                used = self._slack(p, -1, 1.0, 1.0, 1)
                for at in mine:
                    self._at_most(np.array([at]), 1.0, 0.0, used)
        for number, pin in enumerate(problem.pins):
            role, start = (a, 0) if pin.role == "a" else (b, shift)
            held = start + np.flatnonzero((role[:, 0] == pin.person) & (role[:, 1] == pin.module))
            if self.rule == "pin":
                held = np.append(held, self._slack(pin.person, number, 1.0, 1.0, 1))
            self.rows.append((held, -np.ones(len(held)), -1.0))

    def solve(
        self, fill: list[tuple[int, Role]], least: list[tuple[Role, int]]
    ) -> tuple[Step, ...] | None:
        """The steps of the cheapest way to fill these roles with so many filled in all."""
        rows, shift = list(self.rows), len(self.a)
        sides = {"a": (self.a, 0), "b": (self.b, shift)}
        for module, role in fill:
            pairs, start = sides[role]
            at = start + np.flatnonzero(pairs[:, 1] == module)
            rows.append((at, -np.ones(len(at)), -1.0))
        for role, count in least:
            pairs, start = sides[role]
            rows.append((start + np.arange(len(pairs)), -np.ones(len(pairs)), -float(count)))
        if any(not len(at) and end < 0 for at, _value, end in rows):
            return None
        price = np.concatenate([self.price, np.array(self.slack_price)])
        index = np.repeat(np.arange(len(rows)), [len(at) for at, _value, _end in rows])
        entries = np.concatenate([value for _at, value, _end in rows])
        column = np.concatenate([at for at, _value, _end in rows])
        matrix = csc_array((entries, (index, column)), shape=(len(rows), len(price)))
        result = milp(
            price,
            constraints=LinearConstraint(matrix, -np.inf, [end for _at, _value, end in rows]),
            bounds=Bounds(0, np.concatenate([np.ones(self.n), self.slack_most])),
            integrality=np.concatenate([np.ones(self.n), self.whole]),
            options={"time_limit": SECONDS},
        )
        return None if result.x is None else self._steps(result.x)

    def _steps(self, x: Floats) -> tuple[Step, ...]:
        steps = []
        for at in np.flatnonzero(x[: self.n] > 0.5).tolist():
            if self.role_price[at] > 0:
                role: Role = "a" if at < len(self.a) else "b"
                p, m = self.a[at] if role == "a" else self.b[at - len(self.a)]
                steps.append(Step(int(p), int(m), role, float(self.role_price[at])))
        for (person, pin), amount in zip(self.kinds, x[self.n :], strict=True):
            if amount > 1e-6:
                who = NOBODY if person >= self.people else person
                given = self.problem.pins[pin] if pin >= 0 else None
                module = given.module if given else NOBODY
                steps.append(Step(who, module, given.role if given else None, float(amount)))
        return tuple(steps)


def _with_further_people(problem: Problem) -> Problem:
    """Twice as many further people as modules, each able to do anything and free."""
    more = 2 * problem.size[1]

    def below(rows: np.ndarray, value: object) -> np.ndarray:
        return np.concatenate([rows, np.full((more, *rows.shape[1:]), value, rows.dtype)])

    return replace(
        problem,
        may_a=below(problem.may_a, True),
        may_b=below(problem.may_b, True),
        value=below(problem.value, 0.0),
        team=below(problem.team, NOBODY),
        reaches=below(problem.reaches, False),
        capacity=below(problem.capacity, max(1.0, problem.load_a + problem.load_b)),
    )
