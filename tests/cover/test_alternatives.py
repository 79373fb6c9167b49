"""Each choice of a plan against the best plan without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cover_cases import brute_force, random_problem

from assess.cover.alternatives import alternatives
from assess.cover.problem import NOBODY, Pin
from assess.cover.solver import solve


def _barred(problem, person, module):
    may_a, may_b = problem.may_a.copy(), problem.may_b.copy()
    may_a[person, module] = may_b[person, module] = False
    return replace(problem, may_a=may_a, may_b=may_b)


@pytest.mark.parametrize("seed", range(4))
def test_an_alternative_is_the_best_plan_in_which_the_person_does_not_serve_the_module(seed):
    problem = random_problem(seed, 4, 2, eligible=0.9)
    plan = solve(problem)
    found = alternatives(problem, plan)
    held = [(role, who[m]) for m in range(2) for role, who in (("a", plan.a), ("b", plan.b))]
    assert [(post.role, post.person) for post in found.posts] == [
        (role, person) for role, person in held if person != NOBODY
    ]
    assert [(one.person, one.module) for one in found.of] == [
        (post.person, post.module) for post in plan.posts()
    ]
    for one in found.of:
        best = brute_force(_barred(problem, one.person, one.module))
        assert one.plan.goals.counts == best.counts
        assert one.plan.goals.value == pytest.approx(best.value, abs=1e-6)
        held = (one.plan.a[one.module], one.plan.b[one.module])
        assert one.person not in held
        assert one.instead() == [person for person in held if person != NOBODY]
    assert found.next_best.plan.goals == max(one.plan.goals for one in found.of)


def test_a_pinned_choice_has_no_alternative_and_names_nobody_instead():
    problem = random_problem(1, 5, 2, eligible=1.0)
    problem = replace(problem, may_a=problem.may_b, capacity=np.ones(5), pins=(Pin(0, "a", 3),))
    found = alternatives(problem, solve(problem))
    pinned = next(one for one in found.of if (one.person, one.module) == (3, 0))
    assert pinned.plan is None
    assert pinned.instead() == []
    assert found.next_best.plan is not None


def test_a_plan_of_pins_alone_has_no_next_best():
    problem = random_problem(1, 2, 1, eligible=1.0)
    problem = replace(
        problem,
        may_a=problem.may_b,
        capacity=np.ones(2),
        pins=(Pin(0, "a", 0), Pin(0, "b", 1)),
    )
    found = alternatives(problem, solve(problem))
    assert [one.plan for one in found.of] == [None, None]
    assert found.next_best is None


def test_looking_for_alternatives_tells_how_far_it_is():
    problem = random_problem(1, 5, 2, eligible=1.0)
    plan = solve(problem)
    told = []
    alternatives(problem, plan, watch=lambda stage, share: told.append((stage, share)) or True)
    n = len(plan.posts())
    assert told == [("alternatives", at / n) for at in range(n)]
