"""The value that a panel agreed on for one item of a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.errors import AssessError, BadInput
from assess.i18n import _
from assess.model.asking import fits
from assess.model.items import RatingItem
from assess.workspace.moment import one_moment

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


def agreed_reasons(workspace: Workspace) -> dict[tuple[str, str, str], str]:
    """Why panels agreed on their values, by candidate, item and wave.

    Without those that whoever works here may not see.
    """
    present = workspace.pack.present_id
    with one_moment():
        return {
            (r["candidate"], present.get(r["item"], r["item"]), r["wave"]): r.get("reason", "")
            for r in workspace.heads("agreed")
            if workspace.may_see(r["candidate"], r["wave"])
        }


def agree(
    workspace: Workspace,
    candidate: str,
    item: str,
    value: float,
    reason: str,
    *,
    wave: str | None = None,
    by: str = "",
) -> None:
    """Record the value that the panel agreed on; the original ratings stay.

    Raises BadInput for an unknown candidate, an item that is not rated, a value outside its
    scale, an item that nobody rated, or no reason; AssessError for who works as an interviewer
    and has not submitted an own rating of the candidate in the wave.
    """
    person, at = workspace.candidate(candidate), workspace.wave(wave)
    if not workspace.may_see(person.id, at.id):
        raise AssessError(
            _("{me} has not submitted an own interview with {candidate} in wave {wave}").format(
                me=workspace.me, candidate=person.id, wave=at.id
            ),
            hint=_("a panel agrees once everybody in it has submitted"),
        )
    known = {i.id: i for _q, i in workspace.pack.each_item() if isinstance(i, RatingItem)}
    rated = workspace._known(workspace.pack.present_id.get(item, item), known, _("rating item"))
    if not fits(workspace.pack, rated, value):
        scale = workspace.pack.scale_of(rated)
        raise BadInput(
            _("{value} is outside the scale of {item}, {low} to {high}").format(
                value=f"{value:g}", item=item, low=f"{scale.low:g}", high=f"{scale.high:g}"
            )
        )
    if not reason.strip():
        raise BadInput(_("an agreed value takes a reason"))
    if not any(
        reading.candidate == person.id
        and reading.wave == at.id
        and reading.answers.state(rated.id) == "answered"
        for reading in workspace.visible()
    ):
        raise BadInput(
            _("nobody rated {item} of {candidate} in wave {wave} yet").format(
                item=rated.id, candidate=person.id, wave=at.id
            )
        )
    about = {"candidate": person.id, "item": rated.id, "wave": at.id}
    content = {
        "kind": "agreed",
        **about,
        "value": value,
        "reason": reason.strip(),
        "revises": workspace.head_ids("agreed", **about),
    }
    workspace.add(content, by=by)
    workspace.log("agreed", candidate=person.id, item=rated.id)
