"""Change of one person between waves, marked only beyond its error; drops asked as questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from assess import i18n
from assess.i18n import _, listed
from assess.measure import change
from assess.measure.changes import RELIABLE_BEYOND

if TYPE_CHECKING:
    from assess.measure import Change
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CompetencyChange:
    """Change of one competency in units of the scale, with its standard error."""

    competency: str
    before: float
    after: float
    change: float
    sed: float
    reliable: bool


@dataclass(frozen=True, slots=True)
class WaveChange:
    """Change of one person in one module between two waves, over what was rated at both.

    ``question`` asks the organisation about a drop beyond error; empty without one.
    """

    module: str
    from_wave: str
    to_wave: str
    before: float
    after: float
    change: float
    sed: float
    reliable: bool
    competencies: tuple[CompetencyChange, ...]
    question: str

    def as_json(self) -> dict[str, Any]:
        """One entry of ``change``."""
        return asdict(self) | {
            "competencies": [asdict(one) for one in self.competencies],
            "question": self.question or None,
        }


def changes(
    workspace: Workspace, candidate: str, modules: Sequence[str], wave: str
) -> Iterator[WaveChange]:
    """Between each wave with ratings and the one before it in which the person was rated too.

    Only answers that a reader may see enter, from waves up to ``wave``.
    """
    scoring = workspace.scoring
    columns = scoring.columns
    if candidate not in columns.candidates:
        return
    c = columns.candidates.index(candidate)
    waves = [
        w
        for w in scoring.waves_up_to(wave)
        if w in columns.waves and c in columns.waves[w].candidate
    ]
    for first, second in pairwise(waves):
        for module in modules:
            found = change(scoring.wave_scores(module, first), scoring.wave_scores(module, second))
            if np.isfinite(found.change[c]):
                yield _told(workspace, (module, first, second), found, c)


def _told(workspace: Workspace, where: tuple[str, str, str], found: Change, c: int) -> WaveChange:
    scoring, scale = workspace.scoring, workspace.pack.file.scale
    module, first, second = where
    unit = (scale.high - scale.low) / 100
    before, after = (scoring.wave_scores(module, w) for w in (first, second))
    parts = []
    for g in np.flatnonzero(found.both[c]).tolist():
        by, error = float(found.by_competency[c, g]), float(found.by_competency_sed[c, g])
        parts.append(
            CompetencyChange(
                scoring.columns.competencies[g],
                scale.units(float(before.theta[c, g])),
                scale.units(float(after.theta[c, g])),
                by * unit,
                error * unit,
                abs(by) > RELIABLE_BEYOND * error,
            )
        )
    total, error = float(found.change[c]), float(found.sed[c])
    return WaveChange(
        module,
        first,
        second,
        float(found.before[c]),
        float(found.after[c]),
        total,
        error,
        bool(found.reliable[c]),
        tuple(parts),
        _question(workspace, first, total, bool(found.reliable[c]), parts),
    )


def _question(
    workspace: Workspace,
    first: str,
    total: float,
    reliable: bool,
    parts: Sequence[CompetencyChange],
) -> str:
    pack, language = workspace.pack, i18n.language()
    lower = [part.competency for part in parts if part.reliable and part.change < 0]
    if not lower and not (reliable and total < 0):
        return ""
    named = listed(f"{code} {pack.say(pack.competencies[code].name, language)}" for code in lower)
    wave = pack.say(pack.waves[first].name, language)
    if not lower:
        return _(
            "the score is lower than at {wave}: which time, training or tool was missing since"
            " then?"
        ).format(wave=wave)
    return _(
        "{what} lower than at {wave}: which time, training or tool was missing since then?"
    ).format(what=named, wave=wave)
