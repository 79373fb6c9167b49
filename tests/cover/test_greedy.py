"""The plan that people make by hand, which the best plan is measured against."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from cover_cases import random_problem

from assess.cover.greedy import greedy
from assess.cover.problem import NOBODY, Goals, Pin, broken, evaluate


def _free(people=5, modules=2):
    problem = random_problem(1, people, modules, eligible=1.0)
    return replace(problem, may_a=problem.may_b, capacity=np.ones(people))


def test_each_module_takes_the_most_valuable_who_still_may():
    problem = _free()
    plan = greedy(problem)
    first = problem.value[:, 0].argmax()
    assert plan.a[0] == first
    rest = problem.value[:, 1].copy()
    rest[first] = -1
    assert plan.a[1] == rest.argmax()
    assert not broken(problem, plan.a, plan.b)
    assert not plan.proven


def test_whoever_may_not_is_passed_over():
    problem = _free()
    worth = problem.value[:, 0].copy()
    first = int(worth.argmax())
    may_a = problem.may_a.copy()
    may_a[first, 0] = False
    worth[first] = -1
    assert greedy(replace(problem, may_a=may_a)).a[0] == worth.argmax()


def test_of_equals_the_first_listed_is_taken():
    problem = _free(9, 3)
    value = np.tile(np.where(np.arange(9) % 3, 70.0, 50.0)[:, None], 3)
    assert greedy(replace(problem, value=value)).a.tolist() == [1, 2, 4]


def test_pins_are_kept_only_where_they_are_looked_at():
    problem = _free()
    worst = int(problem.value[:, 0].argmin())
    pinned = replace(problem, pins=(Pin(0, "a", worst),))
    assert greedy(pinned).a.tolist() == greedy(problem).a.tolist()
    kept = greedy(pinned, pinned=True)
    assert kept.a[0] == worst
    assert kept.a[1] != NOBODY
    assert not broken(pinned, kept.a, kept.b)


def test_without_anybody_nothing_is_reached():
    nobody = random_problem(1, 0, 2)
    assert evaluate(nobody, [NOBODY] * 2, [NOBODY] * 2) == Goals(0, 0, 0, 0, 0.0)
