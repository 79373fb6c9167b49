"""The answers of one wave as sorted columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from assess.measure.arrays import Codes, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Rating answers of one wave, sorted by candidate, rater, item.

    Attributes:
        c, r, i: (N,) int32 codes of candidate, rater and item of each answer; every (c, r, i)
            occurs once. Items are numbered so that those of a competency are neighbours.
        x: (N,) answers in points of the 0-100 scale.
        competency: (I,) int32 competency of each item, ascending.
        agreed: (N,) value in points on which the panel agreed, NaN where none; None if nowhere.
        n_candidates, n_raters, n_competencies: sizes; codes without answers are allowed.
        item_order: (I,) number by which the caller knows item k: ``item_order[k]``.
    """

    c: Codes
    r: Codes
    i: Codes
    x: Floats
    competency: Codes
    agreed: Floats | None
    n_candidates: int
    n_raters: int
    n_competencies: int
    item_order: Ints

    @property
    def n_items(self) -> int:
        """Number of items, answered or not."""
        return len(self.competency)

    def __len__(self) -> int:
        return len(self.x)

    @classmethod
    def from_columns(
        cls,
        c: ArrayLike,
        r: ArrayLike,
        i: ArrayLike,
        x: ArrayLike,
        competency: ArrayLike,
        *,
        n_candidates: int,
        n_raters: int,
        n_competencies: int,
        agreed: ArrayLike | None = None,
    ) -> Answers:
        """Sorted answers from columns in any order and with the caller's item numbers.

        Args:
            c, r, i: (N,) codes from 0; ``i`` indexes ``competency``.
            x: (N,) answers in points.
            competency: (I,) competency of each item, in any order.
            n_candidates, n_raters, n_competencies: sizes of the codes.
            agreed: (N,) agreed value of the item for the candidate, in points, or NaN.

        Raises:
            ValueError: columns of unlike length, a code out of range, an answer that is not a
                finite number, or two answers of one rater to one item about one candidate.
        """
        comp = _codes(competency, n_competencies, "competency")
        cc = _codes(c, n_candidates, "candidate")
        rr = _codes(r, n_raters, "rater")
        ii = _codes(i, len(comp), "item")
        xx = np.ascontiguousarray(x, np.float64).reshape(-1)
        aa = None if agreed is None else np.ascontiguousarray(agreed, np.float64).reshape(-1)
        if len({len(cc), len(rr), len(ii), len(xx), len(xx if aa is None else aa)}) > 1:
            raise ValueError("the columns c, r, i, x and agreed must be of one length")
        if not np.isfinite(xx).all():
            raise ValueError("every answer must be a finite number")
        if aa is not None and np.isnan(aa).all():
            aa = None

        item_order = np.arange(len(comp))
        if np.any(comp[1:] < comp[:-1]):
            item_order = np.argsort(comp, kind="stable")
            position = np.empty(len(comp), np.int32)
            position[item_order] = np.arange(len(comp), dtype=np.int32)
            comp, ii = comp[item_order], position[ii]

        order = _sorting(cc, rr, ii, n_raters, len(comp))
        if order is not None:
            cc, rr, ii, xx = cc[order], rr[order], ii[order], xx[order]
            aa = None if aa is None else aa[order]
        return cls(cc, rr, ii, xx, comp, aa, n_candidates, n_raters, n_competencies, item_order)


def _codes(values: ArrayLike, size: int, name: str) -> Codes:
    raw: np.ndarray[Any, Any] = np.asarray(values)
    if raw.size and not np.issubdtype(raw.dtype, np.integer):
        raise ValueError(f"{name} codes must be whole numbers")
    if raw.size and (raw.min() < 0 or raw.max() >= size):
        raise ValueError(f"{name} codes must lie in 0..{size - 1}")
    return np.ascontiguousarray(raw, np.int32).reshape(-1)


def _sorting(c: Codes, r: Codes, i: Codes, n_raters: int, n_items: int) -> Ints | None:
    """The order that sorts by (c, r, i), None where they are sorted already."""
    key = c.astype(np.int64)
    key *= max(n_raters, 1)
    key += r
    key *= max(n_items, 1)
    key += i
    step = key[1:] > key[:-1]
    if step.all():
        return None
    order = np.argsort(key, kind="stable")
    key = key[order]
    twice = np.flatnonzero(key[1:] == key[:-1])
    if len(twice):
        a, b = order[twice[0]], order[twice[0] + 1]
        raise ValueError(f"rows {a} and {b} answer the same item for the same candidate and rater")
    return order
