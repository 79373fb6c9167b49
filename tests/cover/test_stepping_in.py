"""The day somebody leaves: who steps in beyond what they can carry, and what is reached then."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from cover_cases import random_problem

from assess.cover.leaving import departures, nobody_left, reached, same_day
from assess.cover.problem import NOBODY, Problem
from assess.cover.solver import Solver
from assess.cover.watching import StoppedError, silent


def _roomy(modules=2, **changes):
    """Five people who can do everything and have time for all of it."""
    base = Problem(
        may_a=np.ones((5, modules), bool),
        may_b=np.ones((5, modules), bool),
        value=np.full((5, modules), 50.0),
        team=np.arange(5),
        reaches=np.ones((5, modules, 1), bool),
        needed=np.ones((modules, 1), bool),
        capacity=np.full(5, 2.0),
        load_a=0.3,
        load_b=0.15,
    )
    return replace(base, **changes)


def test_stepping_in_within_capacity_overloads_nobody():
    day = same_day(_roomy(), np.array([0, 1]), np.array([2, 3]), [0])
    assert day.a.tolist() == [2, 1]
    assert day.overloaded == ()


def test_who_becomes_a_of_a_second_module_is_overloaded_whatever_the_capacity():
    assert same_day(_roomy(), np.array([0, 1]), np.array([1, 2]), [0]).overloaded == (1,)


def test_who_has_no_time_for_role_a_is_overloaded_with_one_role_alone():
    problem = _roomy(capacity=np.full(5, 0.2))
    assert same_day(problem, np.array([0, 1]), np.array([2, 3]), [0]).overloaded == (2,)


@pytest.mark.parametrize(("capacity", "overloaded"), [(0.44, (2,)), (0.46, ())])
def test_a_role_kept_beside_weighs_too(capacity, overloaded):
    problem = _roomy(capacity=np.full(5, capacity))
    assert same_day(problem, np.array([0, 1]), np.array([2, 2]), [0]).overloaded == overloaded


def test_three_roles_are_too_many_whatever_the_capacity():
    day = same_day(_roomy(3), np.array([0, 1, 4]), np.array([2, 2, 2]), [0])
    assert day.overloaded == (2,)


def test_only_those_who_step_in_are_looked_at():
    problem = _roomy(capacity=np.array([2.0, 0.1, 2.0, 2.0, 2.0]))
    assert same_day(problem, np.array([0, 1]), np.array([2, 3]), [0]).overloaded == ()


def test_a_competency_is_reached_by_a_or_by_b_and_by_nobody_where_there_is_none():
    reaches = np.zeros((5, 3, 2), bool)
    reaches[0, :, 0] = True
    reaches[1, :, 1] = True
    reaches[4] = True  # who stands last must not stand in for nobody
    problem = _roomy(3, reaches=reaches, needed=np.ones((3, 2), bool))
    found = reached(problem, np.array([0, 2, NOBODY]), np.array([1, 1, NOBODY]))
    assert found.tolist() == [[True, True], [False, True], [False, False]]


def test_what_nobody_eligible_reached_before_is_not_lost():
    reaches = np.zeros((5, 1, 2), bool)
    reaches[0, 0, 0] = True  # eligible, leaves
    reaches[1, 0, 1] = True  # reaches the second, but may hold no role
    may = np.ones((5, 1), bool)
    may[1] = False
    problem = _roomy(1, reaches=reaches, may_a=may, may_b=may, needed=np.ones((1, 2), bool))
    assert nobody_left(problem, [0]) == [(0, 0)]
    assert nobody_left(problem, [1]) == []
    assert nobody_left(replace(problem, needed=np.zeros((1, 2), bool)), [0]) == []


def test_a_stop_does_not_wait_for_departures_that_are_still_looked_at(monkeypatch):
    problem = random_problem(1, 5, 2, eligible=1.0)
    go_on, ended = Event(), []
    reach = Solver.reach
    first = min(Solver(problem).reach()[1])

    def slow(self, out=(), watch=silent):
        if tuple(out) not in ((), (first,)):
            go_on.wait(20)
            ended.append(out)
        return reach(self, out, watch)

    monkeypatch.setattr(Solver, "reach", slow)
    try:
        with pytest.raises(StoppedError):
            departures(problem, watch=lambda stage, _share: stage != "departures")
        assert not ended
    finally:
        go_on.set()


def test_looking_for_departures_tells_how_far_it_is_and_can_be_stopped():
    problem = random_problem(1, 5, 2, eligible=1.0)
    told = []
    departures(problem, watch=lambda stage, share: told.append((stage, share)) or True)
    shares = [share for stage, share in told if stage == "departures"]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.1 <= shares[-1] < 1
    with pytest.raises(StoppedError):
        departures(problem, watch=lambda stage, share: stage != "departures")
