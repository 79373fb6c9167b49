"""Continuity flags of a workspace's modules: facts, people and plan brought together, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.cover import continuity
from assess.i18n import _
from assess.workspace import flag_words as words
from assess.workspace.cover_results import FlagSaid
from assess.workspace.facts import Fact, facts_of, number_of, people_named, text_of
from assess.workspace.results import CandidateResult

if TYPE_CHECKING:
    from assess.model.people import Candidate
    from assess.workspace.roles import Question
    from assess.workspace.workspace import Workspace

Roles = Mapping[str, tuple[str | None, str | None]]
"""By module: A and B."""


def flags_of(
    workspace: Workspace, found: Question, roles: Roles
) -> dict[str, tuple[FlagSaid, ...]]:
    """The continuity flags of each module with these people in its roles."""
    pack, known = workspace.pack, workspace.candidates()
    facts = {module: facts_of(workspace, module) for module in found.modules}

    named = {m: _places(people_named(facts[m], "key_users"), known) for m in found.modules}
    users = {m: named[m] or _places(roles[m], known) for m in found.modules}
    everybody = {one.code: one for some in users.values() for one in some}
    per_user = pack.continuity.end_users_per_key_user if pack.continuity else None
    said: dict[str, tuple[FlagSaid, ...]] = {}
    for module in found.modules:
        a, b = roles[module]
        position, assessed = _position(workspace, found, module, facts[module], known)
        position = replace(
            position,
            key_users=named[module],
            a=_place(a, known),
            b=_place(b, known),
            b_in_lowest_band=_lowest(workspace, found.results.get((b or "", module))),
        )
        project = continuity.Project(
            tuple(everybody.values()),
            roles_of_a=sum(held[0] == a for held in roles.values()) if a else 0,
            b_elsewhere=sum(held[1] == a for held in roles.values()) if a else 0,
        )
        said[module] = tuple(
            FlagSaid(
                words.flag_id(pack, one),
                one.kind,
                one.level,
                words.flag(one, source=_source(one, facts[module], assessed)),
                words.short(one),
            )
            for one in continuity.flags(position, project, per_user)
        )
    return said


def _place(code: str | None, known: Mapping[str, Candidate]) -> continuity.Place | None:
    person = known.get(code or "")
    if code is None or person is None:
        return None
    return continuity.Place(code, person.team, person.department, person.manager)


def _places(
    codes: Iterable[str | None], known: Mapping[str, Candidate]
) -> tuple[continuity.Place, ...]:
    """Where those of the people work who are in the workspace."""
    return tuple(place for code in codes if (place := _place(code, known)) is not None)


def _lowest(workspace: Workspace, result: CandidateResult | None) -> bool:
    bands = sorted(workspace.pack.file.bands, key=lambda band: band.start)
    return result is not None and len(bands) > 1 and result.band == bands[0].id


def _position(
    workspace: Workspace,
    found: Question,
    module: str,
    facts: Mapping[str, Fact],
    known: Mapping[str, Candidate],
) -> tuple[continuity.Position, bool]:
    """What is known of a module, and whether who holds it is told by the assessment alone."""
    named = people_named(facts, "holders")
    count = number_of(facts, "holders")
    assessed = "holders" not in facts
    if assessed:
        bar = workspace.pack.file.policy.role_from
        named = [
            code
            for (code, m), one in found.results.items()
            if m == module and one.rank is not None and one.score is not None and one.score >= bar
        ]
    places = _places(named, known)
    whole = number_of(facts, "end_users")
    others = number_of(facts, "other_roles")
    return (
        continuity.Position(
            holders=int(count) if count is not None else len(places),
            holder_places=places,
            handover_days=number_of(facts, "handover_days"),
            notice_days=number_of(facts, "notice_days"),
            written=number_of(facts, "written"),
            announced=text_of(facts, "announced"),
            end_users=None if whole is None else int(whole),
            other_roles=None if others is None else int(others),
        ),
        assessed,
    )


_FACT_OF = {
    "holders": "holders",
    "cluster": "key_users",
    "handover": "handover_days",
    "written": "written",
    "announced": "announced",
    "concentration": "other_roles",
    "ratio": "end_users",
}


def _source(one: continuity.Flag, facts: Mapping[str, Fact], assessed: bool) -> str:
    """Where a flag's figures come from: the date and source of the fact, or the assessment."""
    fact = facts.get(_FACT_OF.get(one.kind, ""))
    if fact is not None:
        if not fact.source:
            return fact.date
        return _("{date}, {source}").format(date=fact.date, source=fact.source)
    return _("by the assessment") if one.kind == "holders" and assessed else ""
