"""Records: the immutable facts that a workspace is made of.

A *stream* is a set of records: ``engagement`` for the engagement, the people and decisions, and
one stream per interview, named by the interview's id. A record is never changed; a later one
*revises* it by naming its id. What nobody revises is current (a *head*); two heads that differ are
a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, Literal, TypedDict

ENGAGEMENT = "engagement"


class Record(TypedDict, total=False):
    """The keys that every record has; each ``kind`` adds its own."""

    id: str
    kind: str
    at: str
    device: str
    by: str
    revises: list[str]


State = Literal["answered", "not_asked", "not_observed", "declined", "open"]
STATES: tuple[State, ...] = ("answered", "not_asked", "not_observed", "declined", "open")


def current(records: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The heads of a stream, oldest first; ids order them in time, clocks only break ties."""
    records = list(records)
    revising = [olds for record in records if (olds := record.get("revises"))]
    revised = {old for olds in revising for old in olds}
    heads = [record for record in records if record["id"] not in revised] if revised else records
    return sorted(heads, key=itemgetter("id"))
