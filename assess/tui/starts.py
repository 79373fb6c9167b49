"""Where the app is opened, other than at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assess.model.forms import Form


@dataclass(frozen=True)
class InterviewStart:
    """Open at one interview; ``locked`` shows nothing else (a candidate answering alone)."""

    candidate: str
    rater: str
    questionnaire: str | None = None
    wave: str | None = None
    locked: bool = False
    form: Form | None = None


@dataclass(frozen=True)
class CalibrationStart:
    """Open at the sample answers that a rater scores."""

    rater: str
