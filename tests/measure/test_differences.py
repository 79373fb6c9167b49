"""Standard errors of differences: of pairs, of one against many, of nobody."""

import numpy as np
import pytest
from measure_designs import crossed

from assess.measure import WaveData, fit, score, sed
from assess.measure.differences import sed_from


def _scores():
    """Seven candidates seen by raters in turns; the last by nobody."""
    design = crossed(7, 4, [3, 2], seed=5)
    seen = ((design.c + design.r) % 4 < 2) & (design.c != 6)
    kept = design.keep(seen)
    return score([WaveData(fit(kept.answers))], kept.module())


def _by_definition(scores, i, j):
    (u,), (table,) = scores.leniency_weights, scores.tables
    d = (u[[i]] - u[[j]]).toarray().reshape(-1)
    return np.sqrt(scores.own_variance[i] + scores.own_variance[j] + d @ table.V @ d)


def test_a_pair_is_told_apart_by_what_it_does_not_share():
    scores = _scores()
    pairs = [(i, j) for i in range(6) for j in range(6) if i != j]
    got = [sed(scores, i, j) for i, j in pairs]
    assert got == pytest.approx([_by_definition(scores, i, j) for i, j in pairs])
    assert len(set(np.round(got, 6))) > 1


def test_one_against_many_gives_what_pairs_give():
    scores = _scores()
    others = np.arange(1, 6)
    assert sed_from(scores, 0, others) == pytest.approx([sed(scores, 0, j) for j in others])


def test_nobody_differs_from_themselves_and_nothing_is_known_without_a_score():
    scores = _scores()
    assert sed(scores, 0, 0) == 0
    assert np.isnan([sed(scores, i, j) for i, j in ((0, 6), (6, 0), (6, 6))]).all()
