"""One objective over the columns: its linear bound, and the best choice near the bound.

Source: column generation (P. C. Gilmore and R. E. Gomory 1961, Operations Research 9, 849-859) with
exact pricing over all pairs; the linear bound proves which columns can be part of a better choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from assess.cover.columns import COUNTED, Columns, Prices
from assess.cover.problem import Bools, Floats, Ints
from assess.cover.watching import Watch, tell, watched

EACH_ROUND = 24
"""Columns taken in per module and round of pricing."""
ROUNDS = 200
MOST = 250_000
"""Columns of one integer problem; beyond, the choice is the best found but not proven."""
MOST_WHOLE = 20_000
"""The same where only a whole number is sought; then the goals are settled one by one."""
KEPT = 2_000
"""Columns kept from one variant to the next."""
GUESS = 4e-3
"""How far below the linear bound, relative to it, the best value is first looked for."""
_TINY = 1e-7
_STEP_TOLERANCE = 0.01


@dataclass(frozen=True, eq=False)
class Stage:
    """One objective over the columns.

    Attributes:
        name: for the watcher.
        scale: of the value.
        earns: (M, 16) what each combination of goals earns; -inf leaves it out.
        idle: (M,) what a module earns that takes no column.
        floors: (goal, at least so many) for goals that were settled before.
        whole: the objective is a whole number and a remainder under one half, and only the whole
            number is to be proven.
        hopeless: below it the objective is of no use, and need not be proven.
    """

    name: str
    scale: float
    earns: Floats
    idle: Floats
    floors: tuple[tuple[int, int], ...] = ()
    whole: bool = False
    hopeless: float = -np.inf

    def left(self, bound: float, objective: float) -> float:
        """How far below the bound columns may earn and still improve; negative: none can."""
        if not self.whole:
            return bound - objective + _TINY
        better = np.floor(objective + _STEP_TOLERANCE) + 1
        return float(bound + _STEP_TOLERANCE - better)


class Choice(NamedTuple):
    """Columns chosen, what they earn, and whether nothing better exists."""

    codes: Ints
    objective: float
    proven: bool


NOTHING = Choice(np.zeros(0, np.int64), -np.inf, False)


@dataclass
class Master:
    """Chooses columns; those found useful are kept for the next variant.

    Args:
        columns: all there are.
        few: up to so many columns are solved at once, without pricing.
        each_round: see :data:`EACH_ROUND`.
        until: time (``perf_counter``) when integer problems stop unproven.
    """

    columns: Columns
    few: int
    each_round: int = EACH_ROUND
    until: float = np.inf
    pool: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def best(self, stage: Stage, allowed: tuple[Bools, Bools], seed: Ints, watch: Watch) -> Choice:
        """The best choice; ``seed`` are columns to start from."""
        columns = self.columns
        free = np.where(allowed[0], 0.0, np.inf), np.where(allowed[1], 0.0, np.inf)
        start, total = columns.price(stage.scale, Prices(stage.earns, *free), -np.inf, self.few + 1)
        if total <= self.few:
            return self._integer(stage, start, watch)
        start, _n = columns.price(
            stage.scale, Prices(stage.earns, *free), -np.inf, 2 * self.each_round
        )
        pool = np.union1d(np.union1d(self._usable(stage, allowed), start), seed)
        pool, bound, prices = self._generate(stage, pool, allowed, watch)
        if len(self.pool) < KEPT:
            self.pool = np.union1d(self.pool, pool)
        if bound < stage.hopeless:
            return Choice(pool[:0], bound, True)
        found = self._close(stage, (bound, prices), np.union1d(pool, seed), seed, watch)
        self.pool = np.union1d(self.pool, found.codes)
        return found

    def _close(
        self, stage: Stage, linear: tuple[float, Prices], pool: Ints, seed: Ints, watch: Watch
    ) -> Choice:
        """From the linear bound to the best choice: solve over the columns near the bound.

        A column that earns less at these prices than the bound lies above a known choice is in no
        better choice, so the first choice tells which columns are left to look at.
        """
        columns, (bound, prices) = self.columns, linear
        if stage.whole:
            # values hardly differ there, so that nearly all columns lie near the bound
            found = self._integer(stage, pool, watch)
            slack = stage.left(bound, found.objective)
            if slack <= 0:
                return found
        else:
            found, slack = NOTHING, GUESS * abs(bound)
        most = MOST_WHOLE if stage.whole else MOST
        for _attempt in range(3):
            near, total = columns.price(stage.scale, prices, -slack, most // columns.modules)
            start = np.union1d(np.union1d(near, seed), found.codes)
            found = self._integer(stage, start, watch)
            if not np.isfinite(found.objective):
                found = self._integer(stage, pool, watch)
            left = stage.left(bound, found.objective)
            if left <= slack:
                return found._replace(proven=found.proven and total <= len(near))
            if found.objective < stage.hopeless or not np.isfinite(left):
                break
            slack = left
        return found._replace(proven=False)

    def _usable(self, stage: Stage, allowed: tuple[Bools, Bools]) -> Ints:
        """The columns kept from before that this stage allows."""
        if not len(self.pool):
            return self.pool
        m, a, b = self.columns.decode(self.pool)
        _value, bits = self.columns.describe(self.pool)
        good = allowed[0][m, a] & allowed[1][m, b] & np.isfinite(stage.earns[m, bits])
        return self.pool[good]

    def _generate(
        self, stage: Stage, pool: Ints, allowed: tuple[Bools, Bools], watch: Watch
    ) -> tuple[Ints, float, Prices]:
        """The pool that the linear optimum needs, a bound on it, and its prices."""
        columns = self.columns
        people, modules = columns.nobody, columns.modules
        barred_a = np.where(allowed[0], 0.0, np.inf)
        barred_b = np.where(allowed[1], 0.0, np.inf)
        for _round in range(ROUNDS):
            tell(watch, stage.name)
            objective, dual = self._linear(stage, pool)
            rent, rest = dual[:modules], dual[modules:]
            one, two, goals = rest[:people], rest[people : 2 * people], rest[2 * people :]
            table = stage.earns - rent[:, None]
            for (goal, _least), price in zip(stage.floors, goals, strict=True):
                table = table + COUNTED[:, goal] * price
            prices = Prices(
                table,
                barred_a + np.append(columns.limits.weight_a * one + two, 0.0),
                barred_b + np.append(one, 0.0),
            )
            tolerance = 1e-6 * max(1.0, abs(objective) * 1e-3)
            fresh, _n = columns.price(stage.scale, prices, tolerance, self.each_round)
            grown = np.union1d(pool, fresh)
            if len(grown) == len(pool):
                break
            pool = grown
        # what pricing left out may still earn the tolerance once per module
        return pool, objective + modules * tolerance, prices

    def rows(
        self, codes: Ints, floors: tuple[tuple[int, int], ...] = ()
    ) -> tuple[csc_array, Floats]:
        """Rows ≤ their ends over the columns: modules, people twice, floors."""
        columns = self.columns
        people, modules = columns.nobody, columns.modules
        m, a, b = columns.decode(codes)
        n = np.arange(len(codes))
        some_a, some_b = a != people, b != people
        row = [m, modules + a[some_a], modules + b[some_b], modules + people + a[some_a]]
        col = [n, n[some_a], n[some_b], n[some_a]]
        val = [np.ones(len(codes)), columns.limits.weight_a[a[some_a]]]
        val += [np.ones(int(some_b.sum())), np.ones(int(some_a.sum()))]
        ends = [np.ones(modules), columns.limits.most, np.ones(people)]
        if floors:
            _value, bits = columns.describe(codes)
            for at, (goal, least) in enumerate(floors):
                counted = np.flatnonzero(COUNTED[bits, goal])
                row.append(np.full(len(counted), modules + 2 * people + at))
                col.append(counted)
                val.append(np.full(len(counted), -1.0))
                ends.append(np.array([-float(least)]))
        hi = np.concatenate(ends)
        entries = np.concatenate(val), (np.concatenate(row), np.concatenate(col))
        return csc_array(entries, shape=(len(hi), len(codes))), hi

    def _earned(self, stage: Stage, codes: Ints) -> Floats:
        """What each column earns beyond idling."""
        value, bits = self.columns.describe(codes)
        m, _a, _b = self.columns.decode(codes)
        return np.asarray(stage.scale * value + stage.earns[m, bits] - stage.idle[m])

    def _linear(self, stage: Stage, codes: Ints) -> tuple[float, Floats]:
        """Optimum of the relaxed problem over some columns, and the price of each row."""
        rows, hi = self.rows(codes, stage.floors)
        result = linprog(
            -self._earned(stage, codes), A_ub=rows, b_ub=hi, bounds=(0, None), method="highs"
        )
        if result.x is None:  # the floors cannot be kept by these columns
            raise ValueError("a stage starts from columns that keep its floors")
        dual = -np.asarray(result.ineqlin.marginals)
        # a module's rent is paid on top of what idling earns
        dual[: self.columns.modules] += stage.idle
        return float(stage.idle.sum() - result.fun), dual

    def _integer(self, stage: Stage, codes: Ints, watch: Watch) -> Choice:
        """The best choice among some columns."""
        if not len(codes):
            return Choice(codes, float(stage.idle.sum()), True)
        earned = self._earned(stage, codes)
        rows, hi = self.rows(codes, stage.floors)
        gap = 0.25 / max(1.0, float(earned.max()) * len(stage.idle)) if stage.whole else 0.0
        left = max(1.0, self.until - perf_counter())
        # a whole number whose bound stays open is settled otherwise, before time runs out
        options = {"mip_rel_gap": gap, "time_limit": left / 5 if stage.whole else left}

        def work() -> Any:
            return milp(
                -earned,
                constraints=LinearConstraint(rows, -np.inf, hi),
                bounds=Bounds(0, 1),
                integrality=np.ones(len(codes)),
                options=options,
            )

        result = watched(work, watch, stage.name)
        if result.x is None:
            return NOTHING._replace(proven=result.status == 2)
        chosen = result.x > 0.5
        total = float(stage.idle.sum() + earned[chosen].sum())
        return Choice(codes[chosen], total, result.status == 0)
