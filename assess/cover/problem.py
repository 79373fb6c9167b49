"""The question: who may carry which module, what each would be worth, and which rules hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Role = Literal["a", "b"]

NOBODY = -1
CAPACITY_TOLERANCE = 1e-9
MOST_MODULES = 2
"""One as A and one as B, or two as B."""


class Pin(NamedTuple):
    """Somebody who is to hold a role of a module, by indices."""

    module: int
    role: Role
    person: int


class Goals(NamedTuple):
    """What a plan reaches, the most important first; tuples compare as plans do.

    The first four count modules: with an A, with a B, with A and B from different teams, and with
    every needed competency reached by A or B. ``value`` is the sum of P(S ≥ 60)·S over all roles.
    """

    with_a: int
    with_b: int
    two_teams: int
    together: int
    value: float

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self[:4]


@dataclass(frozen=True, eq=False)
class Problem:
    """P people, M modules, G competencies.

    Attributes:
        may_a, may_b: (P, M) whether a person may be proposed for the role.
        value: (P, M) P(S ≥ 60)·S in points, 0-100.
        team: (P,) number of the team, -1 where it is not known.
        reaches: (P, M, G) whether the person's value suffices in the competency.
        needed: (M, G) competencies that A and B are to reach together.
        capacity: (P,) share of the contracted hours that is free for the roles.
        load_a, load_b: share that a role takes.
        pins: roles given by hand.
    """

    may_a: Bools
    may_b: Bools
    value: Floats
    team: Ints
    reaches: Bools
    needed: Bools
    capacity: Floats
    load_a: float
    load_b: float
    pins: tuple[Pin, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """People and modules."""
        people, modules = self.value.shape
        return people, modules

    def without(self, people: Iterable[int]) -> Problem:
        """The same question where these people hold no role; their pins are dropped."""
        gone = sorted(set(people))
        may_a, may_b = self.may_a.copy(), self.may_b.copy()
        may_a[gone], may_b[gone] = False, False
        pins = tuple(pin for pin in self.pins if pin.person not in gone)
        return replace(self, may_a=may_a, may_b=may_b, pins=pins)


@dataclass(frozen=True, eq=False)
class Plan:
    """Who holds which role: (M,) indices of people for ``a`` and ``b``, -1 for nobody.

    ``proven`` tells that no better plan exists; False where time ran out.
    """

    a: Ints
    b: Ints
    goals: Goals
    proven: bool = True

    @property
    def people(self) -> frozenset[int]:
        """Everybody with a role."""
        return frozenset(np.concatenate([self.a, self.b]).tolist()) - {NOBODY}

    def posts(self) -> list[Pin]:
        """The roles filled, module by module, A before B."""
        roles: tuple[tuple[Role, Ints], ...] = (("a", self.a), ("b", self.b))
        return [
            Pin(m, role, int(held[m]))
            for m in range(len(self.a))
            for role, held in roles
            if held[m] != NOBODY
        ]


def evaluate(problem: Problem, a: Sequence[int] | Ints, b: Sequence[int] | Ints) -> Goals:
    """What a plan reaches, whether or not it keeps the rules."""
    a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
    if not len(problem.team):
        return Goals(0, 0, 0, 0, 0.0)
    m = np.arange(len(a))
    has_a, has_b = a != NOBODY, b != NOBODY
    team_a = np.where(has_a, problem.team[a], NOBODY)
    team_b = np.where(has_b, problem.team[b], NOBODY)
    apart = (team_a != NOBODY) & (team_b != NOBODY) & (team_a != team_b)
    reached = (problem.reaches[a, m] & has_a[:, None]) | (problem.reaches[b, m] & has_b[:, None])
    together = (reached | ~problem.needed).all(1) & (has_a | has_b)
    value = (problem.value[a, m] * has_a + problem.value[b, m] * has_b).sum()
    return Goals(
        int(has_a.sum()), int(has_b.sum()), int(apart.sum()), int(together.sum()), float(value)
    )


def loads(problem: Problem, a: Ints, b: Ints) -> Floats:
    """(P,) the share of the contracted hours that each person's roles take."""
    people, _modules = problem.size
    of_a = np.bincount(a[a != NOBODY], minlength=people)
    of_b = np.bincount(b[b != NOBODY], minlength=people)
    return np.asarray(of_a * problem.load_a + of_b * problem.load_b, np.float64)


class Broken(NamedTuple):
    """A rule that a plan does not keep."""

    rule: Literal["eligible", "two_people", "a_once", "b_twice", "a_and_b", "capacity", "pin"]
    person: int
    module: int = NOBODY
    role: Role | None = None


def broken(problem: Problem, a: Sequence[int] | Ints, b: Sequence[int] | Ints) -> list[Broken]:
    """Every rule that a plan breaks, with whom and where."""
    a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
    people, modules = problem.size
    found: list[Broken] = []
    for m in range(modules):
        roles: tuple[tuple[Role, int, Bools], ...] = (
            ("a", int(a[m]), problem.may_a),
            ("b", int(b[m]), problem.may_b),
        )
        for role, person, may in roles:
            if person != NOBODY and not may[person, m]:
                found.append(Broken("eligible", person, m, role))
        if a[m] == b[m] != NOBODY:
            found.append(Broken("two_people", int(a[m]), m))
    of_a = np.bincount(a[a != NOBODY], minlength=people)
    of_b = np.bincount(b[b != NOBODY], minlength=people)
    for person in np.flatnonzero(of_a + of_b).tolist():
        if of_a[person] > 1:
            found.append(Broken("a_once", person))
        if of_b[person] > MOST_MODULES:
            found.append(Broken("b_twice", person))
        elif of_a[person] and of_b[person] > 1:
            found.append(Broken("a_and_b", person))
    load = loads(problem, a, b)
    over = np.flatnonzero(load > problem.capacity + CAPACITY_TOLERANCE)
    found += [Broken("capacity", person) for person in over.tolist()]
    for pin in problem.pins:
        if (a if pin.role == "a" else b)[pin.module] != pin.person:
            found.append(Broken("pin", pin.person, pin.module, pin.role))
    return found
