"""Where the goals cannot be settled at once, they are settled in turn, to the same plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cover_cases import brute_force, random_problem

from assess.cover import master
from assess.cover.problem import Pin, broken
from assess.cover.solver import NoPlanError, Solver

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


def test_the_goals_in_turn_keep_pins(in_turn):
    problem = random_problem(5, 4, 2, eligible=1.0)
    problem = replace(problem, may_a=problem.may_b, capacity=np.ones(4))
    worst = int(problem.value[:, 0].argmin())
    plan = Solver(replace(problem, pins=(Pin(0, "a", worst),))).solve()
    assert plan.a[0] == worst


def test_what_ran_out_of_time_is_not_called_proven(monkeypatch):
    problem = random_problem(7, 20, 5, competencies=6)
    integer = master.Master._integer

    def cut_short(self, stage, codes, watch):
        return integer(self, stage, codes, watch)._replace(proven=False)

    monkeypatch.setattr(master.Master, "_integer", cut_short)
    plan = Solver(problem).solve()
    assert not plan.proven
    assert not broken(problem, plan.a, plan.b)


def test_contradicting_pins_leave_no_plan_however_the_goals_are_settled(in_turn):
    problem = random_problem(2, 6, 3, eligible=1.0)
    problem = replace(
        problem, may_a=problem.may_b, capacity=np.ones(6), pins=(Pin(0, "a", 1), Pin(1, "a", 1))
    )
    with pytest.raises(NoPlanError):
        Solver(problem).solve()
