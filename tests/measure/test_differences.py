"""Standard errors of differences: of many pairs at once, of one against many, of nobody."""

import numpy as np
import pytest
from measure_designs import crossed

from assess.measure import WaveData, fit, score, sed
from assess.measure import differences as module
from assess.measure.differences import sed_from, sed_many


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


@pytest.mark.parametrize("at_once", [1, 4, 4096])
def test_many_pairs_at_once_give_what_each_pair_gives_alone(monkeypatch, at_once):
    monkeypatch.setattr(module, "PAIRS_AT_ONCE", at_once)
    scores = _scores()
    pairs = [(i, j) for i in range(6) for j in range(6) if i != j]
    got = sed_many(scores, *zip(*pairs, strict=True))
    assert got == pytest.approx([_by_definition(scores, i, j) for i, j in pairs])
    assert got == pytest.approx([sed(scores, i, j) for i, j in pairs])
    assert len(set(np.round(got, 6))) > 1


def test_one_against_many_gives_what_pairs_give():
    scores = _scores()
    others = np.arange(1, 6)
    assert sed_from(scores, 0, others) == pytest.approx(sed_many(scores, [0] * 5, others))


def test_nobody_differs_from_themselves_and_nothing_is_known_without_a_score():
    scores = _scores()
    got = sed_many(scores, [0, 0, 6, 6], [0, 6, 0, 6])
    assert got[0] == 0
    assert np.isnan(got[1:]).all()
