"""``assess export``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assess.cli.common import open_workspace, say
from assess.i18n import _
from assess.workspace.exporting import export as write
from assess.workspace.exporting import render


def export(arguments: argparse.Namespace) -> None:
    """To a file, or to standard output where none is named."""
    workspace = open_workspace(arguments)
    modules = [arguments.module] if arguments.module else []
    if arguments.output in (None, "-"):
        data = render(
            workspace,
            arguments.what,
            format=arguments.format or "csv",
            modules=modules,
            top=arguments.top,
            wave=arguments.wave,
        )
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        path = write(
            workspace,
            arguments.what,
            target=Path(arguments.output),
            format=arguments.format,
            modules=modules,
            top=arguments.top,
            wave=arguments.wave,
        )
        say(_("written: {path}").format(path=path))
    workspace.close()
