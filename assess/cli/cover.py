"""Commands on cover: the plan, what if somebody leaves, facts, decisions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assess.cli.common import open_workspace, print_json, print_table, say
from assess.cli.cover_print import print_leaving, print_plan, print_worst
from assess.errors import BadInput
from assess.i18n import _
from assess.workspace.stages import stage_words
from assess.workspace.wording import DASH

if TYPE_CHECKING:
    from assess.cover.watching import Watch


def plan(arguments: argparse.Namespace) -> None:
    """``assess plan``."""
    from assess.workspace.covering import asked
    from assess.workspace.covering import plan as run
    from assess.workspace.departing import leaving, team_members, worst_departures

    workspace = open_workspace(arguments)
    options: dict[str, Any] = {
        "phase": arguments.phase,
        "pins": arguments.pin,
        "bars": arguments.bar,
        "wave": arguments.wave,
    }
    gone = [*arguments.without, *team_members(workspace, arguments.without_team)]
    if arguments.told_on and not gone:
        raise BadInput(_("--told-on belongs to --without"))
    if arguments.decided and gone:
        raise BadInput(
            _("--decided does not go with --without: that plan is made anew, its changes are told")
        )
    worst = None
    with sign_of_life() as watch:
        if arguments.worst:
            worst = worst_departures(asked(workspace, **options), watch=watch)
        if gone:
            left = leaving(workspace, gone, told_on=arguments.told_on, watch=watch, **options)
            found, content = left.plan, left.as_json()
        else:
            found = run(workspace, decided=arguments.decided, watch=watch, **options)
            content = found.as_json()
    if arguments.json:
        print_json(content | ({"worst": worst.as_json()} if worst else {}))
    else:
        if gone:
            print_leaving(workspace, left)
        print_plan(workspace, found)
        if worst:
            print_worst(worst)


@contextmanager
def sign_of_life() -> Iterator[Watch]:
    """Says on a terminal how far the work is, for as long as it lasts; silent in a pipe."""
    from assess.cover.watching import silent

    if not sys.stderr.isatty():
        yield silent
        return

    def show(stage: str, share: float | None) -> bool:
        print(f"\r\x1b[K{stage_words(stage, share)}", end="", file=sys.stderr, flush=True)
        return True

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def facts(arguments: argparse.Namespace) -> None:
    """``assess facts``."""
    from assess.workspace.facts import KEYS, facts_of, put_facts, value_words

    workspace = open_workspace(arguments)
    module = workspace.module(arguments.module).id
    if (arguments.source or arguments.date or arguments.by) and not arguments.facts:
        raise BadInput(_("--source, --date and --by belong to facts: name one as KEY=VALUE"))
    if arguments.facts:
        put_facts(
            workspace,
            module,
            arguments.facts,
            source=arguments.source,
            day=arguments.date,
            by=arguments.by,
        )
    found = facts_of(workspace, module)
    if arguments.json:
        print_json({"module": module, "facts": [one.as_json() for one in found.values()]})
    else:
        rows = []
        for key in KEYS:
            fact = found.get(key.code)
            rows.append(
                [
                    key.code,
                    DASH if fact is None else value_words(fact.value),
                    fact.date if fact else "",
                    fact.source if fact else "",
                    _(key.meaning),
                ]
            )
        print_table((_("key"), _("value"), _("date"), _("source"), _("meaning")), rows)


def decide(arguments: argparse.Namespace) -> None:
    """``assess decide``."""
    from assess.workspace.deciding import decide as run
    from assess.workspace.deciding import history

    workspace = open_workspace(arguments)
    if arguments.module and arguments.a:
        taken = run(
            workspace,
            arguments.module,
            a=arguments.a,
            b=arguments.b,
            name=arguments.by,
            reason=arguments.reason,
            phase=arguments.phase,
            wave=arguments.wave,
        )
        say(
            _("{module}: A {a}, B {b}, decided by {name}").format(
                module=taken.module, a=taken.a, b=taken.b or DASH, name=taken.name
            )
        )
        for line in taken.departs:
            say(_("departs from the proposal: {what}").format(what=line))
        if arguments.json:
            print_json({"decision": taken.as_json()})
        return
    if arguments.a or arguments.b or arguments.by or arguments.reason:
        raise BadInput(_("a decision names role A: assess decide MODULE --a CANDIDATE …"))
    module = workspace.module(arguments.module).id if arguments.module else None
    told = history(workspace, module)
    if arguments.json:
        print_json({"decisions": [one.as_json() for one in told]})
    elif not told:
        say(_("nothing was decided yet"))
    else:
        rows = [
            [
                one.at[:10],
                one.module,
                one.a or DASH,
                one.b or DASH,
                one.name,
                _("in force") if one.in_force else _("earlier"),
                one.reason,
            ]
            for one in told
        ]
        header = (_("date"), _("module"), "A", "B", _("by"), _("state"), _("reason"))
        print_table(header, rows)
