"""Intraclass correlations as they were printed (sources: tests/published/tables/README.md)."""

from pathlib import Path

import numpy as np
import pytest

from assess.measure.agreement import agreement

TABLES = Path(__file__).parents[1] / "published" / "tables"


def read(name):
    return np.genfromtxt(TABLES / f"{name}.csv", delimiter=",", skip_header=1)[:, 1:]


SHROUT_FLEISS = {
    "1,1": (0.17, -0.13, 0.72),
    "A,1": (0.29, 0.02, 0.76),
    "C,1": (0.71, 0.34, 0.95),
    "1,k": (0.44, -0.88, 0.91),
    "A,k": (0.62, 0.07, 0.93),
    "C,k": (0.91, 0.68, 0.99),
}
WINE = {
    "1,1": (0.728, 0.43, 0.93),
    "A,1": (0.728, 0.43, 0.93),
    "C,1": (0.729, 0.43, 0.93),
    "1,k": (0.914, 0.75, 0.98),
    "A,k": (0.914, 0.75, 0.98),
    "C,k": (0.915, 0.75, 0.98),
}


@pytest.mark.parametrize("form", SHROUT_FLEISS)
def test_six_targets_by_four_judges(form):
    figure = agreement(read("shrout_fleiss_1979")).icc[form]
    assert (round(figure.value, 2), round(figure.low, 2), round(figure.high, 2)) == (
        SHROUT_FLEISS[form]
    )


def test_the_f_tests_of_six_targets_by_four_judges():
    icc = agreement(read("shrout_fleiss_1979")).icc
    assert (round(icc["1,1"].F, 2), icc["1,1"].df1, icc["1,1"].df2) == (1.79, 5, 18)
    assert round(icc["1,1"].p, 3) == 0.165
    for form in ("A,1", "C,1", "A,k", "C,k"):
        assert (round(icc[form].F, 2), icc[form].df1, icc[form].df2) == (11.03, 5, 15)
        assert round(icc[form].p, 6) == 0.000135


@pytest.mark.parametrize("form", WINE)
def test_eight_wines_by_four_judges(form):
    figure = agreement(read("wine_tasting")).icc[form]
    value, low, high = WINE[form]
    assert abs(figure.value - value) <= 0.0005 + 1e-12
    assert (round(figure.low, 2), round(figure.high, 2)) == (low, high)


def test_anxiety_rated_by_three():
    figure = agreement(read("anxiety")).icc["A,1"]
    assert round(figure.value, 3) == 0.198
    assert (round(figure.low, 3), round(figure.high, 3)) == (-0.039, 0.494)
    assert round(figure.F, 2) == 1.83


def test_generalisability_and_dependability_of_twelve_items():
    icc = agreement(read("brennan_2001_set_1")).icc
    assert round(icc["C,k"].value, 3) == 0.844
    assert round(icc["A,k"].value, 3) == 0.773


def test_plates_and_samples_of_penicillin():
    # components 0.71691, 3.73092 and 0.30242 as printed by Bates
    icc = agreement(read("davies_goldsmith_1972")).icc
    assert icc["A,1"].value == pytest.approx(0.71691 / (0.71691 + 3.73092 + 0.30242), abs=1e-5)
    assert icc["C,1"].value == pytest.approx(0.71691 / (0.71691 + 0.30242), abs=1e-5)
