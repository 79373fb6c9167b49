"""How far raters agree, and what each rater is like."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from assess.i18n import _, listed
from assess.measure.agreement import Agreement
from assess.measure.agreement import agreement as measure_agreement
from assess.measure.alpha import Alpha, alphas
from assess.measure.ranks import two_sided
from assess.workspace.agreed_values import agreed_reasons
from assess.workspace.calibration import Distance, distances
from assess.workspace.columns import Columns
from assess.workspace.wording import DASH, number, signed

if TYPE_CHECKING:
    from assess.measure import Fit
    from assess.workspace.workspace import Workspace

Level = Literal["item", "competency"]
Floats = NDArray[np.float64]
ICC_FORMS = ("1,1", "A,1", "C,1", "1,k", "A,k", "C,k")
ALPHA_LEVELS = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True)
class CompetencyAgreement:
    """Agreement on one competency; ``raters`` are those who rated it."""

    competency: str
    icc: Agreement
    alpha: dict[str, Alpha]

    def as_words(self) -> list[str]:
        """The figures as cells of a table; a dash where undefined."""
        counts = [self.icc.units, self.icc.dropped, self.icc.raters]
        found = [self.icc.icc[form].value for form in ICC_FORMS]  # type: ignore[index]
        alpha = [self.alpha[level].value for level in ALPHA_LEVELS]
        figures = [DASH if value is None else number(value, 2) for value in (*found, *alpha)]
        return [self.competency, *map(str, counts), *figures]

    def as_json(self) -> dict[str, Any]:
        """One entry of ``agreement --json``."""
        return {
            "competency": self.competency,
            "units": self.icc.units,
            "dropped": self.icc.dropped,
            "raters": self.icc.raters,
            "basis": self.icc.basis,
            "k": self.icc.k,
            "reason": self.icc.reason or None,
            "icc": {form: _figure(self.icc.icc[form]) for form in ICC_FORMS},  # type: ignore[index]
            "alpha": {level: _figure(self.alpha[level]) for level in ALPHA_LEVELS},
        }


def _figure(figure: Any) -> dict[str, Any]:
    found = asdict(figure)
    return found | {"reason": found.get("reason") or None}


@dataclass(frozen=True)
class AgreementReport:
    """What ``assess agreement`` shows."""

    level: Level
    wave: str
    competencies: list[CompetencyAgreement]
    agreed: list[dict[str, Any]]
    """Candidate, item, value and reason of each value that a panel agreed on; no figure uses it."""

    def as_json(self) -> dict[str, Any]:
        """``agreement --json``."""
        return {
            "level": self.level,
            "wave": self.wave,
            "competencies": [one.as_json() for one in self.competencies],
            "agreed": self.agreed,
        }

    def remarks(self) -> list[str]:
        """What the figures rest on, and why some are missing, in words."""
        unit = (
            _("a unit is a candidate's item")
            if self.level == "item"
            else _("a unit is a candidate's mean over the items of the competency")
        )
        lines = [
            _("{unit}; ICC on the units that all raters rated, α on every pair").format(unit=unit)
        ]
        parts = [c.competency for c in self.competencies if c.icc.basis == "components"]
        if parts:
            lines.append(
                _(
                    "{competencies}: no unit was rated by all, so the ICC comes from variance "
                    "components, without limits"
                ).format(competencies=listed(parts))
            )
        reasons: dict[str, list[str]] = {}
        for one in self.competencies:
            if one.icc.reason:
                reasons.setdefault(one.icc.reason, []).append(one.competency)
        words = {
            "no_ratings": _("nobody rated it"),
            "one_rater": _("only one rater, so there is nothing to compare"),
            "one_unit": _("fewer than two units in common"),
            "all_equal": _("all ratings are the same, so nothing tells people apart"),
            "no_overlap": _("no two raters rated the same unit"),
            "no_error": _("the ratings leave no error to compare with"),
            "below_pole": _("the ratings differ less between units than within them"),
        }
        undefined = _("undefined for these ratings")
        lines += [
            f"{listed(found)}: {words.get(reason, undefined)}" for reason, found in reasons.items()
        ]
        return lines


def agreement(workspace: Workspace, level: Level, wave: str | None = None) -> AgreementReport:
    """ICC and alpha of each competency that somebody rated, at one wave, from ratings as given."""
    scoring = workspace.scoring
    columns, at = scoring.columns, scoring.wave(wave)
    found = []
    for g, competency in enumerate(columns.competencies):
        table = _units(columns, at, g, level)
        if table.size:
            found.append(
                CompetencyAgreement(competency, measure_agreement(table), dict(alphas(table)))  # type: ignore[arg-type]
            )
    reasons = agreed_reasons(workspace)
    agreed = [
        {"candidate": key[0], "item": key[1], "value": value, "reason": reasons.get(key, "")}
        for key, value in sorted(workspace.agreed_values().items())
        if key[2] == at
    ]
    return AgreementReport(level, at, found, agreed)


def _units(columns: Columns, wave: str, competency: int, level: Level) -> Floats:
    """Units x raters of a competency's ratings as given, NaN where not rated; only who rated it."""
    answers = columns.waves.get(wave)
    if answers is None:
        return np.empty((0, 0))
    of_item = columns.item_competency
    item = np.array(answers.item, dtype=np.int64)
    mine = np.flatnonzero(of_item[item] == competency) if len(item) else np.array([], np.int64)
    if not len(mine):
        return np.empty((0, 0))
    item = item[mine]
    candidate = np.array(answers.candidate, dtype=np.int64)[mine]
    raters, rater = np.unique(np.array(answers.rater)[mine], return_inverse=True)
    # as given, unless the items have different scales, which only points make comparable
    scales = {
        (columns.pack.scale_of(i).low, columns.pack.scale_of(i).high)
        for at in set(item.tolist())
        for i in [columns.items[at]]
    }
    value = np.array(answers.value if len(scales) == 1 else answers.points)[mine]
    unit = candidate if level == "competency" else candidate * len(columns.items) + item
    _units_found, unit = np.unique(unit, return_inverse=True)
    shape = (int(unit.max()) + 1, len(raters))
    total, count = np.zeros(shape), np.zeros(shape)
    np.add.at(total, (unit, rater), value)
    np.add.at(count, (unit, rater), 1)
    out = np.full(shape, np.nan)
    np.divide(total, count, out=out, where=count > 0)
    return out


@dataclass(frozen=True)
class RaterResult:
    """One rater at one wave, worded as feedback: figures in points, None where undefined."""

    rater: str
    name: str
    severity: float | None
    se: float | None
    half: float | None
    """Half the severity's interval at the pack's confidence."""
    interviews: int
    spread: float | None
    without_note: float | None
    """Share of the ratings without a note, 0-1."""
    severity_state: str
    correlation: float | None
    """With the mean of the others, over what both rated."""
    block: int | None

    def as_words(self) -> list[str]:
        """The figures as cells of a table."""
        words = {
            "estimated": _("estimated"),
            "assumed": _("assumed, shares no candidate with others"),
        }
        share = DASH if self.without_note is None else f"{100 * self.without_note:.0f} %"
        return [
            self.rater,
            self.name,
            signed(self.severity),
            number(self.half),
            str(self.interviews),
            number(self.spread),
            DASH if self.correlation is None else number(self.correlation, 2),
            share,
            words[self.severity_state],
        ]

    def as_json(self) -> dict[str, Any]:
        """One entry of ``raters --json``."""
        return asdict(self)


@dataclass(frozen=True)
class RatersReport:
    """What ``assess raters`` shows."""

    wave: str
    raters: list[RaterResult]
    variance: dict[str, float]
    blocks: int
    calibration: dict[str, Distance] = field(default_factory=dict)
    """How far each is from the master ratings of the pack's samples, also who rated nobody yet."""

    def as_json(self) -> dict[str, Any]:
        """``raters --json``."""
        away = {code: one.as_json() for code, one in self.calibration.items()}
        return {
            "wave": self.wave,
            "raters": [one.as_json() | {"calibration": away.get(one.rater)} for one in self.raters],
            "variance": self.variance,
            "blocks": self.blocks,
            "calibration": away,
        }


def raters(workspace: Workspace, wave: str | None = None) -> RatersReport:
    """Severity, spread and agreement of every rater who rated at a wave."""
    from assess.measure import rater_summary

    scoring = workspace.scoring
    columns, at = scoring.columns, scoring.wave(wave)
    fitted: Fit = scoring.fit(at)
    summary = rater_summary(fitted)
    z = two_sided(workspace.pack.file.policy.confidence)
    given = columns.waves.get(at)
    rated = np.bincount(given.rater if given else [], minlength=len(columns.raters))
    people = workspace.raters()
    found = []
    for r, code in enumerate(columns.raters):
        if not rated[r]:
            continue
        found.append(
            RaterResult(
                rater=code,
                name=people[code].name if code in people else "",
                severity=_plain(summary.severity[r]),
                se=_plain(summary.se[r]),
                half=_plain(z * summary.se[r]),
                interviews=int(summary.interviews[r]),
                spread=_plain(summary.spread[r]),
                without_note=(given.without_note.get(r, 0) / rated[r]) if given else None,
                severity_state="estimated" if summary.estimated[r] else "assumed",
                correlation=_plain(summary.agreement[r]),
                block=int(summary.block[r]) + 1,
            )
        )
    blocks = len({one.block for one in found})
    return RatersReport(at, found, scoring.variance(at), blocks, distances(workspace))


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
