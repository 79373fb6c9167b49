"""Options that several commands take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from assess.i18n import _

Add = Callable[..., argparse.ArgumentParser]
"""Adds a command: name, what runs it, help, an example, and ``under`` which group it stands."""
Group = Callable[[str, str, str], Any]
"""Begins a group of commands (``assess pack …``) by its name, help and an example."""


def wave(parser: argparse.ArgumentParser, help: str = "") -> None:
    """Add the option that names a wave."""
    parser.add_argument(
        "--wave", metavar="W", default=None, help=help or _("default: the latest with answers")
    )


def as_json(parser: Any) -> None:
    """Add the option that prints JSON, to a parser or a group of it."""
    parser.add_argument(
        "--json", action="store_true", help=_("print JSON for other programs, at full precision")
    )


def purpose(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add what an engagement says of itself: purpose, readers, contact, end; empty: nothing."""
    parser.add_argument(
        "--purpose", type=str, default=default, metavar="TEXT", help=_("what the records are for")
    )
    parser.add_argument(
        "--readers", type=str, default=default, metavar="TEXT", help=_("who may read the results")
    )
    parser.add_argument(
        "--contact",
        type=str,
        default=default,
        metavar="TEXT",
        help=_("whom candidates ask and answer"),
    )
    parser.add_argument(
        "--ends",
        type=str,
        default=None,
        metavar="YYYY-MM-DD",
        help=_("the day by which all is erased"),
    )
