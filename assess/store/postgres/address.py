"""The address of a team server: a URL without a secret in it, and how messages show it."""

from __future__ import annotations

import os
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from assess.errors import BadInput
from assess.i18n import _

SCHEMES = ("postgresql://", "postgres://")
_SECRET = frozenset({"password", "sslpassword", "scram_client_key", "oauth_client_secret"})


def is_server(place: str | os.PathLike[str]) -> bool:
    """Whether a place names a team server and no folder."""
    return isinstance(place, str) and place.lower().startswith(SCHEMES)


def check_scheme(place: str | os.PathLike[str]) -> None:
    """Raise BadInput for an address of something else, which may hold a password: never shown."""
    if isinstance(place, str) and "://" in place and not is_server(place):
        raise no_address(_("this is no address of a team server"))


def no_address(message: str) -> BadInput:
    """The error for what cannot be an address; ``message`` shows no secret."""
    return BadInput(
        message,
        title=_("No workspace"),
        hint=_("write it like postgresql://anna@server.example/riverside?sslmode=verify-full"),
    )


def checked_address(place: str) -> str:
    """The URL, which holds no secret. Raises BadInput for one that does, or that is none.

    A command line is seen by everybody on the machine and kept in the shell's history.
    """
    try:
        parts = urlsplit(place)
        secret = parts.password is not None
        secret = secret or any(key.lower() in _SECRET for key, _v in parse_qsl(parts.query))
    except ValueError as error:
        raise no_address(_("this is no address of a team server")) from error
    if secret:
        raise BadInput(
            _("{place}: a password does not belong into the address").format(place=shown(place)),
            title=_("A secret on the command line"),
            hint=_(
                "Leave it out: it is asked for on a terminal, or read from the file that "
                "PGPASSFILE names (~/.pgpass), or from a service file (?service=NAME)."
            ),
        )
    return place


def shown(place: str) -> str:
    """The URL as messages show it, without anything secret."""
    try:
        parts = urlsplit(place)
        host = parts.netloc.rpartition("@")[2]
        user = f"{quote(unquote(parts.username))}@" if parts.username else ""
        kept = [(k, v) for k, v in parse_qsl(parts.query) if k.lower() not in _SECRET]
    except ValueError:
        return "postgresql://…"
    query = "?" + urlencode(kept, safe="/:,") if kept else ""
    return f"{parts.scheme}://{user}{host}{parts.path}{query}"
