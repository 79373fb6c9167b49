"""A plan in codes and words: why each was chosen, loads, changes, the next best plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assess import i18n
from assess.cover.alternatives import Alternatives
from assess.cover.problem import NOBODY, Goals, Ints, Plan, loads
from assess.i18n import _, listed
from assess.workspace import cover_words as words
from assess.workspace.cover_results import (
    CoverPlan,
    ModuleCover,
    NextBest,
    OpenRole,
    PersonLoad,
    RoleChange,
    Seat,
    Together,
)
from assess.workspace.deciding import decisions
from assess.workspace.flags import Roles, flags_of
from assess.workspace.results import CandidateResult
from assess.workspace.roles import (
    Question,
    chance,
    together_at,
    worth,
)

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


def cover_of(goals: Goals, modules: int) -> float:
    """Cover, 0-100: the share of the best conceivable value, 100 points in every role."""
    return 0.0 if not modules else min(100.0, max(0.0, goals.value / (2.0 * modules)))


def roles_of(found: Question, a: Ints, b: Ints) -> dict[str, tuple[str | None, str | None]]:
    """A and B of each module by their codes."""

    def code(person: int) -> str | None:
        return None if person == NOBODY else found.people[person]

    return {module: (code(int(a[m])), code(int(b[m]))) for m, module in enumerate(found.modules)}


# -- the plan with everything said about it


def build(
    workspace: Workspace,
    found: Question,
    best: Plan,
    *,
    open_roles: Sequence[OpenRole] = (),
    reasons: Alternatives | None = None,
    against: Roles | None = None,
    extra: Mapping[str, Any] | None = None,
) -> CoverPlan:
    """A plan in codes and words.

    Args:
        workspace: to read facts, decisions and people.
        found: the question that it answers.
        best: the plan.
        open_roles: what stands open.
        reasons: the alternatives, if they were worked out.
        against: the roles that changes are told against; by default what was decided.
        extra: further keys of the JSON.
    """
    taken = decisions(workspace)
    roles = roles_of(found, best.a, best.b)
    flags = flags_of(workspace, found, roles)
    n = len(found.modules)
    before = {m: (d.a, d.b) for m, d in taken.items()} if against is None else against
    modules = tuple(
        ModuleCover(
            module,
            _seat(workspace, found, best, (m, "a"), reasons),
            _seat(workspace, found, best, (m, "b"), reasons),
            _together(found, best, m, together_at(workspace.pack)),
            flags[module],
            (taken[module].a, taken[module].b) if module in taken else None,
        )
        for m, module in enumerate(found.modules)
    )
    goals = best.goals
    return CoverPlan(
        engagement=found.ranking.engagement,
        wave=found.ranking.wave,
        newest=found.ranking.newest,
        phase=found.phase.id if found.phase else None,
        load_a=found.problem.load_a,
        modules=modules,
        people=_people(found, best),
        infeasible=tuple(open_roles),
        changes=tuple(role_changes(before, roles)),
        cover=cover_of(goals, n),
        formula=words.formula(workspace.pack, n),
        goals={
            "modules": n,
            "with_a": goals.with_a,
            "with_b": goals.with_b,
            "two_teams": goals.two_teams,
            "together": goals.together,
            "value": goals.value,
        },
        proven=best.proven,
        next_best=_next_best(found, best, reasons),
        explained=reasons is not None,
        extra=extra or {},
    )


def role_changes(before: Roles, after: Roles) -> list[RoleChange]:
    """Roles that change hands, in the modules that ``before`` knows."""
    return [
        RoleChange(module, role, old, new)
        for module in after
        if module in before
        for role, old, new in zip(("a", "b"), before[module], after[module], strict=True)
        if old != new
    ]


def _seat(
    workspace: Workspace,
    found: Question,
    best: Plan,
    place: tuple[int, str],
    reasons: Alternatives | None,
) -> Seat | None:
    module, role = place
    person = int((best.a if role == "a" else best.b)[module])
    result = found.result(person, module) if person != NOBODY else None
    if result is None:
        return None
    pack = workspace.pack
    likely = chance(pack, result)
    why = [words.standing(result, likely, pack.file.policy.role_from)]
    why += words.with_plan(result)
    if role == "a":
        why += _passed_over(found, best, module, result)
    why += _instead(found, best, person, module, reasons)
    return Seat(
        candidate=result.candidate,
        role=role,
        score=result.score,
        se=result.se,
        rank=result.rank,
        status=result.status,
        chance=likely,
        value=worth(pack, result),
        why=tuple(why),
        refused=tuple(words.refusals(pack, result, i18n.language())),
    )


def _passed_over(found: Question, best: Plan, module: int, chosen: CandidateResult) -> list[str]:
    """Who ranks higher and is not A here, with what they do instead."""
    ranked = next(m for m in found.ranking.modules if m.module == found.modules[module])
    said = []
    for one in ranked.candidates:
        if one.candidate == chosen.candidate or one.rank is None:
            break
        if one.candidate not in found.people:
            continue
        p = found.people.index(one.candidate)
        leads = [found.modules[m] for m in np.flatnonzero(best.a == p).tolist()]
        if leads:
            said.append(
                _("{candidate} ranks higher and leads {module}").format(
                    candidate=one.candidate, module=listed(leads)
                )
            )
        elif int(best.b[module]) == p:
            said.append(
                _("{candidate} ranks higher and stands behind as role B").format(
                    candidate=one.candidate
                )
            )
    return said


def _instead(
    found: Question, best: Plan, person: int, module: int, reasons: Alternatives | None
) -> list[str]:
    if reasons is None:
        return []
    other = next((o for o in reasons.of if (o.person, o.module) == (person, module)), None)
    if other is None:
        return []
    if other.plan is None:
        return [_("set by hand")]
    n = len(found.modules)
    names = [found.people[p] for p in other.instead()]
    return [
        words.instead(
            names,
            found.modules[module],
            cover_of(best.goals, n) - cover_of(other.plan.goals, n),
            words.lost_goals(best.goals, other.plan.goals),
        )
    ]


def _together(found: Question, best: Plan, module: int, at: float) -> tuple[Together, ...]:
    sides = []
    for held in (best.a, best.b):
        person = int(held[module])
        result = found.result(person, module) if person != NOBODY else None
        if result is not None:
            sides.append((result.candidate, {line.competency: line.value for line in result.lines}))
    told = []
    for g in np.flatnonzero(found.problem.needed[module]).tolist():
        code = found.competencies[g]
        values = [(v[code], who) for who, v in sides if code in v]
        top = max(values, key=lambda one: one[0], default=None)
        told.append(Together(code, top[0] if top else None, top[1] if top else None, at))
    return tuple(told)


def _people(found: Question, best: Plan) -> tuple[PersonLoad, ...]:
    load = loads(found.problem, best.a, best.b)
    told = []
    for p in sorted(best.people):
        told.append(
            PersonLoad(
                found.people[p],
                tuple(found.modules[m] for m in np.flatnonzero(best.a == p).tolist()),
                tuple(found.modules[m] for m in np.flatnonzero(best.b == p).tolist()),
                float(load[p]),
                float(found.problem.capacity[p]),
            )
        )
    return tuple(told)


def _next_best(found: Question, best: Plan, reasons: Alternatives | None) -> NextBest | None:
    other = reasons.next_best if reasons else None
    if other is None or other.plan is None:
        return None
    n = len(found.modules)
    now, then = cover_of(best.goals, n), cover_of(other.plan.goals, n)
    return NextBest(
        cover=then,
        cost=now - then,
        loses=words.lost_goals(best.goals, other.plan.goals),
        changes=tuple(
            role_changes(
                roles_of(found, best.a, best.b), roles_of(found, other.plan.a, other.plan.b)
            )
        ),
    )
