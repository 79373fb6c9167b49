"""The fit against the same model written out with dense matrices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_dense import dense_fit, dense_scores
from measure_designs import designs

from assess.measure import Keyed, Priors, WaveData, fit, score

PRIORS = st.sampled_from([Priors(), Priors(strength=0), Priors(strength=1.5, rater=3, halo=20)])


def both(design, priors):
    return fit(design.answers, priors), dense_fit(design, priors)


@given(designs(min_answers=1), PRIORS)
def test_item_effects_are_the_penalised_least_squares_of_the_answers(design, priors):
    found, plain = both(design, priors)
    assert found.beta == pytest.approx(plain.beta, abs=1e-8)


@given(designs(min_answers=1), PRIORS)
def test_variance_components_and_their_degrees_of_freedom(design, priors):
    found, plain = both(design, priors)
    got = found.components
    df = (
        got.cell_estimate.df,
        got.residual_estimate.df,
        got.halo_estimate.df,
        got.rater_estimate.df,
    )
    assert df == (max(plain.df[0], 0), *plain.df[1:])
    for name in ("candidate_item", "residual", "halo", "rater"):
        assert getattr(got, name) == pytest.approx(getattr(plain, name), rel=1e-7, abs=1e-6), name


@given(designs(min_answers=1), PRIORS)
def test_severities_solve_the_mixed_model_equations(design, priors):
    found, plain = both(design, priors)
    V = found.severity.V
    assert V.ravel() == pytest.approx(plain.V.ravel(), rel=1e-6, abs=1e-6)
    assert found.rho == pytest.approx(plain.rho, rel=1e-6, abs=1e-6)


@given(designs(min_answers=1))
def test_blocks_are_the_raters_connected_by_candidates_competencies(design):
    found, plain = both(design, Priors())
    assert found.severity.n_blocks == len(plain.blocks)
    for number, raters in enumerate(plain.blocks):
        assert set(found.block[raters].tolist()) == {found.block[raters[0]]}
        assert found.linked[raters].all() == (len(raters) > 1)
        assert number in found.block
    silent = np.setdiff1d(np.arange(design.n_raters), design.r)
    assert (found.block[silent] == -1).all()


@given(designs(min_answers=1, agreed=True), PRIORS, st.data())
def test_scores_errors_and_accounts(design, priors, data):
    found, plain = both(design, priors)
    n_items = len(design.competency)
    chosen = data.draw(st.lists(st.booleans(), min_size=n_items, max_size=n_items))
    items = data.draw(st.sampled_from([None, np.array(chosen)]))
    module = design.module(items=items, min_items=data.draw(st.integers(1, 2)))
    got = score([WaveData(found)], module)
    expected = dense_scores(plain, design, module)
    account = got.account
    parts = (account.raw, account.item_mix, account.severity, account.agreed, account.knowledge)
    for k, one in enumerate(expected):
        assert got.score[k] == pytest.approx(one.score, abs=1e-6, nan_ok=True)
        assert got.coverage[k] == pytest.approx(one.coverage)
        assert got.own_variance[k] == pytest.approx(one.own, rel=1e-6, abs=1e-6)
        assert got.severity_variance[k] == pytest.approx(one.severity, rel=1e-6, abs=1e-6)
        assert got.leniency_weights[0][[k]].toarray()[0] == pytest.approx(one.u, abs=1e-9)
        assert set(np.flatnonzero(got.counted[k]).tolist()) == set(one.theta)
        for mine, theirs in zip(parts, one.account, strict=True):
            assert mine[k] == pytest.approx(theirs, abs=1e-6)


@given(designs(min_answers=1), st.integers(0, 1000))
def test_knowledge_carries_its_share_corrected_for_guessing(design, seed):
    rng = np.random.default_rng(seed)
    shape = design.n_candidates, design.n_competencies
    items = rng.integers(0, 9, shape).astype(float)
    answered = np.minimum(items, rng.integers(0, 9, shape))
    keyed = Keyed(
        points=rng.integers(0, 9, shape) * items / 8,
        possible=items,
        guessed=items * 0.25,
        items=items,
        answered=answered,
    )
    share = np.full(shape[1], 0.4)
    found, plain = both(design, Priors())
    module = design.module(knowledge_share=share)
    got = score([WaveData(found, keyed)], module)

    def knowledge(c, g):
        if answered[c, g] < 4:
            return 0.0, 0.0, 0.0
        p, n = keyed.points[c, g] / items[c, g], items[c, g]
        smooth = (n * p + 1) / (n + 2)
        error = 1e4 * smooth * (1 - smooth) / (n + 2) / 0.75**2
        return 0.4, 100 * max(0.0, (p - 0.25) / 0.75), error

    for k, one in enumerate(dense_scores(plain, design, module, knowledge)):
        assert got.score[k] == pytest.approx(one.score, abs=1e-6, nan_ok=True)
        assert got.own_variance[k] == pytest.approx(one.own, rel=1e-6, abs=1e-6)
        assert got.account.points[k].sum() == pytest.approx(np.nan_to_num(one.score), abs=1e-6)
        assert (got.too_few_keyed[k] == ((items[k] > 0) & (answered[k] < 4))).all()
