"""What a ranking says, ready to show: plain values, no arrays, so that any screen may import it.

Scores, errors, coverage and bounds are in points (0-100, unclipped), probabilities 0-1, values and
minimums of competencies in units of the pack's scale. None is "undefined".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MinimumState = Literal["met", "missed", "not_established"]
Severity = Literal["estimated", "assumed"]


@dataclass(frozen=True, slots=True)
class MinimumResult:
    """A minimum of a module against one candidate's value."""

    competency: str
    at: float
    value: float | None
    se: float | None
    p_met: float | None
    state: MinimumState
    borderline: bool = False
    arrangement: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One competency's share in a score: ``points`` is the sum of the five parts before it."""

    competency: str
    weight: float
    """Percent of the score after rescaling to what was counted."""
    value: float
    """The competency's value in units of the scale."""
    raw_points: float
    item_mix: float
    severity: float
    agreed: float
    knowledge: float
    points: float
    se: float | None = None
    wave: str = ""
    items: int = 0
    raters: int = 0
    knowledge_items: int = 0
    """Keyed items answered."""
    knowledge_short: bool = False
    """Whether a knowledge share was due but too few keyed items were answered for it to count."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A competency that is not counted for a module, with the reason: too few items or none."""

    competency: str
    weight: float
    items: int
    needed: int


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """One candidate in one module."""

    candidate: str
    name: str
    department: str
    score: float | None
    se: float | None
    low: float | None
    """Lower end of the score's confidence interval; ``high`` its upper end."""
    high: float | None
    rank: int | None
    rank_low: float | None
    rank_high: float | None
    tie_group: int | None
    p_top: float | None
    status: str
    """``incomplete``, ``below_minimum`` or the id of the band."""
    band: str | None
    coverage: float
    bounds: tuple[float, float]
    release_open: bool
    minimums: list[MinimumResult]
    lines: list[Line]
    missing: list[Missing]
    raters: int
    severity: Severity
    block: int | None
    open_interviews: int
    """Interviews counted here that are not submitted yet."""
    gates: dict[str, bool | None] = field(default_factory=dict)
    """The module's gate items: yes, no or not known."""

    @property
    def missed(self) -> list[MinimumResult]:
        """The minimums of the person that are missed; those of the arrangement keep nobody out."""
        return [m for m in self.minimums if m.state == "missed" and not m.arrangement]


@dataclass(frozen=True, slots=True)
class ModuleResult:
    """One module's order: the ranked first, then below a minimum, then incomplete."""

    module: str
    wave: str
    k: int
    confidence: float
    candidates: list[CandidateResult]
    raters: int
    blocks: int
    severity: Severity

    def of(self, candidate: str) -> CandidateResult | None:
        """The result of one candidate, None for one who does not stand for the module."""
        return next((c for c in self.candidates if c.candidate == candidate), None)


Effect = Literal["band", "minimum", "order", "counted", "another_rater", "more_items"]


@dataclass(frozen=True, slots=True)
class WouldChange:
    """One thing that would change a result.

    ``what`` is a competency's id, or ``rater`` / ``items`` for asking more; ``to`` is the value to
    reach in units of the scale; ``score`` and ``se`` are what would result.
    """

    what: str
    to: float | None
    score: float | None
    effect: Effect
    status: str = ""
    """The status or band id, or the candidate overtaken, that would result."""
    se: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one candidate's score in one module comes from, and what would change it."""

    module: str
    wave: str
    result: CandidateResult
    would_change: list[WouldChange]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All modules asked for, at one wave, with what they rest on."""

    engagement: str
    pack: Mapping[str, str]
    wave: str
    newest: str
    """The time of the newest record that counts, ISO 8601."""
    modules: list[ModuleResult]
    priors: Mapping[str, float]
    variance: Mapping[str, float]
    raters: int
    blocks: int
    seed: int


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """One interview as lists show it."""

    id: str
    candidate: str
    rater: str
    questionnaire: str
    wave: str
    submitted: bool
    answered: int
    asked: int
    last: str
    hidden: bool = False
    """Answers are hidden from who asks (another's interview before one's own is submitted)."""
    form: str = "full"
    """full, short or self."""
