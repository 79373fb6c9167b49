"""Columns: what a module could reach alone, by trying every pair."""

from __future__ import annotations

import numpy as np
import pytest
from cover_cases import random_problem

from assess.cover.columns import BITS, HAS_A, HAS_B, TOGETHER, TWO_TEAMS, Columns, Prices
from assess.cover.problem import NOBODY, broken, evaluate


def _best_alone(problem, module, barred):
    """Goals of the best pair for one module that is not barred, as bits; -1 for none."""
    people, modules = problem.size
    best = -1
    for a in range(NOBODY, people):
        for b in range(NOBODY, people):
            if a == b != NOBODY or {(a, module), (b, module)} & barred:
                continue
            plan = [[NOBODY] * modules, [NOBODY] * modules]
            plan[0][module], plan[1][module] = a, b
            rules = broken(problem, *plan)
            if any(one.rule != "pin" or one.module == module for one in rules):
                continue
            empty = evaluate(problem, [NOBODY] * modules, [NOBODY] * modules)
            counts = np.subtract(evaluate(problem, *plan).counts, empty.counts)
            best = max(best, int(counts @ [HAS_A, HAS_B, TWO_TEAMS, TOGETHER]))
    return best


@pytest.mark.parametrize("pins", [False, True])
def test_the_best_that_a_module_reaches_alone(pins):
    for seed in range(12):
        problem = random_problem(seed, 4, 2, pins=pins)
        people, modules = problem.size
        out = np.random.default_rng(seed).random((people, modules)) < 0.3
        allowed = np.ones((modules, people + 1), bool)
        allowed[:, :people] = ~out.T
        barred = {(int(p), int(m)) for p, m in np.argwhere(out)}
        found = Columns(problem).best_bits(allowed, allowed)
        assert found.tolist() == [_best_alone(problem, m, barred) for m in range(modules)], seed


def test_of_more_columns_than_are_wanted_the_most_profitable_come():
    columns = Columns(random_problem(1, 6, 2, eligible=1.0))
    free = Prices(np.zeros((2, BITS)), np.zeros((2, 7)), np.zeros((2, 7)))
    every, total = columns.price(1.0, free, -np.inf, 1000)
    some, count = columns.price(1.0, free, -np.inf, 3)
    assert count == total == len(every) > 6
    for module in (0, 1):
        all_values, values = (
            np.sort(columns.describe(codes[columns.decode(codes)[0] == module])[0])
            for codes in (every, some)
        )
        assert values.tolist() == all_values[-3:].tolist()
