"""Versions of the pack under an engagement's answers, and the words each answer was given under.

Every answer names the content of the pack at that moment, and the workspace keeps the full text of
each version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.errors import AssessError, BadInput
from assess.i18n import _, listed
from assess.model.pack import Pack, PackRef
from assess.model.records import ENGAGEMENT, current
from assess.model.text import Text

if TYPE_CHECKING:
    from assess.workspace.reading import InterviewRecords
    from assess.workspace.workspace import Workspace


@dataclass(frozen=True)
class Version:
    """A pack that the engagement uses or used."""

    ref: PackRef
    since: str
    reason: str
    answers: int
    """Current answers that were given under it."""
    now: bool


@dataclass(frozen=True)
class Stored:
    """A current answer as it is stored."""

    item: str
    value: Any
    state: str
    questionnaire: str
    wave: str
    pack: str


def versions(workspace: Workspace) -> list[Version]:
    """The packs of the engagement, in the order in which it went over to them."""
    given = Counter(answer.pack for answer in stored_answers(workspace))
    reasons = {
        record["pack"]["hash"]: record.get("reason", "") for record in workspace.heads("migrated")
    }
    found: dict[str, Version] = {}
    now = workspace.engagement.pack.hash
    for record in workspace.store.read(ENGAGEMENT):
        if record["kind"] == "engagement":
            ref = PackRef.model_validate(record["pack"])  # type: ignore[typeddict-item]
            found.setdefault(
                ref.hash,
                Version(
                    ref, record["at"], reasons.get(ref.hash, ""), given[ref.hash], ref.hash == now
                ),
            )
    return list(found.values())


def kept_version(workspace: Workspace, name: str) -> PackRef:
    """A version that the engagement used, by its number or the first letters of its content hash.

    Raises BadInput naming those there are.
    """
    known = refs(workspace)
    found = [r for r in known if name in (r.version, f"{r.id}-{r.version}", f"{r.id} {r.version}")]
    found = found or [r for r in known if len(name) >= 6 and r.hash.startswith(name)]
    if not found:
        raise BadInput(
            _("this engagement never used the version {name} of its pack").format(name=name),
            hint=_("it used: {known}").format(
                known=listed(f"{ref.id}-{ref.version}" for ref in known)
            ),
        )
    return found[-1]


def read_version(workspace: Workspace, ref: PackRef) -> Pack:
    """A version as it is kept. Raises StoreError where it is not."""
    from assess.packs import load_pack_files

    return load_pack_files(workspace.store.pack(ref), name=f"{ref.id}-{ref.version}")


_READ: dict[str, Pack] = {}
"""Versions read so far, by content."""


def worded(workspace: Workspace, digest: object) -> Pack:
    """The version with that content, whose words an answer was given under.

    The present one where an answer names none, or one that is not kept here.
    """
    now = workspace.pack
    if not isinstance(digest, str) or digest == now.hash:
        return now
    if digest not in _READ:
        ref = next((v for v in refs(workspace) if v.hash == digest), None)
        if ref is None:
            return now
        try:
            _READ[digest] = read_version(workspace, ref)
        except AssessError:
            return now
    return _READ[digest]


def other_words(workspace: Workspace, reading: InterviewRecords) -> dict[str, Text]:
    """The questions of an interview that were asked in other words than today's, by item."""
    found: dict[str, Text] = {}
    now = workspace.pack
    for record in current(workspace.records_of(*reading.four)):
        if record["kind"] != "answer":
            continue
        was = worded(workspace, record.get("pack")).items.get(record["item"])
        present = now.items.get(present_id(now, record["item"]))
        if was is not None and present is not None and was.ask != present.ask:
            found[present.id] = was.ask
    return found


def refs(workspace: Workspace) -> list[PackRef]:
    """The packs that the engagement used, each once, the earliest first."""
    found: dict[str, PackRef] = {}
    for record in workspace.store.read(ENGAGEMENT):
        if record["kind"] == "engagement":
            ref = PackRef.model_validate(record["pack"])  # type: ignore[typeddict-item]
            found.setdefault(ref.hash, ref)
    return list(found.values())


def stored_answers(workspace: Workspace) -> list[Stored]:
    """Every current answer of every interview, as it is stored."""
    found = []
    for stream, records in workspace.store.read_all():
        opened: Mapping[str, Any] = next((r for r in records if r["kind"] == "opened"), {})
        if stream == ENGAGEMENT or not opened:
            continue
        for record in current(records):
            if record["kind"] == "answer" and record["state"] != "open":
                found.append(
                    Stored(
                        record["item"],
                        record.get("value"),
                        record["state"],
                        opened["questionnaire"],
                        opened["wave"],
                        record.get("pack") or opened["pack"]["hash"],
                    )
                )
    return found


def present_id(pack: Pack, item: str) -> str:
    """What a version calls an item that was answered under some id."""
    return item if item in pack.items else pack.present_id.get(item, item)
