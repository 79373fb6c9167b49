"""The words of the commands of who asks and answers: interview, calibrate, self, as, agree."""

from __future__ import annotations

from assess.cli.parser_options import Add, wave
from assess.i18n import _


def add(command: Add) -> None:
    """Add the commands."""
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
        help=_("the candidate was given the notice in another way"),
    )
    interview.add_argument(
        "--form",
        choices=("full", "short"),
        help=_("when it is opened: all items, or two per competency (default: full)"),
    )
    wave(interview, _("default: the engagement's current wave"))
    calibrate = command(
        "calibrate",
        "calibrate:run_calibrate",
        _("score sample answers and see beside each how a master rates it, and why"),
        "assess calibrate R2",
    )
    calibrate.add_argument("rater", metavar="RATER", help=_("who scores; a new code is added"))
    forms = calibrate.add_mutually_exclusive_group()
    forms.add_argument(
        "--plain",
        action="store_true",
        help=_("ask line by line, for screen readers, dumb terminals and pipes"),
    )
    forms.add_argument("--json", action="store_true", help=_("print what was scored so far"))
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
    wave(alone, _("default: the engagement's current wave"))
    who = command(
        "as",
        "working_as:run_as",
        _("remember who works on this machine: an interviewer's code, or manager"),
        "assess as R2",
    )
    who.add_argument("who", nargs="?", metavar="ID", help=_("left out: say who it is"))
    agree = command(
        "agree",
        "agreement:agree",
        _("record the value that the panel agreed on, beside the original ratings"),
        'assess agree HE BPM-2 3 --reason "the case was hers, the fix was not"',
    )
    agree.add_argument("candidate", metavar="CANDIDATE")
    agree.add_argument("item", metavar="ITEM")
    agree.add_argument("value", metavar="VALUE", help=_("in steps of the item's scale"))
    agree.add_argument(
        "--reason", required=True, metavar="TEXT", help=_("what the panel came to see")
    )
    wave(agree, _("default: the engagement's current wave"))
