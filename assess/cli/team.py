"""``assess team``: setting a team server up, and how it stands."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from assess.cli.common import place_of, print_json, print_table, say, tell
from assess.cli.password import asking
from assess.errors import BadInput
from assess.i18n import _, ngettext
from assess.model.ids import as_id
from assess.store import is_server


def _address(arguments: argparse.Namespace) -> str:
    """The address. Raises BadInput for a folder."""
    place = place_of(arguments)
    if not is_server(place):
        raise BadInput(
            _("{place} is no team server").format(place=place),
            hint=_("name one with --workspace postgresql://server/database"),
        )
    return place


def init(arguments: argparse.Namespace) -> None:
    """``assess team init``."""
    from assess.store.postgres import team
    from assess.workspace.team import prepare

    address = _address(arguments)
    done = asking(lambda: prepare(address))
    found = team.status(address)
    if arguments.json:
        print_json({"place": found.place, "schema": found.schema, **asdict(done)})
        return
    if done.set_aside is not None:
        say(
            ngettext(
                "the audit log did not go on where it ended: mended, {n} line set aside in the "
                "table assess.log_aside",
                "the audit log did not go on where it ended: mended, {n} lines set aside in the "
                "table assess.log_aside",
                done.set_aside,
            ).format(n=done.set_aside)
        )
    if done.steps:
        say(_("{place}: prepared, schema {n}").format(place=found.place, n=found.schema))
    else:
        say(_("{place}: was ready, schema {n}").format(place=found.place, n=found.schema))
    say(_("next: assess init for the engagement, and assess team grant for each person"))


def grant(arguments: argparse.Namespace) -> None:
    """``assess team grant``."""
    from assess.workspace.team import grant as run

    address = _address(arguments)
    try:
        code = as_id(arguments.code) if arguments.code else ""
    except ValueError:
        raise BadInput(_("{code} cannot be a code").format(code=arguments.code)) from None
    new = asking(lambda: run(address, arguments.login, arguments.role, code))
    told = _("{login} works here as {role}")
    if code:
        told = _("{login} works here as {role} {code}")
    say(told.format(login=arguments.login, role=role_words(arguments.role), code=code))
    if new:
        say(
            _(
                "nobody has the code {code} yet: it is recorded as a rater with the first interview"
            ).format(code=code)
        )


def revoke(arguments: argparse.Namespace) -> int:
    """``assess team revoke``."""
    from assess.store.postgres import team

    address = _address(arguments)
    if asking(lambda: team.revoke(address, arguments.login)):
        say(
            _("{login} works here no longer; what was recorded stays").format(login=arguments.login)
        )
        return 0
    say(_("{login} was no member").format(login=arguments.login))
    return 1


def status(arguments: argparse.Namespace) -> None:
    """``assess team status``."""
    from assess.store.postgres import team

    address = _address(arguments)
    found = asking(lambda: team.status(address))
    if arguments.json:
        content = asdict(found)
        content["members"] = [
            {"login": m.login, "role": m.role, "code": m.code} for m in found.members
        ]
        print_json(content)
        return
    who = f"{found.login} · {role_words(found.role)} {found.code}".rstrip()
    rows = [
        (_("server"), found.place),
        (_("engine"), found.engine),
        (_("schema"), _("{n} of {newest}").format(n=found.schema, newest=found.known)),
        (_("connection"), _("encrypted") if found.encrypted else _("not encrypted")),
        (_("I am"), who),
        (_("interviews"), str(found.interviews)),
        (_("records"), str(found.records)),
        (_("size"), f"{found.bytes / 1e6:.1f} MB" if found.bytes else "–"),
    ]
    print_table(("", ""), rows)
    if found.members:
        tell()
        print_table(
            (_("login"), _("works as"), _("code")),
            [(m.login, role_words(m.role), m.code) for m in found.members],
        )
    if found.role != "owner":
        say(_("the other members are listed for the owner only"))


def role_words(role: str) -> str:
    """A role on a team server in words."""
    words = {
        "owner": _("owner"),
        "manager": _("manager"),
        "interviewer": _("interviewer"),
        "candidate": _("candidate"),
    }
    return words.get(role, role)
