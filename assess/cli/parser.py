"""The words that the command line understands; what they do is imported when it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from assess import __version__
from assess.cli import parser_export
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
    _cover(command)
    _records(command)
    _privacy(command)
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
        "--headless",
        action="store_true",
        help=_("print its rankings and plan instead of opening the app"),
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
    _purpose(init, default="")
    what = group("import", _("take in a roster or a rating file"))
    roster = command(
        "roster",
        "engagement:import_roster",
        _("add candidates from a csv or xlsx file"),
        "assess import roster people.csv",
        under=what,
    )
    roster.add_argument(
        "file",
        metavar="FILE",
        help=_(
            "a row per person; column candidate (the code), if you like name, department, team,"
            " manager, role, email, modules (COST;PLAN; none: all), language, capacity"
        ),
    )
    ratings = command(
        "ratings",
        "engagement:import_ratings",
        _("add answers from a csv or xlsx file, whole or not at all"),
        "assess import ratings ratings.xlsx --create",
        under=what,
    )
    ratings.add_argument(
        "file",
        metavar="FILE",
        help=_(
            "a row per answer; columns candidate, rater, item, value, if you like questionnaire,"
            " wave, note, at"
        ),
    )
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
    interview.add_argument(
        "--form",
        choices=("full", "short"),
        help=_("when it is opened: all items, or two per competency (default: full)"),
    )
    _wave(interview, _("default: the engagement's current wave"))
    alone = command(
        "self",
        "selftest:run_self",
        _("the candidate's own self-test, locked to it; it counts in no ranking"),
        "assess self HE",
    )
    alone.add_argument("candidate", metavar="CANDIDATE")
    alone.add_argument(
        "--plain",
        action="store_true",
        help=_("ask line by line, for screen readers, dumb terminals and pipes"),
    )
    _wave(alone, _("default: the engagement's current wave"))
    who = command(
        "as",
        "working_as:run_as",
        _("remember who works on this machine: an interviewer's code, or manager"),
        "assess as R2",
    )
    who.add_argument("who", nargs="?", metavar="ID", help=_("left out: say who it is"))
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
    from assess.cli.parser_cover import as_of

    rank = command(
        "rank", "results:rank", _("the order of each module"), "assess rank COST --method"
    )
    rank.add_argument("modules", nargs="*", metavar="MODULE")
    forms = rank.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true")
    forms.add_argument("--csv", action="store_true")
    rank.add_argument("--method", action="store_true", help=_("say how the figures come about"))
    _wave(rank)
    as_of(rank)
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
    parser_export.add(command, _wave)


def _cover(command: Add) -> None:
    from assess.cli.parser_cover import add

    add(command, _wave)


def _records(command: Add) -> None:
    merge = command(
        "merge",
        "records:merge",
        _("take in what others recorded; in any order and twice it comes to the same"),
        "assess merge ../anna ../bo/backup.zip",
    )
    merge.add_argument("sources", nargs="+", metavar="WORKSPACE", help=_("a folder or a backup"))
    merge.add_argument("--json", action="store_true")
    merge.add_argument(
        "--without-damaged",
        action="store_true",
        help=_("leave out interviews there that cannot be read"),
    )
    conflicts = command(
        "conflicts",
        "records:conflicts",
        _("what was answered, entered or decided differently on two laptops"),
        "assess conflicts --json",
    )
    conflicts.add_argument("--json", action="store_true")
    settle = command(
        "settle",
        "records:settle",
        _("let one record of a conflict stand for all; the others stay on record"),
        'assess settle 3f9c01aa27d4 --keep 01JF2V --reason "read the notes together"',
    )
    settle.add_argument("id", metavar="ID", help=_("a conflict as assess conflicts lists it"))
    settle.add_argument(
        "--keep", required=True, metavar="ID", help=_("the record to keep, or the end of its id")
    )
    settle.add_argument("--reason", required=True)
    join = command(
        "join",
        "records:join",
        _("read one candidate as another: one person under two codes, or a wrong choice"),
        'assess join K07 K70 --reason "entered twice"',
    )
    join.add_argument("old", metavar="OLD")
    join.add_argument("new", metavar="NEW")
    join.add_argument("--reason", default="")
    join.add_argument(
        "--interview",
        action="append",
        default=[],
        metavar="ID",
        help=_("only this interview was with NEW"),
    )
    join.add_argument(
        "--rater", metavar="R", help=_("only the interviews by this rater were with NEW")
    )
    _wave(join, _("with --rater: only of this wave"))
    verify = command(
        "verify",
        "records:verify",
        _("checksums, the log's chain, versions: what is wrong where"),
        "assess verify",
    )
    verify.add_argument("--json", action="store_true")
    backup = command(
        "backup",
        "records:backup",
        _("write the whole workspace into one file and verify it"),
        "assess backup riverside.zip",
    )
    backup.add_argument("file", metavar="FILE")
    restore = command(
        "restore",
        "records:restore",
        _("take in a backup after verifying it; what is here stays"),
        "assess restore riverside.zip --workspace new",
    )
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--json", action="store_true")


def _privacy(command: Add) -> None:
    engagement = command(
        "engagement",
        "privacy:engagement",
        _("show the engagement, or change its purpose, readers, end, wave or phase"),
        'assess engagement --wave M1 --readers "panel, project manager"',
    )
    _purpose(engagement)
    engagement.add_argument("--phase", metavar="P", help=_("where the roll-out stands"))
    engagement.add_argument("--go-live", metavar="YYYY-MM-DD", help=_("when the system goes live"))
    engagement.add_argument("--json", action="store_true")
    _wave(engagement, _("the wave in which interviews are filed from now on"))
    notice = command(
        "notice",
        "privacy:notice",
        _("show the notice to a candidate, or record that it was given"),
        "assess notice HE --basis consent",
    )
    notice.add_argument("candidate", metavar="CANDIDATE")
    notice.add_argument(
        "--basis",
        choices=("consent", "rules"),
        help=_("what allows the interview: consent, or rules of work"),
    )
    withdraw = command(
        "withdraw",
        "privacy:withdraw",
        _("a candidate withdraws: nothing more is asked or worked out"),
        "assess withdraw HE",
    )
    withdraw.add_argument("candidate", metavar="CANDIDATE")
    erase = command(
        "erase",
        "privacy:erase",
        _("remove all that is stored on a candidate, for good"),
        "assess erase HE",
    )
    erase.add_argument("candidate", metavar="CANDIDATE")
    erase.add_argument("--yes", action="store_true", help=_("do not ask back"))
    retention = command(
        "retention",
        "privacy:retention",
        _("what is past its end date"),
        "assess retention --json",
    )
    retention.add_argument("--json", action="store_true")


def _purpose(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument(
        "--purpose", default=default, metavar="TEXT", help=_("what the records are for")
    )
    parser.add_argument(
        "--readers", default=default, metavar="TEXT", help=_("who may read the results")
    )
    parser.add_argument(
        "--contact", default=default, metavar="TEXT", help=_("whom candidates ask and answer")
    )
    parser.add_argument(
        "--ends", default=None, metavar="YYYY-MM-DD", help=_("the day by which all is erased")
    )


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
