"""Working on a team server: who one is there, and where answers are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _, ngettext

if TYPE_CHECKING:
    from assess.store.protocol import Store
    from assess.store.waiting import Waiting

MANAGER = "manager"


def works_as(store: Store, me: str | None) -> str | None:
    """As whom one works: on a team server what the login is, in a folder ``me``.

    None: as a manager, to whom everything is shown. Raises BadInput where the login is another.
    """
    member = getattr(store, "member", None)
    if member is None or member.role == "owner":
        return me
    own: str | None = member.me
    if me is not None and me != own:
        raise BadInput(
            _("the login {login} works as {own} here, not as {me}").format(
                login=member.login, own=own or MANAGER, me=me or MANAGER
            ),
            hint=_("on a team server the login says who one is: leave --as out"),
        )
    return own


def may_write(store: Store, stream: str, record: Mapping[str, Any]) -> bool:
    """Whether who works here may add a record (of an interview, its opening) to the store."""
    member = getattr(store, "member", None)
    return member is None or bool(member.writes(stream, record))


def follow(store: Store) -> None:
    """Look at a team server all the time, in a thread, so that no screen waits for it."""
    look = getattr(store, "follow", None)
    if look is not None:
        look()


def waiting(store: Store) -> Waiting | None:
    """What is kept here and not on the server; None for a folder, or where all is there."""
    look = getattr(store, "waiting", None)
    found: Waiting | None = look() if look else None
    return found


def waiting_words(store: Store) -> str:
    """The state in words for the line above the keys; empty where nothing waits."""
    found = waiting(store)
    if found is None:
        return ""
    if found.refused:
        text = ngettext(
            "kept here, the server refuses it: {n} answer waiting",
            "kept here, the server refuses them: {n} answers waiting",
            found.records,
        )
    elif found.away:
        text = ngettext(
            "kept here, server away: {n} answer waiting",
            "kept here, server away: {n} answers waiting",
            found.records,
        )
    else:
        text = ngettext(
            "on its way to the server: {n} answer",
            "on their way to the server: {n} answers",
            found.records,
        )
    return text.format(n=found.records)
