"""One connection to a team server, shared by a program's threads, opened again when it was lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from assess.model.records import ENGAGEMENT
from assess.store.postgres import schema
from assess.store.postgres.address import checked_address
from assess.store.postgres.connection import (
    Connection,
    Query,
    Rows,
    ServerAway,
    ask_all,
    connect,
    library,
    not_allowed,
    not_prepared,
    told,
)

T = TypeVar("T")
_TRIES = 6
_OF_CANDIDATES = frozenset({"notice", "withdrawn"})
_UNSIGNED = frozenset({"candidate", "rater", "language"})
"""What an interviewer may bring from a laptop on which nobody said who works there."""
_SIGNED = frozenset({"notice", "withdrawn", "fact", "development"})
_WHO = (
    "SELECT CAST(current_user AS text),"
    " (SELECT value FROM assess.about WHERE name = 'schema'),"
    " (SELECT value FROM assess.about WHERE name = 'server'),"
    " (SELECT role FROM assess.members WHERE login = CAST(current_user AS text)),"
    " (SELECT code FROM assess.members WHERE login = CAST(current_user AS text)),"
    " (SELECT tableowner FROM pg_catalog.pg_tables"
    "   WHERE schemaname = 'assess' AND tablename = 'records')"
)
_AGAIN = frozenset({"40001", "40P01", "55P03"})
"""Two writers met, or a distributed engine asks to try again."""


@dataclass(frozen=True)
class Member:
    """Who one is on the server. The owner is no member and bound by no policy."""

    login: str
    role: str
    """owner, manager, interviewer or candidate."""
    code: str = ""

    @property
    def me(self) -> str | None:
        """As which rater or candidate one works; None: everything is shown."""
        return self.code if self.role in ("interviewer", "candidate") else None

    def writes(self, stream: str, record: Mapping[str, Any]) -> bool:
        """Whether the role may add this record; of an interview, the one that opened it.

        The database decides; this tells beforehand what it would refuse.
        """
        if self.role == "owner":
            return True
        if stream != ENGAGEMENT:
            own = record.get("rater") == self.code
            alone = record.get("form") == "self"
            return own and (self.role, alone) in (("interviewer", False), ("candidate", True))
        if self.role == "manager":
            return True
        own, kind = record.get("by") == self.code, record["kind"]
        if self.role == "candidate":
            return own and kind in _OF_CANDIDATES and record.get("candidate") == self.code
        if kind == "calibrated":
            return own and record.get("rater") == self.code
        return (own and kind in _SIGNED) or (
            kind in _UNSIGNED and record.get("by", "") in ("", self.code)
        )


class Link:
    """Raises what :func:`assess.store.postgres.connection.connect` does, at the first use too."""

    def __init__(self, address: str, ahead: Sequence[Query] = ()) -> None:
        """``ahead``: what is asked in the same exchange as who one is; see :meth:`taken_ahead`."""
        self.address = checked_address(address)
        self._ahead = tuple(ahead)
        self._taken: list[Rows] = []
        self.member = Member("", "")
        self.server = ""
        """An id of the database, the same whatever address leads to it."""
        self._lock = threading.RLock()
        self._connection: Connection | None = None
        self._closed = False

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """The connection, for one thread at a time. Raises ServerAway and StoreError."""
        with self._lock, told(self.address):
            if self._connection is None or self._connection.closed or self._connection.broken:
                self._connection = self._open()
            try:
                yield self._connection
            except library().OperationalError:
                if self._connection is not None and self._connection.closed:
                    self._connection = None
                raise

    def run(self, act: Callable[[Connection], T]) -> T:
        """``act`` on the connection, again where two writers met.

        It is tried once more on a new connection where the old one turns out to be dead, as after
        a night: ``act`` must come to the same when done twice.
        """
        fresh = self._connection is None
        for attempt in range(_TRIES):
            try:
                with self.connected() as connection:
                    try:
                        return act(connection)
                    except library().OperationalError as error:
                        if error.sqlstate not in _AGAIN or attempt == _TRIES - 1:
                            raise
            except ServerAway:
                if fresh:
                    raise
                fresh = True
                self.drop()
            else:
                time.sleep(0.01 * 2**attempt)
        raise AssertionError("the last attempt raises")

    def taken_ahead(self) -> list[Rows]:
        """What was asked when the connection was opened first; nothing when it is asked again."""
        with self.connected():
            taken, self._taken = self._taken, []
        return taken

    def drop(self) -> None:
        """Forget the connection; the next use opens one."""
        with self._lock:
            if self._connection is not None:
                with suppress(Exception):
                    self._connection.close()
            self._connection = None

    close = drop

    def _open(self) -> Connection:
        connection = connect(self.address)
        try:
            with told(self.address):
                self._look_around(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _look_around(self, connection: Connection) -> None:
        """Which schema, and who one is there: one exchange with the server."""
        errors = library().errors
        try:
            rows, *self._taken = ask_all(connection, [(_WHO, ()), *self._ahead])
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            raise not_prepared(self.address) from None
        self._ahead = ()
        login, found, self.server, role, code, owner = rows[0]
        schema.check(self.address, int(found or 0), schema.steps()[-1][0])
        if owner == login or (role is None and self._rules(connection, owner)):
            role, code = "owner", ""
        if role is None:
            raise not_allowed(self.address, _no_member(login))
        self.member = Member(login, role, code)

    @staticmethod
    def _rules(connection: Connection, owner: str) -> bool:
        """Whether the login may do what the owner may: a member of that role, or a superuser."""
        row = connection.execute(
            "SELECT pg_catalog.pg_has_role(current_user, %s, 'USAGE')", [owner]
        ).fetchone()
        return bool(row[0])


def _no_member(login: str) -> str:
    from assess.i18n import _

    return _(
        "{login} is no member of the team here; its owner adds it with: assess team grant"
    ).format(login=login)
