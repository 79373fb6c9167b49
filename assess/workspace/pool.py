"""The whole pool's growth: which actions lift the cover most, whose gaps, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from assess import i18n
from assess.cover.training import Row, best_lifts
from assess.cover.watching import Watch, silent
from assess.model.pack import Action, Pack
from assess.workspace.agreed import Agreed, agreed_actions
from assess.workspace.cover_building import cover_of
from assess.workspace.covering import solve_question
from assess.workspace.developing import as_b, gaps_of
from assess.workspace.results import CandidateResult, ModuleResult
from assess.workspace.roles import (
    Question,
    may_be_a,
    may_be_b,
    phase_of,
    question,
    reached_by,
    together_at,
    worth,
)

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

MOST_STEP = 0.25
"""What one action is taken to lift at most, as a share of the scale: one step of four."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """An action of the training plan, and the cover with it and those before it."""

    candidate: str
    competency: str
    value: float
    to: float
    actions: tuple[Action, ...]
    cover: float
    gain: float
    with_a: int
    with_b: int


@dataclass(frozen=True, slots=True)
class CompetencyGap:
    """Whose value misses a minimum, and whose level is low, in one competency."""

    competency: str
    below_minimum: tuple[str, ...]
    low: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextB:
    """Who could become role B of a module with which gaps closed."""

    module: str
    candidate: str
    closes: tuple[tuple[str, float | None, float | None], ...]


@dataclass(frozen=True)
class Pool:
    """What ``assess develop`` shows without a name."""

    wave: str
    today: str
    cover: float
    lifts: tuple[Lifted, ...]
    gaps: tuple[CompetencyGap, ...]
    next_b: tuple[NextB, ...]
    agreed: tuple[Agreed, ...]

    @property
    def overdue(self) -> list[Agreed]:
        """The actions whose date is past."""
        return [one for one in self.agreed if one.overdue(self.today)]

    def as_json(self, pack: Pack) -> dict[str, Any]:
        """``develop --json``."""
        language = i18n.language()
        return {
            "wave": self.wave,
            "cover": self.cover,
            "training": [
                {
                    "candidate": one.candidate,
                    "competency": one.competency,
                    "value": one.value,
                    "to": one.to,
                    "cover": one.cover,
                    "gain": one.gain,
                    "actions": [
                        {"action": a.id, "text": pack.say(a.text, language)} for a in one.actions
                    ],
                }
                for one in self.lifts
            ],
            "gaps": [
                {
                    "competency": one.competency,
                    "below_minimum": list(one.below_minimum),
                    "low": list(one.low),
                }
                for one in self.gaps
            ],
            "next_b": [
                {
                    "module": one.module,
                    "candidate": one.candidate,
                    "closes": [
                        {"competency": g, "value": now, "to": to} for g, now, to in one.closes
                    ],
                }
                for one in self.next_b
            ],
            "plan": [one.as_json(self.today) for one in self.agreed],
            "overdue": [one.as_json(self.today) for one in self.overdue],
        }


def pool(
    workspace: Workspace,
    *,
    phase: str | None = None,
    wave: str | None = None,
    most: int = 3,
    watch: Watch = silent,
) -> Pool:
    """The training plan of all candidates. Raises StoppedError when the watcher asks to stop."""
    pack = workspace.pack
    ranking = workspace.rank(wave=wave)
    found = question(workspace, ranking, phase=phase_of(workspace, phase))
    best, _open = solve_question(found, watch)
    n = len(found.modules)
    lifts = best_lifts(
        found.problem,
        _actions(pack, found),
        lambda person, lifted: _raised(pack, found, person, lifted),
        most=most,
        watch=watch,
    )
    told, before = [], cover_of(best.goals, n)
    for lift in lifts:
        code = found.competencies[lift.competency]
        value, to = _step(pack, found, lift.person, code) or (0.0, 0.0)
        after = cover_of(lift.goals, n)
        told.append(
            Lifted(
                found.people[lift.person],
                code,
                value,
                to,
                _actions_at(pack, code, value),
                after,
                after - before,
                lift.goals.with_a,
                lift.goals.with_b,
            )
        )
        before = after
    return Pool(
        ranking.wave,
        workspace.clock()[:10],
        cover_of(best.goals, n),
        tuple(told),
        tuple(_gaps(pack, ranking.modules)),
        tuple(_next_b(pack, ranking.modules)),
        tuple(agreed_actions(workspace)),
    )


def _actions_at(pack: Pack, competency: str, value: float) -> tuple[Action, ...]:
    """What lifts a value; what is said of the highest level keeps it."""
    return tuple(one for one in pack.actions_at(competency, value) if one.level != "H")


def _actions(pack: Pack, found: Question) -> list[tuple[int, int]]:
    """Person and competency of every action that the pack offers for somebody's level."""
    offered = []
    for p in range(len(found.people)):
        for g, code in enumerate(found.competencies):
            # an arrangement is settled with the line manager, not trained
            if pack.competencies[code].kind == "arrangement":
                continue
            step = _step(pack, found, p, code)
            if step is not None and _actions_at(pack, code, step[0]):
                offered.append((p, g))
    return offered


def _step(pack: Pack, found: Question, person: int, competency: str) -> tuple[float, float] | None:
    """A person's lowest value in a competency, and what one action is taken to lift it to.

    That is the next of: a minimum, what A and B reach together, where a level begins; at most one
    step of four on the scale.
    """
    values, minimums = [], []
    for module in found.modules:
        one = found.results.get((found.people[person], module))
        if one is None:
            continue
        values += [line.value for line in one.lines if line.competency == competency]
        minimums += [m.at for m in one.minimums if m.competency == competency]
    if not values:
        return None
    scale, value = pack.file.scale, min(values)
    starts = pack.development.levels.values() if pack.development else ()
    marks = sorted({*minimums, together_at(pack), *starts, scale.high})
    mark = next((m for m in marks if m > value + 1e-9), scale.high)
    return value, min(mark, value + MOST_STEP * (scale.high - scale.low), scale.high)


def _raised(pack: Pack, found: Question, person: int, lifted: Sequence[int]) -> Row:
    """A person's rows of the problem after competencies were lifted by one action each."""
    problem = found.problem
    may_a, may_b = problem.may_a[person].copy(), problem.may_b[person].copy()
    value, reaches = problem.value[person].copy(), problem.reaches[person].copy()
    steps = {}
    for g in lifted:
        code = found.competencies[g]
        step = _step(pack, found, person, code)
        if step is not None:
            steps[code] = step[1] - step[0]
    for m, module in enumerate(found.modules):
        one = found.results.get((found.people[person], module))
        if one is None or one.score is None:
            continue
        then = _with_steps(pack, one, steps)
        barred_a = may_be_a(one) and not may_a[m]
        barred_b = may_be_b(pack, one) and not may_b[m]
        may_a[m] = may_be_a(then) and not barred_a
        may_b[m] = may_be_b(pack, then) and not barred_b
        value[m] = worth(pack, then)
        reaches[m] = np.array(reached_by(pack, then, found.competencies))
    return Row(may_a, may_b, value, reaches)


def _with_steps(pack: Pack, one: CandidateResult, steps: dict[str, float]) -> CandidateResult:
    """A result with values raised, its score, minimums and standing following; its error stays."""
    scale = pack.file.scale
    points = 100 / (scale.high - scale.low)
    lines, score = [], one.score or 0.0
    for line in one.lines:
        step = min(steps.get(line.competency, 0.0), scale.high - line.value)
        if step > 0:
            score += line.weight / 100 * step * points
            lines.append(replace(line, value=line.value + step))
        else:
            lines.append(line)
    values = {line.competency: line.value for line in lines}
    minimums = [
        replace(
            m,
            value=values[m.competency],
            state="met" if values[m.competency] >= m.at - 1e-9 else "missed",
        )
        if m.competency in values and m.state != "not_established"
        else m
        for m in one.minimums
    ]
    then = replace(one, score=score, lines=lines, minimums=minimums)
    if one.status == "below_minimum" and not then.missed:
        return replace(then, rank=0, status=pack.band(score).id)
    return then


def _gaps(pack: Pack, modules: Sequence[ModuleResult]) -> list[CompetencyGap]:
    people = sorted({one.candidate for m in modules for one in m.candidates})
    below: dict[str, list[str]] = {}
    low: dict[str, list[str]] = {}
    for code in people:
        results = [(m, one) for m in modules if (one := m.of(code)) is not None]
        for gap in gaps_of(pack, results):
            if gap.missed:
                below.setdefault(gap.competency, []).append(code)
            if gap.level == "L":
                low.setdefault(gap.competency, []).append(code)
    return [
        CompetencyGap(g, tuple(below.get(g, ())), tuple(low.get(g, ())))
        for g in pack.competencies
        if g in below or g in low
    ]


def _next_b(pack: Pack, modules: Sequence[ModuleResult]) -> list[NextB]:
    found = [
        NextB(m.module, one.candidate, could.closes)
        for m in modules
        for one in m.candidates
        for could in [as_b(pack, m.module, one)]
        if not could.now and could.closes
    ]
    return sorted(found, key=lambda one: (one.module, len(one.closes), one.candidate))
