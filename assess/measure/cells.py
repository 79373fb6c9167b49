"""Interviews and cells: where the answers of a rater on a competency of a candidate lie.

An interview is a (candidate, rater), a cell a (candidate, rater, competency). Tables of cells are
dense, interviews by competencies (J, G), with zeros where a rater did not rate a competency: all
that follows is arithmetic on rows of such tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assess.measure.answers import Answers
from assess.measure.arrays import Bools, Codes, Floats, Ints, ratio

T = TypeVar("T", bound=np.generic)

ROWS_AT_ONCE = 1 << 17
"""Answers worked on at a time: some arrays of this length stay in the processor's cache."""

CODES_AT_ONCE = 1 << 20
"""Bound of (candidates at a time) x (items)."""


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of one wave's answers.

    Attributes:
        c, r: (J,) int32 candidate and rater of each interview, sorted.
        first: (C + 1,) first interview of each candidate, and J.
        row: (C + 1,) first answer of each candidate, and N.
        start: (J, G) first answer of each cell, 0 where there is none.
        n: (J, G) number of answers, as float64.
        total: (J, G) sum of the answers in points.
    """

    c: Codes
    r: Codes
    first: Ints
    row: Ints
    start: Ints
    n: Floats
    total: Floats
    n_candidates: int
    n_raters: int
    _by_candidate: sp.csr_array = field(repr=False)

    @cached_property
    def present(self) -> Bools:
        """(J, G) whether the cell has an answer."""
        return self.n > 0

    @cached_property
    def mean(self) -> Floats:
        """(J, G) mean of the answers in points, 0 where there is none."""
        return ratio(self.total, self.n)

    @cached_property
    def raters(self) -> Floats:
        """(C, G) number of raters of each competency of a candidate, as float64."""
        return self.by_candidate(self.present.astype(np.float64))

    @cached_property
    def interviews(self) -> Ints:
        """(C,) number of interviews of each candidate."""
        return np.diff(self.first)

    @cached_property
    def competencies(self) -> Ints:
        """(J,) number of competencies rated in each interview."""
        return np.asarray(self.present.sum(1), np.int64)

    def by_candidate(self, table: Floats) -> Floats:
        """Sum over the interviews of each candidate: (J,) to (C,), (J, G) to (C, G)."""
        return np.asarray(self._by_candidate @ table, np.float64)

    def pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Every pair of interviews of one candidate, once, as arrays of their numbers."""
        a = np.arange(len(self.c))
        lag = 0
        while len(a):
            lag += 1
            a = a[: np.searchsorted(a, len(self.c) - lag)]
            a = a[self.c[a] == self.c[a + lag]]
            if len(a):
                yield a, a + lag

    def blocks(self, n_items: int) -> Iterator[tuple[int, int]]:
        """Ranges of candidates that hold few enough answers to be worked on at a time."""
        load = self.row / ROWS_AT_ONCE + np.arange(self.n_candidates + 1) * (
            n_items / CODES_AT_ONCE
        )
        edges = np.searchsorted(load, np.arange(1.0, load[-1]))
        edges = np.unique(np.concatenate([[0], edges, [self.n_candidates]]))
        yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


def find_cells(answers: Answers) -> Cells:
    """Cells of sorted answers, in one pass over them."""
    C, G = answers.n_candidates, answers.n_competencies
    row = np.searchsorted(answers.c, np.arange(C + 1, dtype=np.int32)).astype(np.int64)
    starts, totals, begins, kinds = [], [], [], []
    competency = answers.competency.astype(np.int16 if G < 2**15 else np.int32)
    for s, e in _row_blocks(row):
        g = competency[answers.i[s:e]]
        c, r = answers.c[s:e], answers.r[s:e]
        interview = np.ones(e - s, np.bool_)
        np.not_equal(r[1:], r[:-1], out=interview[1:])
        interview[1:] |= c[1:] != c[:-1]
        cell = interview.copy()
        cell[1:] |= g[1:] != g[:-1]
        start = np.flatnonzero(cell)
        totals.append(np.add.reduceat(answers.x[s:e], start))
        begins.append(interview[start])
        kinds.append(g[start])
        starts.append(start + s)
    found = _Found(
        start=np.concatenate([np.zeros(0, np.int64), *starts]),
        total=np.concatenate([np.zeros(0), *totals]),
        begins=np.concatenate([np.zeros(0, np.bool_), *begins]),
        competency=np.concatenate([np.zeros(0, competency.dtype), *kinds]),
    )
    return _tables(answers, row, found)


def _row_blocks(row: Ints) -> Iterator[tuple[int, int]]:
    """Ranges of answers of about ROWS_AT_ONCE that end where a candidate ends."""
    edges = row[np.searchsorted(row, np.arange(ROWS_AT_ONCE, row[-1], ROWS_AT_ONCE))]
    edges = np.unique(np.concatenate([[0], edges, row[-1:]]))
    yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


class _Found(NamedTuple):
    """Cells in the order of the answers: first answer, sum, whether an interview begins, g."""

    start: Ints
    total: Floats
    begins: Bools
    competency: NDArray[np.integer[Any]]


def _tables(answers: Answers, row: Ints, found: _Found) -> Cells:
    C, G = answers.n_candidates, answers.n_competencies
    start, total, begins, g = found
    opening = start[begins]
    J = len(opening)
    c, r = answers.c[opening], answers.r[opening]
    n = np.diff(start, append=len(answers)).astype(np.float64)
    if len(start) == J * G:
        tables = start.reshape(J, G), n.reshape(J, G), total.reshape(J, G)
    else:
        where = (np.cumsum(begins) - 1) * G + g
        tables = (
            _scatter(where, start, J, G),
            _scatter(where, n, J, G),
            _scatter(where, total, J, G),
        )
    first = np.searchsorted(c, np.arange(C + 1, dtype=np.int32)).astype(np.int64)
    indicator = sp.csr_array((np.ones(J), np.arange(J), first), shape=(C, J))
    return Cells(c, r, first, row, *tables, C, answers.n_raters, indicator)


def _scatter(where: Ints, values: NDArray[T], J: int, G: int) -> NDArray[T]:
    out = np.zeros(J * G, values.dtype)
    out[where] = values
    return out.reshape(J, G)
