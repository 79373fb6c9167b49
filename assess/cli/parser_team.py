"""The words of the commands on a team server: team init, grant, revoke, status."""

from __future__ import annotations

from assess.cli.parser_options import Add, Group, as_json
from assess.i18n import _

_URL = "postgresql://server/riverside"


def add(command: Add, group: Group) -> None:
    """Add the commands."""
    what = group(
        "team",
        _("set up a team server: one PostgreSQL database for many people"),
        "assess team init --workspace postgresql://server/riverside",
    )
    init = command(
        "init",
        "team:init",
        _("prepare the database, or bring it to this version; run by who will own it"),
        f"assess team init --workspace {_URL}",
        under=what,
    )
    as_json(init)
    grant = command(
        "grant",
        "team:grant",
        _("make a login of the server an interviewer, a manager or a candidate"),
        f"assess team grant anna interviewer --code R1 --workspace {_URL}",
        under=what,
    )
    grant.add_argument("login", metavar="LOGIN", help=_("a login that the server has"))
    grant.add_argument(
        "role",
        choices=("interviewer", "manager", "candidate"),
        help=_("what the login may do"),
    )
    grant.add_argument("--code", default="", metavar="ID", help=_("which rater or candidate it is"))
    revoke = command(
        "revoke",
        "team:revoke",
        _("take a login out of the team; what was recorded stays"),
        f"assess team revoke anna --workspace {_URL}",
        under=what,
    )
    revoke.add_argument("login", metavar="LOGIN", help=_("a login that the server has"))
    status = command(
        "status",
        "team:status",
        _("version, people and sizes of the team server, and who I am there"),
        f"assess team status --workspace {_URL}",
        under=what,
    )
    as_json(status)
