"""How honest the scores are, against simulated truth.

    python -m benchmarks.honesty [--quick] [--runs N] [--only WORDS]

For each design of who rates whom: the rank correlation with the truth of the plain mean, of a mixed
model with random candidates and of ours; how often the 90 % intervals of score and rank hold the
truth, and how wide they are; how far the chances of the top three are from how often they come
true; and what is left of a real difference between departments. Ends with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from assess.measure import Answers, ModuleSpec, WaveData, fit, rank, score
from benchmarks.rivals import interview_means, mixed_model, plain_mean
from benchmarks.simulation import (
    COMPETENCIES,
    WEIGHTS,
    Design,
    Engagement,
    Floats,
    Spread,
    crossed,
    departments,
    one_each,
    overlapping,
    simulate,
)

Z90 = 1.6448536269514722
TOP = 3
MILD, HARSH = Spread(severity=4.0), Spread(severity=12.0)
FAR_OFF = Spread(severity=20.0, halo=18.0)


@dataclass(frozen=True)
class Case:
    """A design and which bars hold for it."""

    design: Design
    estimated: bool = True
    """The data outweigh the prior of the raters' variance (raters less blocks above its strength of
    4), so that it is estimated: the coverage bars hold."""
    beats: bool = False
    """Which rater one met differs and raters overlap: ours must be nearer the truth."""
    keeps: bool = False
    """A real difference between departments must not be pulled away."""


def cases() -> list[Case]:
    """The designs, from the easiest to those that cannot be saved."""
    linked, of = departments(24, 3, 2, shared=3)
    apart, _ = departments(24, 3, 3, shared=0, each=2)
    pairs, _ = departments(24, 3, 2, shared=0)
    alone, _ = departments(24, 3, 1, shared=0)
    found = []
    for name, spread in (("mild", MILD), ("harsh", HARSH)):
        harsh = spread is HARSH
        found += [
            Case(Design(f"crossed, 6 raters, {name}", crossed(24, 6), spread)),
            Case(Design(f"2 of 6 raters, {name}", overlapping(24, 6, 2), spread), beats=True),
            Case(Design(f"2 of 8, 60 people, {name}", overlapping(60, 8, 2), spread), beats=True),
            Case(
                Design(f"departments, linked, {name}", linked, spread, of, 8.0),
                beats=True,
                keeps=True,
            ),
            Case(
                Design(f"departments, apart, {name}", apart, spread, of, 8.0),
                beats=harsh,
                keeps=True,
            ),
        ]
    shown = [
        Design("few raters: crossed, 4, harsh", crossed(24, 4), HARSH),
        Design("few raters: crossed, 2, harsh", crossed(12, 2), HARSH),
        Design("one rater each, mild", one_each(24, 4), MILD),
        Design("one rater each, harsh", one_each(24, 4), HARSH),
        Design("one rater a department, harsh", alone, HARSH, of, 8.0),
        Design("one each, priors far off", one_each(24, 4), FAR_OFF),
        Design("linked, severest at the best", linked, HARSH, of, 8.0, sorted_severity=True),
        Design("few raters: 2 a department, harsh", pairs, HARSH, of, 8.0),
        Design("few raters: 2 of 4, harsh", overlapping(60, 4, 2), HARSH),
    ]
    return [*found, *(Case(design, estimated=False) for design in shown)]


@dataclass(frozen=True)
class Run:
    """What one engagement says; arrays (C,) over the candidates."""

    rho: tuple[float, float, float]
    """Rank correlation with the truth: plain mean, mixed model, ours."""
    held: Floats
    width: Floats
    rank_held: Floats
    rank_width: Floats
    p_top: Floats
    in_top: Floats
    kept: tuple[float, float, float, float]
    """Best less worst department: plain mean, mixed model, ours, truth."""


def spearman(a: Floats, b: Floats) -> float:
    """Rank correlation; ties, which are as good as absent here, in the order given."""
    ranks = [np.argsort(np.argsort(values)) for values in (a, b)]
    return float(np.corrcoef(*ranks)[0, 1])


def one_run(design: Design, seed: int) -> Run:
    """Simulates, scores in three ways and compares with the truth."""
    data = simulate(design, seed)
    candidates, raters = design.rates.shape
    table = interview_means(data, candidates, raters)
    plain = plain_mean(table)
    predicted, adjusted = mixed_model(table)
    ours = our_scores(data, candidates, raters)
    order = rank(ours, k=TOP)
    truth = data.truth
    place = np.argsort(np.argsort(-truth)) + 1.0
    return Run(
        rho=(spearman(plain, truth), spearman(predicted, truth), spearman(ours.score, truth)),
        held=(np.abs(ours.score - truth) <= Z90 * ours.se).astype(float),
        width=2 * Z90 * ours.se,
        rank_held=((order.low <= place) & (place <= order.high)).astype(float),
        rank_width=order.high - order.low + 1,
        p_top=order.p_top,
        in_top=(place <= TOP).astype(float),
        kept=tuple(best_less_worst(design, s) for s in (plain, adjusted, ours.score, truth)),
    )


def our_scores(data: Engagement, candidates: int, raters: int):
    """The module scores of a simulated engagement."""
    answers = Answers.from_columns(
        data.c,
        data.r,
        data.i,
        data.x,
        data.competency,
        n_candidates=candidates,
        n_raters=raters,
        n_competencies=COMPETENCIES,
    )
    return score([WaveData(fit(answers))], ModuleSpec(WEIGHTS))


def best_less_worst(design: Design, values: Floats) -> float:
    """Mean of the best department less that of the worst, 0 where there is one only."""
    if not len(design.department):
        return 0.0
    best = design.department.max()
    return float(values[design.department == best].mean() - values[design.department == 0].mean())


@dataclass(frozen=True)
class Row:
    """The figures of one case over all runs, each with its standard error of simulation."""

    case: Case
    rho: Floats
    gain: float
    gain_se: float
    covered: float
    covered_se: float
    width: float
    rank_covered: float
    rank_covered_se: float
    rank_width: float
    off: float
    kept: Floats
    kept_se: float
    bins: Floats
    """(5, 3) chance of the top three by fifths: candidates, mean chance, share that came true."""


def summarise(case: Case, runs: list[Run]) -> Row:
    """Means over runs; candidates of one run hang together, so that runs are the units."""
    rho = np.array([run.rho for run in runs])
    gain = rho[:, 2] - rho[:, 0]
    covered = np.array([run.held.mean() for run in runs])
    rank_covered = np.array([run.rank_held.mean() for run in runs])
    kept = np.array([run.kept for run in runs])
    true = kept[:, 3].mean()
    share = kept[:, :3].mean(axis=0) / true if true else np.full(3, np.nan)
    miss = (kept[:, 2] - kept[:, 3]) / true if true else np.zeros(len(runs))
    bins = reliability(
        np.concatenate([run.p_top for run in runs]), np.concatenate([run.in_top for run in runs])
    )
    count = bins[:, 0]
    return Row(
        case,
        rho.mean(axis=0),
        float(gain.mean()),
        _se(gain),
        float(covered.mean()),
        _se(covered),
        float(np.mean([run.width.mean() for run in runs])),
        float(rank_covered.mean()),
        _se(rank_covered),
        float(np.mean([run.rank_width.mean() for run in runs])),
        float((count * np.abs(bins[:, 1] - bins[:, 2])).sum() / count.sum()),
        share,
        _se(miss),
        bins,
    )


def _se(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def reliability(p: Floats, hit: Floats) -> Floats:
    """(5, 3) per fifth of the chance: candidates, mean chance, share in the true top."""
    fifth = np.minimum((p * 5).astype(int), 4)
    count = np.bincount(fifth, minlength=5).astype(float)
    below = np.maximum(count, 1)
    return np.column_stack(
        [count, np.bincount(fifth, p, 5) / below, np.bincount(fifth, hit, 5) / below]
    )


def missed(row: Row, slack: float) -> list[str]:
    """The bars that a row misses, with ``slack`` standard errors of simulation allowed."""
    bars = [
        ("order worse than the plain mean", row.gain - 1.96 * row.gain_se, -0.005, row.gain_se),
    ]
    if row.case.beats:
        least = 1.96 * row.gain_se
        bars.append(("order not better than the plain mean", row.gain, least, row.gain_se))
    if row.case.estimated:
        bars += [
            ("score intervals too narrow", row.covered, 0.86, row.covered_se),
            ("score intervals too wide", -row.covered, -0.96, row.covered_se),
            ("rank intervals too narrow", row.rank_covered, 0.88, row.rank_covered_se),
        ]
    if row.case.keeps:
        # chance alone moves this share by several hundredths, in the plain mean as well
        share = row.kept[2] + 1.96 * row.kept_se
        bars.append(("departments pulled together", share, 0.95, 0.0))
    return [name for name, figure, least, se in bars if figure + slack * se < least]


HEADER = (
    f"{'design':<34}{'plain':>7}{'mixed':>7}{'ours':>7}{'gain':>8}{'±1.96se':>9}"
    f"{'cover':>7}{'width':>7}{'ranks':>7}{'width':>7}{'top 3 off':>11}{'kept p/m/o':>18}  bars"
)


def line(row: Row, failed: list[str]) -> str:
    """A row of the table."""
    kept = "" if np.isnan(row.kept[0]) else "/".join(f"{share:.2f}" for share in row.kept)
    bars = "; ".join(failed) or ("ok" if row.case.estimated else "ok (coverage shown only)")
    return (
        f"{row.case.design.name:<34}"
        + "".join(f"{value:7.3f}" for value in row.rho)
        + f"{row.gain:+8.3f}{1.96 * row.gain_se:9.3f}{row.covered:7.1%}{row.width:7.1f}"
        f"{row.rank_covered:7.1%}{row.rank_width:7.1f}{row.off:11.3f}{kept:>18}  {bars}"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="40 runs instead of 200")
    parser.add_argument("--runs", type=int, help="runs per design")
    parser.add_argument("--only", default="", help="designs whose name contains these words")
    chosen = parser.parse_args(arguments)
    runs = chosen.runs or (40 if chosen.quick else 200)
    # with few runs a bar may be missed by chance: two standard errors are allowed for that
    slack = 2.0 if runs < 200 else 0.0
    print(
        f"{runs} runs per design; {COMPETENCIES} competencies x 4 items, 1-5, 10 % of items not "
        "asked; severity 4 (mild) or 12 points (harsh)\n"
    )
    print(HEADER)
    failures, pooled, start = 0, np.zeros((5, 3)), perf_counter()
    for number, case in enumerate(cases()):
        if chosen.only not in case.design.name:
            continue
        seeds = np.random.SeedSequence([2024, number]).generate_state(runs)
        row = summarise(case, [one_run(case.design, int(seed)) for seed in seeds])
        failed = missed(row, slack)
        failures += len(failed)
        print(line(row, failed), flush=True)
        if case.estimated:
            pooled += row.bins * np.array([1.0, 0.0, 0.0]) + np.column_stack(
                [np.zeros(5), row.bins[:, 1] * row.bins[:, 0], row.bins[:, 2] * row.bins[:, 0]]
            )
    print("\nChance of the top three where variances are estimated, and how often it came true")
    for count, said, came in pooled:
        if count:
            print(f"  said {said / count:5.1%}   came true {came / count:5.1%}   ({count:.0f})")
    print(f"\n{failures} bars missed, {perf_counter() - start:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
