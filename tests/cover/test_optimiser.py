"""The optimiser against brute force, and its rules at sizes where nobody can try all plans."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
from cover_cases import brute_force, random_problem

from assess.cover.greedy import greedy
from assess.cover.problem import Broken, Pin, broken, evaluate
from assess.cover.solver import NoPlanError, Solver, solve
from assess.cover.watching import StoppedError

EVERY = 1 if os.environ.get("ASSESS_TESTS") == "whole" else 5
"""The usual run takes every fifth of the larger cases, ``ASSESS_TESTS=whole`` all of them."""
SMALL = [(3, 2), (4, 2), (5, 2), (3, 3), (4, 3)]


def _small(seed):
    people, modules = SMALL[seed % len(SMALL)]
    return random_problem(seed, people, modules, pins=seed % 4 == 3)


@pytest.mark.parametrize("part", range(4))
def test_the_plan_equals_brute_force_in_200_small_cases(part):
    for seed in range(50 * part, 50 * (part + 1)):
        problem = _small(seed)
        best = brute_force(problem)
        for few in (0, 200):  # with pricing, and all columns at once
            solver = Solver(problem, few=few)
            if best is None:
                with pytest.raises(NoPlanError):
                    solver.solve()
                continue
            plan = solver.solve()
            assert plan.proven, seed
            assert plan.goals.counts == best.counts, seed
            assert plan.goals.value == pytest.approx(best.value, abs=1e-6), seed
            assert not broken(problem, plan.a, plan.b), seed


@pytest.mark.parametrize("part", range(5))
def test_every_rule_holds_in_500_larger_cases(part):
    for seed in range(1000 + 100 * part, 1000 + 100 * (part + 1), EVERY):
        people, modules = 6 + seed % 15, 3 + seed % 5
        problem = random_problem(seed, people, modules, competencies=5, pins=seed % 5 == 0)
        try:
            plan = solve(problem)
        except NoPlanError:
            assert problem.pins, seed
            continue
        assert not broken(problem, plan.a, plan.b), seed
        assert evaluate(problem, plan.a, plan.b) == plan.goals
        if not problem.pins:
            assert plan.goals >= greedy(problem).goals, seed


def test_the_rules_are_checked_by_something_that_can_fail():
    problem = random_problem(1, 5, 3, eligible=1.0)
    problem = replace(
        problem, may_a=problem.may_b, capacity=np.full(5, 0.4), load_a=0.3, load_b=0.15
    )
    capacity = [Broken("capacity", person) for person in range(5)]
    twice = [Broken("two_people", 0, 0), Broken("a_once", 0), capacity[0]]
    assert broken(problem, [0, 0, 1], [0, 2, 2]) == twice
    assert broken(problem, [1, 0, 2], [3, 3, 3]) == [Broken("b_twice", 3), capacity[3]]
    assert broken(problem, [0, -1, -1], [-1, 0, 0]) == [Broken("a_and_b", 0), capacity[0]]
    barred = replace(problem, may_b=np.zeros_like(problem.may_b))
    assert broken(barred, [-1, -1, -1], [-1, 3, -1]) == [Broken("eligible", 3, 1, "b")]
    pinned = replace(problem, pins=(Pin(0, "a", 4),))
    assert broken(pinned, [1, 2, 3], [-1, -1, -1]) == [Broken("pin", 4, 0, "a")]


def test_a_larger_plan_is_never_worse_than_greedy_and_is_proven():
    problem = random_problem(7, 60, 12, competencies=10, eligible=0.6)
    plan = solve(problem)
    assert plan.proven
    assert plan.goals >= greedy(problem).goals


def test_of_two_who_serve_a_module_the_one_worth_more_is_a():
    for seed in range(10):
        problem = random_problem(seed, 6, 1, eligible=1.0)
        problem = replace(problem, may_a=problem.may_b, capacity=np.ones(6))
        plan = solve(problem)
        assert problem.value[plan.a[0], 0] >= problem.value[plan.b[0], 0]


def test_the_order_of_people_changes_nothing():
    problem = random_problem(11, 12, 4, competencies=4)
    turned = np.random.default_rng(5).permutation(12)
    other = replace(
        problem,
        may_a=problem.may_a[turned],
        may_b=problem.may_b[turned],
        value=problem.value[turned],
        team=problem.team[turned],
        reaches=problem.reaches[turned],
        capacity=problem.capacity[turned],
    )
    plan, same = solve(problem), solve(other)
    assert same.goals.counts == plan.goals.counts
    assert same.goals.value == pytest.approx(plan.goals.value)


def test_a_plan_gives_signs_of_life_and_can_be_stopped():
    problem = random_problem(7, 60, 12, competencies=10)
    told = []

    def watch(stage, share):
        told.append((stage, share))
        return True

    solve(problem, watch)
    assert {"value", "roles"} <= {stage for stage, _share in told}
    assert all(share is None or 0 <= share <= 1 for _stage, share in told)
    assert told[-1] == ("roles", 1.0)
    with pytest.raises(StoppedError):
        solve(problem, lambda stage, share: len(stage) < 0)


def test_pins_that_break_a_rule_leave_no_plan():
    problem = random_problem(2, 6, 3, eligible=1.0)
    problem = replace(problem, may_a=problem.may_b, capacity=np.ones(6))
    twice = replace(problem, pins=(Pin(0, "a", 1), Pin(1, "a", 1)))
    with pytest.raises(NoPlanError):
        solve(twice)


@pytest.mark.parametrize("seed", range(6))
def test_with_no_time_left_the_plan_is_still_not_worse_than_greedy(seed, monkeypatch):
    from assess.cover import solver as module

    problem = random_problem(seed, 12, 5, competencies=4, pins=seed % 2 == 1)
    out_of_time = module.Choice(np.zeros(0, np.int64), 0.0, False)
    monkeypatch.setattr(module.Solver, "_choose", lambda *_args: out_of_time)
    plan = Solver(problem).solve()
    assert not plan.proven
    by_hand = greedy(problem, pinned=True)
    if not broken(problem, by_hand.a, by_hand.b):
        assert plan.goals >= by_hand.goals
        assert plan.goals.with_a > 0
        assert not broken(problem, plan.a, plan.b)


def test_out_of_time_nobody_comes_back_who_is_out(monkeypatch):
    from assess.cover import solver as module

    problem = random_problem(3, 12, 5, eligible=1.0)
    out_of_time = module.Choice(np.zeros(0, np.int64), 0.0, False)
    monkeypatch.setattr(module.Solver, "_choose", lambda *_args: out_of_time)
    plan = Solver(problem).solve(out=[0, 1], apart=[(2, 0)])
    assert not {0, 1} & {*plan.a.tolist(), *plan.b.tolist()}
    assert 2 not in (plan.a[0], plan.b[0])
