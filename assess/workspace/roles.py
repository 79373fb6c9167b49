"""The cover question: from rankings, calendars and pins to the arrays of the optimiser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from assess.cover.problem import Floats, Pin, Problem
from assess.cover.relaxing import Closed, Rule
from assess.errors import BadInput
from assess.i18n import _, listed
from assess.model.pack import Pack
from assess.model.pack_file import Phase
from assess.model.people import Candidate
from assess.workspace.results import CandidateResult, MinimumResult, Ranking
from assess.workspace.wishes import Wishes

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

_TOLERANCE = 1e-9


def chance(pack: Pack, result: CandidateResult) -> float:
    """P(S ≥ role_from), from the score and its standard error; 0 without a score."""
    if result.score is None:
        return 0.0
    above = result.score - pack.file.policy.role_from
    if not result.se:
        return float(above >= -_TOLERANCE)
    return NormalDist().cdf(above / result.se)


def worth(pack: Pack, result: CandidateResult) -> float:
    """P(S ≥ role_from)·S in points, S kept within 0-100."""
    if result.score is None:
        return 0.0
    return chance(pack, result) * min(max(result.score, 0.0), 100.0)


def together_at(pack: Pack) -> float:
    """What A and B are to reach together in each competency, in units of the scale."""
    scale, at = pack.file.scale, pack.file.policy.together
    return (scale.low + scale.high) / 2 if at is None else float(at)


def slack_of_b(pack: Pack) -> float:
    """By how much role B may miss one minimum, in units of the scale."""
    scale, slack = pack.file.scale, pack.file.policy.backup_slack
    return (scale.high - scale.low) / 8 if slack is None else float(slack)


def shortfall(minimum: MinimumResult) -> float:
    """By how much a missed minimum is missed, in units of the scale."""
    return minimum.at - (minimum.value if minimum.value is not None else minimum.at)


def may_be_a(result: CandidateResult) -> bool:
    """Whether somebody may be proposed as A: the ranked."""
    return result.rank is not None


def may_be_b(pack: Pack, result: CandidateResult) -> bool:
    """Whether somebody may be proposed as B: also who misses one minimum by a little."""
    if may_be_a(result):
        return True
    short = result.missed
    return (
        result.status == "below_minimum"
        and len(short) == 1
        and shortfall(short[0]) <= slack_of_b(pack) + _TOLERANCE
    )


def phase_of(workspace: Workspace, phase: str | None = None) -> Phase | None:
    """The phase named, else the engagement's, else the pack's first; None in a pack without any.

    Raises BadInput for a phase that the pack does not have.
    """
    phases = {one.id: one for one in workspace.pack.file.phases}
    chosen = phase or workspace.engagement.phase
    if chosen in phases:
        return phases[chosen]
    if phase:
        raise BadInput(
            _("the pack has no phase {phase}; it has {known}").format(
                phase=phase, known=listed(phases) or _("none")
            )
        )
    return next(iter(phases.values()), None)


@dataclass(frozen=True, eq=False)
class Question:
    """The optimiser's problem with what its numbers stand for."""

    problem: Problem
    people: tuple[str, ...]
    modules: tuple[str, ...]
    competencies: tuple[str, ...]
    results: dict[tuple[str, str], CandidateResult]
    """By candidate and module."""
    ranking: Ranking
    phase: Phase | None
    closed: dict[Rule, Closed] = field(default_factory=dict)

    def result(self, person: int, module: int) -> CandidateResult | None:
        """One person's result in one module, by their numbers."""
        return self.results.get((self.people[person], self.modules[module]))

    def numbers(self, codes: Iterable[str]) -> list[int]:
        """The numbers of people; those without any module are left out."""
        known = {code: at for at, code in enumerate(self.people)}
        return [known[code] for code in codes if code in known]


def question(
    workspace: Workspace,
    ranking: Ranking,
    *,
    phase: Phase | None,
    wishes: Wishes | None = None,
    out: Collection[str] = (),
) -> Question:
    """The question of who takes which role, people in the order of their codes.

    Args:
        workspace: where people's teams and calendars are kept.
        ranking: of all modules.
        phase: whose release floor the roles take.
        wishes: pins and bars.
        out: people who leave; their pins are dropped.
    """
    wishes = wishes or Wishes()
    pack = workspace.pack
    results = {(c.candidate, m.module): c for m in ranking.modules for c in m.candidates}
    people = tuple(sorted({candidate for candidate, _module in results} - set(out)))
    modules = tuple(m.module for m in ranking.modules)
    competencies = tuple(pack.competencies)
    known = workspace.candidates()
    shape = len(people), len(modules)
    may_a, may_b = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    value = np.zeros(shape)
    reaches = np.zeros((*shape, len(competencies)), np.bool_)
    for p, person in enumerate(people):
        for m, module in enumerate(modules):
            one = results.get((person, module))
            if one is not None:
                may_a[p, m], may_b[p, m] = may_be_a(one), may_be_b(pack, one)
                value[p, m] = worth(pack, one)
                reaches[p, m] = reached_by(pack, one, competencies)
    closed = _closed(pack, results, people, modules, (may_a, may_b))
    open_a, open_b = may_a.copy(), may_b.copy()
    _take_bars(wishes, people, modules, (may_a, may_b))
    barred = np.where(open_a & ~may_a, 1.0, np.inf), np.where(open_b & ~may_b, 1.0, np.inf)
    if np.isfinite(barred[0]).any() or np.isfinite(barred[1]).any():
        closed["bar"] = Closed(*barred)
    floor = 0.0 if phase is None else phase.floor / 100
    numbers = {code: at for at, code in enumerate(people)}
    problem = Problem(
        may_a=may_a,
        may_b=may_b,
        value=value,
        team=_teams([known[code] for code in people]),
        reaches=reaches,
        needed=np.array(
            [[pack.modules[m].weights.get(g, 0.0) > 0 for g in competencies] for m in modules],
            dtype=np.bool_,
        ).reshape(len(modules), len(competencies)),
        capacity=np.array([_capacity(known[code]) for code in people]),
        load_a=floor,
        load_b=floor / 2,
        pins=tuple(
            Pin(modules.index(module), role, numbers[code])
            for module, role, code in wishes.pins
            if code in numbers and module in modules
        ),
    )
    return Question(problem, people, modules, competencies, results, ranking, phase, closed)


def _capacity(person: Candidate) -> float:
    return 1.0 if person.capacity is None else person.capacity


def reached_by(pack: Pack, result: CandidateResult, competencies: Sequence[str]) -> list[bool]:
    """Whether somebody's value suffices, by competency; never where it is not counted."""
    at = together_at(pack) - _TOLERANCE
    values = {line.competency: line.value for line in result.lines}
    return [values.get(competency, -np.inf) >= at for competency in competencies]


def _teams(people: Sequence[Candidate]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Numbers of teams, of departments where no team is named; -1 where neither is."""
    names = [(one.team or one.department).strip().casefold() for one in people]
    known = {name: at for at, name in enumerate(sorted({*names} - {""}))}
    return np.array([known.get(name, -1) for name in names], dtype=np.int64)


def _take_bars(
    wishes: Wishes,
    people: Sequence[str],
    modules: Sequence[str],
    may: tuple[np.ndarray, np.ndarray],
) -> None:
    for candidate, module, role in wishes.bars:
        if candidate not in people:
            continue
        p = people.index(candidate)
        at = [modules.index(module)] if module else list(range(len(modules)))
        for side, table in zip(("a", "b"), may, strict=True):
            if role in ("", side):
                table[p, at] = False


def _closed(
    pack: Pack,
    results: dict[tuple[str, str], CandidateResult],
    people: Sequence[str],
    modules: Sequence[str],
    may: tuple[np.ndarray, np.ndarray],
) -> dict[Rule, Closed]:
    """What keeps people from roles: minimums missed, competencies not established."""
    shape = len(people), len(modules)
    tables: dict[Rule, tuple[Floats, Floats]] = {
        rule: (np.full(shape, np.inf), np.full(shape, np.inf)) for rule in ("minimum", "assessment")
    }
    for p, person in enumerate(people):
        for m, module in enumerate(modules):
            one = results.get((person, module))
            if one is None or one.score is None or may[0][p, m]:
                continue
            if one.status == "below_minimum":
                short = sum(shortfall(minimum) for minimum in one.missed)
                rule, price_a, price_b = "minimum", short, max(short - slack_of_b(pack), 0.01)
            else:
                rule, price_a, price_b = "assessment", float(len(one.missing)), 0.0
                price_b = price_a = max(price_a, 1.0)
            tables[rule][0][p, m] = price_a  # type: ignore[index]
            if not may[1][p, m]:
                tables[rule][1][p, m] = price_b  # type: ignore[index]
    return {
        rule: Closed(a, b)
        for rule, (a, b) in tables.items()
        if np.isfinite(a).any() or np.isfinite(b).any()
    }
