"""Actions that lift the cover: each is the best of all next ones where all are looked at."""

from __future__ import annotations

import numpy as np
from cover_cases import random_problem

from assess.cover.solver import solve
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
        lifts = best_lifts(problem, actions, _raised(problem))
        goals = [solve(problem).goals, *(one.goals for one in lifts)]
        assert goals == sorted(goals)
        assert len({(one.person, one.competency) for one in lifts}) == len(lifts)
        if lifts:
            alone = [
                solve(with_row(problem, p, _raised(problem)(p, [g]))).goals for p, g in actions
            ]
            assert lifts[0].goals.counts == max(alone).counts
