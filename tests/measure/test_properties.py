"""What must hold for any answers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from measure_designs import crossed, designs, held

from assess.measure import (
    Answers,
    Keyed,
    Priors,
    WaveData,
    fit,
    rank,
    score,
    sed,
)

PRIORS = st.sampled_from([Priors(), Priors(strength=0)])


def scored(design, priors=None, **module):
    return score([WaveData(fit(design.answers, priors or Priors()))], design.module(**module))


@given(designs(agreed=True), PRIORS, st.integers(0, 99))
def test_the_account_sums_to_the_score(design, priors, seed):
    rng = np.random.default_rng(seed)
    shape = design.n_candidates, design.n_competencies
    items = rng.integers(0, 8, shape).astype(float)
    keyed = Keyed(items * rng.random(shape), items, items / 3, items, items)
    module = design.module(knowledge_share=rng.random(shape[1]))
    got = score([WaveData(fit(design.answers, priors), keyed)], module)
    scored_ones = ~np.isnan(got.score)
    assert got.account.points.sum(1)[scored_ones] == pytest.approx(got.score[scored_ones], abs=1e-9)
    assert (got.account.points[~scored_ones] == 0).all()
    values = np.where(got.counted, got.weights * np.nan_to_num(got.theta), 0)
    assert got.account.points == pytest.approx(values, abs=1e-9)


@given(designs(complete=True), st.floats(-30, 30), st.data())
def test_a_constant_on_all_answers_of_a_rater_leaves_differences_in_a_complete_design(
    design, constant, data
):
    rater = data.draw(st.integers(0, design.n_raters - 1))
    before = scored(design)
    after = scored(design.valued(design.x + constant * (design.r == rater)))
    change = after.score - before.score
    assert change == pytest.approx(np.full(len(change), change[0]), abs=1e-7)


@given(designs(agreed=True), PRIORS, st.randoms(use_true_random=False))
def test_permuting_rows_candidates_raters_and_items_changes_nothing(design, priors, random):
    def shuffled(n):
        order = list(range(n))
        random.shuffle(order)
        return np.array(order, np.int64)

    names = np.array([f"C{k}" for k in range(design.n_candidates)])
    c, r, i = (shuffled(n) for n in (design.n_candidates, design.n_raters, len(design.competency)))
    rows = shuffled(len(design))
    competency = np.empty_like(design.competency)
    competency[i] = design.competency
    other = replace(design.keep(rows), competency=competency)
    other = replace(other, c=c[other.c], r=r[other.r], i=i[other.i])
    first, second = scored(design, priors), scored(other, priors)
    fits = first.waves[0].fit, second.waves[0].fit
    assert fits[1].rho[r] == pytest.approx(fits[0].rho, abs=1e-7)
    assert fits[1].beta[i] == pytest.approx(fits[0].beta, abs=1e-7)
    for name in ("score", "se", "coverage", "lower", "upper", "theta", "raters"):
        assert getattr(second, name)[c] == pytest.approx(
            getattr(first, name), abs=1e-6, nan_ok=True
        ), name
    new_names = np.empty_like(names)
    new_names[c] = names
    one, two = rank(first, keys=names.tolist()), rank(second, keys=new_names.tolist())
    assert names[one.order].tolist() == new_names[two.order].tolist()
    for name in ("place", "tie_group", "low", "high"):
        assert getattr(two, name)[c] == pytest.approx(getattr(one, name), nan_ok=True), name
    assert two.p_top[c] == pytest.approx(one.p_top, abs=1e-3, nan_ok=True)


@given(designs(complete=True, max_candidates=6), PRIORS, st.data())
def test_a_withdrawal_from_a_complete_design_moves_nobodys_difference(design, priors, data):
    assume(design.n_candidates > 1)
    gone = data.draw(st.integers(0, design.n_candidates - 1))
    before = scored(design, priors)
    after = scored(design.keep(design.c != gone), priors)
    left = np.arange(design.n_candidates) != gone
    assert np.isnan(after.score[gone])
    change = (after.score - before.score)[left]
    assert change == pytest.approx(np.full(len(change), change[0]), abs=1e-7)


@given(designs(complete=True, max_raters=1, max_candidates=6), st.data())
def test_with_one_rater_and_the_same_items_a_withdrawal_moves_no_score_at_all(design, data):
    gone = data.draw(st.integers(0, design.n_candidates - 1))
    left = np.arange(design.n_candidates) != gone
    before = scored(design)
    after = scored(design.keep(design.c != gone))
    assert after.score[left] == pytest.approx(before.score[left], abs=1e-9)


@given(designs(min_answers=1, agreed=True), PRIORS, st.data())
def test_a_better_answer_never_lowers_a_score_with_the_rest_held(design, priors, data):
    before = scored(design, priors)
    row = data.draw(st.integers(0, len(design) - 1))
    better = design.x.copy()
    better[row] += 25.0
    other = held(before.waves[0].fit, design.valued(better).answers)
    after = score([WaveData(other)], before.module)
    both = ~np.isnan(before.score)
    assert (after.score[both] >= before.score[both] - 1e-9).all()
    assert np.isnan(after.score[~both]).all()


@given(st.integers(2, 12), st.integers(1, 3), st.sampled_from([0.0, 50.0, 100.0]), PRIORS)
def test_all_equal_answers_leave_the_order_open(n, raters, value, priors):
    design = crossed(n, raters, [2, 3], x=np.full(n * raters * 5, value))
    got = rank(scored(design, priors), k=1)
    assert got.place.tolist() == [1] * n
    assert got.tie_group.tolist() == [1] * n
    assert got.p_top == pytest.approx(np.full(n, 1 / n), abs=1e-9)
    assert got.low.tolist() == [1] * n
    assert got.high.tolist() == [n] * n


@given(st.integers(0, 9999))
def test_differences_across_blocks_are_less_sure_than_within(seed):
    # two blocks of two candidates by two raters, all alike in design
    x = np.random.default_rng(seed).integers(0, 5, 4 * 2 * 6) * 25.0
    base = crossed(4, 2, [3, 3], x=x)
    design = replace(base, r=base.r + 2 * (base.c >= 2), n_raters=4)
    got = scored(design)
    assert got.block.tolist() == [0, 0, 1, 1]
    within = [sed(got, 0, 1), sed(got, 2, 3)]
    across = [sed(got, i, j) for i in (0, 1) for j in (2, 3)]
    assert min(across) > max(within)


@given(designs(min_answers=4), PRIORS)
def test_the_sed_is_that_of_the_explicit_covariance_of_the_two_scores(design, priors):
    got = scored(design, priors)
    u = got.leniency_weights[0].toarray()
    V = got.tables[0].V
    for i in range(design.n_candidates):
        for j in range(design.n_candidates):
            if np.isnan(got.score[[i, j]]).any():
                assert np.isnan(sed(got, i, j))
            elif i == j:
                assert sed(got, i, j) == 0
            else:
                d = u[i] - u[j]
                square = got.own_variance[i] + got.own_variance[j] + d @ V @ d
                assert sed(got, i, j) == pytest.approx(np.sqrt(square), abs=1e-7)


@given(designs())
def test_bounds_enclose_the_score_and_close_when_all_is_covered(design):
    got = scored(design)
    some = ~np.isnan(got.score)
    assert (got.upper - got.lower) == pytest.approx(100 - got.coverage)
    full = got.coverage > 100 - 1e-9
    assert got.lower[full] == pytest.approx(got.score[full])
    share = got.coverage[some] / 100
    assert got.lower[some] == pytest.approx(share * got.score[some])
    assert (got.coverage[~some] == 0).all()


def test_an_answer_may_be_given_in_any_order_and_type_of_number():
    design = crossed(2, 2, [2, 1])
    rows = np.random.default_rng(1).permutation(len(design))
    a, b = design.answers, design.keep(rows).answers
    for one, other in ((a.c, b.c), (a.r, b.r), (a.i, b.i), (a.x, b.x)):
        assert (one == other).all()
    assert (
        len(Answers.from_columns([], [], [], [], [0], n_candidates=0, n_raters=0, n_competencies=1))
        == 0
    )
