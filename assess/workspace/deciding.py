"""Decisions: who was appointed to which role, by whom and why; the tool only proposes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.errors import AssessError, BadInput
from assess.i18n import _, clauses, listed
from assess.model.records import ENGAGEMENT
from assess.workspace.facts import refuse_forbidden
from assess.workspace.wording import missed_minimums

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.cover_results import CoverPlan
    from assess.workspace.results import CandidateResult, ModuleResult
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a module."""

    id: str
    module: str
    a: str | None
    b: str | None
    name: str
    """Who decided."""
    reason: str
    departs: tuple[str, ...]
    """In which way it departed from the order, the plan or a rule, in the words of the time: in the
    language in use where it was kept in it, else in that in which it was recorded."""
    proposed: tuple[str | None, str | None]
    wave: str
    at: str
    in_force: bool = True

    def as_json(self) -> dict[str, Any]:
        """One decision as JSON-ready value."""
        return {
            "module": self.module,
            "a": self.a,
            "b": self.b,
            "by": self.name,
            "reason": self.reason,
            "departs": list(self.departs),
            "proposed": {"a": self.proposed[0], "b": self.proposed[1]},
            "wave": self.wave,
            "at": self.at,
            "in_force": self.in_force,
        }


def decisions(workspace: Workspace) -> dict[str, Decision]:
    """The decision in force of each module that has one."""
    found = {r["module"]: _decision(r) for r in workspace.heads("decision")}
    return {m.id: found[m.id] for m in workspace.modules if m.id in found}


def history(workspace: Workspace, module: str | None = None) -> list[Decision]:
    """All decisions ever taken, oldest first, on one module or on all."""
    erased = workspace.standing.erased
    force = {one.id for one in decisions(workspace).values()}
    records = [
        r
        for r in workspace.store.read(ENGAGEMENT)
        if r["kind"] == "decision" and not erased.names(r)
    ]
    return [_decision(r, r["id"] in force) for r in records if module in (None, r.get("module"))]


def _decision(record: Mapping[str, Any], in_force: bool = True) -> Decision:
    proposal = record.get("proposal", {})
    return Decision(
        record["id"],
        record["module"],
        record.get("a") or None,
        record.get("b") or None,
        record.get("name", record.get("by", "")),
        record.get("reason", ""),
        tuple(record.get("departs_in", {}).get(i18n.language(), record.get("departs", ()))),
        (proposal.get("a") or None, proposal.get("b") or None),
        record.get("wave", ""),
        record["at"],
        in_force,
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """Who is to be appointed to a module, beside who was proposed."""

    module: str
    people: Mapping[str, str | None]
    """Under ``a`` and ``b``."""
    proposed: Mapping[str, str | None]
    departs_in: Mapping[str, tuple[str, ...]]
    """In which way this departs from the order, the plan or a rule, in every language of the
    program; a reason is due where it does."""
    wave: str

    @property
    def departs(self) -> tuple[str, ...]:
        """The same in the language in use."""
        return self.departs_in[i18n.language()]


def _check_manager(workspace: Workspace) -> None:
    if workspace.me is not None:
        raise AssessError(
            _("{me} works here as an interviewer, and interviewers decide nothing").format(
                me=workspace.me
            ),
            hint=_("who decides works as manager: assess as manager, or --as manager"),
        )


def weigh(
    workspace: Workspace,
    module: str,
    *,
    a: str,
    b: str | None = None,
    phase: str | None = None,
    wave: str | None = None,
) -> Weighed:
    """What deciding so would mean; nothing is recorded.

    Raises:
        BadInput: unknown codes, one person for both roles.
        AssessError: an open release or a gate that is not yes refuses an appointment, or who works
            here is an interviewer.
    """
    _check_manager(workspace)
    chosen = workspace.module(module).id
    people = {"a": workspace.candidate(a).id, "b": workspace.candidate(b).id if b else None}
    if people["a"] == people["b"]:
        raise BadInput(_("role A and role B are two people: {code} is given twice").format(code=a))
    ranking = workspace.rank([chosen], wave)
    result = ranking.modules[0]
    for code in filter(None, people.values()):
        refuse_appointment(workspace, result, code)
    proposal = proposal_for(workspace, chosen, phase=phase, wave=wave)
    others = {m: one for m, one in decisions(workspace).items() if m != chosen}
    seats = {role: proposal.seat(chosen, role) for role in ("a", "b")}
    return Weighed(
        chosen,
        people,
        {role: seat.candidate if seat else None for role, seat in seats.items()},
        _in_every_language(lambda: _departures(workspace.pack, result, proposal, people, others)),
        ranking.wave,
    )


def _in_every_language(say: Callable[[], list[str]]) -> dict[str, tuple[str, ...]]:
    said = {}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            said[language] = tuple(say())
    return said


def proposal_for(
    workspace: Workspace, module: str, *, phase: str | None = None, wave: str | None = None
) -> CoverPlan:
    """The plan against which a decision on a module is held: the other modules as decided."""
    from assess.workspace.covering import plan

    pins = [
        f"{m}.{role}={code}"
        for m, one in decisions(workspace).items()
        if m != module
        for role, code in (("a", one.a), ("b", one.b))
        if code
    ]
    return plan(workspace, phase=phase, pins=pins, wave=wave, explain=False)


def decide(
    workspace: Workspace,
    module: str,
    *,
    a: str,
    b: str | None = None,
    name: str,
    reason: str = "",
    phase: str | None = None,
    wave: str | None = None,
) -> Decision:
    """Record who is appointed as A and B of a module.

    Raises:
        BadInput: unknown codes, one person for both roles, nobody named as decider, or a decision
            that departs from the order, the plan or a rule without a reason.
        AssessError: an open release or a gate that is not yes refuses an appointment, or who works
            here is an interviewer.
    """
    if not name.strip():
        raise BadInput(_("a decision names who takes it: give --by NAME"))
    weighed = weigh(workspace, module, a=a, b=b, phase=phase, wave=wave)
    if weighed.departs and not reason.strip():
        raise BadInput(
            _("this decision departs from what was proposed and takes a reason: {departs}").format(
                departs=clauses(weighed.departs)
            ),
            hint=_('add --reason "…"'),
        )
    refuse_forbidden(workspace, [reason, name])
    content = {
        "kind": "decision",
        "module": weighed.module,
        "a": weighed.people["a"],
        "b": weighed.people["b"] or "",
        "name": name.strip(),
        "reason": reason.strip(),
        "departs": list(weighed.departs),
        "departs_in": {spoken: list(told) for spoken, told in weighed.departs_in.items()},
        "proposal": {role: code or "" for role, code in weighed.proposed.items()},
        "wave": weighed.wave,
        "revises": workspace.head_ids("decision", module=weighed.module),
    }
    workspace.add(content, by=name.strip())
    workspace.log("decided", module=weighed.module)
    return decisions(workspace)[weighed.module]


def refuse_appointment(workspace: Workspace, module: ModuleResult, code: str) -> None:
    """Raise where somebody may not be appointed yet, or does not stand for the module.

    Raises BadInput for the latter, AssessError for an open release or a gate that is not yes.
    """
    from assess.workspace.cover_words import refusals

    result = module.of(code)
    if result is None:
        raise workspace.not_standing(workspace.candidate(code), module.module)
    reasons = refusals(workspace.pack, result, i18n.language())
    if reasons:
        raise AssessError(
            _("{candidate} cannot be appointed in {module} yet: {reasons}").format(
                candidate=code, module=module.module, reasons=clauses(reasons)
            ),
            title=_("Appointment refused"),
            hint=_("settle it, record the new answer, and decide again; nothing was recorded"),
        )


def _departures(
    pack: Pack,
    module: ModuleResult,
    proposal: CoverPlan,
    people: Mapping[str, str | None],
    others: Mapping[str, Decision],
) -> list[str]:
    """In which way a decision departs from the plan, from who may be proposed, from the rules."""
    from assess.workspace.cover_words import rule_name
    from assess.workspace.roles import may_be_a, may_be_b

    said = []
    for role in ("a", "b"):
        seat = proposal.seat(module.module, role)
        proposed = seat.candidate if seat else None
        if people[role] != proposed:
            said.append(
                _("role {role}: {chosen} instead of {proposed}").format(
                    role=role.upper(),
                    chosen=people[role] or _("nobody"),
                    proposed=proposed or _("nobody"),
                )
            )
    for role, may in (("a", may_be_a), ("b", lambda one: may_be_b(pack, one))):
        result = module.of(people[role] or "")
        if result is not None and not may(result):
            said.append(_not_eligible(result, role))
    against = _("{candidate}: {rule} ({modules})")
    leads = [m for m, one in others.items() if one.a == people["a"]]
    if leads:
        words = {"candidate": people["a"], "rule": rule_name("a_once"), "modules": listed(leads)}
        said.append(against.format(**words))
    for code in filter(None, people.values()):
        held = [m for m, one in others.items() if code in (one.a, one.b)]
        if len(held) > 1:
            rule = rule_name("b_twice")
            said.append(against.format(candidate=code, rule=rule, modules=listed(held)))
    return said


def _not_eligible(result: CandidateResult, role: str) -> str:
    if result.missed:
        return _("role {role}: {candidate} is below a minimum, {missed}").format(
            role=role.upper(), candidate=result.candidate, missed=missed_minimums(result)
        )
    return _("role {role}: {candidate} is not assessed enough to be ranked").format(
        role=role.upper(), candidate=result.candidate
    )
