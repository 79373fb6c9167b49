"""Development actions agreed with a person: owner, date, proof, state."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from assess.errors import BadInput
from assess.i18n import _, listed
from assess.model.pack import Action, Pack
from assess.workspace.days import day_of
from assess.workspace.facts import refuse_forbidden
from assess.workspace.roles import phase_of

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

State = Literal["planned", "started", "done", "dropped"]
STATES: tuple[State, ...] = ("planned", "started", "done", "dropped")
OPEN: tuple[State, ...] = ("planned", "started")
MOST_COMPETENCIES = 2
"""Competencies that a person develops in one phase."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action agreed with a person: owner, date, proof and state."""

    id: str
    candidate: str
    action: str
    competency: str
    owner: str
    due: str
    proof: str
    state: State
    phase: str
    at: str

    def overdue(self, today: str) -> bool:
        """Whether its date is past and it is neither done nor dropped."""
        return self.state in OPEN and self.due < today

    def as_json(self, today: str) -> dict[str, Any]:
        """One entry of ``plan``."""
        return asdict(self) | {"overdue": self.overdue(today)}


def agreed_actions(workspace: Workspace) -> list[Agreed]:
    """All actions agreed, by their date."""
    found = {
        (r["candidate"], r["action"]): Agreed(
            r["id"],
            r["candidate"],
            r["action"],
            r["competency"],
            r.get("owner", ""),
            r.get("due", ""),
            r.get("proof", ""),
            r.get("state", "planned"),
            r.get("phase", ""),
            r["at"],
        )
        for r in workspace.heads("development")
        if r["candidate"] in workspace.candidates()
    }
    return sorted(found.values(), key=lambda one: (one.due, one.candidate, one.action))


def overdue(workspace: Workspace) -> list[Agreed]:
    """The actions whose date is past and that are neither done nor dropped."""
    today = workspace.clock()[:10]
    return [one for one in agreed_actions(workspace) if one.overdue(today)]


def put_action(
    workspace: Workspace,
    candidate: str,
    action: str,
    *,
    owner: str | None = None,
    due: str | None = None,
    proof: str | None = None,
    state: str | None = None,
    phase: str | None = None,
    by: str = "",
) -> Agreed:
    """Agree on an action of the pack with a person, or change what was agreed.

    What is not given stays as it was. Raises BadInput for an unknown code, action, state or date,
    an action without owner or date, one done without proof, and a third competency in one phase.
    """
    person = workspace.candidate(candidate).id
    one = known_action(workspace.pack, action)
    known = {(a.candidate, a.action): a for a in agreed_actions(workspace)}
    earlier = known.get((person, one.id))
    at = phase_of(workspace, phase) if phase or earlier is None else None
    given = {
        "owner": owner if owner is not None else earlier.owner if earlier else "",
        "due": day_of(due).isoformat() if due is not None else earlier.due if earlier else "",
        "proof": proof if proof is not None else earlier.proof if earlier else "",
        "state": state if state is not None else earlier.state if earlier else "planned",
        "phase": at.id if at else earlier.phase if earlier else "",
    }
    if given["state"] not in STATES:
        raise BadInput(
            _("'{state}' is no state: known are {known}").format(state=state, known=listed(STATES))
        )
    if not given["owner"].strip() or not given["due"]:
        raise BadInput(
            _("an action takes an owner and a date"), hint=_("add --owner NAME --due 2027-01-31")
        )
    if given["state"] == "done" and not given["proof"].strip():
        raise BadInput(_("an action that is done takes a proof"), hint=_('add --proof "…"'))
    _at_most_two(workspace, person, one, given["phase"], given["state"])
    refuse_forbidden(workspace, [given["owner"], given["proof"]])
    content = {
        "kind": "development",
        "candidate": person,
        "action": one.id,
        "competency": one.competency,
        **given,
        "revises": workspace.head_ids("development", candidate=person, action=one.id),
    }
    workspace.add(content, by=by)
    workspace.log("development", candidate=person, action=one.id)
    return next(a for a in agreed_actions(workspace) if (a.candidate, a.action) == (person, one.id))


def known_action(pack: Pack, action: str) -> Action:
    """The action of that id. Raises BadInput naming near ones."""
    actions = pack.actions
    if action in actions:
        return actions[action]
    from difflib import get_close_matches

    near = get_close_matches(action.upper(), actions, n=6, cutoff=0.4) or list(actions)[:12]
    raise BadInput(
        _("the pack has no action {action}").format(action=action),
        hint=_("known are: {known}").format(known=listed(near) or _("none")),
    )


def _at_most_two(workspace: Workspace, person: str, action: Action, phase: str, state: str) -> None:
    if state == "dropped":
        return
    others = {
        one.competency
        for one in agreed_actions(workspace)
        if one.candidate == person and one.phase == phase and one.state != "dropped"
    } - {action.competency}
    if len(others) >= MOST_COMPETENCIES:
        raise BadInput(
            _("{candidate} already develops {competencies} in this phase: at most two").format(
                candidate=person, competencies=listed(sorted(others))
            ),
            hint=_("drop one (--set ACTION --state dropped), or choose a later --phase"),
        )
