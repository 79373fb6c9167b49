"""The packs in use, each version as it was, in a table: a row per file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assess.errors import StoreError
from assess.store import packs
from assess.store.postgres.connection import Connection

if TYPE_CHECKING:
    from assess.model.pack import PackRef


FileRows = list[tuple[Any, ...]]
IN_USE = (
    "SELECT p.hash, p.path, p.content, p.sha256 FROM assess.packs p"
    " JOIN (SELECT r.doc -> 'pack' AS pack FROM assess.records r"
    " WHERE r.stream = 'engagement' AND r.doc ->> 'kind' = 'engagement'"
    " ORDER BY r.id DESC LIMIT 1) AS now"
    " ON p.hash = now.pack ->> 'hash' AND p.id = now.pack ->> 'id'"
    " AND p.version = now.pack ->> 'version'"
)
"""The files of the pack that was named last, each with the pack's hash before it."""


def check(ref: PackRef, files: Mapping[str, bytes]) -> None:
    """Raise BadInput for names that a workspace folder could not keep."""
    packs.folder_name(ref)
    for name in files:
        packs.check_name(name)


def keep(connection: Connection, ref: PackRef, files: Mapping[str, bytes]) -> None:
    """Write a pack's files, all or none."""
    rows = [
        (ref.hash, ref.id, ref.version, name, data, hashlib.sha256(data).hexdigest())
        for name, data in sorted(files.items())
    ]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO assess.packs (hash, id, version, path, content, sha256)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            rows,
        )


def read(connection: Connection, place: str, ref: PackRef) -> dict[str, bytes]:
    """A pack's files. Raises StoreError without it, StoreCorrupt when one is damaged."""
    rows = connection.execute(
        "SELECT path, content, sha256 FROM assess.packs"
        " WHERE hash = %s AND id = %s AND version = %s",
        [ref.hash, ref.id, ref.version],
    ).fetchall()
    if not rows:
        raise packs.not_kept(ref, place)
    return whole(place, rows)


def whole(place: str, rows: FileRows) -> dict[str, bytes]:
    """A pack's files from rows of name, content and checksum. Raises StoreCorrupt."""
    return {name: _whole(place, name, bytes(data), wanted) for name, data, wanted in rows}


def refs(connection: Connection) -> list[PackRef]:
    """The packs that are kept."""
    from assess.model.pack import PackRef

    rows = connection.execute("SELECT DISTINCT id, version, hash FROM assess.packs").fetchall()
    return [PackRef(id=name, version=version, hash=hash_) for name, version, hash_ in sorted(rows)]


def note_ratings(connection: Connection, items: Iterable[str], *, owner: bool) -> None:
    """Which items are ratings; the owner's note tells it of what was submitted before, too."""
    with connection.transaction():
        connection.execute(
            "INSERT INTO assess.rating_items (item) SELECT * FROM unnest(CAST(%s AS text[]))"
            " ON CONFLICT (item) DO NOTHING",
            [sorted(set(items))],
        )
        if owner:
            connection.execute(
                "UPDATE assess.submissions SET rates = true"
                " WHERE NOT rates AND assess.rates(stream)"
            )


def wrong(connection: Connection, place: str) -> dict[str, str]:
    """The packs of which a file is not what was kept, and which file."""
    found = {}
    rows = connection.execute(
        "SELECT id, version, path, content, sha256 FROM assess.packs"
    ).fetchall()
    for name, version, path, data, wanted in rows:
        try:
            _whole(place, path, bytes(data), wanted)
        except StoreError as error:
            found[f"packs/{name}-{version}"] = error.message
    return found


def _whole(place: str, name: str, data: bytes, wanted: str) -> bytes:
    packs.check_name(name)
    if hashlib.sha256(data).hexdigest() != wanted:
        raise packs.damaged_file(f"{place}: {name}")
    return data
