"""Pairs of A and B per module: what each is worth, and which pay at given prices of people.

A column is a module with its A and its B (or nobody). Two teams, and competencies reached together,
are then plain facts of a column, and the rules on people are all that ties modules together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.cover.problem import CAPACITY_TOLERANCE, MOST_MODULES, Bools, Floats, Ints, Problem

HAS_A, HAS_B, TWO_TEAMS, TOGETHER = 8, 4, 2, 1
BITS = 16
COUNTED = np.array([[bits >> shift & 1 for shift in (3, 2, 1, 0)] for bits in range(BITS)])
"""(16, 4) the four counted goals that each combination of bits reaches."""


class Prices(NamedTuple):
    """What columns earn and are charged.

    Attributes:
        table: (M, 16) what each combination of goals earns in each module, its rent taken off; -inf
            leaves it out.
        a, b: (M, P + 1) price of each person in each role; inf bars.
    """

    table: Floats
    a: Floats
    b: Floats


@dataclass(frozen=True, eq=False)
class Limits:
    """What one person may hold, as two inequalities whose integer hull is exact.

    ``weight_a`` · (roles A) + (roles B) ≤ ``most``, and (roles A) ≤ 1.

    Attributes:
        weight_a, most: (P,).
        any_a, any_b: (P,) whether the capacity allows one such role at all.
    """

    weight_a: Floats
    most: Floats
    any_a: Bools
    any_b: Bools


def limits(problem: Problem) -> Limits:
    """The rules on people, capacity included, in their tightest linear form."""
    free = problem.capacity + CAPACITY_TOLERANCE
    one_a = problem.load_a <= free
    both = problem.load_a + problem.load_b <= free
    most_b = sum((n * problem.load_b <= free).astype(float) for n in range(1, MOST_MODULES + 1))
    most_b = np.asarray(most_b, np.float64)
    # without B any weight would do; 1 keeps "one A" the only rule left
    most = np.maximum(most_b, 1.0)
    weight = np.where(both, most - 1, most)
    return Limits(weight, most, one_a, most_b > 0)


@dataclass(frozen=True, eq=False)
class _Module:
    """One module's possible pairs: rows are A, columns are B, the last of each is nobody."""

    a: Ints
    b: Ints
    bits: NDArray[np.uint8]
    allowed: Bools
    value_a: Floats
    value_b: Floats


class Columns:
    """All possible columns of a problem; P stands for nobody."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.limits = limits(problem)
        self.nobody, self.modules = problem.size
        self._modules = [self._build(m) for m in range(self.modules)]

    def _build(self, m: int) -> _Module:
        problem, nobody = self.problem, self.nobody
        pins = {pin.role: pin.person for pin in problem.pins if pin.module == m}
        a = np.flatnonzero(problem.may_a[:, m] & self.limits.any_a)
        b = np.flatnonzero(problem.may_b[:, m] & self.limits.any_b)
        a = a[a == pins["a"]] if "a" in pins else np.append(a, nobody)
        b = b[b == pins["b"]] if "b" in pins else np.append(b, nobody)
        team = np.append(problem.team, -1)
        needed = problem.needed[m]
        # competencies as bits of one integer: reached together is one "or"
        place = 2 ** np.arange(needed.sum())
        reached = np.append(problem.reaches[:, m, :][:, needed] @ place, 0).astype(np.int64)
        whole = int(place.sum())
        some_a, some_b = (a != nobody)[:, None], (b != nobody)[None, :]
        apart = (team[a][:, None] != team[b][None, :]) & (team[a] >= 0)[:, None] & (team[b] >= 0)
        both = (reached[a][:, None] | reached[b][None, :]) == whole
        together = both & (some_a | some_b)
        bits = (HAS_A * some_a + HAS_B * some_b + TWO_TEAMS * apart + TOGETHER * together).astype(
            np.uint8
        )
        allowed = (a[:, None] != b[None, :]) | ~some_a
        value = np.append(problem.value[:, m], 0.0)
        return _Module(a, b, bits, allowed, value[a], value[b])

    def best_bits(self, allowed_a: Bools, allowed_b: Bools) -> Ints:
        """(M,) the best combination of goals that each module could reach alone, -1 for none."""
        found = np.full(self.modules, -1)
        for m, one in enumerate(self._modules):
            open_to = one.allowed & allowed_a[m, one.a][:, None] & allowed_b[m, one.b][None, :]
            if open_to.any():
                found[m] = one.bits[open_to].max()
        return found

    def price(
        self,
        scale: float,
        prices: Prices,
        above: float,
        most: int,
    ) -> tuple[Ints, int]:
        """Codes of the columns whose profit exceeds ``above``, at most ``most`` per module.

        Args:
            scale: of the value.
            prices: what is charged.
            above: least profit.
            most: per module.

        Returns:
            The codes, and how many columns there were in all.
        """
        chosen: list[Ints] = []
        total = 0
        for m, one in enumerate(self._modules):
            profit = prices.table[m][one.bits]
            profit += (scale * one.value_a - prices.a[m, one.a])[:, None]
            profit += (scale * one.value_b - prices.b[m, one.b])[None, :]
            profit[~one.allowed] = -np.inf
            flat = profit.ravel()
            good = np.flatnonzero(flat > above)
            total += len(good)
            if len(good) > most:
                good = good[np.argpartition(-flat[good], most - 1)[:most]]
            row, column = np.divmod(good, len(one.b))
            chosen.append(self.code(np.full(len(good), m), one.a[row], one.b[column]))
        return (np.concatenate(chosen) if chosen else np.zeros(0, np.int64)), total

    def code(self, m: Ints, a: Ints, b: Ints) -> Ints:
        """One number per column."""
        side = self.nobody + 1
        return np.asarray((m * side + a) * side + b, np.int64)

    def decode(self, codes: Ints) -> tuple[Ints, Ints, Ints]:
        """Module, A and B of each column."""
        side = self.nobody + 1
        rest, b = np.divmod(codes, side)
        m, a = np.divmod(rest, side)
        return m, a, b

    def describe(self, codes: Ints) -> tuple[Floats, Ints]:
        """Value and goal bits of each column."""
        m, a, b = self.decode(codes)
        value, bits = np.zeros(len(codes)), np.zeros(len(codes), np.int64)
        for module, one in enumerate(self._modules):
            at = np.flatnonzero(m == module)
            if len(at):
                row, column = np.searchsorted(one.a, a[at]), np.searchsorted(one.b, b[at])
                value[at] = one.value_a[row] + one.value_b[column]
                bits[at] = one.bits[row, column]
        return value, bits
