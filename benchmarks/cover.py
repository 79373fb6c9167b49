"""How good and how fast the cover plans are, beside the best two of each module taken by hand.

    python -m benchmarks.cover [--quick] [--runs N]

Draws engagements of 12 x 3, 60 x 12 and 500 x 30 (people x modules): skills of people with their
department's bent, standard errors of scores, teams, calendars, minimums. Prints how much the plan
gains over the greedy one, in counted goals and in cover, the times, and how long all departures
of one and of two among 60 people take. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from scipy.special import ndtr

from assess.cover.greedy import greedy
from assess.cover.leaving import departures
from assess.cover.problem import Problem, broken
from assess.cover.solver import Solver

COMPETENCIES = 10
FLOOR = 0.30
ROLE_FROM, TOGETHER = 60.0, 50.0
DEPARTURES_UNDER = 20.0


@dataclass(frozen=True)
class Size:
    """People x modules, the time a plan may take, and how many engagements are drawn."""

    people: int
    modules: int
    seconds: float
    runs: int
    stands_for: float
    """Share of the modules that somebody stands for."""


SIZES = (
    Size(12, 3, 1.0, 200, 0.7),
    Size(60, 12, 1.0, 60, 0.3),
    Size(500, 30, 10.0, 10, 0.2),
)


def engagement(seed: int, size: Size) -> Problem:
    """An engagement: scores in points, of which those who stand for a module may be ranked."""
    draw = np.random.default_rng(seed)
    people, modules = size.people, size.modules
    departments = max(3, people // 8)
    department = draw.integers(0, departments, people)
    team = department * 2 + draw.integers(0, 2, people)
    bent = draw.normal(0, 5, (departments, COMPETENCIES))[department]
    skill = 60 + draw.normal(0, 11, (people, 1)) + bent + draw.normal(0, 8, (people, COMPETENCIES))
    weights = draw.dirichlet(np.full(COMPETENCIES, 4.0), modules)
    score = np.clip(skill @ weights.T + draw.normal(0, 3, (people, modules)), 0, 100)
    error = draw.uniform(3.5, 7.0, (people, modules))
    stands = draw.random((people, modules)) < size.stands_for
    # a minimum or two per module, missed by who lies under it
    must = draw.integers(0, COMPETENCIES, (modules, 2))
    short = np.maximum(0.0, 50.0 - skill[:, must]).max(2)
    return Problem(
        may_a=stands & (short == 0),
        may_b=stands & (short <= 12.5),
        value=np.where(stands, ndtr((score - ROLE_FROM) / error) * score, 0.0),
        team=team,
        reaches=np.repeat((skill >= TOGETHER)[:, None, :], modules, axis=1),
        needed=np.ones((modules, COMPETENCIES), np.bool_),
        capacity=draw.choice([0.15, 0.3, 0.4, 0.5, 0.6, 1.0], people),
        load_a=FLOOR,
        load_b=FLOOR / 2,
    )


def compare(size: Size, runs: int) -> bool:
    """Print one size; whether all its bars are met."""
    gains, filled, apart, together, times, proven = [], [], [], [], [], 0
    worse = 0
    for seed in range(runs):
        problem = engagement(seed, size)
        start = perf_counter()
        plan = Solver(problem).solve()
        times.append(perf_counter() - start)
        proven += plan.proven
        by_hand = greedy(problem)
        assert not broken(problem, plan.a, plan.b)
        worse += plan.goals < by_hand.goals
        ours, theirs = plan.goals, by_hand.goals
        gains.append((ours.value - theirs.value) / (2 * size.modules))
        filled.append(ours.with_a + ours.with_b - theirs.with_a - theirs.with_b)
        apart.append(ours.two_teams - theirs.two_teams)
        together.append(ours.together - theirs.together)
    slow = max(times)
    met = not worse and slow < size.seconds
    print(
        f"{size.people:>4} x {size.modules:<3}{runs:>5}{worse:>7}"
        f"{np.mean(filled):>+9.2f}{np.mean(apart):>+8.2f}{np.mean(together):>+10.2f}"
        f"{np.mean(gains):>+8.2f}{proven:>8}{np.median(times):>10.3f}{slow:>9.3f}"
        f"  {'met' if met else 'MISSED'}"
    )
    return met


def all_departures(size: Size) -> bool:
    """Print how long all departures of one and of two take; whether that is under the bar."""
    problem = engagement(0, size)
    start = perf_counter()
    found = departures(problem)
    took = perf_counter() - start
    base = Solver(problem).solve().goals
    worst, pair = found.singles[0], found.pairs[0]
    whole = 2 * size.modules
    print(
        f"all {found.tried} departures of one and two among {size.people}: {took:.1f} s; cover "
        f"{base.value / whole:.1f}, worst single {worst.goals.value / whole:.1f}, "
        f"worst pair {pair.goals.value / whole:.1f}"
    )
    return took < DEPARTURES_UNDER


def main(argv: list[str] | None = None) -> int:
    """Run it all; 0 where every bar is met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the runs")
    parser.add_argument("--runs", type=int, default=None, help="engagements per size")
    arguments = parser.parse_args(argv)
    print("ours against greedy, means: roles filled, modules over two teams, modules with every")
    print("competency reached, points of cover; times in seconds")
    print(" people    runs  worse    roles   teams  together   cover  proven    median  slowest")
    met = True
    for size in SIZES:
        runs = arguments.runs or (max(3, size.runs // 10) if arguments.quick else size.runs)
        met &= compare(size, runs)
    met &= all_departures(SIZES[1])
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
