"""Why a role stays open: the relaxation that is named fills it, and none smaller does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cover_cases import random_problem

from assess.cover.problem import NOBODY, Pin, Problem
from assess.cover.relaxing import Closed, open_roles, pin_conflicts, relaxations
from assess.cover.solver import NoPlanError, solve


def _two(**changes):
    """Two people who can do everything, for one module, in different teams."""
    base = Problem(
        may_a=np.ones((2, 1), bool),
        may_b=np.ones((2, 1), bool),
        value=np.array([[70.0], [60.0]]),
        team=np.array([0, 1]),
        reaches=np.ones((2, 1, 1), bool),
        needed=np.ones((1, 1), bool),
        capacity=np.array([0.5, 0.5]),
        load_a=0.3,
        load_b=0.15,
    )
    return replace(base, **changes)


def test_a_full_plan_has_nothing_open():
    problem = _two()
    plan = solve(problem)
    assert open_roles(plan) == []
    assert relaxations(problem, plan, {}) == {}


def test_capacity_is_raised_by_just_what_is_missing():
    problem = _two(capacity=np.array([0.5, 0.1]))
    plan = solve(problem)
    ((place, ways),) = relaxations(problem, plan, {}).items()
    assert place == (0, "b")
    assert ways[0].rule == "capacity"
    (step,) = ways[0].steps
    assert step.person == 1
    assert step.amount == pytest.approx(0.05)
    assert open_roles(solve(replace(problem, capacity=np.array([0.5, 0.15])))) == []


def test_role_a_is_opened_where_nobody_may_ever_take_role_b():
    problem = _two(may_b=np.zeros((2, 1), bool), capacity=np.array([0.1, 0.2]))
    ways = relaxations(problem, solve(problem), {})
    cheapest = ways[0, "a"][0]
    assert cheapest.rule == "capacity"
    (step,) = cheapest.steps
    assert (step.person, step.amount) == (1, pytest.approx(0.1))


def test_a_minimum_and_a_bar_are_named_with_whom():
    may_b = np.array([[True], [False]])
    closed = Closed(np.full((2, 1), np.inf), np.array([[np.inf], [0.7]]))
    problem = _two(may_a=may_b, may_b=may_b)
    plan = solve(problem)
    for rule in ("minimum", "bar"):
        ways = relaxations(problem, plan, {rule: closed})[0, "b"]
        assert ways[0].rule == rule
        assert ways[0].steps[0][:3] == (1, 0, "b")


def test_where_nobody_is_left_further_people_are_asked_for():
    problem = _two(may_a=np.zeros((2, 1), bool), may_b=np.zeros((2, 1), bool))
    ways = relaxations(problem, solve(problem), {})
    assert set(ways) == {(0, "a"), (0, "b")}
    for found in ways.values():
        assert [one.rule for one in found] == ["people"]
        assert found[0].steps[0].person == NOBODY


def test_pins_that_contradict_a_rule_name_it_and_the_pin_to_drop():
    problem = random_problem(2, 6, 3, eligible=1.0)
    problem = replace(
        problem, may_a=problem.may_b, capacity=np.ones(6), pins=(Pin(0, "a", 1), Pin(1, "a", 1))
    )
    with pytest.raises(NoPlanError):
        solve(problem)
    ways = dict(pin_conflicts(problem, {}))
    assert len(ways["pin"]) == 1
    assert [step.person for step in ways["a_once"]] == [1]


def test_two_in_one_role_do_not_make_up_for_another_that_stays_open():
    # 0 may be B of the first two modules and has time for one; 1 and 2 may be B of the third
    may_b = np.array([[True, True, False], [False, False, True], [False, False, True]])
    problem = _two(
        may_a=np.zeros((3, 3), bool),
        may_b=may_b,
        value=np.full((3, 3), 60.0),
        team=np.arange(3),
        reaches=np.ones((3, 3, 1), bool),
        needed=np.ones((3, 1), bool),
        capacity=np.full(3, 0.15),
    )
    plan = solve(problem)
    assert plan.goals.with_b == 2
    open_b = next(m for m in (0, 1) if plan.b[m] == NOBODY)
    (step,) = relaxations(problem, plan, {})[open_b, "b"][0].steps
    assert (step.person, step.amount) == (0, pytest.approx(0.15))


@pytest.mark.parametrize("seed", range(12))
def test_the_capacity_named_fills_the_role_and_a_little_less_does_not(seed):
    problem = random_problem(seed, 6, 3, eligible=0.6)
    problem = replace(problem, capacity=np.full(6, 0.1), load_a=0.3, load_b=0.15)
    plan = solve(problem)
    for (module, role), ways in relaxations(problem, plan, {}).items():
        for way in [one for one in ways if one.rule == "capacity"]:
            more = problem.capacity.copy()
            for step in way.steps:
                more[step.person] += step.amount
            wider = solve(replace(problem, capacity=more + 1e-9)).goals
            assert wider.with_a >= plan.goals.with_a + (role == "a"), (module, role)
            less = problem.capacity.copy()
            for step in way.steps:
                less[step.person] += step.amount * 0.98 - 1e-4
            one_less = solve(replace(problem, capacity=less)).goals
            assert (one_less.with_a, one_less.with_b) < (
                plan.goals.with_a + (role == "a"),
                plan.goals.with_b + (role == "b"),
            )
