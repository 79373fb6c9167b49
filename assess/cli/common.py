"""What commands share: opening the workspace, printing JSON and aligned tables."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _, ngettext
from assess.workspace.wording import printable

if TYPE_CHECKING:
    import argparse

    from assess.workspace.workspace import Workspace


def open_workspace(arguments: argparse.Namespace, *, create: bool = False) -> Workspace:
    """The workspace that the words or the environment name, by default the user's own.

    With ``--as-of`` as it stood on that day, with ``--pack-version`` as an earlier version of the
    pack counts it; both to be read only. It is closed where the command ends.
    """
    workspace = _opened(place_of(arguments), create, me_of(arguments))
    arguments.opened.callback(workspace.close)
    if arguments.me == MANAGER and workspace.me is not None:
        raise BadInput(
            _("this login works as {me} on the team server, not as manager").format(
                me=workspace.me
            ),
            hint=_("on a team server the login says who one is: leave --as out"),
        )
    day, version = getattr(arguments, "as_of", None), getattr(arguments, "pack_version", None)
    if day is not None:
        from assess.workspace.past import as_of

        workspace = as_of(workspace, day)
    if version is not None:
        from assess.workspace.by_version import under
        from assess.workspace.versions import kept_version

        workspace = under(workspace, kept_version(workspace, version))
    return workspace


def _opened(place: str, create: bool, me: str | None) -> Workspace:
    """The workspace; a team server's password is asked for where there is somebody to ask."""
    from assess.store import is_server
    from assess.workspace.workspace import Workspace

    if not is_server(place):
        return Workspace.open(place, create=create, me=me)
    from assess.cli.password import asking

    workspace = asking(lambda: Workspace.open(place, create=create, me=me))
    tell_waiting(workspace)
    return workspace


def tell_waiting(workspace: Workspace) -> None:
    """Say what is kept on this machine because the server did not take it."""
    from assess.workspace.team import waiting_words

    if words := waiting_words(workspace.store):
        say(words)


WIDEST = 40
"""Terminal cells of a column before the last one."""
MANAGER = "manager"
"""What ``--as`` and ``assess as`` take for "everything is shown to me"."""


def me_of(arguments: argparse.Namespace) -> str | None:
    """As which interviewer one works: ``--as``, else what this machine remembers; None: manager."""
    from assess.workspace.machine import working_as

    if arguments.me is not None:
        return None if arguments.me == MANAGER else str(arguments.me)
    from assess.store import is_server

    if is_server(place_of(arguments)):
        return None  # there the login says it
    me = working_as(place_of(arguments))
    if me is not None:
        say(_("as {me}; to see everything: assess as manager").format(me=me))
    return me


def open_to_read(arguments: argparse.Namespace) -> Workspace:
    """The workspace for results, which say so where damaged interviews are missing from them."""
    workspace = open_workspace(arguments)
    from assess.workspace.team import says_who

    unknown = workspace.me is not None and workspace.me not in workspace.raters()
    if unknown and not says_who(workspace.store):
        say(_("nobody is known as {me} here, so nothing is shown").format(me=workspace.me))
    if number := len(workspace.store.damaged()):
        say(
            ngettext(
                "{number} interview is damaged and left out of these results; see assess verify",
                "{number} interviews are damaged and left out of these results; see assess verify",
                number,
            ).format(number=number)
        )
    return workspace


def place_of(arguments: argparse.Namespace) -> str:
    """Where that workspace is."""
    from assess.workspace.machine import default_workspace

    named = arguments.workspace or os.environ.get("ASSESS_WORKSPACE")
    if named:
        from assess.store.postgres.address import check_scheme

        check_scheme(named)
    return named or str(default_workspace())


def need_terminal() -> None:
    """Raise BadInput where there is no terminal for the app."""
    in_browser = os.environ.get("TEXTUAL_DRIVER", "").endswith("WebDriver")
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(
            _("the app needs a terminal"),
            hint=_("in a script use a command, for example: assess rank --json"),
        )
    if os.environ.get("TERM", "").lower() in ("dumb", "unknown") and not in_browser:
        raise BadInput(
            _("this terminal says that it only writes line by line (TERM=dumb)"),
            hint=_(
                "interview with: assess interview CANDIDATE --rater R --plain; results are printed"
                " by assess rank and assess explain; or name the terminal: TERM=xterm-256color"
            ),
        )


def _inert(text: str) -> str:
    """Lines of text without what would steer a terminal, whoever wrote it."""
    if text.isascii() and text.isprintable():
        return text
    lines = (map(printable, line.split("\t")) for line in text.split("\n"))
    return "\n".join("\t".join(line) for line in lines)


def say(text: str) -> None:
    """Narrate on stderr; stdout stays data."""
    print(_inert(text), file=sys.stderr)


def tell(text: str = "") -> None:
    """Print text for people on stdout."""
    print(_inert(text), flush=True)


def print_json(value: Any) -> None:
    """Print ``value`` as JSON with full precision."""
    from assess.exchange.write import json_text

    sys.stdout.write(json_text(value))


@lru_cache(maxsize=8192)
def width(text: str) -> int:
    """The terminal cells that a text takes; East Asian wide letters take two."""
    if text.isascii():  # tables of thousands of lines are nearly all of it
        return len(text)
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """``text`` filled with blanks to ``cells`` terminal cells."""
    blanks = " " * max(0, cells - width(text))
    return blanks + text if right else text + blanks


def cut(text: str, cells: int) -> str:
    """``text`` in at most so many terminal cells and on one line, with "…" where it was cut."""
    text = printable(" ".join(text[: 8 * cells].split()))
    if width(text) <= cells:
        return text
    while text and width(text) > cells - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def print_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """Print rows in aligned columns; the columns in ``right`` are aligned to the right.

    A cell before the last column is cut where it would push the others out of sight.
    """
    rows = [[*(cut(text, WIDEST) for text in row[:-1]), *map(printable, row[-1:])] for row in rows]
    cells = [max(width(row[at]) for row in (header, *rows)) for at in range(len(header))]
    for row in (header, *rows):
        line = "  ".join(pad(text, cells[at], right=at in right) for at, text in enumerate(row))
        print(line.rstrip())
