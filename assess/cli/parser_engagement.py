"""The words of the commands that begin: demo, serve, completion, init, import."""

from __future__ import annotations

from assess.cli.parser_base import whole
from assess.cli.parser_options import Add, Group, purpose, wave
from assess.i18n import _


def add(command: Add, group: Group) -> None:
    """Add the commands."""
    demo = command(
        "demo",
        "app:demo",
        _("open the demonstration engagement: a fresh copy, or with --workspace one that stays"),
        "assess demo --headless",
    )
    demo.add_argument(
        "--headless",
        action="store_true",
        help=_("print its rankings and plan instead of opening the app"),
    )
    serve = command(
        "serve",
        "serve:serve",
        _("the app in a browser of this machine"),
        "assess serve --port 8000",
    )
    serve.add_argument(
        "--port", type=whole, default=8000, metavar="P", help=_("default: {port}").format(port=8000)
    )
    serve.add_argument(
        "--public-url",
        metavar="URL",
        help=_("the address of the proxy with a login that stands before it"),
    )
    completion = command(
        "completion",
        "completion:completion",
        _("print what makes a shell complete commands, candidates and modules"),
        'eval "$(assess completion bash)"',
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help=_("which shell"))
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
    purpose(init, default="")
    what = group(
        "import", _("take in a roster or a rating file"), "assess import roster people.csv"
    )
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
    wave(ratings, _("the wave of rows that name none (default: the engagement's current wave)"))
