"""Results as JSON-ready values: the key names that other programs rely on."""

from __future__ import annotations

from typing import Any

from assess.workspace.results import (
    CandidateResult,
    Explanation,
    Line,
    MinimumResult,
    ModuleResult,
    Ranking,
)


def ranking(result: Ranking) -> dict[str, Any]:
    """``rank --json``."""
    return {
        "engagement": result.engagement,
        "pack": dict(result.pack),
        "wave": result.wave,
        "newest": result.newest or None,
        "method": method(result),
        "modules": [module(one) for one in result.modules],
    }


def method(result: Ranking) -> dict[str, Any]:
    """What the figures rest on: priors (standard deviations in points), variances, seed."""
    return {
        "priors": dict(result.priors),
        "variance": dict(result.variance),
        "raters": result.raters,
        "blocks": result.blocks,
        "confidence": result.modules[0].confidence if result.modules else None,
        "seed": result.seed,
    }


def module(result: ModuleResult) -> dict[str, Any]:
    """One module of ``rank --json``."""
    return {
        "module": result.module,
        "raters": result.raters,
        "blocks": result.blocks,
        "severity": result.severity,
        "candidates": [candidate(one, result.k) for one in result.candidates],
    }


def candidate(result: CandidateResult, k: int) -> dict[str, Any]:
    """One candidate of ``rank --json``."""
    return {
        "candidate": result.candidate,
        "name": result.name,
        "score": result.score,
        "se": result.se,
        "low": result.low,
        "high": result.high,
        "rank": result.rank,
        "rank_low": result.rank_low,
        "rank_high": result.rank_high,
        "tie_group": result.tie_group,
        "p_top": {"k": k, "p": result.p_top},
        "status": result.status,
        "band": result.band,
        "coverage": result.coverage,
        "bounds": list(result.bounds),
        "release_open": result.release_open,
        "minimums": [minimum(one) for one in result.minimums],
        "gates": result.gates,
        "raters": result.raters,
        "severity": result.severity,
        "block": result.block,
        "open_interviews": result.open_interviews,
    }


def minimum(result: MinimumResult) -> dict[str, Any]:
    """One minimum: ``at``, ``value`` and ``se`` in units of the scale."""
    return {
        "competency": result.competency,
        "at": result.at,
        "value": result.value,
        "se": result.se,
        "p_met": result.p_met,
        "state": result.state,
        "borderline": result.borderline,
    }


def line(result: Line) -> dict[str, Any]:
    """One line of the account; points = raw_points + item_mix + severity + agreed + knowledge."""
    return {
        "competency": result.competency,
        "weight": result.weight,
        "value": result.value,
        "raw_points": result.raw_points,
        "item_mix": result.item_mix,
        "severity": result.severity,
        "agreed": result.agreed,
        "knowledge": result.knowledge,
        "points": result.points,
        "se": result.se,
        "wave": result.wave,
        "items": result.items,
        "raters": result.raters,
        "knowledge_items": result.knowledge_items,
    }


def explanation(result: Explanation) -> dict[str, Any]:
    """``explain --json``."""
    one = result.result
    return {
        "candidate": one.candidate,
        "name": one.name,
        "module": result.module,
        "wave": result.wave,
        "score": one.score,
        "se": one.se,
        "raw": None if one.score is None else sum(part.raw_points for part in one.lines),
        "rank": one.rank,
        "status": one.status,
        "band": one.band,
        "coverage": one.coverage,
        "bounds": list(one.bounds),
        "severity": one.severity,
        "release_open": one.release_open,
        "lines": [line(part) for part in one.lines],
        "missing": [
            {
                "competency": gap.competency,
                "weight": gap.weight,
                "items": gap.items,
                "needed": gap.needed,
            }
            for gap in one.missing
        ],
        "minimums": [minimum(part) for part in one.minimums],
        "gates": one.gates,
        "would_change": [
            {
                "what": change.what,
                "to": change.to,
                "score": change.score,
                "effect": change.effect,
                "se": change.se,
            }
            for change in result.would_change
        ],
    }
