"""The words of ``assess export`` and ``assess fairness``."""

from __future__ import annotations

from assess.cli.parser_base import whole
from assess.cli.parser_cover import as_of, plan_options
from assess.cli.parser_options import Add, as_json, wave
from assess.exchange.formats import FORMATS
from assess.i18n import _
from assess.workspace.exports import EXPORTS


def add(command: Add) -> None:
    """Add both commands."""
    export = command(
        "export",
        "export:export",
        _("write a shortlist, scores, ratings, a feedback sheet or the method to a file"),
        "assess export shortlist --module COST --top 3 -o shortlist.xlsx",
    )
    export.add_argument("what", choices=tuple(EXPORTS), help=_("which document"))
    export.add_argument(
        "candidate", nargs="?", metavar="CANDIDATE", help=_("whose sheet, where it is on one")
    )
    export.add_argument("--module", metavar="M", help=_("default: every module"))
    export.add_argument(
        "--top", type=whole, metavar="K", help=_("the best K (default: the pack's)")
    )
    export.add_argument(
        "--format", choices=tuple(FORMATS), help=_("default: by the file's ending, or csv")
    )
    export.add_argument(
        "--pseudonyms",
        action="store_true",
        help=_("codes only: no names, departments or notes"),
    )
    export.add_argument(
        "--contact", metavar="TEXT", help=_("feedback: whom to ask (default: the engagement's)")
    )
    export.add_argument(
        "--questionnaire", metavar="Q", help=_("form: which (default: the interviewers')")
    )
    export.add_argument(
        "--bilingual", action="store_true", help=_("form: in all languages of the pack")
    )
    export.add_argument(
        "-o", "--output", metavar="FILE", help=_("where to (default: standard output)")
    )
    plan_options(export.add_argument_group(_("plan and departure kit")))
    wave(export)
    as_of(export)
    fairness = command(
        "fairness",
        "fairness:fairness",
        _("how often people of each group are selected; the groups are read once, never stored"),
        "assess fairness groups.csv --module COST --selected ready_with_plan",
    )
    fairness.add_argument(
        "file", metavar="FILE", help=_("csv or xlsx with two columns: candidate and group")
    )
    fairness.add_argument(
        "--module", required=True, metavar="M", help=_("selected for which module")
    )
    chosen = fairness.add_mutually_exclusive_group()
    chosen.add_argument(
        "--selected", metavar="BAND", help=_("selected are those in this band or a higher one")
    )
    chosen.add_argument(
        "--top", type=whole, metavar="K", help=_("selected are the best K (default: the pack's)")
    )
    as_json(fairness)
    wave(fairness)
