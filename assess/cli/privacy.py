"""Commands on what may be kept: the engagement's purpose and end, notice, withdrawal, erasure."""

from __future__ import annotations

import argparse
import sys

from assess.cli.common import open_workspace, print_json, print_table, say, tell
from assess.errors import AssessError, BadInput
from assess.i18n import _, listed, ngettext
from assess.workspace.wording import printable


def engagement(arguments: argparse.Namespace) -> None:
    """``assess engagement``: shows it, and changes what is named."""
    from assess.workspace.privacy import as_date, change_engagement

    workspace = open_workspace(arguments)
    changes = {
        key: value
        for key in ("purpose", "readers", "contact", "wave", "phase")
        if (value := getattr(arguments, key)) is not None
    }
    for key in ("ends", "go_live"):
        if getattr(arguments, key) is not None:
            changes[key] = as_date(getattr(arguments, key))
    found = change_engagement(workspace, changes) if changes else workspace.engagement
    if arguments.json:
        print_json(found.model_dump(mode="json"))
    else:
        pack = found.pack
        rows = [
            (_("engagement"), found.name),
            (_("pack"), f"{pack.id} {pack.version} ({pack.hash[:12]})"),
            (_("modules"), listed(found.modules)),
            (_("wave"), found.wave),
            (_("phase"), found.phase or "–"),
            (_("go-live"), str(found.go_live or "–")),
            (_("purpose"), found.purpose or "–"),
            (_("readers"), found.readers or "–"),
            (_("contact"), found.contact or "–"),
            (_("to be erased by"), str(found.ends or "–")),
        ]
        print_table(("", ""), rows)


def notice(arguments: argparse.Namespace) -> None:
    """``assess notice``: shows the pack's notice, or records that it was given."""
    from assess.workspace.privacy import give_notice, notice_due, notice_gaps, notice_text

    workspace = open_workspace(arguments)
    person = workspace.candidate(arguments.candidate)
    if arguments.basis:
        give_notice(workspace, person.id, arguments.basis)
        say(_("recorded: {candidate} was given the notice").format(candidate=person.id))
    else:
        tell(notice_text(workspace) or _("the pack has no notice to give"))
        for gap in notice_gaps(workspace):
            say(gap)
        if notice_due(workspace, person.id):
            say(_("{candidate} was not given it yet").format(candidate=person.id))


def withdraw(arguments: argparse.Namespace) -> None:
    """``assess withdraw``."""
    from assess.workspace.privacy import withdraw as run

    workspace = open_workspace(arguments)
    code = arguments.candidate
    if run(workspace, code):
        say(_("recorded: {candidate} has withdrawn; nothing more is asked").format(candidate=code))
    else:
        say(_("{candidate} had withdrawn already").format(candidate=code))
    say(_("what is stored is removed with: assess erase {candidate}").format(candidate=code))


def retention(arguments: argparse.Namespace) -> None:
    """``assess retention``."""
    from assess.workspace.privacy import past_words
    from assess.workspace.privacy import retention as run

    workspace = open_workspace(arguments)
    found = run(workspace)
    if arguments.json:
        print_json(found.as_json())
        return
    if found.ends is None:
        say(_("no end date is set; set one with: assess engagement --ends YYYY-MM-DD"))
    elif found.past:
        say(_("{name} was to be erased by {ends}").format(name=found.engagement, ends=found.ends))
    else:
        say(_("{name} is kept until {ends}").format(name=found.engagement, ends=found.ends))
    rows = [
        (one.candidate, one.name, past_words(one), one.since, str(one.interviews))
        for one in found.people
    ]
    if rows:
        header = ("", _("name"), _("reason"), _("since"), _("interviews"))
        print_table(header, rows, right=(4,))
        say(_("remove a person with: assess erase CANDIDATE"))


def erase(arguments: argparse.Namespace) -> int:
    """``assess erase``: asks back on a terminal, wants ``--yes`` in a pipe."""
    from assess.workspace.erasing import erase as run

    workspace = open_workspace(arguments)
    person = workspace.candidate(arguments.candidate)
    if not arguments.yes and not _confirmed(person.id, person.called):
        say(_("nothing was changed"))
        return 1
    done = run(workspace, person.id)
    say(
        ngettext(
            "erased: {n} interview and every record; copies of this workspace lose the person "
            "when they are merged",
            "erased: {n} interviews and every record; copies of this workspace lose the person "
            "when they are merged",
            done.interviews,
        ).format(n=done.interviews)
    )
    say(_("files written before (exports, backups) are not reached: delete them yourself"))
    return 0


def _confirmed(code: str, name: str) -> bool:
    """Whether somebody typed the code. Raises BadInput where nobody can."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise BadInput(
            _("erasing cannot be undone, so it needs a yes"),
            hint=_("add --yes, or run it in a terminal"),
        )
    question = _("This removes all that is stored on {name} for good. Type {code} to go on: ")
    print(printable(question.format(name=name, code=code)), end="", file=sys.stderr, flush=True)
    try:
        return input().strip() == code
    except EOFError as end:
        raise AssessError(_("nothing was changed")) from end
