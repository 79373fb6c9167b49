"""What if they leave: the same day, the best plan without them, and the departure kit.

Nothing here asks for, keeps or infers why somebody leaves, or who might follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from assess.cover.leaving import SameDay, departures, nobody_left, same_day
from assess.cover.problem import NOBODY, Plan, evaluate
from assess.cover.watching import Watch, silent
from assess.errors import BadInput
from assess.i18n import _, listed
from assess.workspace import cover_words as words
from assess.workspace.cover_building import build, cover_of, roles_of
from assess.workspace.cover_results import CoverPlan
from assess.workspace.covering import (
    EXPLAINED,
    solve_question,
    with_decided,
    without_broken_pins,
    words_for_all,
)
from assess.workspace.deciding import Decision, decisions
from assess.workspace.departure_kit import Kit, kits
from assess.workspace.roles import Question, phase_of, question
from assess.workspace.wishes import read_wishes

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ModuleLoss:
    """One module on the day that people stop."""

    module: str
    lost_a: str | None
    lost_b: str | None
    steps_in: str | None
    """Role B, who takes role A the same day; None where there is none, or where A stays."""
    a: str | None
    b: str | None
    overloaded: bool
    """Whether stepping in exceeds what who steps in may carry."""
    readiness_lost: float
    """Points of Σ P(S ≥ 60)·S that the module loses."""


@dataclass(frozen=True, slots=True)
class Painful:
    """A departure of one or two, with the cover of the best plan without them."""

    people: tuple[str, ...]
    cover: float
    with_a: int
    with_b: int
    loses: str = ""
    """What is reached less of the counted goals, in words; they come before the cover."""


@dataclass(frozen=True, slots=True)
class Worst:
    """The most painful departures, found by trying them all."""

    singles: tuple[Painful, ...]
    pairs: tuple[Painful, ...]
    tried: int
    cover: float
    """Of the best plan with everybody."""

    def as_json(self) -> dict[str, Any]:
        """``worst`` of ``plan --json``."""
        return {
            "single": [asdict(one) | {"people": list(one.people)} for one in self.singles],
            "pair": [asdict(one) | {"people": list(one.people)} for one in self.pairs],
            "tried": self.tried,
            "cover": self.cover,
        }


@dataclass(frozen=True)
class Leaving:
    """What ``plan --without`` shows."""

    people: tuple[str, ...]
    cover_before: float
    cover_same_day: float
    losses: tuple[ModuleLoss, ...]
    nobody_left: tuple[tuple[str, str], ...]
    """(module, competency) that nobody reaches any more who may be proposed there."""
    plan: CoverPlan
    """The best without them; its changes are told against the roles before."""
    kits: tuple[Kit, ...]
    loses: str = ""
    """What the new plan reaches less of the counted goals than the roles before, in words."""

    def as_json(self) -> dict[str, Any]:
        """``plan --without … --json``."""
        return self.plan.as_json() | {
            "without": list(self.people),
            "cover_before": self.cover_before,
            "loses": self.loses or None,
            "same_day": {
                "cover": self.cover_same_day,
                "modules": [asdict(one) for one in self.losses],
            },
            "nobody_left": [{"module": m, "competency": g} for m, g in self.nobody_left],
            "kit": [one.as_json() for one in self.kits],
        }


def team_members(workspace: Workspace, names: Iterable[str]) -> list[str]:
    """Everybody of the teams or departments named. Raises BadInput where a name is nobody's."""
    people = workspace.candidates().values()
    found: list[str] = []
    for name in names:
        wanted = name.strip().casefold()
        here = [p.id for p in people if wanted in (p.team.casefold(), p.department.casefold())]
        if not wanted or not here:
            known = sorted({t for p in people for t in (p.department, p.team) if t})
            raise BadInput(
                _("nobody is of a team or department {name}").format(name=name),
                hint=_("known are: {known}").format(known=listed(known) or _("none yet")),
            )
        found += here
    return list(dict.fromkeys(found))


def leaving(
    workspace: Workspace,
    people: Sequence[str],
    *,
    phase: str | None = None,
    pins: Iterable[str] = (),
    bars: Iterable[str] = (),
    wave: str | None = None,
    told_on: str | None = None,
    explain: bool | None = None,
    watch: Watch = silent,
) -> Leaving:
    """What happens when these people leave at once.

    The roles before are those decided, and in modules without a decision those of the plan that
    keeps to the decisions.

    Args:
        workspace: to read.
        people: their codes.
        phase, pins, bars, wave, explain, watch: as in :func:`assess.workspace.covering.plan`.
        told_on: the day from which the notice period runs (ISO 8601); by default today.

    Raises:
        BadInput: unknown codes, or a pin of somebody who leaves.
        StoppedError: the watcher asked to stop.
    """
    from assess.cover.alternatives import alternatives

    gone = list(dict.fromkeys(workspace.candidate(code).id for code in people))
    wishes = read_wishes(workspace, pins, bars)
    for module, role, code in wishes.pins:
        if code in gone:
            raise BadInput(
                _("{candidate} leaves and is pinned to {module}.{role}").format(
                    candidate=code, module=module, role=role
                )
            )
    ranking, at = workspace.rank(wave=wave), phase_of(workspace, phase)
    whole = question(workspace, ranking, phase=at, wishes=wishes)
    taken = decisions(workspace)
    kept = question(workspace, ranking, phase=at, wishes=with_decided(wishes, taken))
    before = _roles_before(whole, kept, taken, watch)
    day = same_day(whole.problem, before.a, before.b, whole.numbers(gone))
    rest = question(workspace, ranking, phase=at, wishes=wishes, out=gone)
    best, open_roles = solve_question(rest, watch)
    n = len(whole.modules)
    small = rest.problem.size[0] * n <= EXPLAINED
    reasons = None
    if (explain if explain is not None else small) and not rest.problem.pins:
        reasons = alternatives(rest.problem, best, watch=watch)
    roles = roles_of(whole, before.a, before.b)
    plan = build(workspace, rest, best, open_roles=open_roles, reasons=reasons, against=roles)
    plan = replace(plan, way_out=words_for_all(rest, best, watch))
    losses = _losses(whole, before, day)
    return Leaving(
        tuple(gone),
        cover_of(before.goals, n),
        cover_of(day.goals, n),
        tuple(losses),
        tuple(
            (whole.modules[m], whole.competencies[g])
            for m, g in nobody_left(whole.problem, whole.numbers(gone))
        ),
        plan,
        tuple(kits(workspace, whole, gone, losses, plan, told_on=told_on)),
        words.lost_goals(before.goals, best.goals),
    )


def _roles_before(
    whole: Question, kept: Question, taken: Mapping[str, Decision], watch: Watch
) -> Plan:
    """The plan that keeps to the decisions; where the rules refuse one, it stands all the same."""
    best, _open = solve_question(kept, watch)
    a, b = best.a.copy(), best.b.copy()
    number = {code: p for p, code in enumerate(whole.people)}
    for m, module in enumerate(whole.modules):
        if module in taken:
            a[m] = number.get(taken[module].a or "", NOBODY)
            b[m] = number.get(taken[module].b or "", NOBODY)
    return Plan(a, b, evaluate(whole.problem, a, b), best.proven)


def _losses(whole: Question, before: Plan, day: SameDay) -> list[ModuleLoss]:
    def code(person: int) -> str | None:
        return None if person == NOBODY else whole.people[person]

    def worth(m: int, a: int, b: int) -> float:
        value = whole.problem.value
        return sum(float(value[person, m]) for person in (a, b) if person != NOBODY)

    found = []
    for m in day.touched:
        a, b = int(day.a[m]), int(day.b[m])
        stepped = a if day.lost_a[m] != NOBODY and a != NOBODY else NOBODY
        then = worth(m, int(before.a[m]), int(before.b[m]))
        found.append(
            ModuleLoss(
                whole.modules[m],
                code(int(day.lost_a[m])),
                code(int(day.lost_b[m])),
                code(stepped),
                code(a),
                code(b),
                stepped in day.overloaded,
                then - worth(m, a, b),
            )
        )
    return found


def worst_departures(found: Question, *, most: int = 5, watch: Watch = silent) -> Worst:
    """The most painful departures of one and of two people, by the best plan without them.

    Needs nothing but the question, so that the workspace is free while all are tried. Raises
    StoppedError when the watcher asks to stop.
    """
    best, _open = solve_question(found, watch)
    tried = departures(without_broken_pins(found.problem, best), watch=watch)
    n = len(found.modules)

    def told(one: Any) -> Painful:
        people = tuple(found.people[p] for p in one.people)
        return Painful(
            people,
            cover_of(one.goals, n),
            one.goals.with_a,
            one.goals.with_b,
            words.lost_goals(best.goals, one.goals),
        )

    return Worst(
        tuple(told(one) for one in tried.singles[:most]),
        tuple(told(one) for one in tried.pairs[:most]),
        tried.tried,
        cover_of(best.goals, n),
    )
