"""What is drawn in a report: an order with its intervals, and people side by side.

Everything is worded and measured already; a renderer only places it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from ``low`` to ``high``, with the places that are marked."""

    low: float
    high: float
    ticks: Sequence[float]

    def place(self, value: float) -> float:
        """Where a value lies, in percent of the axis; what lies outside is drawn at its end."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 3)


@dataclass(frozen=True, slots=True)
class BandOfScores:
    """A band of scores as background: where it starts and ends, and its name."""

    start: float
    end: float
    name: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One candidate: figures to draw, and the words beside them."""

    code: str
    name: str
    department: str
    place: str
    score: float | None
    low: float | None
    high: float | None
    score_words: str
    ranks: str
    chance: str
    coverage: str
    status: str
    remarks: Sequence[str] = ()
    """Minimums, gaps and gates, a sentence each."""
    listed: bool = False
    """On the shortlist."""
    closes: bool = False
    """The last of a group that cannot be told apart from its best."""

    @property
    def coded(self) -> OrderRow:
        """The row without name and department."""
        return replace(self, name="", department="")


@dataclass(frozen=True, slots=True)
class OrderPlot:
    """One module's order: a row per candidate with its interval on a common axis."""

    title: str
    labels: Sequence[str]
    """Headings of: place, candidate, score, ranks, chance, coverage, status."""
    axis: Axis
    bands: Sequence[BandOfScores]
    rows: Sequence[OrderRow]
    notes: Sequence[str] = ()

    @property
    def coded(self) -> OrderPlot:
        """The plot with codes instead of people."""
        return replace(self, rows=[row.coded for row in self.rows])


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One value with half its interval, None where undefined; ``code`` says whose it is."""

    code: str
    value: float | None
    half: float | None
    words: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One competency of everybody compared."""

    code: str
    name: str
    values: Sequence[ComparedValue]
    beyond: str
    """Who lies apart from whom by more than error, in words."""


@dataclass(frozen=True, slots=True)
class ComparisonPlot:
    """People side by side by competency."""

    title: str
    labels: Sequence[str]
    """Headings of: competency, values, beyond error."""
    axis: Axis
    codes: Sequence[str]
    names: Sequence[str]
    rows: Sequence[ComparedRow]
    notes: Sequence[str] = ()

    @property
    def coded(self) -> ComparisonPlot:
        """The plot with codes instead of people."""
        return replace(self, names=["" for _name in self.names])
