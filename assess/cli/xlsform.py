"""``assess pack import-xlsform``, ``import-xlsx`` and ``export-xlsx``."""

from __future__ import annotations

import argparse
from pathlib import Path

from assess.cli.common import say
from assess.i18n import _
from assess.packs import find_pack
from assess.workspace.forms_packs import export_pack, import_pack, told


def import_(arguments: argparse.Namespace) -> None:
    """A pack from a workbook: an XLSForm, or what ``export-xlsx`` wrote."""
    folder = Path(arguments.output) if arguments.output else None
    for line in told(import_pack(Path(arguments.file), folder, pack=arguments.id or "")):
        say(line)


def export(arguments: argparse.Namespace) -> None:
    """A pack as a workbook."""
    target = Path(arguments.output)
    notes = export_pack(find_pack(arguments.pack), target)
    say(_("written: {path}").format(path=target))
    for note in notes:
        say(note)
