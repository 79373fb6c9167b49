"""``assess export``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assess.cli.common import open_to_read, say
from assess.errors import BadInput
from assess.exchange.report import Progress, silent
from assess.i18n import _, listed
from assess.workspace.exporting import export as write
from assess.workspace.exports import EXPORTS


def export(arguments: argparse.Namespace) -> None:
    """To a file, or to standard output where none is named."""
    _refuse_unheeded(arguments)
    workspace = open_to_read(arguments)
    gone = list(arguments.without)
    if arguments.without_team:
        from assess.workspace.departing import team_members

        gone += team_members(workspace, arguments.without_team)
    path = None if arguments.output in (None, "-") else Path(arguments.output)
    write(
        workspace,
        arguments.what,
        target=path,
        format=arguments.format,
        progress=_progress() if path else silent,
        modules=[arguments.module] if arguments.module else [],
        top=arguments.top,
        wave=arguments.wave,
        candidate=arguments.candidate or "",
        pseudonyms=arguments.pseudonyms,
        contact=arguments.contact or "",
        phase=arguments.phase,
        pins=arguments.pin,
        bars=arguments.bar,
        decided=arguments.decided,
        without=list(dict.fromkeys(gone)),
        told_on=arguments.told_on,
        questionnaire=arguments.questionnaire or "",
        bilingual=arguments.bilingual,
    )
    if path:
        say(_("written: {path}").format(path=path))


def _refuse_unheeded(arguments: argparse.Namespace) -> None:
    """Raise BadInput for an option that this kind of export would leave unheeded."""
    heeded = {option for export in EXPORTS.values() for option in export.takes}
    for name in sorted(heeded.difference(EXPORTS[arguments.what].takes)):
        given = getattr(arguments, name)
        if given is not None and given is not False and given != []:
            kinds = [kind for kind, export in EXPORTS.items() if name in export.takes]
            raise BadInput(
                _("export {what} does not take {option}; these do: {kinds}").format(
                    what=arguments.what,
                    option="--" + name.replace("_", "-"),
                    kinds=listed(kinds),
                )
            )


def _progress() -> Progress:
    """A line on a terminal that counts up; nothing in a pipe."""
    if not sys.stderr.isatty():
        return silent
    shown = -1

    def tell(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(total, 1)
        if percent != shown:
            shown = percent
            words = _("writing … {percent} %").format(percent=percent)
            ending = "\r" + " " * (len(words) + 2) + "\r" if done >= total else ""
            print(f"\r{words}{ending}", end="", file=sys.stderr, flush=True)

    return tell
