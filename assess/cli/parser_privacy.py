"""The words of the commands on what may be kept: notice, withdraw, erase …"""

from __future__ import annotations

from assess.cli.parser_options import Add, as_json, purpose, wave
from assess.i18n import _


def add(command: Add) -> None:
    """Add the commands."""
    engagement = command(
        "engagement",
        "privacy:engagement",
        _("show the engagement, or change its purpose, readers, end, wave or phase"),
        'assess engagement --wave M1 --readers "panel, project manager"',
    )
    purpose(engagement)
    engagement.add_argument("--phase", type=str, metavar="P", help=_("where the roll-out stands"))
    engagement.add_argument(
        "--go-live", type=str, metavar="YYYY-MM-DD", help=_("when the system goes live")
    )
    as_json(engagement)
    wave(engagement, _("the wave in which interviews are filed from now on"))
    notice = command(
        "notice",
        "privacy:notice",
        _("show the notice to a candidate, or record that it was given"),
        "assess notice HE --basis consent",
    )
    notice.add_argument("candidate", metavar="CANDIDATE")
    notice.add_argument(
        "--basis",
        choices=("consent", "rules"),
        help=_("what allows the interview: consent, or rules of work"),
    )
    withdraw = command(
        "withdraw",
        "privacy:withdraw",
        _("a candidate withdraws: nothing more is asked or worked out"),
        "assess withdraw HE",
    )
    withdraw.add_argument("candidate", metavar="CANDIDATE")
    erase = command(
        "erase",
        "privacy:erase",
        _("remove all that is stored on a candidate, for good"),
        "assess erase HE",
    )
    erase.add_argument("candidate", metavar="CANDIDATE")
    erase.add_argument("--yes", action="store_true", help=_("do not ask back"))
    retention = command(
        "retention",
        "privacy:retention",
        _("what is past its end date"),
        "assess retention --json",
    )
    as_json(retention)
