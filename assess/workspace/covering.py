"""The cover plan of a workspace: role A and role B per module, reasons, flags, what stands open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assess.cover.alternatives import alternatives
from assess.cover.problem import NOBODY, Plan, Problem, broken
from assess.cover.relaxing import pin_conflicts, relaxations, relaxations_of_all
from assess.cover.solver import NoPlanError, Solver
from assess.cover.watching import Watch, silent
from assess.i18n import _, clauses
from assess.workspace import cover_words as words
from assess.workspace.cover_building import build
from assess.workspace.cover_results import (
    CoverPlan,
    OpenRole,
)
from assess.workspace.deciding import Decision, decisions
from assess.workspace.roles import (
    Question,
    phase_of,
    question,
)
from assess.workspace.wishes import Wishes, read_wishes

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
        wishes = with_decided(wishes, decisions(workspace))
    found = _question(workspace, phase, wave, wishes)
    best, open_roles = solve_question(found, watch)
    way_out = words_for_all(found, best, watch)
    size = found.problem.size[0] * found.problem.size[1]
    reasons = None
    if explain if explain is not None else size <= EXPLAINED:
        kept = without_broken_pins(found.problem, best)
        reasons = alternatives(kept, best, watch=watch)
    built = build(workspace, found, best, open_roles=open_roles, reasons=reasons)
    return replace(built, way_out=way_out)


def asked(
    workspace: Workspace,
    *,
    phase: str | None = None,
    pins: Iterable[str] = (),
    bars: Iterable[str] = (),
    wave: str | None = None,
) -> Question:
    """The question that :func:`plan` answers, arguments as there. Raises BadInput like it."""
    return _question(workspace, phase, wave, read_wishes(workspace, pins, bars))


def _question(
    workspace: Workspace, phase: str | None, wave: str | None, wishes: Wishes
) -> Question:
    ranking = workspace.rank(wave=wave)
    return question(workspace, ranking, phase=phase_of(workspace, phase), wishes=wishes)


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
        told = [words.steps(found, way.rule, way.steps) for way in ways]
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
    problem = without_broken_pins(found.problem, best)
    for rule, steps in relaxations_of_all(problem, best, found.closed, watch=watch):
        return words.steps(found, rule, steps)
    return ""


def without_broken_pins(problem: Problem, best: Plan) -> Problem:
    """The problem that a plan answers: without any pin where the plan leaves one aside."""
    left_aside = any(one.rule == "pin" for one in broken(problem, best.a, best.b))
    return replace(problem, pins=()) if left_aside else problem


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
                rules=clauses(rules) or _("the rules together")
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


def with_decided(wishes: Wishes, taken: Mapping[str, Decision]) -> Wishes:
    """The wishes, and a pin for each decided role that no pin of theirs is on."""
    by_hand = {(module, role) for module, role, _code in wishes.pins}
    more = [
        (module, role, code)
        for module, one in taken.items()
        for role, code in (("a", one.a), ("b", one.b))
        if code and (module, role) not in by_hand
    ]
    return replace(wishes, pins=(*wishes.pins, *more))  # type: ignore[arg-type]
