"""Selection rates of groups (docs/measurement.md, section 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

LEAST = 5
"""Below so many people a group has no figures."""
FOUR_FIFTHS = 0.8

# probabilities that differ by rounding alone count as equal
_SLACK = 1e-7


@dataclass(frozen=True, slots=True)
class Rate:
    """One group's selection rate; all but ``too_few`` is None where the group is too small.

    ``ratio`` is the rate over the highest of all groups, None with one group or nobody selected;
    ``p`` is Fisher's exact test against the group with the highest rate, None for that group.
    """

    too_few: bool
    n: int | None = None
    selected: int | None = None
    rate: float | None = None
    ratio: float | None = None
    p: float | None = None


def fisher_exact(table: Sequence[Sequence[int]]) -> float:
    """Two-sided p of Fisher's exact test of a 2 x 2 table of counts.

    The sum of the hypergeometric probabilities of all tables with the same margins that are no
    likelier than the one observed (Fisher, 1935; Agresti, Categorical Data Analysis, 3.5).
    """
    (a, b), (c, d) = table
    if min(a, b, c, d) < 0:
        raise ValueError("counts are not negative")
    first, second, chosen = a + b, c + d, a + c
    x = np.arange(max(0, chosen - second), min(chosen, first) + 1, dtype=float)
    log = _log_choose(first, x) + _log_choose(second, chosen - x)
    log -= _log_choose(first + second, np.array([float(chosen)]))
    here = log[a - int(x[0])]
    return float(min(1.0, np.exp(log[log <= here + _SLACK]).sum()))


def _log_choose(n: int, k: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = gammaln(n + 1.0) - gammaln(k + 1) - gammaln(n - k + 1)
    return found


def selection_rates(n: Sequence[int], selected: Sequence[int], least: int = LEAST) -> list[Rate]:
    """The rates of groups with ``n`` people each, ``selected`` of them chosen.

    A single group that is large enough has a rate, and nothing to compare it with.
    """
    big = [size >= least for size in n]
    if not any(big):
        return [Rate(too_few=True) for _size in n]
    rates = [k / size if size else 0.0 for size, k in zip(n, selected, strict=True)]
    best = max((at for at in range(len(n)) if big[at]), key=lambda at: (rates[at], n[at], -at))
    comparable = sum(big) > 1 and rates[best] > 0
    return [
        Rate(
            too_few=False,
            n=n[at],
            selected=selected[at],
            rate=rates[at],
            ratio=rates[at] / rates[best] if comparable else None,
            p=None
            if at == best
            else fisher_exact(
                [
                    (selected[at], n[at] - selected[at]),
                    (selected[best], n[best] - selected[best]),
                ]
            ),
        )
        if big[at]
        else Rate(too_few=True)
        for at in range(len(n))
    ]
