"""Results as a ranking gives them, made up for the screens that show them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assess.workspace.results import (
    CandidateResult,
    Line,
    MinimumResult,
    Missing,
    ModuleResult,
    Ranking,
)


def a_minimum(competency: str = "BPM", at: float = 3.5, **fields: Any) -> MinimumResult:
    return MinimumResult(
        **{
            "competency": competency,
            "at": at,
            "value": 3.7,
            "se": 0.4,
            "p_met": 0.71,
            "state": "met",
            **fields,
        }
    )


def a_line(competency: str = "BPM", weight: float = 20.0, **fields: Any) -> Line:
    parts = {
        "raw_points": 13.8,
        "item_mix": 0.2,
        "severity": 0.6,
        "agreed": 0.0,
        "knowledge": -0.9,
    }
    parts |= {key: fields[key] for key in parts if key in fields}
    return Line(
        **{
            "competency": competency,
            "weight": weight,
            "value": 3.7,
            "se": 0.4,
            "wave": "M0",
            "items": 4,
            "raters": 2,
            "knowledge_items": 4,
            "points": sum(parts.values()),
            **fields,
            **parts,
        }
    )


def ten_lines() -> list[Line]:
    """Ten competencies with every kind of correction, 66.3 points in all."""
    weights = {
        "BPM": 20, "XFV": 10, "GAP": 12, "MDM": 10, "DOC": 12,
        "SYS": 6, "COA": 8, "BRG": 10, "OWN": 6, "AVL": 6,
    }  # fmt: skip
    lines = []
    for number, (code, weight) in enumerate(weights.items()):
        raw = weight * (0.60 + 0.02 * number)
        severity = 0.02 * weight if number % 3 else -0.013 * weight
        knowledge = -0.9 if code == "BPM" else 0.0
        lines.append(
            a_line(
                code,
                float(weight),
                raw_points=raw,
                item_mix=0.031 * weight if number % 2 else 0.0,
                severity=severity,
                knowledge=knowledge,
                value=1 + 4 * raw / weight,
                knowledge_items=7 if knowledge else 0,
            )
        )
    return lines


def a_result(candidate: str = "HE", **fields: Any) -> CandidateResult:
    score = fields.get("score", 66.3)
    half = 7.1
    return CandidateResult(
        **{
            "candidate": candidate,
            "name": candidate.title(),
            "department": "Cost",
            "score": score,
            "se": None if score is None else half / 1.645,
            "low": None if score is None else score - half,
            "high": None if score is None else score + half,
            "rank": 1,
            "rank_low": 1,
            "rank_high": 3,
            "tie_group": None,
            "p_top": 0.52,
            "status": "ready_with_plan",
            "band": "ready_with_plan",
            "coverage": 100.0,
            "bounds": (60.0, 70.0) if score is None else (score, score),
            "release_open": False,
            "minimums": [a_minimum()],
            "lines": scaled(ten_lines(), score),
            "missing": [],
            "raters": 2,
            "severity": "estimated",
            "block": 1,
            "open_interviews": 0,
            **fields,
        }
    )


def scaled(lines: list[Line], score: float | None) -> list[Line]:
    """The lines with their raw points moved so that the account adds up to the score."""
    if score is None:
        return []
    gap = (score - sum(line.points for line in lines)) / len(lines)
    return [
        replace(line, raw_points=line.raw_points + gap, points=line.points + gap) for line in lines
    ]


def without_error(result: CandidateResult) -> CandidateResult:
    """The result as it stands before errors are computed."""
    return replace(result, se=None, low=None, high=None, rank_low=None, rank_high=None, p_top=None)


def below(candidate: str = "MO", **fields: Any) -> CandidateResult:
    minimums = [a_minimum(value=2.9, p_met=0.04, state="missed"), a_minimum("DOC", 3.0, value=4.2)]
    return a_result(
        candidate,
        **{
            "score": 55.0,
            "status": "below_minimum",
            "rank": None,
            "rank_low": None,
            "rank_high": None,
            "p_top": None,
            "minimums": minimums,
            **fields,
        },
    )


def incomplete(candidate: str = "TA", **fields: Any) -> CandidateResult:
    missing = [Missing("MDM", 10.0, 1, 2), Missing("DOC", 12.0, 0, 2)]
    return a_result(
        candidate,
        **{
            "score": 58.0,
            "status": "incomplete",
            "band": None,
            "rank": None,
            "rank_low": None,
            "rank_high": None,
            "p_top": None,
            "coverage": 62.0,
            "missing": missing,
            "bounds": (40.0, 78.0),
            **fields,
        },
    )


def a_module(candidates: list[CandidateResult] | None = None, **fields: Any) -> ModuleResult:
    return ModuleResult(
        **{
            "module": "PROC",
            "wave": "M0",
            "k": 3,
            "confidence": 0.90,
            "candidates": four_ranked() if candidates is None else candidates,
            "raters": 4,
            "blocks": 1,
            "severity": "estimated",
            **fields,
        }
    )


def four_ranked() -> list[CandidateResult]:
    """Two apart, two in a tie, one below a minimum, one incomplete."""
    return [
        a_result("JA", name="Jia", score=84.2, rank=1, rank_low=1, rank_high=2, p_top=0.97,
                 status="ready", band="ready", department="Engineering Management"),
        a_result("QI", name="Qi", score=71.0, rank=2, rank_low=1, rank_high=4, p_top=0.78,
                 department="Procurement"),
        a_result("HE", name="Helen", score=66.3, rank=3, rank_low=2, rank_high=6, p_top=0.52,
                 tie_group=2),
        a_result("LU", name="Lu", score=65.1, rank=4, rank_low=2, rank_high=6, p_top=0.49,
                 tie_group=2, release_open=True, department="Engineering Management"),
        a_result("WE", name="Wei", score=52.0, rank=5, rank_low=4, rank_high=8, p_top=0.11,
                 status="backup", band="backup"),
        below("MO", name="Mo"),
        incomplete("TA", name="Tang"),
    ]  # fmt: skip


def a_ranking(modules: list[ModuleResult] | None = None, **fields: Any) -> Ranking:
    return Ranking(
        **{
            "engagement": "Riverside",
            "pack": {"id": "key-user", "version": "1.0.0", "hash": "0" * 64},
            "wave": "M0",
            "newest": "2026-11-20T10:00:00.000+00:00",
            "modules": [a_module()] if modules is None else modules,
            "priors": {"strength": 4, "rater": 8, "halo": 9, "cell": 18, "candidate": 15},
            "variance": {
                "rater": 40.0,
                "halo": 50.0,
                "candidate_item": 90.0,
                "residual": 120.0,
                "candidate": 200.0,
            },
            "raters": 4,
            "blocks": 1,
            "seed": 1,
            **fields,
        }
    )
