"""Cover plans in words: reasons, rules that stand in the way, what gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assess.cover.problem import NOBODY, Goals
from assess.cover.relaxing import Rule, Step
from assess.i18n import _, clauses, listed, ngettext
from assess.model.pack import Pack
from assess.workspace.results import CandidateResult
from assess.workspace.wording import missed_minimums, number, percent, value

if TYPE_CHECKING:
    from assess.workspace.roles import Question


def formula(pack: Pack, modules: int) -> str:
    """How cover comes about."""
    return _(
        "cover = 100 × Σ P(S ≥ {bar})·S over roles A and B / (2 × {modules} × 100): 100 is a plan "
        "in which every role is held by somebody with S = 100"
    ).format(bar=f"{pack.file.policy.role_from:g}", modules=modules)


def standing(result: CandidateResult, chance: float, bar: float) -> str:
    """What a choice rests on."""
    place = _("not ranked") if result.rank is None else _("rank {rank}").format(rank=result.rank)
    return _("{place}, score {score}, {p} chance of {bar} or more").format(
        place=place, score=number(result.score), p=percent(chance), bar=f"{bar:g}"
    )


def with_plan(result: CandidateResult) -> list[str]:
    """For a B who misses a minimum: which, and that it takes a plan."""
    return [
        _("misses {competency} {at} with {value}: as role B with a development plan").format(
            competency=m.competency, at=f"{m.at:g}", value=value(m.value)
        )
        for m in result.missed
    ]


def instead(names: Sequence[str], module: str, cost: float, less: str) -> str:
    """What the plan would be without one choice."""
    who = listed(names) or _("nobody")
    if less:
        return _("otherwise {who} in {module}, and {less}").format(
            who=who, module=module, less=less
        )
    return _("otherwise {who} in {module}, cover {cost} lower").format(
        who=who, module=module, cost=number(cost, 2)
    )


def lost_goals(better: Goals, worse: Goals) -> str:
    """What a plan reaches less of the counted goals; empty where as much."""
    a, b = better.with_a - worse.with_a, better.with_b - worse.with_b
    teams, together = better.two_teams - worse.two_teams, better.together - worse.together
    told = (
        (a, ngettext("{n} module more without role A", "{n} modules more without role A", a)),
        (b, ngettext("{n} module more without role B", "{n} modules more without role B", b)),
        (
            teams,
            ngettext(
                "{n} module more with A and B from one team",
                "{n} modules more with A and B from one team",
                teams,
            ),
        ),
        (
            together,
            ngettext(
                "{n} module more with a competency that neither reaches",
                "{n} modules more with a competency that neither reaches",
                together,
            ),
        ),
    )
    # the goals count one before the other: what a later one gains does not matter any more
    n, said = next(((n, said) for n, said in told if n), (0, ""))
    return said.format(n=n) if n > 0 else ""


def refusals(pack: Pack, result: CandidateResult, language: str) -> list[str]:
    """Why an appointment is refused until it is settled: open release, gates that are not yes."""
    said = []
    if result.release_open:
        what = listed(
            _("{competency} {at} {state}").format(
                competency=m.competency,
                at=f"{m.at:g}",
                state=_("missed") if m.state == "missed" else _("not established"),
            )
            for m in result.minimums
            if m.arrangement and m.state != "met"
        )
        said.append(
            _("release open ({what}): to be settled with the line manager").format(what=what)
        )
    for gate, given in result.gates.items():
        if given is not True:
            ask = pack.say(pack.items[gate].ask, language)
            answer = _("no") if given is False else _("not known")
            said.append(
                _("gate {gate} is {answer}: {ask}").format(gate=gate, answer=answer, ask=ask)
            )
    return said


# -- roles that stay open


def role(module: str, side: str) -> str:
    """A role of a module: ``COST role A``."""
    return f"{module} " + (_("role A") if side == "a" else _("role B"))


def why_open(found: Question, module: int, side: str) -> str:
    """Who could be proposed for an open role, and who could not and why."""
    problem = found.problem
    may = problem.may_a if side == "a" else problem.may_b
    able = [found.people[p] for p in range(len(found.people)) if may[p, module]]
    code = found.modules[module]
    if able:
        return _(
            "{role}: all who may be proposed ({people}) are needed elsewhere, or their capacity "
            "does not reach"
        ).format(role=role(code, side), people=listed(able))
    results = [one for (_c, m), one in found.results.items() if m == code]
    below = [one.candidate for one in results if one.status == "below_minimum"]
    lacking = [one.candidate for one in results if one.status == "incomplete"]
    parts = []
    if below:
        parts.append(_("below a minimum: {people}").format(people=listed(below)))
    if lacking:
        parts.append(_("not assessed enough: {people}").format(people=listed(lacking)))
    reason = clauses(parts) or _("no candidate stands for it")
    return _("{role}: nobody may be proposed ({reason})").format(
        role=role(code, side), reason=reason
    )


def steps(found: Question, rule: Rule, given: Iterable[Step]) -> str:
    """What gives, step by step."""
    if rule == "people":
        n = len(list(given))
        return ngettext(
            "{n} further person who is ranked there and free",
            "{n} further people who are ranked there and free",
            n,
        ).format(n=n)
    return clauses(_step(found, rule, step) for step in given)


def _step(found: Question, rule: Rule, step: Step) -> str:
    person = found.people[step.person] if step.person != NOBODY else ""
    module = found.modules[step.module] if step.module != NOBODY else ""
    where = role(module, step.role or "a") if module else ""
    if rule == "capacity":
        now = float(found.problem.capacity[step.person])
        return _("{person}'s capacity from {now} to {then}").format(
            person=person, now=percent(now), then=percent(now + step.amount)
        )
    if rule == "pin":
        return _("drop the pin of {person} to {where}").format(person=person, where=where)
    if rule == "bar":
        return _("lift the bar of {person} from {where}").format(person=person, where=where)
    if rule == "minimum":
        result = found.result(step.person, step.module)
        missed = missed_minimums(result) if result is not None else ""
        return _("{person} as {where} in spite of {missed}, by a reasoned decision").format(
            person=person, where=where, missed=missed
        )
    if rule == "assessment":
        result = found.result(step.person, step.module)
        missing = listed(gap.competency for gap in result.missing) if result else ""
        return _("assess {person} in {missing}, for {where}").format(
            person=person, missing=missing, where=where
        )
    if rule == "b_twice":
        return _("let {person} hold one role more").format(person=person)
    return _("let {person} be role A once more").format(person=person)


def rule_name(rule: str) -> str:
    """A rule in words."""
    names = {
        "capacity": _("capacity"),
        "pin": _("a pin"),
        "bar": _("a bar"),
        "minimum": _("the minimums"),
        "assessment": _("the coverage of the assessment"),
        "b_twice": _("B at most twice, and once for who is A"),
        "a_once": _("nobody A twice"),
        "a_and_b": _("B at most once for who is A"),
        "people": _("too few people"),
        "eligible": _("eligible are the ranked, as B also who misses one minimum by a little"),
        "two_people": _("A and B are two people"),
    }
    return names[rule]
