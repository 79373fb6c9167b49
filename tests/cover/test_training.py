"""Actions that lift the cover: each is the best of all next ones where all are looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cover_cases import random_problem

from assess.cover import training
from assess.cover.problem import Pin, Plan, Problem
from assess.cover.solver import NoPlanError, solve
from assess.cover.training import Row, best_lifts, with_row


def _raised(problem):
    def rows(person, lifted):
        value = np.minimum(problem.value[person] + 6.0 * len(lifted), 100)
        reaches = problem.reaches[person].copy()
        reaches[:, list(lifted)] = True
        return Row(problem.may_a[person], problem.may_b[person], value, reaches)

    return rows


def test_each_action_lifts_and_the_first_is_the_best_single_one():
    for seed in range(5):
        problem = random_problem(seed, 6, 2, eligible=0.8)
        actions = [(p, g) for p in range(6) for g in range(3)]
        lifts = best_lifts(problem, actions, _raised(problem), most=3)
        goals = [solve(problem).goals, *(one.goals for one in lifts)]
        assert goals == sorted(goals)
        assert len({(one.person, one.competency) for one in lifts}) == len(lifts)
        if lifts:
            alone = [
                solve(with_row(problem, p, _raised(problem)(p, [g]))).goals for p, g in actions
            ]
            assert lifts[0].goals.counts == max(alone).counts


def test_each_lift_reaches_what_the_best_plan_after_it_reaches():
    lifted = 0
    for seed in range(6):
        problem = random_problem(seed, 5, 2, eligible=0.6, suffices=0.3)
        rows = _raised(problem)
        done = {}
        after = problem
        actions = [(p, g) for p in range(5) for g in range(3)]
        for one in best_lifts(problem, actions, rows, most=3):
            done.setdefault(one.person, []).append(one.competency)
            after = with_row(after, one.person, rows(one.person, done[one.person]))
            goals = solve(after).goals
            assert one.goals.counts == goals.counts
            assert one.goals.value == pytest.approx(goals.value)
            lifted += 1
    assert lifted > 6


def _filled(value, needed=1):
    """Everybody may do everything, once; the stronger are A and B."""
    people, modules = value.shape
    return Problem(
        may_a=np.ones(value.shape, bool),
        may_b=np.ones(value.shape, bool),
        value=value,
        team=np.arange(people),
        reaches=np.zeros((*value.shape, needed), bool),
        needed=np.ones((modules, needed), bool),
        capacity=np.full(people, 0.3),
        load_a=0.3,
        load_b=0.3,
    )


def test_the_promise_is_the_most_that_staying_or_replacing_one_other_gains():
    # 0 and 1 hold module 0, 2 and 3 hold module 1; 4 waits
    value = np.array([[90.0, 1], [80, 1], [1, 30], [1, 20], [1, 1]])
    problem = _filled(value)
    plan = solve(problem)
    assert (plan.a.tolist(), plan.b.tolist()) == ([0, 2], [1, 3])

    def promise(person, *raised, may=(True, True), reaches=False):
        may = np.array(may)
        row = Row(may, may, np.array(raised), np.full((2, 1), reaches))
        return training._promise(problem, plan, person, row)

    assert promise(4, 1.0, 35.0) == 35 - 20
    assert promise(4, 85.0, 1.0) == 85 - 80
    assert promise(4, 1.0, 1.0) == 0
    assert promise(4, 99.0, 99.0, may=(False, False)) == 0
    assert promise(4, 99.0, 35.0, may=(False, True)) == 35 - 20
    assert promise(1, 84.0, 1.0) == 84 - 80
    assert promise(1, 80.0, 99.0) == 99 - 20
    assert promise(1, 84.0, 1.0, reaches=True) == 84 - 80 + 100
    assert promise(4, 1.0, 1.0, reaches=True) == 0


def test_who_serves_two_modules_promises_what_both_gain():
    problem = _filled(np.array([[50.0, 50], [90, 1], [1, 90]]))
    plan = Plan(np.array([0, 2]), np.array([1, 0]), solve(problem).goals)
    may = np.ones(2, bool)
    row = Row(may, may, np.array([53.0, 54]), np.zeros((2, 1), bool))
    assert training._promise(problem, plan, 0, row) == 3 + 4


def test_who_serves_a_module_and_reaches_what_it_needs_counts_before_points(monkeypatch):
    monkeypatch.setattr(training, "LOOKED_AT", 1)
    value = np.array([[90.0], [80.0], [10.0]])
    problem = _filled(value)

    def rows(person, lifted):
        raised = np.minimum(value[person] + 5.0, 100)
        reaches = np.ones((1, 1), bool)
        return Row(problem.may_a[person], problem.may_b[person], raised, reaches)

    (first,) = best_lifts(problem, [(2, 0), (1, 0)], rows, most=1)
    assert first.person == 1
    assert first.goals.together == 1


def test_a_second_lift_of_a_person_builds_on_the_first():
    problem = _filled(np.array([[50.0]]))

    def rows(person, lifted):
        value = problem.value[person] + 5.0 * len(lifted)
        return Row(problem.may_a[person], problem.may_b[person], value, problem.reaches[person])

    lifts = best_lifts(problem, [(0, 0), (0, 1)], rows, most=3)
    assert [(one.competency, one.goals.value) for one in lifts] == [(0, 55.0), (1, 60.0)]


def test_looking_for_lifts_tells_how_far_it_is():
    problem = random_problem(0, 4, 1, eligible=0.8)
    told = []
    best_lifts(
        problem,
        [(p, g) for p in range(4) for g in range(3)],
        _raised(problem),
        most=2,
        watch=lambda *sign: told.append(sign) or True,
    )
    shares = [share for stage, share in told if stage == "training"]
    assert shares == sorted(set(shares))
    assert 0 == shares[0] < shares[-1] < 1


def test_where_no_plan_keeps_the_pins_nothing_lifts_it():
    problem = replace(random_problem(1, 5, 2, eligible=0.8), pins=(Pin(0, "a", 3), Pin(1, "a", 3)))
    with pytest.raises(NoPlanError):
        solve(problem)
    assert best_lifts(problem, [(0, 0), (1, 1)], _raised(problem), most=3) == []


@pytest.mark.parametrize(("points", "lifted"), [(5.0, [1]), (0.5, [1]), (1e-8, []), (0.0, [])])
def test_of_two_who_lift_alike_the_first_is_named_and_nobody_for_next_to_nothing(points, lifted):
    value = np.array([[90.0], [10.0], [10.0]])
    problem = _filled(value)
    problem = replace(
        problem, may_b=np.zeros((3, 1), bool), may_a=np.array([[False], [True], [True]])
    )

    def rows(person, _lifted):
        raised = value[person] + points
        return Row(problem.may_a[person], problem.may_b[person], raised, problem.reaches[person])

    lifts = best_lifts(problem, [(2, 0), (1, 0)], rows, most=1)
    assert [one.person for one in lifts] == lifted
