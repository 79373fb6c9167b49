"""The words that the command line understands; what they do is imported when it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from assess import __version__
from assess.i18n import LANGUAGES, _

Add = Callable[..., argparse.ArgumentParser]


class Parser(argparse.ArgumentParser):
    """argparse with a suggestion for a mistyped command, and no abbreviations to trip over."""

    def __init__(self, **options: object) -> None:
        options.setdefault("allow_abbrev", False)
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**options)  # type: ignore[arg-type]

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            from difflib import get_close_matches

            known = [str(choice) for choice in action.choices]
            near = get_close_matches(str(value), known, n=1)
            message = _("there is no {value!r} here; known are: {known}").format(
                value=value, known=", ".join(known)
            )
            if near:
                message = _("there is no {value!r} here; did you mean {near!r}?").format(
                    value=value, near=near[0]
                )
            raise argparse.ArgumentError(action, message)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The words as a namespace whose ``run`` names the function that carries them out."""
    parser = build()
    arguments = parser.parse_args(words)
    for name in ("workspace", "lang", "me", "wave"):
        if not hasattr(arguments, name):
            setattr(arguments, name, None)
    return arguments


def _common() -> Parser:
    """Options that every command takes, before or after its name."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group(_("options of every command"))
    group.add_argument(
        "--workspace",
        metavar="DIR",
        help=_("the workspace folder (or ASSESS_WORKSPACE; default: your data folder)"),
    )
    group.add_argument("--lang", choices=LANGUAGES, help=_("the language of the program's words"))
    group.add_argument(
        "--as",
        dest="me",
        metavar="ID",
        help=_("who I am: an interviewer sees others' ratings only after submitting their own"),
    )
    return common


def build() -> argparse.ArgumentParser:
    """The whole parser, in the language in use."""
    common = _common()
    parser = Parser(
        prog="assess",
        parents=[common],
        description=_("Choose, prove and grow the key users of an ERP roll-out."),
        epilog=_("Without a command the app opens. Try it with: assess demo"),
    )
    parser.add_argument("--version", action="version", version=f"assess {__version__}")
    parser.set_defaults(run="assess.cli.app:open_app")
    commands = parser.add_subparsers(metavar=_("COMMAND"), title=_("commands"), parser_class=Parser)

    def command(
        name: str,
        run: str,
        help: str,
        example: str,
        *,
        under: argparse._SubParsersAction[Parser] | None = None,
    ) -> argparse.ArgumentParser:
        adder = commands if under is None else under
        made = adder.add_parser(
            name,
            parents=[common],
            help=help,
            description=help,
            epilog=_("example: {example}").format(example=example),
        )
        made.set_defaults(run=f"assess.cli.{run}")
        return made

    def group(name: str, help: str) -> argparse._SubParsersAction[Parser]:
        made = commands.add_parser(name, parents=[common], help=help, description=help)
        return made.add_subparsers(
            metavar=_("WHAT"), title=_("what"), parser_class=Parser, required=True
        )

    _engagement(command, group)
    _interviewing(command)
    _results(command)
    _packs(command, group)
    return parser


def _engagement(command: Add, group: Callable[..., object]) -> None:
    demo = command(
        "demo",
        "app:demo",
        _("open the demonstration engagement in a throw-away workspace"),
        "assess demo --headless",
    )
    demo.add_argument(
        "--headless", action="store_true", help=_("print its rankings instead of opening the app")
    )
    init = command(
        "init",
        "engagement:init",
        _("start an engagement in an empty workspace"),
        'assess init --name "Riverside" --pack key-user --modules COST,PLAN',
    )
    init.add_argument("--name", required=True, help=_("what the engagement is called"))
    init.add_argument(
        "--pack", default="key-user", metavar="DIR_OR_ID", help=_("a pack's folder or id")
    )
    init.add_argument(
        "--modules", metavar="A,B", help=_("the modules at stake (default: all of the pack)")
    )
    what = group("import", _("take in a roster or a rating file"))
    roster = command(
        "roster",
        "engagement:import_roster",
        _("add candidates from a csv or xlsx file"),
        "assess import roster people.csv",
        under=what,
    )
    roster.add_argument("file", metavar="FILE")
    ratings = command(
        "ratings",
        "engagement:import_ratings",
        _("add answers from a csv or xlsx file, whole or not at all"),
        "assess import ratings ratings.xlsx --create",
        under=what,
    )
    ratings.add_argument("file", metavar="FILE")
    ratings.add_argument(
        "--create", action="store_true", help=_("add candidates and raters that are not known yet")
    )
    ratings.add_argument(
        "--update", action="store_true", help=_("let the file revise answers stored already")
    )
    _wave(ratings, _("the wave of rows that name none (default: the engagement's current wave)"))


def _interviewing(command: Add) -> None:
    interview = command(
        "interview",
        "app:interview",
        _("open the app at one interview"),
        "assess interview HE --rater R2",
    )
    interview.add_argument("candidate", metavar="CANDIDATE")
    interview.add_argument("--rater", required=True, metavar="R", help=_("who interviews"))
    interview.add_argument("--questionnaire", metavar="Q", help=_("default: the interviewers'"))
    interview.add_argument(
        "--plain",
        action="store_true",
        help=_("ask line by line, for screen readers, dumb terminals and pipes"),
    )
    interview.add_argument(
        "--notice-given",
        action="store_true",
        help=_("the candidate was given the notice on another way"),
    )
    _wave(interview, _("default: the engagement's current wave"))
    agree = command(
        "agree",
        "results:agree",
        _("record the value that the panel agreed on, beside the original ratings"),
        'assess agree HE BPM-2 3 --reason "the case was hers, the fix was not"',
    )
    agree.add_argument("candidate", metavar="CANDIDATE")
    agree.add_argument("item", metavar="ITEM")
    agree.add_argument("value", metavar="VALUE")
    agree.add_argument("--reason", required=True)
    _wave(agree, _("default: the engagement's current wave"))


def _results(command: Add) -> None:
    rank = command(
        "rank", "results:rank", _("the order of each module"), "assess rank COST --method"
    )
    rank.add_argument("modules", nargs="*", metavar="MODULE")
    forms = rank.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true")
    forms.add_argument("--csv", action="store_true")
    rank.add_argument("--method", action="store_true", help=_("say how the figures come about"))
    _wave(rank)
    explain = command(
        "explain",
        "results:explain",
        _("where each point of a score comes from, and what would change it"),
        "assess explain HE COST",
    )
    explain.add_argument("candidate", metavar="CANDIDATE")
    explain.add_argument("module", metavar="MODULE")
    explain.add_argument("--json", action="store_true")
    _wave(explain)
    compare = command(
        "compare",
        "results:compare",
        _("two to five candidates side by side"),
        "assess compare HE QI --module PROC",
    )
    compare.add_argument("candidates", nargs="+", metavar="CANDIDATE")
    compare.add_argument("--module", metavar="M")
    compare.add_argument("--json", action="store_true")
    _wave(compare)
    agreement = command(
        "agreement",
        "results:agreement",
        _("how far raters agree: ICC and Krippendorff's alpha"),
        "assess agreement --level competency",
    )
    agreement.add_argument("--level", choices=("item", "competency"), default="item")
    agreement.add_argument("--json", action="store_true")
    _wave(agreement)
    raters = command(
        "raters", "results:raters", _("severity and spread of each rater"), "assess raters"
    )
    raters.add_argument("--json", action="store_true")
    _wave(raters)
    panel = command(
        "panel",
        "results:panel",
        _("where raters differ so far that they must talk"),
        "assess panel",
    )
    panel.add_argument("--json", action="store_true")
    _wave(panel)
    export = command(
        "export",
        "export:export",
        _("write a shortlist, the scores or all ratings to a file"),
        "assess export shortlist --module COST --top 3 --format csv -o shortlist.csv",
    )
    export.add_argument("what", choices=("shortlist", "scores", "ratings"))
    export.add_argument("--module", metavar="M", help=_("default: every module"))
    export.add_argument("--top", type=int, metavar="K", help=_("the best K (default: the pack's)"))
    export.add_argument(
        "--format", choices=("csv", "json", "md"), help=_("default: by the file's ending, or csv")
    )
    export.add_argument(
        "-o", "--output", metavar="FILE", help=_("where to (default: standard output)")
    )
    _wave(export)


def _packs(command: Add, group: Callable[..., object]) -> None:
    what = group("pack", _("for authors of questionnaires"))
    check = command(
        "check",
        "packs:check",
        _("every mistake of a pack, with file, line and column"),
        "assess pack check my-pack",
        under=what,
    )
    check.add_argument("pack", metavar="DIR")
    check.add_argument("--json", action="store_true")
    show = command(
        "show",
        "packs:show",
        _("a pack as a person reads it"),
        "assess pack show key-user",
        under=what,
    )
    show.add_argument("pack", metavar="DIR_OR_ID", nargs="?", default="key-user")
    schema = command(
        "schema",
        "packs:schema",
        _("the JSON Schema of a kind of pack file"),
        "assess pack schema questionnaire",
        under=what,
    )
    schema.add_argument(
        "kind",
        nargs="?",
        default="pack",
        choices=("pack", "questionnaire", "development", "continuity"),
    )


def _wave(parser: argparse.ArgumentParser, help: str = "") -> None:
    parser.add_argument(
        "--wave", metavar="W", default=None, help=help or _("default: the latest with answers")
    )
