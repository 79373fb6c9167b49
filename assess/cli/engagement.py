"""Commands that start an engagement and take files in."""

from __future__ import annotations

import argparse
from pathlib import Path

from assess.cli.common import open_workspace, say
from assess.i18n import _, listed, ngettext


def init(arguments: argparse.Namespace) -> None:
    """``assess init``."""
    from assess.packs import find_pack, load_pack, read_pack_folder
    from assess.workspace.privacy import as_date, notice_gaps

    folder = find_pack(arguments.pack)
    pack = load_pack(folder)
    modules = (
        None
        if arguments.modules is None
        else [module.strip() for module in arguments.modules.split(",") if module.strip()]
    )
    ends = as_date(arguments.ends or "")
    workspace = open_workspace(arguments, create=True)
    engagement = workspace.start(
        arguments.name,
        read_pack_folder(folder),
        pack,
        modules,
        purpose=arguments.purpose,
        readers=arguments.readers,
        contact=arguments.contact,
        ends=ends,
    )
    say(
        _("{name} is ready in {place}: {modules}").format(
            name=engagement.name, place=workspace.place, modules=listed(engagement.modules)
        )
    )
    if gaps := notice_gaps(workspace):
        say(_("before the first interview, fill the gaps in the notice to candidates:"))
        for gap in gaps:
            say(f"  {gap}")


def import_roster(arguments: argparse.Namespace) -> None:
    """``assess import roster``."""
    from assess.workspace.importing import import_roster as run

    workspace = open_workspace(arguments)
    done = run(workspace, Path(arguments.file))
    for note in done.notes:
        say(note)
    say(
        ngettext(
            "{stored} candidate added or changed, {unchanged} as before",
            "{stored} candidates added or changed, {unchanged} as before",
            done.stored,
        ).format(stored=done.stored, unchanged=done.unchanged)
    )


def import_ratings(arguments: argparse.Namespace) -> None:
    """``assess import ratings``."""
    from assess.workspace.importing import import_ratings as run

    workspace = open_workspace(arguments)
    done = run(
        workspace,
        Path(arguments.file),
        create=arguments.create,
        update=arguments.update,
        wave=arguments.wave,
    )
    for note in done.notes:
        say(note)
    say(
        ngettext(
            "{stored} answer stored, {unchanged} there already; interviews: {interviews}",
            "{stored} answers stored, {unchanged} there already; interviews: {interviews}",
            done.stored,
        ).format(stored=done.stored, interviews=done.interviews, unchanged=done.unchanged)
    )
