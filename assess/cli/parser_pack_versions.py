"""The words of the commands on versions of a pack: diff, migrate, versions, compare."""

from __future__ import annotations

import argparse

from assess.cli.parser_options import Add, as_json, wave
from assess.i18n import _


def add(command: Add, what: object) -> None:
    """Add the commands under ``assess pack``."""
    diff = command(
        "diff",
        "pack_versions:diff",
        _("what a new version of a pack does to answers; with --workspace, to how many"),
        "assess pack diff key-user my-pack --workspace riverside",
        under=what,
    )
    diff.add_argument("old", metavar="OLD", help=_("a pack's folder or id, or a version in use"))
    diff.add_argument("new", metavar="NEW", help=_("a pack's folder or id, or a version in use"))
    as_json(diff)
    migrate = command(
        "migrate",
        "pack_versions:migrate",
        _("let the engagement go over to another version; its answers come along"),
        'assess pack migrate my-pack --reason "panel of May: new weights"',
        under=what,
    )
    migrate.add_argument("new", metavar="NEW", help=_("a pack's folder or id, or a version in use"))
    migrate.add_argument(
        "--reason", metavar="TEXT", help=_("needed where the same answers give other results")
    )
    as_json(migrate)
    versions = command(
        "versions",
        "pack_versions:versions",
        _("the versions that the engagement used, with the answers given under each"),
        "assess pack versions",
        under=what,
    )
    as_json(versions)
    compare = command(
        "compare",
        "pack_versions:compare",
        _("rankings by an earlier version beside those by the present one, from the same answers"),
        "assess pack compare COST --with 1.1.0",
        under=what,
    )
    compare.add_argument("modules", nargs="*", metavar="MODULE")
    compare.add_argument(
        "--with",
        dest="version",
        metavar="VERSION",
        help=_("default: the version in use before the present one"),
    )
    as_json(compare)
    wave(compare)


def by_version(parser: argparse.ArgumentParser) -> None:
    """Add the option that counts the same answers by an earlier version of the pack."""
    parser.add_argument(
        "--pack-version",
        metavar="VERSION",
        default=None,
        help=_("by an earlier version of the pack; see assess pack versions"),
    )
