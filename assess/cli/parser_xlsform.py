"""The words of ``assess pack import-xlsform``, ``import-xlsx`` and ``export-xlsx``."""

from __future__ import annotations

from typing import Any

from assess.cli.parser_options import Add
from assess.i18n import _


def add(command: Add, pack: Any) -> None:
    """Add the commands under ``assess pack``."""
    for name, help, example in (
        (
            "import-xlsform",
            _("a pack from an XLSForm (ODK, KoBo); what has no counterpart is listed"),
            "assess pack import-xlsform survey.xlsx -o my-pack",
        ),
        (
            "import-xlsx",
            _("a pack from a workbook that export-xlsx wrote"),
            "assess pack import-xlsx my-pack.xlsx -o my-pack",
        ),
    ):
        taken = command(name, "xlsform:import_", help, example, under=pack)
        taken.add_argument("file", metavar="FILE", help=_("xlsx, xlsm, or csv in XLSForm's form"))
        taken.add_argument(
            "-o", "--output", metavar="DIR", help=_("the new folder (default: the pack's id)")
        )
        taken.add_argument("--id", metavar="ID", help=_("the pack's id (default: the form's)"))
    written = command(
        "export-xlsx",
        "xlsform:export",
        _("a pack as a workbook, to edit in Excel and take back with import-xlsx"),
        "assess pack export-xlsx my-pack -o my-pack.xlsx",
        under=pack,
    )
    written.add_argument("pack", metavar="DIR_OR_ID", help=_("a pack's folder or id"))
    written.add_argument("-o", "--output", metavar="FILE", required=True, help=_("where to"))
