"""The words that the command line understands; what they do is imported when it is asked for."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from assess import __version__
from assess.cli import (
    parser_cover,
    parser_engagement,
    parser_interviewing,
    parser_packs,
    parser_privacy,
    parser_records,
    parser_results,
    parser_team,
)
from assess.cli.parser_base import Parser
from assess.cli.usage_words import speak
from assess.i18n import LANGUAGES, _


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The words as a namespace whose ``run`` names the function that carries them out."""
    parser = build()
    arguments = parser.parse_args(words)
    for name in ("workspace", "lang", "me", "wave"):
        if not hasattr(arguments, name):
            setattr(arguments, name, None)
    for name in ("ascii", "mouse"):
        if hasattr(arguments, name):  # for the app, which imports its looks much later
            os.environ[f"ASSESS_{name.upper()}"] = getattr(arguments, name)
    return arguments


def _common() -> Parser:
    """Options that every command takes, before or after its name."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group(_("options of every command"))
    group.add_argument(
        "--workspace",
        metavar="DIR",
        help=_("the workspace folder (or ASSESS_WORKSPACE; default: your data folder)"),
    )
    group.add_argument("--lang", choices=LANGUAGES, help=_("the language of the program's words"))
    group.add_argument(
        "--as",
        dest="me",
        metavar="ID",
        help=_("who I am: an interviewer sees others' ratings only after submitting their own"),
    )
    return common


def _looks() -> Parser:
    """Options of the commands that open the app."""
    looks = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = looks.add_argument_group(_("the app"))
    group.add_argument(
        "--ascii",
        action="store_const",
        const="1",
        help=_("lines and signs from plain letters (or ASSESS_ASCII=1)"),
    )
    group.add_argument(
        "--no-mouse",
        dest="mouse",
        action="store_const",
        const="0",
        help=_("leave the mouse to the terminal (or ASSESS_MOUSE=0)"),
    )
    return looks


_OPEN_THE_APP = {"demo", "interview", "calibrate", "self"}


def build() -> argparse.ArgumentParser:
    """The whole parser, in the language in use."""
    speak()
    common, looks = _common(), _looks()
    parser = Parser(
        prog="assess",
        parents=[common, looks],
        description=_("Choose, prove and grow the key users of an ERP roll-out."),
        epilog=_("Without a command the app opens. Try it with: assess demo"),
    )
    parser.add_argument(
        "--version", action="version", help=_("show the version"), version=f"assess {__version__}"
    )
    parser.set_defaults(run="assess.cli.app:open_app")
    commands = parser.add_subparsers(metavar=_("COMMAND"), title=_("commands"), parser_class=Parser)

    def command(
        name: str,
        run: str,
        help: str,
        example: str,
        *,
        under: argparse._SubParsersAction[Parser] | None = None,
    ) -> argparse.ArgumentParser:
        adder = commands if under is None else under
        made = adder.add_parser(
            name,
            parents=[common, looks] if name in _OPEN_THE_APP else [common],
            help=help,
            description=help,
            epilog=_("example: {example}").format(example=example),
        )
        made.set_defaults(run=f"assess.cli.{run}")
        return made

    def group(name: str, help: str, example: str) -> argparse._SubParsersAction[Parser]:
        made = commands.add_parser(
            name,
            parents=[common],
            help=help,
            description=help,
            epilog=_("example: {example}").format(example=example),
        )
        return made.add_subparsers(
            metavar=_("WHAT"), title=_("what"), parser_class=Parser, required=True
        )

    parser_engagement.add(command, group)
    parser_interviewing.add(command)
    parser_results.add(command)
    parser_cover.add(command)
    parser_records.add(command)
    parser_privacy.add(command)
    parser_packs.add(command, group)
    parser_team.add(command, group)
    return parser
