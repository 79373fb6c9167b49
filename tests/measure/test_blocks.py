"""Large pools are gone through in blocks of whole candidates: where they end does not matter."""

import numpy as np
import pytest
from hypothesis import given
from measure_designs import designs

from assess.measure import cells, fit


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
