"""The words of the commands on cover: plan, facts, decide, develop."""

from __future__ import annotations

import argparse
from typing import Any

from assess.cli.parser_options import Add, as_json, wave
from assess.i18n import _


def add(command: Add) -> None:
    """Add the commands."""
    _plan(command)
    facts = command(
        "facts",
        "cover:facts",
        _("what is known of a module's position: enter facts, or list them"),
        "assess facts COST handover_days=45 written=25 source=Cheng date=2026-11-02",
    )
    facts.add_argument("module", metavar="MODULE")
    facts.add_argument(
        "facts",
        nargs="*",
        default=[],
        metavar="KEY=VALUE",
        help=_("facts to enter (default: list what is known, and the keys)"),
    )
    facts.add_argument(
        "--source", type=str, default="", metavar="TEXT", help=_("where they come from")
    )
    facts.add_argument("--date", default="", metavar="DAY", help=_("of which day (default: today)"))
    facts.add_argument("--by", default="", metavar="NAME", help=_("who enters them"))
    as_json(facts)
    decide = command(
        "decide",
        "cover:decide",
        _("record who is appointed to a module, or list the decisions"),
        'assess decide COST --a LU --b HE --by Cheng --reason "as proposed"',
    )
    decide.add_argument("module", nargs="?", metavar="MODULE")
    decide.add_argument("--a", metavar="CANDIDATE", help=_("role A"))
    decide.add_argument("--b", metavar="CANDIDATE", help=_("role B"))
    decide.add_argument("--by", default="", metavar="NAME", help=_("who decides"))
    decide.add_argument(
        "--reason",
        type=str,
        default="",
        metavar="TEXT",
        help=_("needed where it departs from the plan"),
    )
    decide.add_argument("--phase", metavar="P", help=_("default: the engagement's phase"))
    as_json(decide)
    wave(decide)
    _develop(command)


def _plan(command: Add) -> None:
    plan = command(
        "plan",
        "cover:plan",
        _("role A and role B per module, flags, and what if somebody leaves"),
        "assess plan --without JA LU",
    )
    plan_options(plan)
    plan.add_argument(
        "--worst", action="store_true", help=_("try all departures of one and of two")
    )
    as_json(plan)
    wave(plan)
    as_of(plan)


def plan_options(plan: argparse._ActionsContainer) -> None:
    """Add what a plan or a departure may be asked for."""
    several: dict[str, Any] = {"action": "extend", "nargs": "+", "default": []}
    plan.add_argument("--phase", metavar="P", help=_("default: the engagement's phase"))
    plan.add_argument(
        "--pin", metavar="MODULE.a=X", help=_("somebody who is to hold a role"), **several
    )
    plan.add_argument(
        "--bar",
        metavar="X",
        help=_("somebody who is to hold no role, or none in MODULE=X or MODULE.a=X"),
        **several,
    )
    plan.add_argument(
        "--decided", action="store_true", help=_("keep to what was decided, plan the rest")
    )
    plan.add_argument("--without", metavar="CANDIDATE", help=_("what if they leave"), **several)
    plan.add_argument(
        "--without-team",
        metavar="NAME",
        help=_("what if a whole team or department leaves"),
        **several,
    )
    plan.add_argument(
        "--told-on",
        metavar="DAY",
        help=_("with --without: from when the notice runs (default: today)"),
    )


def as_of(parser: argparse.ArgumentParser) -> None:
    """Add the option that reads the records of a past day."""
    parser.add_argument(
        "--as-of",
        metavar="DAY",
        default=None,
        help=_("as the records stood at the end of that day"),
    )


def _develop(command: Add) -> None:
    develop = command(
        "develop",
        "develop:develop",
        _("gaps, actions with owner and date, change between waves; without a name the whole pool"),
        "assess develop HE --module COST --add BPM-M1 --owner Shen --due 2027-01-31",
    )
    develop.add_argument("candidate", nargs="?", metavar="CANDIDATE")
    develop.add_argument("--module", metavar="M", help=_("default: every module"))
    develop.add_argument("--phase", metavar="P", help=_("default: the engagement's phase"))
    one = develop.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="ACTION", help=_("plan an action of the pack"))
    one.add_argument("--set", metavar="ACTION", help=_("change a planned action"))
    develop.add_argument("--owner", metavar="NAME", help=_("who sees to it"))
    develop.add_argument("--due", metavar="DAY", help=_("by when"))
    develop.add_argument("--proof", type=str, metavar="TEXT", help=_("what shows that it was done"))
    develop.add_argument(
        "--state", choices=("planned", "started", "done", "dropped"), help=_("how far it is")
    )
    develop.add_argument("--by", default="", metavar="NAME", help=_("who enters it"))
    develop.add_argument("--overdue", action="store_true", help=_("actions past their date"))
    as_json(develop)
    wave(develop)
