"""How numbers are written on the manager's screens: scores with their error, shares, places."""

from __future__ import annotations

from assess.i18n import _
from assess.workspace.results import CandidateResult

NONE = "–"


def score(result: CandidateResult, digits: int = 1) -> str:
    """``66.3 ±7.1``: the score within 0-100, and half its confidence interval where it has one."""
    if result.score is None:
        return NONE
    shown = f"{min(100.0, max(0.0, result.score)):.{digits}f}"
    half = half_width(result)
    return shown if half is None else f"{shown} ±{half:.{digits}f}"


def half_width(result: CandidateResult) -> float | None:
    """Half the width of the score's confidence interval; None where no error is known."""
    if result.low is None or result.high is None:
        return None
    return (result.high - result.low) / 2


def beyond_scale(result: CandidateResult) -> bool:
    """Whether the score lies outside 0-100, so that what is shown is cut."""
    return result.score is not None and not 0 <= result.score <= 100


def percent(probability: float | None) -> str:
    """``52 %``; a probability is never printed as certain unless it is."""
    if probability is None:
        return NONE
    if 0 < probability < 0.005:
        return "<1 %"
    if 0.995 <= probability < 1:
        return ">99 %"
    return f"{100 * probability:.0f} %"


def share(value: float) -> str:
    """``62 %`` of something given in percent; never 100 unless it is all."""
    return f"{min(value, 99.0) if value < 100 - 1e-9 else 100:.0f} %"


def places(result: CandidateResult) -> str:
    """``2–6``, the places that the ranking leaves open; one figure where they are the same."""
    if result.rank is None:
        return NONE
    if result.rank_low is None or result.rank_high is None or result.rank_low == result.rank_high:
        return str(result.rank)
    return f"{result.rank_low}–{result.rank_high}"


def value(number: float | None) -> str:
    """A value in units of a scale: ``3.7``."""
    return NONE if number is None else f"{number:.1f}"


def signed(number: float | None) -> str:
    """A correction: ``+0.2``, ``-0.9``, ``–`` where none was made."""
    if number is None:
        return NONE
    return f"{number:+.1f}" if round(number, 1) else "0.0"


def day(at: str) -> str:
    """The date and minute of an ISO 8601 time, in the local time zone."""
    from datetime import datetime

    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return at or _("unknown")
    return when.astimezone().strftime("%Y-%m-%d %H:%M")
