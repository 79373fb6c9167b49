"""Arrays to numbers: the readiness score and everything said about it.

Names are loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assess.measure.answers import Answers as Answers
    from assess.measure.changes import Change as Change
    from assess.measure.changes import change as change
    from assess.measure.differences import sed as sed
    from assess.measure.fitting import Fit as Fit
    from assess.measure.fitting import fit as fit
    from assess.measure.gain import InterviewGain as InterviewGain
    from assess.measure.gain import interview_gain as interview_gain
    from assess.measure.keyed import Keyed as Keyed
    from assess.measure.module import score as score
    from assess.measure.priors import Priors as Priors
    from assess.measure.ranks import Ranking as Ranking
    from assess.measure.ranks import candidate_variance as candidate_variance
    from assess.measure.ranks import rank as rank
    from assess.measure.raters import RaterSummary as RaterSummary
    from assess.measure.raters import rater_summary as rater_summary
    from assess.measure.scores import Account as Account
    from assess.measure.scores import ModuleScores as ModuleScores
    from assess.measure.spec import ModuleSpec as ModuleSpec
    from assess.measure.spec import WaveData as WaveData
    from assess.measure.thresholds import Minimums as Minimums
    from assess.measure.thresholds import MinimumState as MinimumState
    from assess.measure.thresholds import Standing as Standing
    from assess.measure.thresholds import Status as Status
    from assess.measure.thresholds import minimums as minimums
    from assess.measure.thresholds import standing as standing

_HOME = {
    "Account": "scores",
    "Answers": "answers",
    "Change": "changes",
    "Fit": "fitting",
    "InterviewGain": "gain",
    "Keyed": "keyed",
    "MinimumState": "thresholds",
    "Minimums": "thresholds",
    "ModuleScores": "scores",
    "ModuleSpec": "spec",
    "Priors": "priors",
    "Ranking": "ranks",
    "RaterSummary": "raters",
    "Standing": "thresholds",
    "Status": "thresholds",
    "WaveData": "spec",
    "change": "changes",
    "fit": "fitting",
    "interview_gain": "gain",
    "minimums": "thresholds",
    "candidate_variance": "ranks",
    "rank": "ranks",
    "rater_summary": "raters",
    "score": "module",
    "sed": "differences",
    "standing": "thresholds",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
