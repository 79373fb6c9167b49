"""Conflicts: heads on one subject that differ, and settling them.

Two laptops that answer, edit or decide the same thing apart leave two heads. Both are kept, the
newest is shown, and somebody settles it by a record that revises both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _
from assess.model.records import ENGAGEMENT, Record, current

if TYPE_CHECKING:
    from assess.model.pack import Pack
    from assess.workspace.standing import Standing
    from assess.workspace.workspace import Workspace

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "engagement": (),
    "candidate": ("code",),
    "rater": ("code",),
    "agreed": ("candidate", "item", "wave"),
    "joined": ("old", "interview"),
    "decision": ("module",),
    "fact": ("module", "key"),
    "development": ("candidate", "action"),
}
"""What a record of the stream ``engagement`` is about, by kind; of others, what they revise."""
_SEVERAL = frozenset({"notice", "withdrawn", "erased", "language", "calibrated"})
_ABOUT = frozenset({"id", "kind", "at", "device", "by", "revises", "settled", "heads"})
_OF_ANSWER = ("state", "value", "note")
_SHORTEST = 4


@dataclass(frozen=True)
class Conflict:
    """Heads on one subject that differ, oldest first; the last one is shown."""

    id: str
    """The same on every laptop."""
    kind: str
    subject: Mapping[str, str]
    """Candidate, item and the like, by key."""
    heads: Sequence[Mapping[str, Any]]
    differs: Sequence[str]
    """The keys in which they differ."""
    stream: str = ENGAGEMENT

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return {
            "id": self.id,
            "kind": self.kind,
            "subject": dict(self.subject),
            "interview": None if self.stream == ENGAGEMENT else self.stream,
            "differs": list(self.differs),
            "shown": self.heads[-1]["id"],
            "heads": [
                {
                    "id": head["id"],
                    "at": head["at"],
                    "by": head.get("by", ""),
                    "device": head.get("device", ""),
                    **{key: head.get(key) for key in self.differs},
                }
                for head in self.heads
            ],
        }


def conflicts(workspace: Workspace) -> list[Conflict]:
    """All conflicts that may be shown to whoever works here, those on people first."""
    found = [c for c in engagement_conflicts(workspace.standing) if may_show(workspace, c)]
    for reading in workspace.visible():
        if reading.answers.several:
            subject = {
                "candidate": reading.candidate,
                "rater": reading.rater,
                "questionnaire": reading.questionnaire.id,
                "wave": reading.wave,
            }
            records = workspace.records_of(*reading.four)
            found += answer_conflicts(reading.streams[0], subject, records, workspace.pack)
    return found


def may_show(workspace: Workspace, conflict: Conflict) -> bool:
    """Whether what differs may be shown to whoever works here: no other's ratings too early."""
    about = conflict.subject
    own = conflict.kind == "answer" and about["rater"] == workspace.me
    if workspace.me is None or own or conflict.kind not in ("answer", "agreed"):
        return True
    alone = about.get("rater") == about["candidate"]  # what candidates answered alone
    return not alone and workspace.may_see(about["candidate"], about["wave"])


def engagement_conflicts(standing: Standing) -> list[Conflict]:
    """The conflicts in the stream ``engagement``."""
    found = []
    for kind in standing.kinds():
        heads = standing.heads(kind)
        if kind not in _SEVERAL and len(heads) > 1:
            for subject, same in _by_subject(kind, heads):
                found += _conflict(ENGAGEMENT, kind, subject, same, _stated(same))
    return found


def answer_conflicts(
    stream: str, subject: Mapping[str, str], records: Iterable[Record], pack: Pack
) -> list[Conflict]:
    """The conflicts among the answers of one interview."""
    heads: dict[str, list[Mapping[str, Any]]] = {}
    for record in current(records):
        if record["kind"] == "answer":
            item = pack.present_id.get(record["item"], record["item"])
            heads.setdefault(item, []).append(record)
    found = []
    for item, same in heads.items():
        # by time, as the answer that is shown is chosen
        ordered = sorted(same, key=lambda record: (record["at"], record["id"]))
        differs = [key for key in _OF_ANSWER if len({_plain(r.get(key)) for r in same}) > 1]
        found += _conflict(stream, "answer", {**subject, "item": item}, ordered, differs)
    return found


def settle(workspace: Workspace, conflict: str, keep: str, reason: str, *, by: str = "") -> str:
    """Let one head stand for all of a conflict, by a record that revises them; gives its id.

    ``conflict`` is a conflict's id or that of one of its heads, ``keep`` the id of a head or its
    unmistakable end. Raises BadInput for ids that mean nothing here, or without a reason.
    """
    found = conflicts(workspace)
    chosen = next((c for c in found if conflict in (c.id, *(h["id"] for h in c.heads))), None)
    if chosen is None:
        raise BadInput(
            _("there is no conflict {id}").format(id=conflict),
            findings=[c.id for c in found],
            hint=_("assess conflicts lists them"),
        )
    if not reason.strip():
        raise BadInput(_("settling a conflict takes a reason"))
    kept = _kept(chosen, keep)
    content = _content(chosen, kept) | {
        "kind": chosen.kind,
        "revises": sorted(head["id"] for head in chosen.heads),
        "settled": reason.strip(),
    }
    record = workspace.record(content, by=by or workspace.me or "")
    workspace.store.put(chosen.stream, [record])
    workspace.log("settled", conflict=chosen.id, kept=kept["id"])
    return record["id"]


def _kept(conflict: Conflict, keep: str) -> Mapping[str, Any]:
    meant = [
        head
        for head in conflict.heads
        if head["id"] == keep or (len(keep) >= _SHORTEST and head["id"].endswith(keep.upper()))
    ]
    if len(meant) != 1:
        raise BadInput(
            _("{keep} is not one of the records in conflict {id}").format(
                keep=keep, id=conflict.id
            ),
            findings=[head["id"] for head in conflict.heads],
            hint=_("give the id of the record to keep, or its last four letters or more"),
        )
    return meant[0]


def _content(conflict: Conflict, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the kept head says; what it leaves open and only another one says stays."""
    content: dict[str, Any] = {}
    if conflict.stream == ENGAGEMENT:
        for head in conflict.heads:
            content.update({k: v for k, v in head.items() if k not in _ABOUT and _said(v)})
        for key in conflict.differs:
            content.pop(key, None)
    return content | {k: v for k, v in kept.items() if k not in _ABOUT and _said(v)}


def _by_subject(
    kind: str, heads: Sequence[Mapping[str, Any]]
) -> Iterable[tuple[dict[str, str], list[Mapping[str, Any]]]]:
    """The heads of a kind by what they are about: their keys, or what they both revise."""
    keys = SUBJECTS.get(kind)
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for head in heads:
        if keys is None:
            about: tuple[str, ...] = tuple(sorted(head.get("revises", ()))[:1]) or (head["id"],)
        else:
            about = tuple(str(head.get(key, "")) for key in keys)
        groups.setdefault(about, []).append(head)
    for about, same in groups.items():
        yield ({} if keys is None else dict(zip(keys, about, strict=True))), same


def _stated(heads: Sequence[Mapping[str, Any]]) -> list[str]:
    """The keys that several heads state, and state differently."""
    keys = sorted({key for head in heads for key in head} - _ABOUT)
    return [key for key in keys if len({_plain(h[key]) for h in heads if _said(h.get(key))}) > 1]


def _conflict(
    stream: str,
    kind: str,
    subject: Mapping[str, str],
    heads: Sequence[Mapping[str, Any]],
    differs: Sequence[str],
) -> list[Conflict]:
    if len(heads) < 2 or not differs:
        return []
    first = min(head["id"] for head in heads)
    key = "\x1f".join((stream, kind, *subject.values(), first if not subject else ""))
    name = hashlib.sha256(key.encode()).hexdigest()[:12]
    return [Conflict(name, kind, subject, heads, differs, stream)]


def _said(value: object) -> bool:
    return value not in ("", None, [])


def _plain(value: object) -> object:
    """``value`` so that it can be compared: 3 and 3.0 are one, true and 1 are two."""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, sort_keys=True)
    return value
