"""The words of the commands on records: merge, conflicts, join, verify, backup …"""

from __future__ import annotations

from assess.cli.parser_options import Add, as_json, wave
from assess.i18n import _


def add(command: Add) -> None:
    """Add the commands."""
    merge = command(
        "merge",
        "records:merge",
        _("take in what others recorded; in any order and twice it comes to the same"),
        "assess merge ../anna ../bo/backup.zip",
    )
    merge.add_argument("sources", nargs="+", metavar="WORKSPACE", help=_("a folder or a backup"))
    as_json(merge)
    merge.add_argument(
        "--without-damaged",
        action="store_true",
        help=_("leave out interviews there that cannot be read"),
    )
    conflicts = command(
        "conflicts",
        "records:conflicts",
        _("what was answered, entered or decided differently on two laptops"),
        "assess conflicts --json",
    )
    as_json(conflicts)
    settle = command(
        "settle",
        "records:settle",
        _("let one record of a conflict stand for all; the others stay on record"),
        'assess settle 3f9c01aa27d4 --keep 01JF2V --reason "read the notes together"',
    )
    settle.add_argument("id", metavar="ID", help=_("a conflict as assess conflicts lists it"))
    settle.add_argument(
        "--keep", required=True, metavar="ID", help=_("the record to keep, or the end of its id")
    )
    settle.add_argument("--reason", required=True, metavar="TEXT", help=_("why this one stands"))
    join = command(
        "join",
        "records:join",
        _("read one candidate as another: one person under two codes, or a wrong choice"),
        'assess join K07 K70 --reason "entered twice"',
    )
    join.add_argument("old", metavar="OLD", help=_("the code that is to be read as another"))
    join.add_argument("new", metavar="NEW", help=_("the code that stands from now on"))
    join.add_argument("--reason", type=str, default="", metavar="TEXT", help=_("how it came about"))
    join.add_argument(
        "--interview",
        action="append",
        default=[],
        metavar="ID",
        help=_("only this interview was with NEW"),
    )
    join.add_argument(
        "--rater", metavar="R", help=_("only the interviews by this rater were with NEW")
    )
    wave(join, _("with --rater: only of this wave"))
    verify = command(
        "verify",
        "records:verify",
        _("checksums, the log's chain, versions: what is wrong where"),
        "assess verify",
    )
    as_json(verify)
    backup = command(
        "backup",
        "records:backup",
        _("write the whole workspace into one file and verify it"),
        "assess backup riverside.zip",
    )
    backup.add_argument("file", metavar="FILE", help=_("the file to write, a zip archive"))
    restore = command(
        "restore",
        "records:restore",
        _("take in a backup after verifying it; what is here stays"),
        "assess restore riverside.zip --workspace new",
    )
    restore.add_argument("file", metavar="FILE", help=_("what assess backup wrote"))
    as_json(restore)
