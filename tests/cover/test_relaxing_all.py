"""One way out for all open roles, for pins that contradict rules, and signs of life."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assess.cover.problem import NOBODY, Pin, Problem
from assess.cover.relaxing import (
    Closed,
    open_roles,
    pin_conflicts,
    relaxations,
    relaxations_of_all,
)
from assess.cover.solver import solve
from assess.cover.watching import StoppedError

# an option that the solver does not know is a warning only
pytestmark = pytest.mark.filterwarnings("error")


def _problem(people=4, modules=2, **changes):
    base = Problem(
        may_a=np.ones((people, modules), bool),
        may_b=np.ones((people, modules), bool),
        value=np.full((people, modules), 70.0),
        team=np.arange(people),
        reaches=np.ones((people, modules, 1), bool),
        needed=np.ones((modules, 1), bool),
        capacity=np.full(people, 0.5),
        load_a=0.3,
        load_b=0.15,
    )
    return replace(base, **changes)


def test_a_full_plan_needs_nothing():
    problem = _problem()
    assert relaxations_of_all(problem, solve(problem), {}) == []


def test_capacity_for_all_open_roles_is_what_all_of_them_lack():
    problem = _problem(2, 1, capacity=np.array([0.1, 0.1]))
    plan = solve(problem)
    assert len(open_roles(plan)) == 2
    ways = dict(relaxations_of_all(problem, plan, {}))
    steps = ways["capacity"]
    assert sorted(step.amount for step in steps) == pytest.approx([0.05, 0.2])
    assert {step.person for step in steps} == {0, 1}
    assert all((step.module, step.role) == (NOBODY, None) for step in steps)
    wider = problem.capacity.copy()
    for step in steps:
        wider[step.person] += step.amount
    assert open_roles(solve(replace(problem, capacity=wider))) == []


def test_two_limits_that_give_are_named_each_with_its_person():
    problem = _problem(2, 2, capacity=np.full(2, 2.0))
    may = np.array([[True, True], [False, False]])
    problem = replace(problem, may_a=may, may_b=np.ones((2, 2), bool))
    plan = solve(problem)
    ways = dict(relaxations_of_all(problem, plan, {}))
    assert [(step.person, step.amount) for step in ways["a_once"]] == [(0, 1.0)]
    assert [step.person for step in ways["people"]] == [NOBODY]
    assert "b_twice" not in ways


def test_one_more_role_b_than_two_is_named_with_the_person():
    may_b = np.zeros((4, 3), bool)
    may_b[3] = True
    may_a = ~may_b
    problem = _problem(4, 3, may_a=may_a, may_b=may_b, capacity=np.full(4, 2.0))
    plan = solve(problem)
    ((place, ways),) = relaxations(problem, plan, {}).items()
    assert place[1] == "b"
    assert {way.rule: way.steps for way in ways}["b_twice"] == ((3, NOBODY, None, 1.0),)
    assert dict(relaxations_of_all(problem, plan, {}))["b_twice"] == ((3, NOBODY, None, 1.0),)


def test_the_smallest_way_comes_first_and_equals_in_the_order_of_preference():
    problem = _problem(2, 1, capacity=np.array([0.5, 0.1]))
    closed = {"bar": Closed(np.full((2, 1), np.inf), np.full((2, 1), np.inf))}
    ways = relaxations_of_all(problem, solve(problem), closed)
    assert [rule for rule, _steps in ways] == ["capacity", "people"]
    assert [len(steps) for _rule, steps in ways] == [1, 1]


def test_a_bar_lifted_lets_a_person_hold_the_role_with_its_price():
    may = np.array([[True], [False], [False]])
    closed = Closed(np.full((3, 1), np.inf), np.array([[np.inf], [0.7], [0.2]]))
    problem = _problem(3, 1, may_a=may, may_b=may)
    plan = solve(problem)
    ways = dict(relaxations_of_all(problem, plan, {"bar": closed}))
    assert ways["bar"] == ((2, 0, "b", pytest.approx(0.2)),)


def test_a_pin_that_breaks_a_rule_can_be_dropped_or_the_rule_can_give():
    problem = _problem(3, 1, capacity=np.array([0.1, 0.5, 0.5]), pins=(Pin(0, "a", 0),))
    ways = dict(pin_conflicts(problem, {}))
    assert ways["pin"] == ((0, 0, "a", 1.0),)
    ((person, module, role, amount),) = ways["capacity"]
    assert (person, module, role) == (0, NOBODY, None)
    assert amount == pytest.approx(0.2)
    assert set(ways) == {"pin", "capacity"}


def test_signs_of_life_name_the_stage_and_can_stop_the_work():
    problem = _problem(2, 1, capacity=np.array([0.5, 0.1]))
    plan = solve(problem)
    works = (
        lambda watch: relaxations(problem, plan, {}, watch=watch),
        lambda watch: relaxations_of_all(problem, plan, {}, watch=watch),
        lambda watch: pin_conflicts(problem, {}, watch=watch),
    )
    for work in works:
        told = []
        work(lambda stage, share, told=told: told.append(stage) or True)
        assert set(told) == {"relaxations"}
        with pytest.raises(StoppedError):
            work(lambda stage, share: False)
