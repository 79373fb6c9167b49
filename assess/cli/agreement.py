"""Commands on raters: how far they agree, how they rate, and what the panel agreed on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assess.cli.common import (
    open_to_read,
    open_workspace,
    print_json,
    print_table,
    say,
    tell,
)
from assess.errors import BadInput
from assess.i18n import _

if TYPE_CHECKING:
    from assess.workspace.agreeing import RatersReport


def agreement(arguments: argparse.Namespace) -> None:
    """``assess agreement``."""
    from assess.workspace.agreeing import ICC_FORMS
    from assess.workspace.agreeing import agreement as run

    workspace = open_to_read(arguments)
    found = run(workspace, arguments.level, arguments.wave)
    if arguments.json:
        print_json(found.as_json())
    elif not found.competencies:
        say(_("no ratings yet"))
    else:
        header = [
            "",
            _("units"),
            _("left out"),
            _("raters"),
            *(f"ICC({form})" for form in ICC_FORMS),
            *(f"α {level}" for level in (_("nominal"), _("ordinal"), _("interval"), _("ratio"))),
        ]
        print_table(
            header, [row.as_words() for row in found.competencies], right=range(1, len(header))
        )
        for line in found.remarks():
            tell(line)


def raters(arguments: argparse.Namespace) -> None:
    """``assess raters``."""
    from assess.workspace.agreeing import raters as run

    workspace = open_to_read(arguments)
    found = run(workspace, arguments.wave)
    if arguments.json:
        print_json(found.as_json())
    elif not found.raters and not found.calibration:
        say(_("no ratings yet"))
    else:
        header = (
            "",
            _("name"),
            _("severity"),
            "±",
            _("interviews"),
            _("spread"),
            _("agreement"),
            _("without note"),
            "",
        )
        print_table(header, [row.as_words() for row in found.raters], right=(2, 3, 4, 5, 6, 7))
        tell(_("severity in points of 100: positive rates lower than the others"))
        if found.calibration:
            _print_calibration(found)


def _print_calibration(found: RatersReport) -> None:
    """How far each is from the master ratings of the sample answers."""
    from assess.workspace.wording import DASH, number, signed

    header = (_("samples"), _("scored"), _("severity"), _("distance"))
    rows = [
        [
            one.rater,
            f"{one.rated}/{one.of}",
            DASH if one.signed is None else signed(one.signed),
            DASH if one.absolute is None else number(one.absolute),
        ]
        for one in found.calibration.values()
    ]
    tell()
    print_table(header, rows, right=(1, 2, 3))
    tell(_("from the master ratings, in points of 100: mean with sign, and mean size"))


def panel(arguments: argparse.Namespace) -> None:
    """``assess panel``."""
    from assess.workspace.evidence import disagreements

    workspace = open_to_read(arguments)
    found = [
        one
        for one in disagreements(workspace)
        if arguments.wave is None or one.wave == workspace.wave(arguments.wave).id
    ]
    if arguments.json:
        print_json(
            {
                "discuss_at": workspace.pack.file.policy.discuss_at,
                "differences": [
                    {
                        "candidate": one.candidate,
                        "item": one.item,
                        "wave": one.wave,
                        "ratings": one.ratings,
                        "notes": one.notes,
                        "difference": one.difference,
                        "agreed": one.agreed,
                        "reason": one.agreed_reason or None,
                    }
                    for one in found
                ],
            }
        )
    elif not found:
        say(_("no ratings lie that far apart"))
    else:
        rows = [
            [
                one.candidate,
                one.item,
                one.wave,
                "  ".join(f"{rater} {value:g}" for rater, value in one.ratings.items()),
                "" if one.agreed is None else _("agreed {value}").format(value=f"{one.agreed:g}"),
            ]
            for one in found
        ]
        print_table([_("code"), _("item"), _("wave"), _("ratings"), ""], rows)


def agree(arguments: argparse.Namespace) -> None:
    """``assess agree``."""
    workspace = open_workspace(arguments)
    try:
        value = float(arguments.value)
    except ValueError:
        raise BadInput(
            _("{value!r} is not a number on the item's scale").format(value=arguments.value)
        ) from None
    workspace.agree(
        arguments.candidate, arguments.item, value, arguments.reason, wave=arguments.wave
    )
    say(
        _("recorded: the panel agreed on {value} for {item} of {candidate}").format(
            value=f"{value:g}", item=arguments.item, candidate=arguments.candidate
        )
    )
