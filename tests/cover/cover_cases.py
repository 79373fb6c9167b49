"""Random questions, and a slow but plain answer to the small ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from assess.cover.problem import NOBODY, Goals, Pin, Problem, broken, evaluate


def random_problem(
    seed: int,
    people: int,
    modules: int,
    *,
    competencies: int = 3,
    eligible: float = 0.7,
    suffices: float = 0.7,
    teams: int = 3,
    pins: bool = False,
) -> Problem:
    """A question with everything in it that a real one has: gaps, full calendars, unknown teams."""
    draw = np.random.default_rng(seed)
    may_b = draw.random((people, modules)) < eligible
    may_a = may_b & (draw.random((people, modules)) < 0.8)
    score = np.clip(draw.normal(60, 15, (people, 1)) + draw.normal(0, 6, (people, modules)), 0, 100)
    chance = 1 / (1 + np.exp(-(score - 60) / 4))
    load = float(draw.choice([0.1, 0.3, 0.5]))
    problem = Problem(
        may_a=may_a,
        may_b=may_b,
        value=score * chance * may_b,
        team=draw.integers(-1, teams, people),
        reaches=draw.random((people, modules, competencies)) < suffices,
        needed=draw.random((modules, competencies)) < 0.8,
        capacity=draw.choice([0.1, 0.25, 0.3, 0.45, 0.6, 1.0], people),
        load_a=load,
        load_b=load / 2,
    )
    if pins and may_b.any():
        person, module = (int(at) for at in draw.choice(np.argwhere(may_b)))
        role = "a" if may_a[person, module] and draw.random() < 0.5 else "b"
        return Problem(**{**vars(problem), "pins": (Pin(module, role, person),)})
    return problem


def all_plans(problem: Problem) -> Iterator[tuple[list[int], list[int]]]:
    """Every way to fill the roles with who may hold them, rules on people not looked at."""
    _people, modules = problem.size
    per_module = [
        [
            (a, b)
            for a in [NOBODY, *np.flatnonzero(problem.may_a[:, m]).tolist()]
            for b in [NOBODY, *np.flatnonzero(problem.may_b[:, m]).tolist()]
            if a != b or a == NOBODY
        ]
        for m in range(modules)
    ]
    for chosen in itertools.product(*per_module):
        yield [a for a, _b in chosen], [b for _a, b in chosen]


def brute_force(problem: Problem) -> Goals | None:
    """The best that any plan reaches, by trying them all; None where pins allow none."""
    best: Goals | None = None
    for a, b in all_plans(problem):
        goals = evaluate(problem, a, b)
        if best is not None and goals <= best:
            continue
        if not broken(problem, a, b):
            best = goals
    return best
