"""The cover plan of a workspace: role A and role B per module, reasons, flags, what stands open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from assess import i18n
from assess.cover.alternatives import Alternatives, alternatives
from assess.cover.problem import NOBODY, Goals, Ints, Plan, Problem, broken, loads
from assess.cover.relaxing import pin_conflicts, relaxations, relaxations_of_all
from assess.cover.solver import NoPlanError, Solver
from assess.cover.watching import Watch, silent
from assess.i18n import _
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
from assess.workspace.deciding import Decision, decisions
from assess.workspace.flags import Roles, flags_of
from assess.workspace.results import CandidateResult
from assess.workspace.roles import (
    Question,
    Wishes,
    chance,
    phase_of,
    question,
    read_wishes,
    together_at,
    worth,
)

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

EXPLAINED = 2_000
"""People × modules up to which the alternatives to each choice are worked out unasked."""


def plan(
    workspace: Workspace,
    *,
    phase: str | None = None,
    pins: Iterable[str] = (),
    bars: Iterable[str] = (),
    decided: bool = False,
    wave: str | None = None,
    explain: bool | None = None,
    watch: Watch = silent,
) -> CoverPlan:
    """The best plan of role A and role B over all modules.

    Args:
        workspace: to read.
        phase: whose release floor counts; by default the engagement's, else the pack's first.
        pins: ``MODULE.a=CODE``.
        bars: ``CODE``, ``MODULE=CODE`` or ``MODULE.a=CODE``.
        decided: pin what was decided.
        wave: at which scores are read.
        explain: work out what would be done without each choice; by default where that is quick.
        watch: gets signs of life and may stop the work.

    Raises:
        BadInput: unknown codes, pins that contradict each other.
        StoppedError: the watcher asked to stop.
    """
    wishes = read_wishes(workspace, pins, bars)
    if decided:
        wishes = _with_decided(wishes, decisions(workspace))
    found = question(
        workspace, workspace.rank(wave=wave), phase=phase_of(workspace, phase), wishes=wishes
    )
    best, open_roles = solve_question(found, watch)
    way_out = words_for_all(found, best, watch)
    size = found.problem.size[0] * found.problem.size[1]
    reasons = None
    if explain if explain is not None else size <= EXPLAINED:
        kept = replace(found.problem, pins=()) if broken_pins(found.problem, best) else None
        reasons = alternatives(kept or found.problem, best, watch=watch)
    built = build(workspace, found, best, open_roles=open_roles, reasons=reasons)
    return replace(built, way_out=way_out)


def solve_question(found: Question, watch: Watch = silent) -> tuple[Plan, list[OpenRole]]:
    """The best plan, without the pins where they contradict the rules, and what stands open."""
    conflicts: list[OpenRole] = []
    problem = found.problem
    try:
        best = Solver(problem).solve(watch=watch)
    except NoPlanError:
        conflicts = _pins_in_the_way(found, watch)
        problem = replace(problem, pins=())
        best = Solver(problem).solve(watch=watch)
    options = relaxations(problem, best, found.closed, watch=watch)
    opened = []
    for (module, role), ways in options.items():
        told = [words.relaxation(found, way) for way in ways]
        rule = ways[0].rule if ways else "people"
        why = words.why_open(found, module, role)
        opened.append(
            OpenRole(
                found.modules[module],
                role,
                rule,
                why,
                told[0] if told else _("more than one rule would have to give"),
                tuple(told[1:]),
            )
        )
    return best, conflicts + opened


def words_for_all(found: Question, best: Plan, watch: Watch = silent) -> str:
    """The smallest relaxation of one rule that fills all open roles; empty where none does."""
    problem = replace(found.problem, pins=()) if broken_pins(found.problem, best) else found.problem
    for rule, steps in relaxations_of_all(problem, best, found.closed, watch=watch):
        return words.steps(found, rule, steps)
    return ""


def broken_pins(problem: Problem, best: Plan) -> bool:
    """Whether a plan leaves a pin aside."""
    return any(one.rule == "pin" for one in broken(problem, best.a, best.b))


def _pins_in_the_way(found: Question, watch: Watch) -> list[OpenRole]:
    ways = pin_conflicts(found.problem, found.closed, watch=watch)
    told = [words.steps(found, rule, steps) for rule, steps in ways]
    rules = list(dict.fromkeys(words.rule_name(one) for one in _broken_by_pins(found.problem)))
    dropped = [step for rule, steps in ways if rule == "pin" for step in steps]
    first = dropped[0] if dropped else None
    pin = next(
        (
            p
            for p in found.problem.pins
            if first and (p.module, p.role) == (first.module, first.role)
        ),
        found.problem.pins[0],
    )
    return [
        OpenRole(
            found.modules[pin.module],
            pin.role,
            ways[0][0] if ways else "pin",
            _("the pins cannot all be kept, against: {rules}").format(
                rules="; ".join(rules) or _("the rules together")
            ),
            told[0] if told else "",
            tuple(told[1:]),
        )
    ]


def _broken_by_pins(problem: Problem) -> list[str]:
    """The rules that the pins alone break."""
    modules = problem.size[1]
    held = {"a": np.full(modules, NOBODY), "b": np.full(modules, NOBODY)}
    for pin in problem.pins:
        held[pin.role][pin.module] = pin.person
    return [one.rule for one in broken(problem, held["a"], held["b"])]


def _with_decided(wishes: Wishes, taken: Mapping[str, Decision]) -> Wishes:
    by_hand = {(module, role) for module, role, _code in wishes.pins}
    more = [
        (module, role, code)
        for module, one in taken.items()
        for role, code in (("a", one.a), ("b", one.b))
        if code and (module, role) not in by_hand
    ]
    return replace(wishes, pins=(*wishes.pins, *more))  # type: ignore[arg-type]


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
                    candidate=one.candidate, module=", ".join(leads)
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
