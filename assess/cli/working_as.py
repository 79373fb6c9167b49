"""``assess as``: as whom this machine works on a workspace."""

from __future__ import annotations

import argparse

from assess.cli.common import MANAGER, open_workspace, place_of, say, tell
from assess.errors import AssessError, BadInput
from assess.i18n import _
from assess.model.ids import ID_RULE, as_id
from assess.store import is_server
from assess.workspace.machine import work_as, working_as


def run_as(arguments: argparse.Namespace) -> int:
    """``assess as [ID]``: remember it, or print what is remembered."""
    place = place_of(arguments)
    if is_server(place):
        return _on_server(arguments)
    if arguments.who is None:
        tell(working_as(place) or MANAGER)
        return 0
    try:
        who = as_id(arguments.who)
    except ValueError:
        raise BadInput(
            _("{code} cannot be the code of a rater").format(code=arguments.who), hint=_(ID_RULE)
        ) from None
    try:
        work_as(place, None if who == MANAGER else who)
    except OSError as error:
        raise AssessError(
            _("this machine could not remember it: {error}").format(error=error.strerror)
        ) from error
    if who == MANAGER:
        say(_("this machine works on {place} as manager: everything is shown").format(place=place))
    else:
        say(
            _(
                "this machine works on {place} as {who}: others' ratings of a candidate are shown "
                "once the own interview is submitted"
            ).format(place=place, who=who)
        )
    return 0


def _on_server(arguments: argparse.Namespace) -> int:
    """There the login says it."""
    if arguments.who is not None:
        raise BadInput(
            _("on a team server the login says who one is, and it cannot be changed here"),
            hint=_("the owner changes it with: assess team grant"),
        )
    workspace = open_workspace(arguments)
    tell(workspace.me or MANAGER)
    return 0
