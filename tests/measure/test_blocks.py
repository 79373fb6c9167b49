"""Large pools are gone through in blocks of whole candidates: where they end does not matter."""

import numpy as np
import pytest
from hypothesis import given
from measure_designs import crossed, designs

from assess.measure import cells, fit
from assess.measure.blocks import sum_over_pairs


def test_what_pairs_of_raters_share_is_summed_both_ways_round():
    design = crossed(8, 5, [2])
    design = design.keep((design.c * design.r + design.c) % 3 > 0)
    found = cells.find_cells(design.answers)
    met = np.zeros((8, 5))
    met[design.c, design.r] = 1
    together = met.T @ met
    np.fill_diagonal(together, 0)
    assert (sum_over_pairs(found, lambda a, _b: np.ones(len(a))) == together).all()


def test_a_cell_knows_its_items_whatever_gaps_they_have():
    design = crossed(40, 1, [6])
    design = design.keep(np.random.default_rng(1).random(len(design)) < 0.6)
    found = fit(design.answers)
    asked = np.zeros((40, 6))
    asked[design.c, design.i] = 1
    assert (found.patterns.items.toarray()[found.patterns.of_cell[:, 0]] == asked).all()


@given(designs(min_answers=2, agreed=True))
def test_small_blocks_give_what_one_block_gives(design):
    whole = fit(design.answers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "ROWS_AT_ONCE", 2)
        patch.setattr(cells, "CODES_AT_ONCE", 8)
        parted = fit(design.answers)
    for name in ("start", "n", "total", "first"):
        assert (getattr(parted.cells, name) == getattr(whole.cells, name)).all(), name
    assert parted.beta == pytest.approx(whole.beta, abs=1e-9)
    assert parted.rho == pytest.approx(whole.rho, abs=1e-9)
    for name in ("candidate_item", "residual", "halo", "rater"):
        one, other = getattr(parted.components, name), getattr(whole.components, name)
        assert one == pytest.approx(other), name
    assert np.array_equal(parted.patterns.of_cell, whole.patterns.of_cell)
