"""A candidate added by one line, as somebody types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.errors import BadInput
from assess.i18n import _
from assess.model.ids import ID_RULE, as_id
from assess.model.people import Candidate

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


def add_candidate(workspace: Workspace, line: str) -> Candidate:
    """Add whom ``code, name, department`` describes. Raises BadInput for a bad or taken code."""
    person = _described(line)
    if person.id in workspace.candidates():
        raise BadInput(
            _("there is already a candidate {code}").format(code=person.id),
            hint=_("choose another code"),
        )
    workspace.put_people([person])
    return person


def _described(line: str) -> Candidate:
    parts = [part.strip() for part in line.replace("，", ",").split(",", 2)]
    code, name, department = [*parts, "", ""][:3]
    try:
        return Candidate(id=as_id(code), name=name, department=department)
    except ValueError:
        raise BadInput(
            _("“{code}” cannot be a candidate's code").format(code=code), hint=_(ID_RULE)
        ) from None
