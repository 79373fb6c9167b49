"""The account of a score in digits that add up, for every place that shows it.

Rounding each figure for itself leaves sums that are off by a digit; the largest-remainder method
moves the odd digit to where it hurts least (docs/measurement.md, section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from assess.workspace.results import CandidateResult, Line


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One competency's line: the five parts add up to ``points`` in the digits shown.

    A part is None where nothing was corrected.
    """

    line: Line
    weight: float
    raw_points: float
    item_mix: float | None
    severity: float | None
    agreed: float | None
    knowledge: float | None
    points: float


@dataclass(frozen=True, slots=True)
class Account:
    """All lines and their sums; the last sum is the score as shown."""

    lines: list[AccountLine]
    weight: float
    raw_points: float
    item_mix: float | None
    severity: float | None
    agreed: float | None
    knowledge: float | None
    points: float


def largest_remainder(
    parts: Sequence[float], total: float | None = None, digits: int = 1
) -> list[float]:
    """``parts`` rounded to ``digits`` so that they add up to ``total`` rounded likewise.

    ``total`` is the sum of the parts by default. Parts that are exactly 0 stay 0 unless all are.
    """
    unit = 10**digits
    scaled = [part * unit for part in parts]
    rounded = [floor(part) for part in scaled]
    wanted = sum(parts) if total is None else total
    goal = round(float(f"{wanted:.{digits}f}") * unit)  # the very digits that formatting shows
    movable = [i for i, part in enumerate(parts) if part != 0] or list(range(len(parts)))
    # largest remainder first; the position settles equal ones, so the same figures print again
    movable.sort(key=lambda i: (rounded[i] - scaled[i], i))
    missing = goal - sum(rounded)
    if movable:
        for step in range(abs(missing)):
            order = movable if missing > 0 else movable[::-1]
            rounded[order[step % len(order)]] += 1 if missing > 0 else -1
    return [value / unit for value in rounded]


def account_of(result: CandidateResult, digits: int = 1) -> Account:
    """The lines of a result as they are shown: rows, columns and the score add up to the digit."""
    points = largest_remainder([line.points for line in result.lines], result.score, digits)
    weights = largest_remainder([line.weight for line in result.lines], digits=0)
    lines = [
        _line(line, weight, shown, digits)
        for line, weight, shown in zip(result.lines, weights, points, strict=True)
    ]
    return Account(
        lines,
        weight=sum(weights),
        raw_points=round(sum(line.raw_points for line in lines), digits),
        item_mix=_sum([line.item_mix for line in lines], digits),
        severity=_sum([line.severity for line in lines], digits),
        agreed=_sum([line.agreed for line in lines], digits),
        knowledge=_sum([line.knowledge for line in lines], digits),
        points=round(sum(points), digits),
    )


def _line(line: Line, weight: float, points: float, digits: int) -> AccountLine:
    parts = (line.raw_points, line.item_mix, line.severity, line.agreed, line.knowledge)
    raw, mix, severity, agreed, knowledge = (
        shown if exact else None
        for shown, exact in zip(largest_remainder(parts, points, digits), parts, strict=True)
    )
    return AccountLine(line, weight, raw or 0.0, mix, severity, agreed, knowledge, points)


def _sum(parts: Sequence[float | None], digits: int) -> float | None:
    given = [part for part in parts if part is not None]
    return round(sum(given), digits) if given else None
