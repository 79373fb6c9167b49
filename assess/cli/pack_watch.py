"""``assess pack show --watch``: the pack anew whenever a file is saved, a page at a time."""

from __future__ import annotations

import argparse
import os
import re
import select
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assess.cli.common import say, tell
from assess.cli.pack_preview import lines
from assess.errors import AssessError
from assess.i18n import _

EVERY = 0.25
"""Seconds between two looks at the files."""
_CLEAR = "\x1b[H\x1b[2J"
_LEAD = re.compile(r"\s*(?:\S{1,2} +)?")
"""What stands before the words of a line: its indent, and the mark or number of a list."""


def watch(folder: Path, arguments: argparse.Namespace) -> None:
    """Show the pack, and anew whenever one of its files changes, until Ctrl-C."""
    paged = sys.stdout.isatty()
    before: tuple[object, object] = (None, None)
    shown: list[str] = []
    first = 0
    try:
        while True:
            size = shutil.get_terminal_size()
            now = (_stamps(folder), size)
            if now != before:
                last, shown = shown, _looked(folder, arguments)
                if paged:
                    shown = wrapped(shown, size.columns)
                first = page_of(last, shown, size.lines) if size == before[1] else 0
                before = now
                _print(folder, shown, first, size.lines if paged else None)
            if _enter():
                first = next_page(first, len(shown), size.lines)
                _print(folder, shown, first, size.lines if paged else None)
    except KeyboardInterrupt:
        # asked for, so no message and no error
        return


def wrapped(shown: Iterable[str], width: int) -> list[str]:
    """The lines between words in rows of a window, under the words that they go on."""
    from assess.tui.widgets.wrapping import wrap

    rows = []
    for line in shown:
        lead = _LEAD.match(line)
        hang = min(len(lead[0]) if lead else 0, width // 2)
        first, *others = wrap(line[hang:], width - hang)
        rows += [line[:hang] + first, *(" " * hang + row for row in others)]
    return rows


def _room(height: int) -> int:
    return max(1, height - 2)


def page_of(before: list[str], now: list[str], height: int) -> int:
    """The first row of the page to show after a save: the one with the first row that changed."""
    changed = next((at for at, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), 0)
    return changed - changed % _room(height)


def next_page(first: int, rows: int, height: int) -> int:
    """The first row of the page behind this one; behind the last comes the first again."""
    after = first + _room(height)
    return after if after < rows else 0


def _looked(folder: Path, arguments: argparse.Namespace) -> list[str]:
    """One look at the pack; what is wrong stands in its place."""
    from assess.packs import load_pack

    try:
        return list(lines(load_pack(folder), arguments))
    except AssessError as error:
        return [str(error), *(f"  {one}" for one in getattr(error, "findings", ()))]


def _print(folder: Path, shown: list[str], first: int, height: int | None) -> None:
    """A page of it in a window, or all of it where there is none."""
    if height is None or len(shown) <= _room(height):
        first, page = 0, shown
    else:
        page = shown[first : first + _room(height)]
    if height is not None:
        sys.stdout.write(_CLEAR)
    tell("\n".join(page))
    if len(page) < len(shown):
        say(
            _("rows {first} to {last} of {all} · ↵ goes on · Ctrl-C ends").format(
                first=first + 1, last=first + len(page), all=len(shown)
            )
        )
    else:
        say(_("watching {folder}; Ctrl-C ends").format(folder=folder))


def _enter() -> bool:
    """Wait a little; whether Enter was pressed meanwhile."""
    if os.name == "nt" or not sys.stdin.isatty():
        time.sleep(EVERY)
        return False
    if not select.select([sys.stdin], [], [], EVERY)[0]:
        return False
    if sys.stdin.readline():
        return True
    time.sleep(EVERY)  # its end, which stays ready for ever
    return False


def _stamps(folder: Path) -> Any:
    """What changes when a file of the pack, or of one below it, is saved, added or removed."""
    from assess.packs.layers import folders_of

    found = {}
    for home in folders_of(folder):
        try:
            for file in home.iterdir():
                if file.suffix.lower() in (".yaml", ".yml"):
                    stat = file.stat()
                    found[file] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        except OSError:
            # an editor that writes a new file and renames it: gone for a moment
            found[home] = (0, 0, 0)
    return found
