"""Designs to try the measurement on: who rated whom on what, and with which values."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from assess.measure import Answers, ModuleSpec
from assess.measure.cells import find_cells


@dataclass(frozen=True)
class Design:
    """Columns of answers with their sizes; items numbered in any order of competencies."""

    c: np.ndarray
    r: np.ndarray
    i: np.ndarray
    x: np.ndarray
    competency: np.ndarray
    n_candidates: int
    n_raters: int
    n_competencies: int
    agreed: np.ndarray | None = None

    def __len__(self):
        return len(self.x)

    @property
    def answers(self):
        return Answers.from_columns(
            self.c,
            self.r,
            self.i,
            self.x,
            self.competency,
            n_candidates=self.n_candidates,
            n_raters=self.n_raters,
            n_competencies=self.n_competencies,
            agreed=self.agreed,
        )

    def keep(self, rows):
        agreed = None if self.agreed is None else self.agreed[rows]
        return replace(
            self, c=self.c[rows], r=self.r[rows], i=self.i[rows], x=self.x[rows], agreed=agreed
        )

    def valued(self, x):
        return replace(self, x=np.asarray(x, float))

    def module(self, **kwargs):
        return ModuleSpec(**{"weights": np.arange(1.0, self.n_competencies + 1), **kwargs})


def points(ratings):
    """Ratings on a scale from 1 to 5 in points of the 0-100 scale."""
    return (np.asarray(ratings, float) - 1) * 25


def held(found, answers):
    """A fit with other values for the same answers: severities, item effects, variances stay."""
    cells = find_cells(answers)
    z = cells.mean - found.effects.of_pattern[found.patterns.of_cell]
    return replace(found, answers=answers, cells=cells, z=z, cache={})


def crossed(n_candidates, n_raters, items_each, *, seed=0, x=None):
    """Every rater rates every candidate on every item."""
    competency = np.repeat(np.arange(len(items_each)), items_each)
    shape = n_candidates, n_raters, len(competency)
    c, r, i = (a.ravel() for a in np.indices(shape))
    if x is None:
        x = np.random.default_rng(seed).integers(0, 5, len(c)) * 25.0
    return Design(c, r, i, np.asarray(x, float).ravel(), competency, *shape[:2], len(items_each))


def spread_out(n, raters=2, seed=0, items=(3, 3), lenient=6.0):
    """Candidates of different ability, rated with some noise."""
    rng = np.random.default_rng(seed)
    design = crossed(n, raters, list(items))
    ability = rng.normal(50, 15, n)[design.c]
    own = rng.normal(0, 1, raters)[design.r] * lenient
    return design.valued(ability + own + rng.normal(0, 12, len(design)))


@st.composite
def designs(draw, *, max_candidates=5, max_raters=4, complete=False, agreed=False, min_answers=0):
    """Small designs with whatever holes, links and equal values chance brings."""
    items_each = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    C = draw(st.integers(1, max_candidates))
    R = draw(st.integers(1, max_raters))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    design = crossed(C, R, items_each, seed=seed)
    if draw(st.booleans()):
        design = design.valued(rng.uniform(0, 100, len(design)))
    if not complete:
        interviews = rng.random((C, R)) < draw(st.sampled_from([0.3, 0.6, 1.0]))
        rated = rng.random((C, R, len(items_each))) < draw(st.sampled_from([0.6, 1.0]))
        answered = rng.random(len(design)) < draw(st.sampled_from([0.5, 0.9, 1.0]))
        g = design.competency[design.i]
        keep = interviews[design.c, design.r] & rated[design.c, design.r, g] & answered
        if keep.sum() < min_answers:
            keep[:] = True
        design = design.keep(keep)
    renumber = rng.permutation(len(design.competency))
    competency = np.empty_like(design.competency)
    competency[renumber] = design.competency
    design = replace(design, i=renumber[design.i], competency=competency)
    if agreed:
        values = rng.uniform(0, 100, (C, len(competency)))
        values[rng.random(values.shape) < 0.6] = np.nan
        design = replace(design, agreed=values[design.c, design.i])
    return design
