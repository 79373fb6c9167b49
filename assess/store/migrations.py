"""From the schemas of older versions to today's, one numbered step at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Tables = dict[str, dict[str, Any]]
"""A TinyDB file's content: table name to document id to document."""

MIGRATIONS: list[tuple[int, Callable[[Tables], Tables]]] = []
"""Steps ``(n, step)`` from schema n to n + 1, in order, the first with n = 1."""


def current_schema() -> int:
    """The schema that this version writes."""
    return MIGRATIONS[-1][0] + 1 if MIGRATIONS else 1


def migrated(tables: Tables, schema: int) -> Tables:
    """``tables`` brought from ``schema`` to the current one."""
    for source, step in MIGRATIONS:
        if source >= schema:
            tables = step(tables)
    return tables
