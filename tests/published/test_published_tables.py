"""Tables from the literature go in as rating files; the figures printed for them come out.

Sources: ``tables/README.md``. All with ``strength: 0``, that is, without priors.
"""

import subprocess
import sys

import pytest

FORMS = ("1,1", "A,1", "C,1", "1,k", "A,k", "C,k")
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def rounded(figures, keys, field="value", digits=2):
    return [round(figures[key][field], digits) for key in keys]


def test_shrout_and_fleiss_six_targets_by_four_judges(published):
    told = published("shrout_fleiss_1979", 1, 10)
    assert (told.agreement["units"], told.agreement["dropped"], told.agreement["raters"]) == (
        6,
        0,
        4,
    )
    assert rounded(told.icc, FORMS) == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    assert rounded(told.icc, FORMS, "low") == [-0.13, 0.02, 0.34, -0.88, 0.07, 0.68]
    assert rounded(told.icc, FORMS, "high") == [0.72, 0.76, 0.95, 0.91, 0.93, 0.99]
    assert rounded(told.icc, FORMS, "F") == [1.79, 11.03, 11.03, 1.79, 11.03, 11.03]
    assert [told.icc[form]["df2"] for form in FORMS] == [18, 15, 15, 18, 15, 15]
    assert rounded(told.icc, ("1,1", "C,1"), "p", 4) == [0.1648, 0.0001]


def test_shrout_and_fleiss_variances_are_those_of_their_mean_squares(published):
    variance = published("shrout_fleiss_1979", 1, 10).raters["variance"]
    # BMS 11.24, JMS 32.49, EMS 1.02 as printed, on a scale of nine steps
    points = (100 / 9) ** 2
    assert variance["rater"] / points == pytest.approx((32.49 - 1.02) / 6, abs=0.002)
    assert variance["halo"] / points == pytest.approx(1.02, abs=0.005)
    assert variance["candidate"] / points == pytest.approx((11.24 - 1.02) / 4, abs=0.002)
    assert variance["candidate_item"] == variance["residual"] == 0


def test_one_item_per_competency_makes_both_levels_the_same(published):
    told = published("shrout_fleiss_1979", 1, 10)
    assert rounded(told.by_competency["icc"], FORMS, digits=9) == rounded(told.icc, FORMS, digits=9)


def test_penicillin_components_and_sample_effects(published):
    told = published("davies_goldsmith_1972", 18, 27)
    points = 100 / 9
    variance = told.raters["variance"]
    # as printed by Bates for the REML fit: plate, sample, residual
    assert round(variance["candidate"] / points**2, 4) == 0.7169
    assert round(variance["rater"] / points**2, 4) == 3.7309
    assert round(variance["halo"] / points**2, 4) == 0.3024
    effects = [-told.severity(sample) / points for sample in "ABCDEF"]
    assert [round(effect, 5) for effect in effects] == [
        2.18706,
        -1.01048,
        1.93790,
        -0.09689,
        -0.01384,
        -3.00374,
    ]


def test_brennan_generalisability_of_twelve_items(published):
    told = published("brennan_2001_set_1", 0, 1)
    assert rounded(told.icc, ("C,k", "A,k"), digits=3) == [0.844, 0.773]
    variance = told.raters["variance"]
    shares = [variance[part] / 1e4 for part in ("candidate", "rater", "halo")]
    assert [round(share, 4) for share in shares] == [0.0574, 0.0754, 0.1269]


def test_brennan_persons_by_items_by_occasions(published):
    told = published("brennan_2001_set_3", 0, 9)
    variance = {part: value * 0.09**2 for part, value in told.raters["variance"].items()}
    # printed: o 0.0074, po 0.1009, io 0.1565, pio 0.9352; occasions stand for raters, so that what
    # moves with item and occasion lies in the residual and, over four items, in the rest
    assert variance["residual"] == pytest.approx(0.1565 + 0.9352, abs=1e-4)
    assert variance["rater"] == pytest.approx(0.0074 + 0.1565 / 4, abs=1e-4)
    assert variance["halo"] == pytest.approx(0.1009 - 0.1565 / 4, abs=1e-4)
    # mean squares of persons 6.9111 and of persons by occasions 1.3383
    assert told.by_competency["icc"]["C,k"]["value"] == pytest.approx(1 - 1.3383 / 6.9111, abs=1e-4)
    assert (told.agreement["units"], told.by_competency["units"]) == (40, 10)


def test_wine_tasting(published):
    told = published("wine_tasting", 0, 9)
    printed = [0.728, 0.728, 0.729, 0.914, 0.914, 0.915]
    for form, value in zip(FORMS, printed, strict=True):
        assert abs(told.icc[form]["value"] - value) <= 0.0005
    assert rounded(told.icc, FORMS, "low") == [0.43, 0.43, 0.43, 0.75, 0.75, 0.75]
    assert rounded(told.icc, FORMS, "high") == [0.93, 0.93, 0.93, 0.98, 0.98, 0.98]


def test_anxiety_with_a_negative_limit(published):
    told = published("anxiety", 1, 6)
    assert round(told.icc["A,1"]["value"], 3) == 0.198
    assert round(told.icc["A,1"]["low"], 3) == -0.039
    assert round(told.icc["A,1"]["high"], 3) == 0.494


def test_krippendorff_four_observers(published):
    told = published("krippendorff_four_observers", 1, 5)
    assert rounded(told.alpha, LEVELS, digits=3) == [0.743, 0.815, 0.849, 0.797]
    assert (told.agreement["units"], told.agreement["dropped"]) == (8, 4)
    for level in LEVELS:
        assert told.alpha[level]["low"] < told.alpha[level]["value"] < told.alpha[level]["high"]


@pytest.mark.parametrize(
    ("name", "scale", "printed"),
    [
        ("krippendorff_binary", (0, 1), {"nominal": 0.095}),
        ("krippendorff_nominal", (1, 5), {"nominal": 0.692}),
        (
            "hayes_krippendorff_2007",
            (0, 3),
            {"nominal": 0.477, "ordinal": 0.7598, "interval": 0.757},
        ),
    ],
)
def test_krippendorff_and_hayes(published, name, scale, printed):
    alpha = published(name, *scale).alpha
    for level, value in printed.items():
        digits = len(str(value)) - 2
        assert round(alpha[level]["value"], digits) == value


def test_ranks_follow_the_printed_means(published):
    ranking = published("wine_tasting", 0, 9).ranking
    assert [row["candidate"] for row in ranking][:2] == ["W8", "W7"]
    assert ranking[0]["score"] == pytest.approx(100 * 35 / 4 / 9)


def test_a_run_of_the_program_itself_says_the_same(tmp_path, as_files):
    pack, ratings = as_files("shrout_fleiss_1979", 1, 10)

    def run(*words):
        command = [sys.executable, "-m", "assess", *map(str, words)]
        command += ["--workspace", str(tmp_path / "workspace")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    run("init", "--name", "Targets", "--pack", pack, "--modules", "M")
    run("import", "ratings", ratings, "--create")
    table = run("agreement")
    assert "0.29" in table
    assert "0.71" in table
