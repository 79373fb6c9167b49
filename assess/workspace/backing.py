"""Backup, restore, verification: copies that hold, and what is wrong where."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput, StoreError
from assess.i18n import _
from assess.model.pack import PackRef
from assess.model.records import ENGAGEMENT
from assess.store import audit
from assess.store.backup import Backup, is_backup, write_backup
from assess.store.incoming import check_incoming
from assess.workspace.erasing import is_erased, opening_of
from assess.workspace.merging import Merged, Progress, merge_sources
from assess.workspace.missing import missing

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds."""

    interviews: int
    left_out: dict[str, str]
    """What could not be read, with the reason."""


def backup(workspace: Workspace, target: Path) -> BackedUp:
    """Write the whole workspace into one file that only its owner can read, and verify it.

    A backup that is there already is replaced. Raises BadInput for a file that is something else,
    AssessError where it cannot be written.
    """
    if target.is_dir():
        raise BadInput(_("{file} is a folder: name a file in it").format(file=target))
    if not target.absolute().parent.is_dir():
        raise BadInput(
            _("{file}: the folder {folder} does not exist: create it first").format(
                file=target, folder=target.absolute().parent
            )
        )
    if target.exists() and not is_backup(target):
        raise BadInput(
            _("{file} is there already and is no backup").format(file=target),
            hint=_("name another file"),
        )
    workspace.engagement  # noqa: B018 - raises where there is nothing to keep
    store = workspace.store
    left_out = store.damaged()
    refs = {ref.hash: ref for _stream, records in store.read_all() for ref in packs_of(records)}
    workspace.log("backed_up")
    try:
        streams = write_backup(
            store, refs.values(), store.raw_log(), Path(os.path.realpath(target))
        )
    except OSError as error:
        raise AssessError(
            _("{file} cannot be written: {reason}").format(
                file=target, reason=error.strerror or error
            )
        ) from error
    return BackedUp(streams - 1, left_out)


def restore(workspace: Workspace, source: Path, *, progress: Progress | None = None) -> Merged:
    """Take in a backup, after all of it was verified; what is here already stays.

    Raises BadInput, with nothing changed, for a file that is no backup or was changed since.
    """
    if not source.is_file():
        raise BadInput(_("{file} is no backup: it is no file").format(file=source))
    with closing(Backup(source)) as found:
        found.verify()
        return merge_sources(
            workspace, {str(source): found}, what="restored", progress=progress, log=found.log()
        )


@dataclass
class Verified:
    """What a verification found."""

    wrong: dict[str, str] = field(default_factory=dict)
    """Stream, pack or log, and what is wrong with it."""
    set_aside: list[str] = field(default_factory=list)
    """Files that keep what a crash cut short; nothing confirmed is in them."""
    streams: int = 0
    events: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return {"ok": not self.wrong, **vars(self)}


def verify(workspace: Workspace) -> Verified:
    """Read everything anew: checksums, the log's chain, versions, and whether records fit.

    What is left of an erased person is named as well, and what the log says was here and is not.
    """
    store = workspace.store
    found = Verified(wrong=store.verify())
    # the log first: an interview that is begun meanwhile is not missed
    events = [] if audit.NAME in found.wrong else list(store.events())
    streams = store.streams()
    found.streams, found.events = len(streams), len(events)
    found.set_aside = store.set_aside()
    for stream, reason in _misfits(workspace):
        found.wrong.setdefault(stream, reason)
    if ENGAGEMENT not in found.wrong:
        found.wrong.update(missing(workspace, events, streams))
    if streams and not events:
        # every engagement begins with an entry, so an empty log was removed
        found.wrong.setdefault(audit.NAME, _("the log is missing, although there are records"))
    found.wrong = dict(sorted(found.wrong.items()))
    return found


def _misfits(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Streams whose files are sound and whose records are not."""
    store = workspace.store
    packs: dict[str, str] = {}
    standing = workspace.standing if ENGAGEMENT not in store.damaged() else None
    for stream, records in store.read_all():
        try:
            check_incoming(workspace.place, stream, records)
        except BadInput as error:
            yield stream, error.message
            continue
        for ref in packs_of(records):
            if ref.hash not in packs:
                packs[ref.hash] = _missing(workspace, ref)
            if packs[ref.hash]:
                yield stream, packs[ref.hash]
        if standing and standing.erased and stream != ENGAGEMENT:
            if is_erased(stream, opening_of(records), standing.erased, standing.joins):
                yield stream, _("it is with somebody who was erased, and could not be removed")
        elif standing and any(map(standing.erased.names, records)):
            yield stream, _("it names somebody who was erased, and could not be removed")


def packs_of(records: Iterable[Mapping[str, Any]]) -> list[PackRef]:
    """The packs that an engagement or interviews name."""
    named = [record["pack"] for record in records if isinstance(record.get("pack"), dict)]
    return [PackRef.model_validate(pack) for pack in named]


def _missing(workspace: Workspace, ref: PackRef) -> str:
    """Why a pack cannot be read; empty where it can."""
    from assess.packs import content_hash

    try:
        files = workspace.store.pack(ref)
    except StoreError as error:
        return error.message
    if content_hash(files) != ref.hash:
        return _(
            "the kept pack {pack} {version} is not the text that answers were given under: "
            "files were changed, added or taken away together with their list"
        ).format(pack=ref.id, version=ref.version)
    return ""
