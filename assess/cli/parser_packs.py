"""The words of ``assess pack …``: for authors of questionnaires."""

from __future__ import annotations

from assess.cli import parser_pack_versions, parser_xlsform
from assess.cli.parser_options import Add, Group, as_json
from assess.i18n import _


def add(command: Add, group: Group) -> None:
    """Add the commands."""
    what = group("pack", _("for authors of questionnaires"), "assess pack check my-pack --strict")
    check = command(
        "check",
        "packs:check",
        _("every mistake of a pack with file, line and column, and advice on its questions"),
        "assess pack check my-pack --strict",
        under=what,
    )
    check.add_argument("pack", metavar="DIR", help=_("a pack's folder or id"))
    as_json(check)
    check.add_argument(
        "--strict", action="store_true", help=_("end with 1 where there is advice alone")
    )
    new = command(
        "new",
        "packs:new",
        _("a small complete pack with comments, to start from"),
        "assess pack new my-pack",
        under=what,
    )
    new.add_argument("folder", metavar="DIR", help=_("a folder that is new or empty"))
    new.add_argument("--id", metavar="ID", help=_("the pack's id (default: the folder's name)"))
    new.add_argument(
        "--extends", metavar="DIR_OR_ID", help=_("a private pack on top of another one")
    )
    show = command(
        "show",
        "packs:show",
        _("a pack as its author reads it, or an interview as the interviewer sees it"),
        "assess pack show my-pack --module PROC --watch",
        under=what,
    )
    show.add_argument(
        "pack",
        metavar="DIR_OR_ID",
        nargs="?",
        default="key-user",
        help=_("a pack's folder or id, or a version in use"),
    )
    show.add_argument(
        "--interview", action="store_true", help=_("as the interviewer sees it, item by item")
    )
    show.add_argument(
        "--questionnaire", metavar="Q", help=_("as it will be asked; default: the interviewers'")
    )
    show.add_argument(
        "--module", metavar="M", help=_("as it will be asked for one module (default: for all)")
    )
    show.add_argument(
        "--form",
        choices=("full", "short"),
        help=_("as it will be asked: all items, or two per competency"),
    )
    show.add_argument(
        "--watch",
        action="store_true",
        help=_("show it anew whenever a file is saved, and what is wrong meanwhile; Ctrl-C ends"),
    )
    schema = command(
        "schema",
        "packs:schema",
        _("the JSON Schema of a kind of pack file"),
        "assess pack schema questionnaire",
        under=what,
    )
    schema.add_argument(
        "kind",
        nargs="?",
        default="pack",
        choices=(
            "pack",
            "questionnaire",
            "development",
            "continuity",
            "calibration",
            "pack_on_top",
            "questionnaire_on_top",
        ),
        help=_("which kind of file (default: pack)"),
    )
    parser_pack_versions.add(command, what)
    parser_xlsform.add(command, what)
