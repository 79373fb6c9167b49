"""``assess develop``: gaps, actions, change between waves; the pool's training plan."""

from __future__ import annotations

import argparse

from assess import i18n
from assess.cli.common import WIDEST, cut, open_workspace, print_json, print_table, say, tell
from assess.cli.cover import sign_of_life
from assess.errors import BadInput
from assess.i18n import _, listed
from assess.workspace.agreed import Agreed, overdue, put_action
from assess.workspace.developing import Growth, growth
from assess.workspace.growth_words import change_lines, closes_words, standing_words, state_name
from assess.workspace.pool import Pool, pool
from assess.workspace.roles import phase_of
from assess.workspace.wording import DASH, number, value
from assess.workspace.workspace import Workspace

_DETAILS = ("owner", "due", "proof", "state")


def develop(arguments: argparse.Namespace) -> None:
    """``assess develop``."""
    workspace = open_workspace(arguments)
    if arguments.phase:
        phase_of(workspace, arguments.phase)  # an unknown one is told, used or not
    if arguments.module and not arguments.candidate:
        raise BadInput(_("--module belongs to one candidate: assess develop CANDIDATE --module M"))
    action = arguments.add or arguments.set
    given = [name for name in _DETAILS if getattr(arguments, name) is not None]
    if action or given:
        if not (arguments.candidate and action):
            raise BadInput(
                _("name a candidate and an action: assess develop HE --add BPM-M1 --owner …")
            )
        _put(workspace, arguments, action)
    if arguments.overdue:
        _overdue(workspace, arguments.candidate, arguments.json)
    elif arguments.candidate:
        found = growth(workspace, arguments.candidate, arguments.module, arguments.wave)
        if arguments.json:
            print_json(found.as_json(workspace.pack))
        else:
            _print_growth(workspace, found)
    else:
        with sign_of_life() as watch:
            whole = pool(workspace, phase=arguments.phase, wave=arguments.wave, watch=watch)
        if arguments.json:
            print_json(whole.as_json(workspace.pack))
        else:
            _print_pool(workspace, whole)


def _put(workspace: Workspace, arguments: argparse.Namespace, action: str) -> None:
    done = put_action(
        workspace,
        arguments.candidate,
        action,
        owner=arguments.owner,
        due=arguments.due,
        proof=arguments.proof,
        state=arguments.state,
        phase=arguments.phase,
        by=arguments.by,
    )
    say(
        _("{candidate} {action}: {state}, {owner}, by {due}").format(
            candidate=done.candidate,
            action=done.action,
            state=state_name(done.state),
            owner=done.owner,
            due=done.due,
        )
    )


def _overdue(workspace: Workspace, candidate: str | None, as_json: bool) -> None:
    found, today = overdue(workspace), workspace.clock()[:10]
    if candidate:
        code = workspace.candidate(candidate).id
        found = [one for one in found if one.candidate == code]
    if as_json:
        print_json({"overdue": [one.as_json(today) for one in found]})
    else:
        _print_agreed(workspace, found, today)


def _print_growth(workspace: Workspace, found: Growth) -> None:
    pack, language = workspace.pack, i18n.language()
    wave = pack.say(pack.waves[found.wave].name, language)
    tell(f"{found.candidate} {cut(found.name, WIDEST)} · {wave}")
    for module, words in standing_words(pack, found):
        tell(f"{module}  {words}")
    tell()
    rows = []
    for gap in found.gaps:
        rows.append(
            [
                "▸" if gap.competency in found.proposed else "",
                gap.competency,
                pack.say(pack.competencies[gap.competency].name, language),
                value(gap.value),
                gap.level or DASH,
                listed(f"{m} −{value(by)}" for m, by in gap.missed) or DASH,
            ]
        )
    header = ("", _("code"), _("competency"), _("value"), _("level"), _("under the minimum"))
    print_table(header, rows, right=(3,))
    for gap in found.gaps:
        if gap.competency not in found.proposed:
            continue
        tell()
        when = _("before the next milestone") if gap.before_next else _("in this phase")
        tell(f"▸ {gap.competency} · {when}")
        for action in gap.actions:
            tell(f"  {action.id}  {pack.say(action.text, language)}")
    if found.agreed:
        tell()
        _print_agreed(workspace, list(found.agreed), found.today)
    for line in change_lines(workspace.pack, found.changes):
        tell(line)


def _print_agreed(workspace: Workspace, agreed: list[Agreed], today: str) -> None:
    if not agreed:
        tell(_("no action is overdue"))
        return
    pack, language = workspace.pack, i18n.language()
    rows = [
        [
            one.candidate,
            one.action,
            one.owner,
            one.due + (" !" if one.overdue(today) else ""),
            state_name(one.state),
            one.proof or DASH,
            pack.say(pack.actions[one.action].text, language) if one.action in pack.actions else "",
        ]
        for one in agreed
    ]
    header = (
        _("code"),
        _("action"),
        _("owner"),
        _("date"),
        _("state"),
        _("proof"),
        _("text"),
    )
    print_table(header, rows)


def _print_pool(workspace: Workspace, found: Pool) -> None:
    pack, language = workspace.pack, i18n.language()
    tell(_("cover {cover} of 100").format(cover=number(found.cover)))
    if found.lifts:
        tell(_("these actions lift it most, each with those before it:"))
    else:
        tell(_("no single action lifts it"))
    for at, one in enumerate(found.lifts, 1):
        name = pack.say(pack.competencies[one.competency].name, language)
        tell(
            "  "
            + _("{at}. {candidate} {competency} {name} from {value} to {to}: cover {cover}").format(
                at=at,
                candidate=one.candidate,
                competency=one.competency,
                name=name,
                value=value(one.value),
                to=value(one.to),
                cover=number(one.cover),
            )
        )
        for action in one.actions:
            tell(f"     {action.id}  {pack.say(action.text, language)}")
    if found.gaps:
        tell()
        rows = [
            [
                one.competency,
                pack.say(pack.competencies[one.competency].name, language),
                listed(one.below_minimum) or DASH,
                listed(one.low) or DASH,
            ]
            for one in found.gaps
        ]
        print_table((_("code"), _("competency"), _("under a minimum"), _("low level")), rows)
    if found.next_b:
        tell()
        for could in found.next_b:
            tell(f"{could.module}  {could.candidate}  {closes_words(could.closes)}")
    if found.agreed:
        tell()
        _print_agreed(workspace, list(found.agreed), found.today)
