"""Departures: the same day, all singles and pairs, and what nobody covers any more."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from cover_cases import brute_force, random_problem

from assess.cover.leaving import departures, nobody_left, same_day
from assess.cover.problem import NOBODY, Pin, Problem
from assess.cover.solver import solve


def _plain(people=4, modules=2):
    shape = people, modules
    return Problem(
        may_a=np.ones(shape, bool),
        may_b=np.ones(shape, bool),
        value=np.full(shape, 50.0),
        team=np.arange(people),
        reaches=np.ones((*shape, 1), bool),
        needed=np.ones((modules, 1), bool),
        capacity=np.full(people, 0.5),
        load_a=0.3,
        load_b=0.15,
    )


def test_b_steps_in_for_an_a_who_leaves_and_nobody_else_moves():
    day = same_day(_plain(), np.array([0, 1]), np.array([2, 0]), [0])
    assert day.a.tolist() == [2, 1]
    assert day.b.tolist() == [NOBODY, NOBODY]
    assert day.lost_a.tolist() == [0, NOBODY]
    assert day.lost_b.tolist() == [NOBODY, 0]
    assert day.touched == [0, 1]
    assert day.goals.value == 100


def test_a_module_whose_a_and_b_leave_together_has_nobody():
    day = same_day(_plain(), np.array([0, 1]), np.array([2, 3]), [0, 2])
    assert (day.a[0], day.b[0]) == (NOBODY, NOBODY)
    assert day.overloaded == ()


def test_stepping_in_beyond_capacity_is_said():
    day = same_day(_plain(), np.array([0, 1]), np.array([1, 2]), [0])
    assert day.a.tolist() == [1, 1]
    assert day.overloaded == (1,)


def test_competencies_that_nobody_covers_any_more():
    problem = _plain(3, 2)
    reaches = problem.reaches.copy()
    reaches[1:, 0] = False
    problem = replace(problem, reaches=reaches)
    assert nobody_left(problem, [0]) == [(0, 0)]
    assert nobody_left(problem, [1]) == []


@pytest.mark.parametrize("seed", range(6))
def test_every_departure_equals_the_best_plan_without_them(seed):
    problem = random_problem(seed, 5, 2, eligible=0.9)
    found = departures(problem)
    assert found.tried == 5 + 10
    known = {one.people: one.goals for one in (*found.singles, *found.pairs)}
    whole = solve(problem).goals
    for out in (*combinations(range(5), 1), *combinations(range(5), 2)):
        best = brute_force(problem.without(out))
        told = known.get(out, whole)
        assert told.counts == best.counts
        assert told.value == pytest.approx(best.value, abs=1e-6)


def test_who_is_pinned_leaves_like_anybody_else():
    problem = random_problem(2, 5, 2, eligible=1.0)
    pinned = replace(problem, pins=(Pin(0, "a", 1), Pin(1, "b", 2)))
    known = {one.people: one.goals for one in departures(pinned).singles}
    for person in (1, 2):
        best = brute_force(pinned.without((person,)))
        assert known[person,].counts == best.counts
        assert known[person,].value == pytest.approx(best.value, abs=1e-6)


def test_the_most_painful_comes_first():
    found = departures(random_problem(3, 12, 4, competencies=4))
    for some in (found.singles, found.pairs):
        assert [one.goals for one in some] == sorted(one.goals for one in some)
