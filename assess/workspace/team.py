"""Working on a team server: who one is there, and where answers are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput
from assess.i18n import _, ngettext

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.store.protocol import Store
    from assess.store.waiting import Waiting
    from assess.workspace.workspace import Workspace

MANAGER = "manager"


@dataclass(frozen=True)
class Prepared:
    """What preparing a server did."""

    steps: list[int]
    set_aside: int | None
    """Lines of the audit log that were no entries; None where it was whole."""


def prepare(address: str) -> Prepared:
    """Prepare a database for a team, or bring it up to date; for who owns it.

    Raises StoreError for a newer schema and without the right.
    """
    from assess.packs.cache import load_pack_cached
    from assess.places import cache_folder
    from assess.store.postgres import team
    from assess.store.postgres.store import PostgresStore

    steps, mended = team.init(address), team.mend_log(address)
    store = PostgresStore(address)
    try:
        for ref in store.packs():
            with suppress(AssessError):  # a damaged one is told by verify
                pack = load_pack_cached(store.pack(ref), cache_folder() / "packs", name=ref.id)
                store.note_ratings(_rated(pack))
    finally:
        store.close()
    return Prepared(steps, mended)


def keep_pack(store: Store, pack: Pack, files: Mapping[str, bytes]) -> None:
    """Keep the text of a pack; a team server is told which of its items are ratings."""
    store.put_pack(pack.ref, files)
    note = getattr(store, "note_ratings", None)
    if note is not None:
        note(_rated(pack))


def _rated(pack: Pack) -> list[str]:
    from assess.model.items import RatingItem

    return [item.id for item in pack.items.values() if isinstance(item, RatingItem)]


def grant(address: str, login: str, role: str, code: str = "") -> bool:
    """Make a login a member; gives whether the code is that of a rater nobody knows yet.

    Raises BadInput for a code that the role cannot have, and what
    :func:`assess.store.postgres.team.grant` does.
    """
    from assess.store.postgres import team
    from assess.workspace.workspace import Workspace

    workspace = Workspace.open(address)
    try:
        member = getattr(workspace.store, "member", None)
        # to anybody but the owner it is refused below, whatever the code
        new = member is not None and member.role == "owner" and _is_new(workspace, role, code)
    finally:
        workspace.close()
    team.grant(address, login, role, code)
    return new


def _is_new(workspace: Workspace, role: str, code: str) -> bool:
    """Whether a code is one that nobody has. Raises BadInput for one that the role cannot have."""
    if not code or role == MANAGER:
        return False
    if role == "candidate":
        if not workspace.has_engagement:
            raise BadInput(
                _("there is no candidate {code}: the server holds no engagement yet").format(
                    code=code
                ),
                hint=_("begin it with assess init, or bring it over with assess merge"),
            )
        workspace.candidate(code)
        return False
    if code in workspace.candidates():
        raise BadInput(
            _("{code} is a candidate, so no interviewer has that code").format(code=code),
            hint=_("a self-test is taken as: assess team grant LOGIN candidate --code CODE"),
        )
    return code not in workspace.raters()


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


def says_who(store: Store) -> bool:
    """Whether the store itself says who works there, as a team server does by the login."""
    return getattr(store, "member", None) is not None


def only_manages(store: Store) -> bool:
    """Whether who works here is a manager of a team server, who rates nobody."""
    member = getattr(store, "member", None)
    return member is not None and member.role == MANAGER


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


def state_words(store: Store) -> str:
    """What waits, in words, or that the server is away; empty where neither is so."""
    away = getattr(store, "away", False)
    return waiting_words(store) or (_("server away") if away else "")


def waiting_words(store: Store, *, brief: bool = False) -> str:
    """The state in words for the line above the keys; empty where nothing waits.

    ``brief`` says it in as few words as will do, where room is short.
    """
    found = waiting(store)
    if found is None:
        return ""
    if brief and (found.refused or found.away):
        text = _("server refuses: {n}") if found.refused else _("server away: {n} kept here")
    elif found.refused:
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
