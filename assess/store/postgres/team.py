"""Setting a team server up: schema, members and what they are, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from assess.errors import BadInput
from assess.i18n import _, listed
from assess.model.ids import new_ulid
from assess.store.postgres import chain, schema
from assess.store.postgres.address import checked_address, shown
from assess.store.postgres.connection import Connection, connect, library, not_allowed, told
from assess.store.postgres.link import Link, Member

ROLES = ("interviewer", "manager", "candidate")
_TABLES = ("streams", "records", "submissions", "packs", "log")


@dataclass(frozen=True)
class Status:
    """How a team server stands."""

    place: str
    engine: str
    schema: int
    known: int
    """The newest schema that this program knows."""
    login: str
    role: str
    code: str
    encrypted: bool
    members: list[Member] = field(default_factory=list)
    """All of them for the owner, for others themselves."""
    interviews: int = 0
    records: int = 0
    bytes: int = 0
    """What the tables take; 0 where the engine does not say."""


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    connection = connect(checked_address(address))
    try:
        with told(address):
            yield connection
    finally:
        connection.close()


def init(address: str) -> list[int]:
    """Prepare a database, or bring it to the newest schema; gives the steps that this took.

    Whoever runs it owns the tables. Raises StoreError for a newer schema and without the right.
    """
    with _connected(address) as connection:
        taken = schema.migrate(connection, address)
        connection.execute(
            "INSERT INTO assess.about (name, value) VALUES ('server', %s)"
            " ON CONFLICT (name) DO NOTHING",
            [new_ulid()],
        )
        return taken


def mend_log(address: str) -> int | None:
    """Let an audit log whose end was moved go on; gives how many lines were set aside.

    None where nothing was wrong with it. Raises StoreError for anybody but the owner.
    """
    with _owned(address) as connection:
        return chain.mend(connection)


def grant(address: str, login: str, role: str, code: str = "") -> None:
    """Make a login a member, or another one than before. The login must be there on the server.

    Raises BadInput for an unknown login or role, one that no policy would bind, no code, or that of
    another login; StoreError for anybody but the owner.
    """
    if role not in ROLES:
        raise BadInput(
            _("there is no role {role}; it is one of {known}").format(
                role=role, known=listed(ROLES)
            )
        )
    if role != "manager" and not code:
        raise BadInput(
            _("{role} takes the code of the person: --code K01").format(role=role),
        )
    with _owned(address) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_catalog.pg_roles"
            " WHERE rolname = %s",
            [login],
        ).fetchone()
        if row is None:
            raise BadInput(
                _("{place}: there is no login {login}").format(place=shown(address), login=login),
                hint=_("who runs the server makes it first: CREATE ROLE {login} LOGIN").format(
                    # to be copied: no letter of it may end the name
                    login='"' + login.replace('"', '""') + '"'
                ),
            )
        if row[0] or row[1] or _is_owner(connection, login):
            raise BadInput(
                _(
                    "{login} owns the tables or passes all policies, so no role would bind it"
                ).format(login=login),
                hint=_("give the person a login of their own, without SUPERUSER and BYPASSRLS"),
            )
        _check_free(connection, login, code)
        from psycopg import sql

        with connection.transaction():
            connection.execute(
                "INSERT INTO assess.members (login, role, code) VALUES (%s, %s, %s)"
                " ON CONFLICT (login) DO UPDATE SET role = excluded.role, code = excluded.code",
                [login, role, code],
            )
            connection.execute(
                sql.SQL("GRANT {} TO {}").format(
                    sql.Identifier(schema.GROUP), sql.Identifier(login)
                )
            )


def _check_free(connection: Connection, login: str, code: str) -> None:
    """Raise BadInput for the code of another login: two would write as one person."""
    row = connection.execute(
        "SELECT login FROM assess.members WHERE code = %s AND code <> '' AND login <> %s",
        [code, login],
    ).fetchone()
    if row is not None:
        raise BadInput(
            _("{login} works here as {code} already").format(login=row[0], code=code),
            hint=_(
                "give each person a code of their own; who got another login is taken out first: "
                "assess team revoke {login}"
            ).format(login=row[0]),
        )


def revoke(address: str, login: str) -> bool:
    """Take a member out; gives whether it was one. What they recorded stays.

    Raises StoreError for anybody but the owner. The login itself stays on the server, and in the
    group, which other databases may rest on: without a row among the members it opens nothing.
    """
    with _owned(address) as connection:
        gone = connection.execute("DELETE FROM assess.members WHERE login = %s", [login])
        return bool(gone.rowcount)


@contextmanager
def _owned(address: str) -> Iterator[Connection]:
    """A connection as the owner. Raises StoreError for anybody else."""
    link = Link(address)
    try:
        with link.connected() as connection:
            if link.member.role != "owner":
                raise not_allowed(address, _("only the owner of the tables does that"))
            yield connection
    finally:
        link.close()


def _is_owner(connection: Connection, login: str) -> bool:
    row = connection.execute(
        "SELECT pg_catalog.pg_has_role(%s, tableowner, 'USAGE') FROM pg_catalog.pg_tables"
        " WHERE schemaname = 'assess' AND tablename = 'records'",
        [login],
    ).fetchone()
    return bool(row and row[0])


def status(address: str) -> Status:
    """How the server stands, as this login may see it. Raises like opening it."""
    link = Link(address)
    try:
        with link.connected() as connection:
            streams = connection.execute(
                "SELECT count(*), COALESCE(sum(size), 0) FROM assess.streams"
            ).fetchone()
            interviews = connection.execute(
                "SELECT count(*) FROM assess.streams WHERE stream <> 'engagement' AND size > 0"
            ).fetchone()[0]
            members = connection.execute(
                "SELECT login, role, code FROM assess.members ORDER BY login"
            ).fetchall()
            found = Status(
                place=shown(address),
                engine=_engine(connection),
                schema=schema.version(connection),
                known=schema.steps()[-1][0],
                login=link.member.login,
                role=link.member.role,
                code=link.member.code,
                encrypted=bool(connection.pgconn.ssl_in_use),
                members=[Member(*row) for row in members],
                interviews=interviews,
                records=int(streams[1]),
                bytes=_bytes(connection),
            )
    finally:
        link.close()
    return found


def _engine(connection: Connection) -> str:
    text = str(connection.execute("SELECT version()").fetchone()[0])
    return " ".join(text.partition(",")[0].split()[:2])


def _bytes(connection: Connection) -> int:
    """What the tables take on disk; 0 for an engine that has no such function."""
    names: list[Any] = [f"assess.{table}" for table in _TABLES]
    try:
        row = connection.execute(
            "SELECT sum(pg_total_relation_size(CAST(t AS regclass)))"
            " FROM unnest(CAST(%s AS text[])) AS u (t)",
            [names],
        ).fetchone()
    except library().Error:
        return 0
    return int(row[0] or 0)
