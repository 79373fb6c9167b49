"""Module scores: readiness of each candidate for a module, with account and error.

Source: docs/measurement.md, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assess.measure.arrays import Bools, Floats, Ints, ratio
from assess.measure.competency import CompetencyTable, competency_table
from assess.measure.error import wave_error
from assess.measure.keyed import Knowledge, knowledge
from assess.measure.origin import origin
from assess.measure.scores import Account, ModuleScores, pick
from assess.measure.spec import ModuleSpec, WaveData


def score(waves: Sequence[WaveData], module: ModuleSpec) -> ModuleScores:
    """Scores every candidate for a module.

    Args:
        waves: the waves up to the one that is read, earliest first; candidates, raters and
            competencies are numbered alike in all of them. A competency is taken from the latest
            wave in which it counts.
        module: how the module counts.

    Raises:
        ValueError: no wave, or waves and module that do not fit together.
    """
    waves = tuple(WaveData(*w) for w in waves)
    if not waves:
        raise ValueError("a score needs at least one wave")
    sizes = {(w.fit.answers.n_candidates, w.fit.answers.n_competencies) for w in waves}
    if len(sizes) > 1:
        raise ValueError("the waves number candidates or competencies differently")
    if len(module.weights) != next(iter(sizes))[1]:
        raise ValueError("a module needs a weight for every competency")
    tables = tuple(competency_table(w.fit, module.items) for w in waves)
    return _score(waves, tables, module)


def restrict(scores: ModuleScores, to: Bools) -> ModuleScores:
    """The same scores over the competencies ``to`` (C, G) only, weights rescaled to 1."""
    return _score(scores.waves, scores.tables, scores.module, to)


def _score(
    waves: tuple[WaveData, ...],
    tables: tuple[CompetencyTable, ...],
    module: ModuleSpec,
    only: Bools | None = None,
) -> ModuleScores:
    W = np.asarray(module.weights, np.float64)
    whole = float(W.sum()) or 1.0
    wave = _latest_counted(tables, module.min_items, only)
    counted = wave >= 0
    present = counted @ W / whole
    w = ratio(counted * W, counted @ W[:, None])
    asked = _knowledge(waves, module, wave)
    s = np.where(counted, asked.share, 0.0)

    def part(name: str) -> Floats:
        return np.where(counted, pick([getattr(t, name) for t in tables], wave), 0.0)

    raw, mix, sev, agr = (part(n) for n in ("raw", "item_mix", "severity", "agreed"))
    interview = raw + mix + sev + agr
    theta = (1 - s) * interview + s * asked.value
    account = Account(
        w * raw, w * mix, w * sev, w * agr, np.where(s > 0, w * s * (asked.value - interview), 0.0)
    )
    omega = w * (1 - s)
    errors = [
        wave_error(t, omega if len(tables) == 1 else np.where(wave == k, omega, 0.0))
        for k, t in enumerate(tables)
    ]
    keyed_variance = ((w * s) ** 2 * asked.variance).sum(1)
    behind = origin(waves, tables, w, wave)
    lower = np.einsum("cg,g->c", theta * counted, W / whole)
    return ModuleScores(
        module=module,
        waves=waves,
        tables=tables,
        score=np.where(present > 0, np.einsum("cg,cg->c", w, theta), np.nan),
        own_variance=np.sum([e.own for e in errors], axis=0) + keyed_variance,
        severity_variance=np.sum([e.severity for e in errors], axis=0),
        coverage=100 * present,
        lower=lower,
        upper=lower + 100 * (1 - present),
        theta=np.where(counted, theta, np.nan),
        counted=counted,
        weights=w,
        share=s,
        knowledge=asked.value,
        too_few_keyed=asked.too_few,
        wave=wave,
        account=account,
        u=tuple(e.u for e in errors),
        _knowledge_variance=asked.variance,
        raters=behind.raters,
        block=behind.block,
        severity_assumed=behind.severity_assumed,
    )


def _latest_counted(
    tables: tuple[CompetencyTable, ...], min_items: int, only: Bools | None
) -> Ints:
    """(C, G) the last wave in which the competency has enough distinct items, -1 for none."""
    wave = np.full(tables[0].raters.shape, -1)
    for k, table in enumerate(tables):
        wave[(table.n_items >= min_items) & (table.raters > 0)] = k
    if only is not None:
        wave[~only] = -1
    return wave


def _knowledge(waves: tuple[WaveData, ...], module: ModuleSpec, wave: Ints) -> Knowledge:
    C, G = wave.shape
    share = np.zeros(G) if module.knowledge_share is None else module.knowledge_share
    found = [knowledge(w.keyed, share, C) for w in waves]
    if len(found) == 1:
        return found[0]
    return Knowledge(
        pick([k.value for k in found], wave),
        pick([k.share for k in found], wave),
        pick([k.variance for k in found], wave),
        pick([k.too_few.astype(np.float64) for k in found], wave) > 0,
    )
