"""Where the goals cannot be settled at once, they are settled in turn, to the same plan."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from cover_cases import brute_force, random_problem

from assess.cover import master, solver
from assess.cover.columns import BITS, Columns
from assess.cover.problem import Pin, Problem, broken
from assess.cover.solver import NoPlanError, Solver
from assess.cover.watching import silent

SEEDS = range(24)


@pytest.fixture
def in_turn(monkeypatch):
    """The goals as one number, and every module at its best, never come out as proven."""
    monkeypatch.setattr(Solver, "_all_goals", lambda *_: None)
    at_once = Solver._goals_at_once

    def unproven(self, allowed, watch):
        return at_once(self, allowed, watch)._replace(codes=np.zeros(0, np.int64), proven=False)

    monkeypatch.setattr(Solver, "_goals_at_once", unproven)


@pytest.mark.parametrize("few", [0, 200])
def test_the_goals_in_turn_give_the_best_plan(in_turn, few):
    for seed in SEEDS:
        problem = random_problem(seed, 4, 2, pins=seed % 4 == 3)
        best = brute_force(problem)
        if best is None:
            continue
        plan = Solver(problem, few=few).solve()
        assert plan.proven, seed
        assert plan.goals.counts == best.counts, seed
        assert plan.goals.value == pytest.approx(best.value, abs=1e-6), seed
        assert not broken(problem, plan.a, plan.b), seed


def test_a_later_search_of_the_same_solver_takes_nobody_who_is_out(in_turn):
    for seed in range(2):
        problem = random_problem(seed, 5, 2, eligible=0.9)
        solver = Solver(problem, few=0)
        for out in sorted(solver.solve().people):
            plan, best = solver.solve(out=[out]), brute_force(problem.without([out]))
            assert out not in plan.people, seed
            assert plan.goals.counts == best.counts, seed


@pytest.fixture(params=["at once", "in turn"])
def either_way(request):
    """The usual way, and the other."""
    if request.param == "in turn":
        request.getfixturevalue("in_turn")


def _eager(people, modules, **changes):
    """Nobody may do anything yet, and everybody has time for one role A or two roles B."""
    base = Problem(
        may_a=np.zeros((people, modules), bool),
        may_b=np.zeros((people, modules), bool),
        value=np.ones((people, modules)),
        team=np.arange(people),
        reaches=np.zeros((people, modules, 1), bool),
        needed=np.ones((modules, 1), bool),
        capacity=np.full(people, 0.3),
        load_a=0.3,
        load_b=0.15,
    )
    return replace(base, **changes)


def test_one_more_module_with_a_outweighs_any_points(either_way):
    # the one person there is: A of the first at a point, or B of two others at a hundred each
    problem = _eager(1, 6, value=np.array([[1.0, *[100.0] * 5]]))
    problem.may_a[0, 0] = True
    problem.may_b[0, 1:] = True
    plan = Solver(problem, few=0).solve()
    assert plan.goals == (1, 0, 0, 0, 1.0)


def test_one_more_module_with_b_outweighs_two_with_two_teams(either_way):
    # 0, 1, 2 are A; 3 may be B of 0 and 2, 4 of 1 and 0, 5 of 1 alone, each of one of them only.
    # All three have B where 3, 4, 5 each serve beside somebody of their own team
    team = np.array([0, 1, 2, 2, 0, 1])
    problem = _eager(6, 3, team=team, capacity=np.array([0.3] * 3 + [0.15] * 3))
    problem.may_a[[0, 1, 2], [0, 1, 2]] = True
    problem.may_b[[3, 3, 4, 4, 5], [0, 2, 1, 0, 1]] = True
    problem.reaches[3, 0] = True
    plan = Solver(problem, few=0).solve()
    assert plan.b.tolist() == [4, 5, 3]
    assert plan.goals.counts == (3, 3, 0, 0)


def test_floors_that_no_column_keeps_are_refused():
    columns = Columns(_eager(1, 2))
    stage = master.Stage("goals", 1.0, np.zeros((2, BITS)), np.zeros(2), floors=((0, 1),))
    allowed = np.ones((2, 2), bool)
    with pytest.raises(ValueError, match=r"^a stage starts from columns that keep its floors$"):
        master.Master(columns, few=0).best(stage, (allowed, allowed), np.zeros(0, int), silent)


def test_the_goals_in_turn_keep_pins_and_are_told(in_turn):
    problem = random_problem(5, 4, 2, eligible=1.0)
    problem = replace(problem, may_a=problem.may_b, capacity=np.ones(4))
    worst = int(problem.value[:, 0].argmin())
    told = set()
    plan = Solver(replace(problem, pins=(Pin(0, "a", worst),))).solve(
        watch=lambda stage, _share: told.add(stage) is None
    )
    assert plan.a[0] == worst
    assert told == {"goals", "value", "roles"}


def test_what_ran_out_of_time_is_not_called_proven(monkeypatch):
    problem = random_problem(7, 20, 5, competencies=6)
    integer = master.Master._integer

    def cut_short(self, stage, codes, watch):
        return integer(self, stage, codes, watch)._replace(proven=False)

    monkeypatch.setattr(master.Master, "_integer", cut_short)
    plan = Solver(problem).solve()
    assert not plan.proven
    assert not broken(problem, plan.a, plan.b)


def test_by_hand_too_nobody_serves_who_is_out(monkeypatch):
    problem = random_problem(7, 6, 3, eligible=1.0)
    nothing = master.Choice(np.zeros(0, int), -np.inf, False)
    monkeypatch.setattr(Solver, "_choose", lambda *_: nothing)
    usual = Solver(problem).solve()
    assert usual.goals.with_a > 0
    person = int(usual.a.max())
    without = Solver(problem).solve(out=[person])
    assert without.goals.with_a > 0
    assert person not in without.people


def test_where_who_is_a_cannot_be_settled_the_plan_stays_as_it_is(monkeypatch):
    problem = random_problem(7, 6, 3)
    usual = Solver(problem).solve()
    monkeypatch.setattr(solver, "milp", lambda *_, **__: SimpleNamespace(x=None))
    plan = Solver(problem).solve()
    assert plan.goals.counts == usual.goals.counts
    assert not broken(problem, plan.a, plan.b)


@pytest.mark.parametrize("few", [0, 200])
def test_without_modules_there_is_nothing_to_plan(few):
    plan = Solver(random_problem(1, 3, 0), few=few).solve()
    assert plan.goals == (0, 0, 0, 0, 0.0)
    assert plan.proven


def test_contradicting_pins_leave_no_plan_however_the_goals_are_settled(in_turn):
    problem = random_problem(2, 6, 3, eligible=1.0)
    problem = replace(
        problem, may_a=problem.may_b, capacity=np.ones(6), pins=(Pin(0, "a", 1), Pin(1, "a", 1))
    )
    with pytest.raises(NoPlanError):
        Solver(problem).solve()
