"""Several waves: what is taken from where, and change between two of them."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from measure_designs import crossed, spread_out

from assess.measure import (
    Keyed,
    ModuleSpec,
    Priors,
    WaveData,
    change,
    fit,
    interview_gain,
    rank,
    score,
    sed,
)
from assess.measure.ranks import true_variance

OF_DIFFERENT_PEOPLE = r"^the waves number candidates or competencies differently$"


def wave(design, competencies=None):
    if competencies is not None:
        design = design.keep(np.isin(design.competency[design.i], competencies))
    return WaveData(fit(design.answers))


def test_each_competency_comes_from_its_latest_counted_wave():
    first, second = crossed(3, 2, [2, 2, 2], seed=1), crossed(3, 2, [2, 2, 2], seed=2)
    module = first.module()
    waves = [wave(first), wave(second, [1])]
    got = score(waves, module)
    alone = [score([w], module) for w in waves]
    assert got.wave.tolist() == [[0, 1, 0]] * 3
    assert got.theta[:, [0, 2]] == pytest.approx(alone[0].theta[:, [0, 2]])
    assert got.theta[:, 1] == pytest.approx(alone[1].theta[:, 1])
    assert got.score == pytest.approx(np.nansum(got.weights * got.theta, 1))
    assert got.account.points.sum(1) == pytest.approx(got.score, abs=1e-9)
    assert got.raters.tolist() == [2, 2, 2]


def test_a_later_wave_with_too_few_items_does_not_replace_an_earlier_one():
    first, second = crossed(2, 1, [2, 2], seed=1), crossed(2, 1, [2, 2], seed=2)
    thin = second.keep((second.i % 2 == 0) | (second.c == 1))
    got = score([wave(first), wave(thin)], first.module(min_items=2))
    assert got.wave.tolist() == [[0, 0], [1, 1]]


def test_raters_of_different_waves_err_independently():
    first, second = crossed(3, 2, [2, 2], seed=1), crossed(3, 2, [2, 2], seed=2)
    waves = [wave(first), wave(second, [1])]
    got = score(waves, first.module())
    parts = [first.module(weights=np.array([1.0, 0.0])), first.module(weights=np.array([0.0, 1.0]))]
    one, two = score([waves[0]], parts[0]), score([waves[1]], parts[1])
    w = got.weights[0]
    assert got.own_variance == pytest.approx(
        w[0] ** 2 * one.own_variance + w[1] ** 2 * two.own_variance
    )
    expected = w[0] ** 2 * one.severity_variance + w[1] ** 2 * two.severity_variance
    assert got.severity_variance == pytest.approx(expected)
    square = (w[0] * sed(one, 0, 1)) ** 2 + (w[1] * sed(two, 0, 1)) ** 2
    assert sed(got, 0, 1) == pytest.approx(np.sqrt(square))
    both = np.hypot(w[0] * one.theta_se[:, 0], 0)
    assert got.theta_se[:, 0] * w[0] == pytest.approx(both)
    assert len(rank(got).order) == 3


def test_blocks_of_a_later_wave_are_numbered_after_the_earlier_ones():
    first, second = crossed(2, 2, [2, 2]), crossed(2, 2, [2, 2], seed=3)
    light = first.module(weights=np.array([1.0, 9.0]))
    got = score([wave(first), wave(second, [1])], light)
    assert got.block.tolist() == [1, 1]


def test_the_block_with_the_most_weight_stands_for_a_score_however_many_share_it():
    design = crossed(1, 3, [2, 2, 2])
    apart = design.keep(design.competency[design.i] == design.r)
    got = score([wave(apart)], design.module(weights=np.array([30.0, 45.0, 25.0])))
    assert got.block.tolist() == [1]


def test_knowledge_comes_with_the_wave_of_its_competency():
    design = crossed(1, 1, [2, 2], x=[50.0] * 4)
    one = np.ones((1, 2))
    keyed = Keyed(5 * one, 5 * one, 0 * one, 5 * one, 5 * one)
    module = design.module(weights=np.ones(2), knowledge_share=np.array([0.4, 0.4]))
    early = WaveData(wave(design).fit, keyed)
    got = score([early, wave(design, [1])], module)
    assert got.share.tolist() == [[0.4, 0.0]]
    assert got.score[0] == pytest.approx((70 + 50) / 2)


def test_knowledge_of_a_later_wave_replaces_that_of_an_earlier_one():
    first, second = crossed(2, 1, [2, 2], seed=1), crossed(2, 1, [2, 2], seed=2)
    module = first.module(knowledge_share=np.array([0.4, 0.3]))
    ten, few = np.full((2, 2), 10.0), np.array([[10.0, 3], [10, 10]])
    early = WaveData(wave(first).fit, Keyed(ten - 5, ten, 0 * ten, ten, few))
    late = WaveData(wave(second, [1]).fit, Keyed(ten - 2, 2 * ten, ten / 10, 2 * ten, few[::-1]))
    got, one, two = (score(waves, module) for waves in ([early, late], [early], [late]))
    for name in ("knowledge", "share", "too_few_keyed", "theta_se"):
        found = getattr(got, name)
        assert found[:, 0].tolist() == getattr(one, name)[:, 0].tolist(), name
        assert found[:, 1].tolist() == getattr(two, name)[:, 1].tolist(), name
        assert found[:, 1].tolist() != getattr(one, name)[:, 1].tolist(), name


def test_no_wave_and_waves_of_different_people_are_refused():
    a, b = wave(crossed(2, 1, [1])), wave(crossed(3, 1, [1]))
    module = ModuleSpec(np.ones(1))
    with pytest.raises(ValueError, match=r"^a score needs at least one wave$"):
        score([], module)
    with pytest.raises(ValueError, match=OF_DIFFERENT_PEOPLE):
        score([a, b], module)
    with pytest.raises(ValueError, match=r"^a module needs a weight for every competency$"):
        score([a], ModuleSpec(np.ones(2)))


def test_change_is_over_the_competencies_rated_at_both():
    first, second = crossed(3, 2, [2, 2, 2], seed=1), crossed(3, 2, [2, 2, 2], seed=2)
    before = score([wave(first, [0, 1])], first.module())
    after = score([wave(second, [1, 2])], first.module())
    got = change(before, after)
    assert got.both.tolist() == [[False, True, False]] * 3
    assert got.before == pytest.approx(before.theta[:, 1])
    assert got.after == pytest.approx(after.theta[:, 1])
    assert got.change == pytest.approx(after.theta[:, 1] - before.theta[:, 1])
    assert got.sed == pytest.approx(np.hypot(before.theta_se[:, 1], after.theta_se[:, 1]))
    assert got.by_competency[:, 1] == pytest.approx(got.change)
    assert got.by_competency_sed[:, 1] == pytest.approx(got.sed)
    assert np.isnan(got.by_competency[:, 0]).all()
    assert np.isnan(got.by_competency_sed[:, 0]).all()


def test_only_a_change_beyond_its_error_is_reliable():
    low, high = (crossed(2, 1, [4], x=np.full(8, value)) for value in (25.0, 100.0))
    module = low.module()
    mixed = replace(low, x=np.where(low.c == 0, high.x, low.x + 5))
    got = change(score([wave(low)], module), score([wave(mixed)], module))
    assert got.change == pytest.approx([75, 5])
    assert got.reliable.tolist() == [True, False]
    assert (np.abs(got.change) > 1.96 * got.sed).tolist() == [True, False]


def test_no_change_without_any_error_is_not_a_reliable_one():
    design = crossed(2, 1, [2])
    same = score([WaveData(fit(design.answers, Priors(strength=0)))], design.module())
    got = change(same, same)
    assert (got.sed == 0).all()
    assert not got.reliable.any()


def test_nothing_rated_at_both_is_no_change():
    design = crossed(2, 1, [2, 2])
    module = design.module()
    got = change(score([wave(design, [0])], module), score([wave(design, [1])], module))
    assert np.isnan(got.change).all()
    assert not got.reliable.any()


def test_change_needs_scores_of_one_wave_each():
    design = crossed(2, 1, [2])
    module = design.module()
    one = wave(design)
    with pytest.raises(ValueError, match=r"^change compares the scores of exactly one wave each$"):
        change(score([one], module), score([one, one], module))
    more = wave(crossed(3, 1, [2]))
    with pytest.raises(ValueError, match=OF_DIFFERENT_PEOPLE):
        change(score([one], module), score([more], module))


def test_the_variance_of_true_scores_leaves_out_the_errors_of_all_waves():
    first, second = spread_out(9, raters=3, seed=1), spread_out(9, raters=3, seed=2)
    some = first.keep((first.c + first.r) % 3 > 0)
    got = score([wave(some), wave(second, [1])], first.module())
    assert got.severity_variance.min() > 1
    none_prior = Priors(strength=0)
    # what the errors add to the variance of scores is half a squared difference, over all pairs
    error = np.mean([sed(got, i, j) ** 2 / 2 for i, j in combinations(range(9), 2)])
    expected = got.score.var(ddof=1) - error
    assert expected > 20
    assert true_variance(got, np.arange(9), none_prior) == pytest.approx(expected)


def test_raters_are_counted_once_over_all_waves():
    first, second = crossed(3, 1, [2, 2], seed=1), crossed(3, 1, [2, 2], seed=2)
    waves = [wave(first), wave(second, [1])]
    assert score(waves, first.module()).raters.tolist() == [1, 1, 1]
    unseen = [wave(one.keep(one.c < 2), some) for one, some in ((first, None), (second, [1]))]
    assert score(unseen, first.module()).raters.tolist() == [1, 1, 0]


# -- what more interviewing would bring


@pytest.mark.parametrize(("n", "R"), [(4, 2), (1, 2), (4, 3)])
def test_one_more_rater_brings_the_error_that_a_design_with_one_more_has(n, R):
    design = crossed(n, R, [3, 3], seed=4)
    # what raters see alike in a candidate's answer, so that there is such a variance
    seen = np.random.default_rng(4).normal(0, 20, (n, 6))[design.c, design.i]
    design = design.valued(design.x + seen)
    now = score([wave(design)], design.module())
    gain = interview_gain(now)
    held = now.waves[0].fit
    components = held.components
    assert min(components.candidate_item, components.residual, components.halo) > 1
    # the same variances with one rater more, severities known as well on average
    V = np.diag(held.severity.V).mean()
    assert components.rater > V
    own = components.halo / (R + 1) + (now.weights[0] ** 2).sum() * (
        components.candidate_item / 3 + components.residual / 3 / (R + 1)
    )
    severity = (held.severity.V.sum() + V) / (R + 1) ** 2
    assert gain.one_more_rater == pytest.approx(np.full(n, np.sqrt(own + severity)))
    assert (gain.one_more_rater < gain.now).all()


def test_twice_the_items_halve_only_what_items_carry():
    design = crossed(3, 2, [3, 3], seed=4)
    seen = np.random.default_rng(4).normal(0, 20, (3, 6))[design.c, design.i]
    design = design.valued(design.x + seen)
    got = score([wave(design)], design.module())
    gain = interview_gain(got)
    components = got.waves[0].fit.components
    assert min(components.candidate_item, components.residual) > 1
    item = (got.weights[0] ** 2).sum() * (components.candidate_item / 3 + components.residual / 6)
    expected = got.se**2 - item / 2
    assert gain.twice_the_items == pytest.approx(np.sqrt(expected))
    assert gain.now == pytest.approx(got.se)


def test_more_interviewing_makes_no_test_of_knowledge_surer():
    design = crossed(3, 2, [3, 3], seed=4)
    right = np.array([[5.0, 7], [6, 2], [3, 8]])
    asked = np.full((3, 2), 10.0)
    found = fit(design.answers)
    keyed = Keyed(right, asked, 0 * right, asked, asked)
    plain = score([WaveData(found)], design.module())
    mixed = score([WaveData(found, keyed)], design.module(knowledge_share=np.array([0.25, 0.25])))
    before, after = interview_gain(plain), interview_gain(mixed)
    assert (mixed.se**2 > 0.75**2 * plain.se**2 + 1).all()
    for name in ("one_more_rater", "twice_the_items"):
        gained = mixed.se**2 - getattr(after, name) ** 2
        assert gained == pytest.approx(0.75**2 * (plain.se**2 - getattr(before, name) ** 2)), name


def test_what_more_interviewing_would_bring_adds_up_over_waves():
    first, second = crossed(3, 2, [2, 3], seed=1), crossed(3, 2, [2, 3], seed=2)
    waves = [wave(first), wave(second, [1])]
    both = interview_gain(score(waves, first.module()))
    w = score(waves, first.module()).weights[0]
    parts = [first.module(weights=np.array(only)) for only in ([1.0, 0.0], [0.0, 1.0])]
    one, two = (interview_gain(score([at], part)) for at, part in zip(waves, parts, strict=True))
    for name in ("now", "one_more_rater", "twice_the_items"):
        expected = w[0] ** 2 * getattr(one, name) ** 2 + w[1] ** 2 * getattr(two, name) ** 2
        assert getattr(both, name) ** 2 == pytest.approx(expected), name
