"""Growth of one person: gaps, actions of the pack, what was agreed and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.i18n import _
from assess.model.pack import Action, Pack
from assess.workspace.agreed import MOST_COMPETENCIES, Agreed, agreed_actions
from assess.workspace.changes import WaveChange, changes
from assess.workspace.results import CandidateResult, ModuleResult
from assess.workspace.roles import may_be_a, may_be_b, shortfall, slack_of_b

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Gap:
    """One competency: where it stands against the minimums of the modules."""

    competency: str
    value: float | None
    level: str | None
    missed: tuple[tuple[str, float], ...]
    """(module, by how much the minimum is missed)."""
    before_next: bool
    """Whether its action starts before the next milestone: low, and a minimum asks for it."""
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class AsB:
    """Whether somebody could stand as role B of a module, and what closes the gap."""

    candidate: str
    module: str
    now: bool
    closes: tuple[tuple[str, float | None, float | None], ...]
    """(competency, value now, value to reach); None where it has to be established first."""


@dataclass(frozen=True)
class Growth:
    """What ``assess develop CANDIDATE`` shows."""

    candidate: str
    name: str
    wave: str
    today: str
    results: tuple[tuple[str, CandidateResult], ...]
    next_bands: Mapping[str, tuple[str, float] | None]
    """By module: the next higher band and the points to it."""
    gaps: tuple[Gap, ...]
    proposed: tuple[str, ...]
    """The competencies to develop now, at most two."""
    agreed: tuple[Agreed, ...]
    as_b: tuple[AsB, ...]
    changes: tuple[WaveChange, ...]

    def as_json(self, pack: Pack) -> dict[str, Any]:
        """``develop CANDIDATE --json``."""
        from assess.workspace.shapes import candidate as shape

        language = i18n.language()
        return {
            "candidate": self.candidate,
            "name": self.name,
            "wave": self.wave,
            "modules": [
                {"module": module, **shape(one, pack.file.policy.top)}
                | {
                    "next_band": band and {"band": band[0], "points": band[1]},
                    "as_b": next(_as_b_json(b) for b in self.as_b if b.module == module),
                }
                for module, one in self.results
                for band in [self.next_bands[module]]
            ],
            "gaps": [
                {
                    "competency": gap.competency,
                    "value": gap.value,
                    "level": gap.level,
                    "missed": [{"module": m, "by": by} for m, by in gap.missed],
                    "before_next_milestone": gap.before_next,
                    "proposed": gap.competency in self.proposed,
                    "actions": [
                        {"action": a.id, "text": pack.say(a.text, language)} for a in gap.actions
                    ],
                }
                for gap in self.gaps
            ],
            "plan": [one.as_json(self.today) for one in self.agreed],
            "change": [one.as_json() for one in self.changes],
        }


def _as_b_json(one: AsB) -> dict[str, Any]:
    closes = [{"competency": g, "value": now, "to": to} for g, now, to in one.closes]
    return {"now": one.now, "closes": closes}


def growth(
    workspace: Workspace, candidate: str, module: str | None = None, wave: str | None = None
) -> Growth:
    """Gaps, actions and change of one person. Raises BadInput for an unknown code."""
    person = workspace.candidate(candidate)
    pack = workspace.pack
    ranking = workspace.rank([module] if module else (), wave)
    found = [(m, m.of(person.id)) for m in ranking.modules]
    results = [(m, one) for m, one in found if one is not None]
    if not results:
        raise workspace.not_standing(person, module or _("any module"))
    gaps = gaps_of(pack, results)
    agreed = tuple(one for one in agreed_actions(workspace) if one.candidate == person.id)
    return Growth(
        person.id,
        person.name,
        ranking.wave,
        workspace.clock()[:10],
        tuple((m.module, one) for m, one in results),
        {m.module: _next_band(pack, one) for m, one in results},
        gaps,
        proposed(pack, gaps, results),
        agreed,
        tuple(as_b(pack, m.module, one) for m, one in results),
        tuple(changes(workspace, person.id, [m.module for m, _one in results], ranking.wave)),
    )


def gaps_of(pack: Pack, results: Sequence[tuple[ModuleResult, CandidateResult]]) -> tuple[Gap, ...]:
    """Every competency that a module asks for, missed minimums first, then the lowest."""
    values: dict[str, list[float]] = {}
    short: dict[str, list[tuple[str, float]]] = {}
    wanted = {g for m, _one in results for g, w in pack.modules[m.module].weights.items() if w > 0}
    asked = {g for m, _one in results for g in pack.modules[m.module].minimums}
    for module, one in results:
        for line in one.lines:
            values.setdefault(line.competency, []).append(line.value)
        for minimum in one.minimums:
            if minimum.state == "missed":
                short.setdefault(minimum.competency, []).append((module.module, shortfall(minimum)))
    gaps = []
    for code in [c for c in pack.competencies if c in wanted | asked]:
        low = min(values[code]) if code in values else None
        level = pack.development.level(low) if pack.development and low is not None else None
        actions = () if low is None else tuple(pack.actions_at(code, low))
        before = code in asked and (level == "L" or code in short)
        gaps.append(Gap(code, low, level, tuple(short.get(code, ())), before, actions))
    return tuple(
        sorted(
            gaps,
            key=lambda gap: (
                not gap.missed,
                -max((by for _m, by in gap.missed), default=0.0),
                gap.value is None,
                gap.value or 0.0,
                gap.competency,
            ),
        )
    )


def proposed(
    pack: Pack, gaps: Sequence[Gap], results: Sequence[tuple[ModuleResult, CandidateResult]]
) -> tuple[str, ...]:
    """At most two: a missed minimum first, then where most weight lies below the highest value."""
    high = pack.file.scale.high
    weight: dict[str, float] = {}
    for module, _one in results:
        for code, w in pack.modules[module.module].weights.items():
            weight[code] = weight.get(code, 0.0) + w
    open_to = [g for g in gaps if g.value is not None and g.actions and g.level != "H"]
    first = [g.competency for g in open_to if g.missed]
    rest = sorted(
        (g for g in open_to if not g.missed),
        key=lambda g: (-(high - (g.value or high)) * weight.get(g.competency, 0.0), g.competency),
    )
    return tuple([*first, *(g.competency for g in rest)][:MOST_COMPETENCIES])


def _next_band(pack: Pack, one: CandidateResult) -> tuple[str, float] | None:
    if one.score is None:
        return None
    higher = [b for b in pack.file.bands if b.start > one.score + 1e-9]
    best = min(higher, key=lambda band: band.start, default=None)
    return None if best is None else (best.id, best.start - one.score)


def as_b(pack: Pack, module: str, one: CandidateResult) -> AsB:
    """Whether somebody may be role B now; else the minimums and competencies that keep them out."""
    if may_be_a(one) or may_be_b(pack, one):
        return AsB(one.candidate, module, True, ())
    short = one.missed
    # one minimum may be missed by a little, so that closing less is enough
    slack = slack_of_b(pack) if len(short) == 1 and one.status == "below_minimum" else 0.0
    closes: list[tuple[str, float | None, float | None]] = [
        (m.competency, m.value, m.at - slack) for m in short
    ]
    must = {m.competency: m.at for m in one.minimums}
    closes += [(gap.competency, None, must.get(gap.competency)) for gap in one.missing]
    return AsB(one.candidate, module, False, tuple(closes))
