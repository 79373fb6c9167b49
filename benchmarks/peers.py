"""Agreement and variance components beside the packages that people use for them.

    python -m benchmarks.peers

Needs the extra ``bench``; a package that is missing is named and passed over. Every line shows the
best of a few runs of both in this process, their ratio, and how far the figures lie apart.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from time import perf_counter

import numpy as np

from assess.measure import Answers, Priors, fit
from assess.measure.agreement import agreement
from assess.measure.alpha import LEVELS, alphas
from benchmarks.simulation import Floats

BOOTSTRAPS = 1_000


def ratings(units: int, raters: int, seed: int = 5) -> Floats:
    """A units x raters table of whole ratings from 1 to 5."""
    rng = np.random.default_rng(seed)
    level = rng.normal(3.2, 0.9, (units, 1)) + rng.normal(0, 0.4, (1, raters))
    return np.clip(np.round(level + rng.normal(0, 0.6, (units, raters))), 1, 5)


def best_of(times: int, run: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the fastest run and what it returned."""
    fastest, result = np.inf, None
    for _ in range(times):
        start = perf_counter()
        result = run()
        fastest = min(fastest, perf_counter() - start)
    return fastest, result


def report(what: str, peer: str, ours: float, theirs: float, apart: str) -> None:
    """One line of the table."""
    print(
        f"{what:<44}{peer:<16}{1e3 * ours:10.2f} ms{1e3 * theirs:12.1f} ms{theirs / ours:9.0f} x"
        f"   {apart}",
        flush=True,
    )


def icc() -> None:
    """The six intraclass correlations with limits, 240 units by 4 raters."""
    import pandas as pd
    import pingouin

    table = ratings(240, 4)
    unit, rater = np.indices(table.shape)
    frame = pd.DataFrame({"unit": unit.ravel(), "rater": rater.ravel(), "y": table.ravel()})
    ours, mine = best_of(20, lambda: agreement(table))
    theirs, other = best_of(
        3, lambda: pingouin.intraclass_corr(frame, targets="unit", raters="rater", ratings="y")
    )
    values = [figure.value for figure in mine.icc.values()]
    apart = np.abs(np.array(values) - other["ICC"].to_numpy()).max()
    report("ICC, 240 x 4", "pingouin", ours, theirs, f"values within {apart:.0e}")


def krippendorff_alpha() -> None:
    """Alpha at four levels with limits from 1,000 resamples of 240 units by 4 raters."""
    import krippendorff

    table = ratings(240, 4)
    table[np.random.default_rng(1).random(table.shape) < 0.2] = np.nan
    draw = np.random.default_rng(2).integers(0, len(table), (BOOTSTRAPS, len(table)))

    def peer() -> list[float]:
        """The package has no bootstrap: its alpha is called once per resample."""
        values = []
        for level in LEVELS:
            values.append(krippendorff.alpha(table.T, level_of_measurement=level))
            for rows in draw:
                krippendorff.alpha(table[rows].T, level_of_measurement=level)
        return values

    ours, mine = best_of(10, lambda: alphas(table, BOOTSTRAPS))
    theirs, other = best_of(1, peer)
    apart = max(abs(mine[level].value - value) for level, value in zip(LEVELS, other, strict=True))
    report(
        "alpha, 4 levels, 1,000 bootstraps, 240 x 4",
        "krippendorff",
        ours,
        theirs,
        f"values within {apart:.0e}",
    )


def _components_data() -> tuple[Answers, dict[str, np.ndarray]]:
    """24 candidates by 4 raters by 10 items of one competency, complete."""
    rng = np.random.default_rng(3)
    shape = 24, 4, 10
    x = (
        60
        + rng.normal(0, 12, (24, 1, 1))
        + rng.normal(0, 8, (1, 4, 1))
        + rng.normal(0, 7, (24, 4, 1))
        + rng.normal(0, 12, (24, 1, 10))
        + rng.normal(0, 5, (1, 1, 10))
        + rng.normal(0, 12, shape)
    )
    c, r, i = (index.ravel() for index in np.indices(shape))
    answers = Answers.from_columns(
        c,
        r,
        i,
        x.ravel(),
        np.zeros(10, int),
        n_candidates=24,
        n_raters=4,
        n_competencies=1,
    )
    return answers, {"c": c, "r": r, "i": i, "x": x.ravel()}


def mixed_lm() -> None:
    """Variances of raters, halo, candidate by item and residual, by REML."""
    import pandas as pd
    from statsmodels.regression.mixed_linear_model import MixedLM

    answers, columns = _components_data()
    frame = pd.DataFrame(columns)

    def peer() -> object:
        parts = {"r": "0 + C(r)", "cr": "0 + C(c):C(r)", "ci": "0 + C(c):C(i)"}
        model = MixedLM.from_formula(
            "x ~ C(c) + C(i)", frame, groups=np.ones(len(frame)), re_formula="0", vc_formula=parts
        )
        return model.fit(reml=True)

    ours, mine = best_of(20, lambda: fit(answers, Priors(strength=0)).components)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, other = best_of(1, peer)
    found = dict(zip(other.model.exog_vc.names, other.vcomp, strict=True))
    pairs = [
        ("rater", mine.rater, found["r"]),
        ("halo", mine.halo, found["cr"]),
        ("candidate x item", mine.candidate_item, found["ci"]),
        ("residual", mine.residual, other.scale),
    ]
    apart = ", ".join(f"{name} {a:.1f} / {b:.1f}" for name, a, b in pairs)
    report("variance components, 24 x 4 x 10", "statsmodels", ours, theirs, apart)


def generalisability() -> None:
    """The same table as a study of persons by items by raters."""
    import contextlib
    import io

    import pandas as pd
    from generalizit import GeneralizIT

    answers, columns = _components_data()
    frame = pd.DataFrame({k: v for k, v in columns.items() if k != "x"} | {"y": columns["x"]})

    def peer() -> object:
        with contextlib.redirect_stdout(io.StringIO()):
            study = GeneralizIT(data=frame, design_str="c x i x r", response="y")
            study.calculate_anova()
        return study

    ours, mine = best_of(20, lambda: fit(answers, Priors(strength=0)).components)
    theirs, study = best_of(1, peer)
    table = study.design.anova_table["Variance"]
    found = {frozenset(str(name).split(" x ")): float(value) for name, value in table.items()}
    # items by raters lies in our residual and, over ten items, in the other two
    shared = found[frozenset("ir")]
    pairs = [
        ("rater", mine.rater, found[frozenset("r")] + shared / 10),
        ("halo", mine.halo, found[frozenset("cr")] - shared / 10),
        ("residual", mine.residual, found[frozenset("cir")] + shared),
    ]
    apart = ", ".join(f"{name} {a:.1f} / {b:.1f}" for name, a, b in pairs)
    report("variance components, 24 x 4 x 10", "generalizit", ours, theirs, apart)


def compare() -> None:
    """All comparisons whose package is installed."""
    print(f"{'what':<44}{'beside':<16}{'ours':>13}{'theirs':>15}{'':>10}   figures")
    for comparison in (icc, krippendorff_alpha, mixed_lm, generalisability):
        try:
            comparison()
        except ModuleNotFoundError as missing:
            print(
                f"{comparison.__doc__.splitlines()[0]} Not compared: {missing.name} is missing "
                "(the extra `bench` brings it)."
            )


if __name__ == "__main__":
    sys.exit(compare())
