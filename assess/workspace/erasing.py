"""Erasing a person: a tombstone first, then everything that names them.

The tombstone is a record of the stream ``engagement`` with salted hashes of the person's codes and
of their interviews. From the moment it is on disk the person is gone for every reader; the files
are cleaned after that. The interviews go first and the engagement's records last, in one step, so
that as long as something is left a record there still names the person: a crash in between is
noticed and finished when the workspace is opened again. A tombstone wins every merge.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.errors import StoreError
from assess.i18n import _
from assess.model.ids import interview_id
from assess.model.records import ENGAGEMENT, current
from assess.store.sources import prefetch
from assess.workspace.overview_kept import forget_overview
from assess.workspace.standing import Erased, Standing, people_in, salted
from assess.workspace.tombstones import remember

if TYPE_CHECKING:
    from assess.workspace.joining import Joins
    from assess.workspace.workspace import Workspace

_OF_MOVE = frozenset({"kind", "new", "interview", "rater", "questionnaire", "wave"})


@dataclass(frozen=True)
class Removed:
    """How much an erasure removed."""

    interviews: int = 0
    records: int = 0
    """Of the stream ``engagement``."""


def erase(workspace: Workspace, candidate: str) -> Removed:
    """Remove all that is stored on a candidate, under every code joined with theirs.

    Raises BadInput for an unknown candidate, StoreError where something could not be removed;
    calling it again, or opening the workspace, finishes.
    """
    person = workspace.candidate(candidate).id
    codes = workspace.standing.joins.codes(person)
    streams = _interviews_of(workspace, person, codes)
    records = workspace.store.read(ENGAGEMENT)
    workspace.add(*tombstone(codes, streams, records))
    workspace.log("erased", candidate=sorted(codes), interviews=len(streams))
    remember(workspace.store.read(ENGAGEMENT))
    try:
        return purge(workspace)
    except StoreError as error:
        error.hint = _(
            "{candidate} is shown to nobody any more, but files are left. Once that is put right,"
            " the next command removes them; assess verify names what is left."
        ).format(candidate=person)
        raise


def tombstone(
    codes: Iterable[str], streams: Iterable[str], records: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What says that these codes and interviews were erased, as contents of records.

    ``records`` are those of the stream ``engagement``. What the records that go had revised stays
    revised: the tombstone does it instead. Interviews moved from the person to somebody else stay
    with whom they were with.
    """
    codes, records = set(codes), list(records)
    earlier = next((r["salt"] for r in records if r["kind"] == "erased"), None)
    salt = earlier or os.urandom(16).hex()
    gone = [record for record in records if codes & people_in(record)]
    kept = {record["id"] for record in records} - {record["id"] for record in gone}
    content = {
        "kind": "erased",
        "salt": salt,
        "codes": sorted(salted(salt, code) for code in codes),
        "streams": sorted(salted(salt, stream) for stream in streams),
        "revises": sorted(kept & {old for record in gone for old in record.get("revises", ())}),
    }
    moved = [
        {k: v for k, v in r.items() if k in _OF_MOVE} | {"old": "", "revises": []}
        for r in current(gone)
        if r["kind"] == "joined" and r.get("interview") and r["new"] not in codes
    ]
    return [content, *moved]


def finish(workspace: Workspace) -> None:
    """Finish an erasure that a crash or a file brought back left half done, if that can be done."""
    erased, store = workspace.standing.erased, workspace.store
    named = any(map(erased.names, store.read(ENGAGEMENT)))
    if named or any(map(erased.has_stream, store.streams())):
        with suppress(StoreError):
            purge(workspace)


def purge(workspace: Workspace) -> Removed:
    """Remove from the files what tombstones name. Raises StoreError; calling it again finishes."""
    store = workspace.store
    forget_overview(workspace)
    records = store.read(ENGAGEMENT)
    erased = Standing(records).erased
    joins = all_joins(records)
    damaged = store.damaged()
    prefetch(store, store.streams())
    streams, raters = [], set()
    for stream in store.streams():
        if stream == ENGAGEMENT:
            continue
        opening = {} if stream in damaged else opening_of(store.read(stream))
        if is_erased(stream, opening, erased, joins):
            streams.append(stream)
        elif opening:
            raters.add(opening["rater"])
    for stream in streams:
        store.erase(stream)
    gone = {r["id"] for r in records if erased.names(r) or _was_rater(r, erased, raters)}
    if gone:
        # copies and torn ends go while the records still tell that something is left to do
        store.erase(ENGAGEMENT, [])
        store.erase(ENGAGEMENT, gone)
    store.digests()  # the index forgets what is gone
    return Removed(len(streams), len(gone))


def is_erased(stream: str, opening: Mapping[str, Any], erased: Erased, joins: Joins) -> bool:
    """Whether an interview is one with somebody erased."""
    if not erased:
        return False
    candidate = joins.whose(stream, opening.get("candidate", ""))
    return erased.has_stream(stream) or erased.has_code(candidate)


def all_joins(records: Iterable[Mapping[str, Any]]) -> Joins:
    """Whom codes and interviews mean, also by records that name somebody erased."""
    return Standing(record for record in records if record["kind"] != "erased").joins


def opening_of(records: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The record that opened an interview; empty without one."""
    return next((record for record in records if record["kind"] == "opened"), {})


def _was_rater(record: Mapping[str, Any], erased: Erased, raters: set[str]) -> bool:
    """Whether a record makes somebody erased a rater, who rated nobody but themselves."""
    return (
        record["kind"] == "rater"
        and record["code"] not in raters
        and erased.has_code(record["code"])
    )


def _interviews_of(workspace: Workspace, person: str, codes: set[str]) -> list[str]:
    """The interviews with a person, those too that cannot be read."""
    joins, store = workspace.standing.joins, workspace.store
    names = store.streams()
    found = []
    for stream, records in store.read_all():
        opening = opening_of(records)
        if stream != ENGAGEMENT and joins.whose(stream, opening.get("candidate", "")) == person:
            found.append(stream)
    possible = {
        interview_id(code, rater, questionnaire, wave)
        for code in codes
        for rater in [*workspace.raters(), *codes]
        for questionnaire in workspace.pack.questionnaires
        for wave in workspace.pack.waves
    }
    damaged = possible & store.damaged().keys() & set(names)
    return sorted({*found, *damaged})
