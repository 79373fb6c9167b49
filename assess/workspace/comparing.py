"""Two to five candidates side by side, by module and competency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _, listed
from assess.workspace import shapes
from assess.workspace.results import CandidateResult

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class ComparedLine:
    """One competency of all candidates: value and half its interval, in units of the scale."""

    competency: str
    values: list[tuple[float | None, float | None]]
    apart: Pairs
    """Pairs (higher, lower) that lie apart by more than error."""


@dataclass(frozen=True)
class ComparedModule:
    """One module of all candidates; ``sed`` is the standard error of each difference."""

    module: str
    candidates: list[CandidateResult]
    lines: list[ComparedLine]
    apart: Pairs
    sed: dict[tuple[str, str], float]


@dataclass(frozen=True)
class Comparison:
    """What ``assess compare`` shows."""

    engagement: str
    wave: str
    k: int
    modules: list[ComparedModule]

    def as_json(self) -> dict[str, Any]:
        """With the key names of ``rank`` and ``explain``."""
        return {
            "engagement": self.engagement,
            "wave": self.wave,
            "modules": [
                {
                    "module": module.module,
                    "candidates": [
                        shapes.candidate(one, self.k)
                        | {"lines": [shapes.line(line) for line in one.lines]}
                        for one in module.candidates
                    ],
                    "differences": [
                        {
                            "higher": a,
                            "lower": b,
                            "sed": sed,
                            "beyond_error": (a, b) in module.apart,
                        }
                        for (a, b), sed in module.sed.items()
                    ],
                    "competencies": [
                        {
                            "competency": line.competency,
                            "values": [
                                {"candidate": one.candidate, "value": v, "half_width": half}
                                for one, (v, half) in zip(
                                    module.candidates, line.values, strict=True
                                )
                            ],
                            "beyond_error": [{"higher": a, "lower": b} for a, b in line.apart],
                        }
                        for line in module.lines
                    ],
                }
                for module in self.modules
            ],
        }


def compare(
    workspace: Workspace,
    candidates: Sequence[str],
    module: str | None = None,
    wave: str | None = None,
) -> Comparison:
    """Two to five candidates in one module, or in every module that they all stand for.

    Raises BadInput for other numbers, doubled or unknown candidates, or no module in common.
    """
    if not 2 <= len(candidates) <= 5 or len(set(candidates)) != len(candidates):
        raise BadInput(_("compare takes two to five different candidates"))
    people = [workspace.candidate(code) for code in candidates]
    standing = [set(workspace.modules_of(person)) for person in people]
    shared = [m.id for m in workspace.modules if all(m.id in modules for modules in standing)]
    wanted = [workspace.module(module).id] if module else shared
    lacking = [
        person.id
        for person, modules in zip(people, standing, strict=True)
        if wanted and wanted[0] not in modules
    ]
    if not wanted or lacking:
        raise BadInput(
            _("{candidates} do not stand for {module}").format(
                candidates=listed(lacking), module=module
            )
            if lacking
            else _("{candidates} have no module in common").format(candidates=listed(candidates))
        )
    ranking = workspace.rank(wanted, wave)
    modules = []
    for result in ranking.modules:
        found = {one.candidate: one for one in result.candidates}
        chosen = [found[code] for code in candidates]
        sed, apart = workspace.scoring.differences(result.module, list(candidates), ranking.wave)
        competencies = [c for c in workspace.pack.competencies if any(_line(o, c) for o in chosen)]
        lines = [
            ComparedLine(
                competency,
                [_value(one, competency, result.confidence) for one in chosen],
                apart[competency],
            )
            for competency in competencies
        ]
        modules.append(ComparedModule(result.module, chosen, lines, apart[""], sed))
    return Comparison(ranking.engagement, ranking.wave, workspace.pack.file.policy.top, modules)


def _line(result: CandidateResult, competency: str) -> Any:
    return next((line for line in result.lines if line.competency == competency), None)


def _value(
    result: CandidateResult, competency: str, confidence: float
) -> tuple[float | None, float | None]:
    from assess.measure.ranks import two_sided

    line = _line(result, competency)
    if line is None:
        return None, None
    return line.value, None if line.se is None else two_sided(confidence) * line.se
