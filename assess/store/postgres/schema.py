"""The schema of a team server: numbered steps forward, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Any

from assess.errors import StoreError
from assess.i18n import _
from assess.store.postgres.address import shown

GROUP = "assess_team"
"""The group role that all members are in; what each may do stands in ``assess.members``."""

Steps = Sequence[tuple[int, str]]


def steps() -> Steps:
    """The migrations shipped, ``(number, SQL)`` in order; the schema has the number of the last."""
    folder = resources.files("assess.store.postgres") / "migrations"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return [
        (int(entry.name.removesuffix(".sql")), entry.read_text(encoding="utf-8"))
        for entry in sorted(found, key=lambda entry: entry.name)
    ]


def version(connection: Any) -> int:
    """The schema of the database; 0 where it was not prepared."""
    there = connection.execute(
        "SELECT count(*) FROM information_schema.tables"
        " WHERE table_schema = 'assess' AND table_name = 'about'"
    ).fetchone()[0]
    if not there:
        return 0
    row = connection.execute("SELECT value FROM assess.about WHERE name = 'schema'").fetchone()
    return int(row[0]) if row else 0


def check(address: str, found: int, known: int) -> None:
    """Raise StoreError for a schema that this version of the program cannot work with."""
    if found > known:
        raise StoreError(
            _(
                "{place}: a newer version of this program wrote it (schema {found} > {known})"
            ).format(place=shown(address), found=found, known=known),
            title=_("Too new"),
            hint=_("Install that version here. Nothing was changed."),
        )
    if found < known:
        raise StoreError(
            _("{place}: it is of an older version of this program ({found} < {known})").format(
                place=shown(address), found=found, known=known
            ),
            title=_("Too old"),
            hint=_("after a backup its owner brings it up to date with: assess team init"),
        )


def migrate(connection: Any, address: str, wanted: Steps | None = None) -> list[int]:
    """Bring the database to the newest schema; gives the numbers of the steps taken.

    A step that fails leaves the schema as it was before it. Raises StoreError for a newer schema.
    """
    wanted = steps() if wanted is None else wanted
    taken: list[int] = []
    found = version(connection)
    if found > wanted[-1][0]:
        check(address, found, wanted[-1][0])
    if found == 0:
        _begin(connection)
    for number, sql in wanted:
        if number <= found:
            continue
        with connection.transaction():
            # whoever else migrates now waits here and then finds it done
            if number > 1:
                row = connection.execute(
                    "SELECT value FROM assess.about WHERE name = 'schema' FOR UPDATE"
                ).fetchone()
                if int(row[0]) >= number:
                    continue
            connection.execute(sql)
            connection.execute(
                "INSERT INTO assess.about (name, value) VALUES ('schema', %s)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [str(number)],
            )
        taken.append(number)
    return taken


def _begin(connection: Any) -> None:
    """The schema and the group of members. Roles belong to the server and may be there already."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [GROUP]).fetchone()
    if not there:
        connection.execute(f"CREATE ROLE {GROUP} NOLOGIN")
    connection.execute("CREATE SCHEMA IF NOT EXISTS assess")
