"""Commands for authors of packs."""

from __future__ import annotations

import argparse
import shlex

from assess.cli.common import print_json, say, tell
from assess.i18n import _, ngettext


def check(arguments: argparse.Namespace) -> int:
    """``assess pack check``: every mistake at once; 2 where there is one.

    With ``--strict`` advice alone gives 1: the pack works and could be better.
    """
    from assess.packs import check_pack, find_pack

    findings = check_pack(find_pack(arguments.pack))
    mistakes = sum(not finding.advice for finding in findings)
    advice = len(findings) - mistakes
    if arguments.json:
        print_json({"findings": [finding.as_json() for finding in findings]})
    else:
        for finding in findings:
            say(str(finding))
    if mistakes:
        say(ngettext("{n} mistake", "{n} mistakes", mistakes).format(n=mistakes))
        return 2
    if advice:
        words = ngettext(
            "{pack} works; {n} piece of advice", "{pack} works; {n} pieces of advice", advice
        )
        say(words.format(pack=arguments.pack, n=advice))
        return 1 if arguments.strict else 0
    say(_("{pack} is in order").format(pack=arguments.pack))
    return 0


def new(arguments: argparse.Namespace) -> None:
    """``assess pack new``."""
    from pathlib import Path

    from assess.packs.starting import new_pack

    for path in new_pack(Path(arguments.folder), arguments.id, arguments.extends):
        tell(str(path))
    folder = shlex.quote(arguments.folder)
    say(_("check it with: assess pack check {folder}").format(folder=folder))
    say(_("see it with: assess pack show {folder} --watch").format(folder=folder))


def show(arguments: argparse.Namespace) -> None:
    """``assess pack show``: the whole pack for its author, or an interview as it will be asked."""
    from assess.cli.pack_preview import lines
    from assess.cli.pack_versions import named_workspace, source
    from assess.packs import find_pack

    if arguments.watch:
        from assess.cli.pack_watch import watch

        watch(find_pack(arguments.pack), arguments)
        return
    workspace = named_workspace(arguments)
    for line in lines(source(arguments.pack, workspace)[0], arguments):
        tell(line)


def schema(arguments: argparse.Namespace) -> None:
    """``assess pack schema``."""
    from assess.packs.schema import schema_of

    print_json(schema_of(arguments.kind))
