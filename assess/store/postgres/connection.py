"""The connection to a team server, and what its refusals mean to a user.

Secrets come from where libpq looks for them (PGPASSFILE, a service file) or from a prompt. They are
kept in this process only and appear in no message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assess.errors import AssessError, BadInput, StoreError
from assess.i18n import _
from assess.store.postgres.address import no_address, shown

Connection = Any
"""``psycopg.Connection``; psycopg is an optional extra."""
Query = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]

_WAIT = 10
_DEFAULTS = {
    "application_name": "assess",
    "connect_timeout": str(_WAIT),
    # a network that vanished must be noticed while somebody waits for "saved"
    "tcp_user_timeout": str(_WAIT * 1000),
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}
_MISWRITTEN = ("invalid port number", "Servname not supported", "invalid sslmode", "of service")
"""What libpq and the resolver say of an option that no server was asked about."""
_NOT_SECURED = (
    "does not support SSL",
    "certificate verify failed",
    "root certificate file",
    "does not match host name",
    "certificate for",
)
"""What libpq says where a server cannot show what ``sslmode`` asks for."""
_passwords: dict[str, str] = {}


class ServerAway(StoreError):  # noqa: N818 - said as it reads
    """The team server cannot be reached now; nothing says that it refused."""


class NotAllowed(StoreError):  # noqa: N818
    """The database keeps the login from it."""


class PasswordNeeded(StoreError):  # noqa: N818
    """The team server wants a password, and none was found or the one found is wrong."""

    address = ""


def library() -> Any:
    """psycopg. Raises AssessError naming the command that adds it."""
    import logging

    try:
        import psycopg
    except ImportError as error:
        raise AssessError(
            _("a team server needs psycopg, which is not installed here ({reason})").format(
                reason=error
            ),
            title=_("A part is missing"),
            hint="pip install 'assess[team]'",
        ) from error
    # what it notes beside an error, which is told anyway, must not be written across the screen
    log = logging.getLogger("psycopg")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    return psycopg


def use_password(address: str, password: str) -> None:
    """Remember the password for an address, for as long as this process runs."""
    _passwords[address] = password


def connect(address: str) -> Connection:
    """A connection in autocommit.

    Raises PasswordNeeded, ServerAway where nobody answers, StoreError where the server refuses,
    BadInput for an address that it cannot mean anything by.
    """
    psycopg = library()
    from psycopg import conninfo

    try:
        given = conninfo.conninfo_to_dict(address)
        options = {k: v for k, v in _DEFAULTS.items() if k not in given}
        if address in _passwords:
            options["password"] = _passwords[address]
        return psycopg.connect(address, autocommit=True, **options)
    except psycopg.ProgrammingError as error:
        raise no_address(
            _("{place}: this is no address of a team server").format(place=shown(address))
        ) from error
    except psycopg.OperationalError as error:
        raise _refused(address, error) from None


def _refused(address: str, error: Exception) -> AssessError:
    """Why no connection came about; the server's own words hold no secret."""
    state = getattr(error, "sqlstate", None) or ""
    said = _said(error)
    place = shown(address)
    if state.startswith("28") or "no password supplied" in said or "password auth" in said:
        needed = PasswordNeeded(
            _("{place}: the login was refused: {reason}").format(place=place, reason=said),
            title=_("Not let in"),
            hint=_(
                "The password is asked for on a terminal, or read from the file that PGPASSFILE "
                "names (~/.pgpass) or from a service file."
            ),
        )
        needed.address = address
        return needed
    if 'role "' in said and "does not exist" in said:
        return BadInput(
            _("{place}: the server has no such login: {reason}").format(place=place, reason=said),
            title=_("No workspace"),
            hint=_("the part before @ names the login; whoever runs the server makes it"),
        )
    if any(words in said for words in _MISWRITTEN):
        return no_address(
            _("{place}: this is no address of a team server: {reason}").format(
                place=place, reason=said
            )
        )
    if any(words in said for words in _NOT_SECURED):
        return StoreError(
            _("{place}: the connection is not secured as it was asked for: {reason}").format(
                place=place, reason=said
            ),
            title=_("No connection"),
            hint=_("sslmode and sslrootcert in the address say what is asked for"),
        )
    if state == "3D000" or "does not exist" in said:
        return BadInput(
            _("{place}: there is no such database: {reason}").format(place=place, reason=said),
            title=_("No workspace"),
            hint=_("the last part of the address names the database"),
        )
    return ServerAway(
        _("{place}: the team server does not answer: {reason}").format(place=place, reason=said),
        title=_("The server is away"),
        hint=_("Nothing was changed. Try again when it is back, or work in a folder and merge."),
    )


def _said(error: Exception) -> str:
    """The message of a driver in one line."""
    return " ".join(str(error).split())[:300]


@contextmanager
def told(address: str) -> Iterator[None]:
    """Turn what the server says inside into one clear error. Raises ServerAway and StoreError."""
    psycopg = library()
    from psycopg import errors

    try:
        yield
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        raise not_allowed(address, _rule(error)) from None
    except (errors.UntranslatableCharacter, errors.DataError) as error:
        raise StoreError(
            _("A text holds characters that cannot be stored; type it again."),
            title=_("Not saved"),
        ) from error
    except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
        raise not_prepared(address) from error
    except errors.DiskFull as error:
        raise StoreError(
            _("{place}: the server's disk is full, so this could not be saved.").format(
                place=shown(address)
            ),
            title=_("The disk is full"),
        ) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        if (error.sqlstate or "")[:2] in ("40", "53", "55") and error.sqlstate != "53300":
            raise _failed(address, error) from None
        raise _refused(address, error) from None
    except psycopg.Error as error:
        raise _failed(address, error) from None


def ask_all(connection: Connection, queries: Sequence[Query]) -> list[Rows]:
    """The rows of each query, all asked in one exchange where the library can do that."""
    if len(queries) == 1 or not library().Pipeline.is_supported():
        return [connection.execute(query, given).fetchall() for query, given in queries]
    with connection.pipeline():
        cursors = [connection.execute(query, given) for query, given in queries]
    # fetched inside, the first would wait for an exchange of its own
    return [cursor.fetchall() for cursor in cursors]


def not_allowed(address: str, reason: str) -> NotAllowed:
    """The error for what the login's role may not do."""
    return NotAllowed(
        _("{place}: this login may not do that: {reason}").format(
            place=shown(address), reason=reason
        ),
        title=_("Not allowed"),
        hint=_("Nothing was stored. assess team status says who one is on the server."),
    )


def _rule(error: Exception) -> str:
    """Which rule of the database stands behind a refusal, in words."""
    said = _said(error)
    rules = {
        "records": _(
            "an interviewer rates in the own name, and not in a submitted interview; a manager "
            "records no ratings; a candidate answers the own self-test"
        ),
        "streams": _(
            "an interview is begun in the own name by an interviewer, a self-test by the candidate"
        ),
        "submissions": _("an interview is submitted, and with a reason reopened, by whose it is"),
        "packs": _("a manager or the owner brings packs in"),
        "create role": _(
            "who prepares a server makes the group assess_team once, which takes CREATEROLE; where "
            "the group is there already, it is granted WITH ADMIN OPTION"
        ),
        "members": _("the owner says who is in the team"),
        "about": _("only the owner of the tables does that"),
        "log": _("the audit log of a backup is brought in by the owner"),
        "assess": _("it is not in the team; the owner adds it with: assess team grant"),
    }
    return next(
        (
            words
            for name, words in rules.items()
            if f'"{name}"' in said
            or said.endswith(f" {name}")
            or f"to {name}" in said
            or f"schema {name}" in said
            or f"table {name}" in said
        ),
        said,
    )


def not_prepared(address: str) -> BadInput:
    """The error for a database in which ``assess team init`` was not run."""
    return BadInput(
        _("{place}: this database holds no workspace").format(place=shown(address)),
        title=_("No workspace"),
        hint=_("its owner prepares it once with: assess team init --workspace {place}").format(
            place=shown(address)
        ),
    )


def _failed(address: str, error: Exception) -> StoreError:
    return StoreError(
        _("{place}: the server refused: {reason}").format(
            place=shown(address), reason=_said(error)
        ),
        title=_("Not saved"),
        hint=_("What was saved before is still there. Nothing was changed."),
    )
