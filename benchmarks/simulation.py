"""Engagements with a known truth: who would score what if every rater had asked again and again.

An answer arises in points as candidate + candidate by competency + item + leniency of the rater +
halo (candidate by rater) + candidate by item + noise, and is then given in whole steps of a 1-5
scale. The truth of a candidate is the weighted mean over competencies of the answer expected on
*this* scale from a rater drawn at random, over the questionnaire's items: halo, candidate by item
and noise are error, the items' difficulty is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

COMPETENCIES = 10
ITEMS_EACH = 4
WEIGHTS = np.array([20, 10, 10, 10, 10, 10, 10, 5, 10, 5], float)
SKIPPED = 0.10
"""Share of items that an interviewer does not come to ask."""


@dataclass(frozen=True)
class Spread:
    """Standard deviations in points of the 0-100 scale."""

    candidate: float = 12.0
    competency: float = 8.0
    item: float = 6.0
    severity: float = 4.0
    halo: float = 7.0
    candidate_item: float = 12.0
    noise: float = 12.0

    @property
    def error(self) -> float:
        """Of everything that is not the candidate's own."""
        parts = (self.severity, self.halo, self.candidate_item, self.noise)
        return float(np.sqrt(sum(part**2 for part in parts)))


@dataclass(frozen=True)
class Design:
    """Who rates whom, and how things spread."""

    name: str
    rates: Bools
    """(C, R): which rater interviews which candidate."""
    spread: Spread = Spread()
    department: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    """(C,) department of each candidate; empty for one only."""
    difference: float = 0.0
    """Points between the means of neighbouring departments."""
    sorted_severity: bool = False
    """Whether the severest raters sit in the best department."""


@dataclass(frozen=True)
class Engagement:
    """Simulated answers in columns (N) and the truth behind them."""

    c: Ints
    r: Ints
    i: Ints
    x: Floats
    """Answers in points."""
    competency: Ints
    """(I,) competency of each item."""
    truth: Floats
    """(C,) module score in points."""


def crossed(candidates: int, raters: int) -> Bools:
    """Everybody interviews everybody."""
    return np.ones((candidates, raters), bool)


def overlapping(candidates: int, raters: int, each: int, seed: int = 1) -> Bools:
    """``each`` raters per candidate, evenly spread over all pairs of raters."""
    rng = np.random.default_rng(seed)
    rates = np.zeros((candidates, raters), bool)
    order = np.concatenate([rng.permutation(raters) for _ in range(candidates * each)])
    at = 0
    for row in rates:
        while row.sum() < each:
            row[order[at]] = True
            at += 1
    return rates


def one_each(candidates: int, raters: int) -> Bools:
    """One interview per candidate, in turn."""
    return np.arange(candidates)[:, None] % raters == np.arange(raters)[None, :]


def departments(
    candidates: int, count: int, raters_each: int, shared: int, each: int = 0
) -> tuple[Bools, Ints]:
    """Departments with raters of their own; ``shared`` candidates of each meet the next one's too.

    ``each``: how many of the department's raters meet a candidate, 0 for all of them. Returns who
    rates whom (C, R) and the department of each candidate (C,).
    """
    department = np.arange(candidates) * count // candidates
    rates = np.zeros((candidates, count * raters_each), bool)
    for home in range(count):
        people = np.flatnonzero(department == home)
        raters = slice(home * raters_each, (home + 1) * raters_each)
        rates[people, raters] = overlapping(len(people), raters_each, each or raters_each)
        rates[people[:shared], ((home + 1) % count) * raters_each] = True
    return rates, department


def simulate(design: Design, seed: int) -> Engagement:
    """One engagement drawn from ``design``."""
    rng = np.random.default_rng(seed)
    s = design.spread
    n_candidates, n_raters = design.rates.shape
    competency = np.repeat(np.arange(COMPETENCIES), ITEMS_EACH)
    items = len(competency)
    level = 55.0 + rng.normal(0, s.candidate, n_candidates)
    if design.difference:
        best = design.department.max()
        level += design.difference * (design.department - best / 2)
    ability = level[:, None] + rng.normal(0, s.competency, (n_candidates, COMPETENCIES))
    difficulty = rng.normal(0, s.item, items)
    leniency = rng.normal(0, s.severity, n_raters)
    if design.sorted_severity:
        leniency = -np.sort(-leniency)
    halo = rng.normal(0, s.halo, (n_candidates, n_raters))
    own = rng.normal(0, s.candidate_item, (n_candidates, items))

    asked = design.rates[:, :, None] & (rng.random((n_candidates, n_raters, items)) >= SKIPPED)
    c, r, i = np.nonzero(asked)
    latent = ability[c, competency[i]] + difficulty[i] + leniency[r] + halo[c, r] + own[c, i]
    latent += rng.normal(0, s.noise, len(c))
    x = 25.0 * np.clip(np.round(latent / 25.0), 0, 4)
    return Engagement(c, r, i, x, competency, _truth(ability[:, competency] + difficulty, s))


def _truth(expected: Floats, spread: Spread) -> Floats:
    """Module scores (C,) for the latent means of candidates by items (C, I)."""
    steps = 25.0 * (np.arange(4) + 0.5)
    by_item = 25.0 * ndtr((expected[:, :, None] - steps) / spread.error).sum(axis=2)
    by_competency = by_item.reshape(len(expected), COMPETENCIES, ITEMS_EACH).mean(axis=2)
    truth: Floats = by_competency @ WEIGHTS / WEIGHTS.sum()
    return truth
