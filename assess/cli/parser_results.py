"""The words of the commands that show results: rank, explain, compare, agreement …"""

from __future__ import annotations

from assess.cli import parser_export
from assess.cli.parser_cover import as_of
from assess.cli.parser_options import Add, as_json, wave
from assess.cli.parser_pack_versions import by_version
from assess.i18n import _


def add(command: Add) -> None:
    """Add the commands."""
    rank = command(
        "rank", "results:rank", _("the order of each module"), "assess rank COST --method"
    )
    rank.add_argument("modules", nargs="*", metavar="MODULE")
    forms = rank.add_mutually_exclusive_group()
    as_json(forms)
    forms.add_argument("--csv", action="store_true", help=_("print a table for spreadsheets"))
    rank.add_argument("--method", action="store_true", help=_("say how the figures come about"))
    wave(rank)
    as_of(rank)
    by_version(rank)
    explain = command(
        "explain",
        "results:explain",
        _("where each point of a score comes from, and what would change it"),
        "assess explain HE COST",
    )
    explain.add_argument("candidate", metavar="CANDIDATE")
    explain.add_argument("module", metavar="MODULE")
    as_json(explain)
    wave(explain)
    by_version(explain)
    compare = command(
        "compare",
        "results:compare",
        _("two to five candidates side by side"),
        "assess compare HE QI --module PROC",
    )
    compare.add_argument("candidates", nargs="+", metavar="CANDIDATE")
    compare.add_argument("--module", metavar="M", help=_("default: every module"))
    as_json(compare)
    wave(compare)
    agreement = command(
        "agreement",
        "agreement:agreement",
        _("how far raters agree: ICC and Krippendorff's alpha"),
        "assess agreement --level competency",
    )
    agreement.add_argument(
        "--level",
        choices=("item", "competency"),
        default="item",
        help=_("what is compared: answers to items (the default), or means of competencies"),
    )
    as_json(agreement)
    wave(agreement)
    raters = command(
        "raters", "agreement:raters", _("severity and spread of each rater"), "assess raters"
    )
    as_json(raters)
    wave(raters)
    panel = command(
        "panel",
        "agreement:panel",
        _("where raters differ so far that they must talk"),
        "assess panel",
    )
    as_json(panel)
    wave(panel)
    parser_export.add(command)
