"""Going over to another version of the pack: what it would do here, and doing it.

Nothing that was answered is rewritten. The engagement names another pack from then on, and former
ids are carried over where answers are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.i18n import _, ngettext
from assess.model.asking import fits
from assess.model.pack import Pack, PackRef
from assess.packs.diff import Change, differences, successors
from assess.workspace.team import keep_pack
from assess.workspace.versions import Stored, present_id, stored_answers

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


_UNFIT = frozenset({"retyped", "scale", "options", "range"})
"""Changes after which an item may not take the values that were given."""


@dataclass(frozen=True)
class Outlook:
    """What going over to another version would do here."""

    old: PackRef
    new: PackRef
    changes: list[Change]

    @property
    def refused(self) -> list[Change]:
        """Changes under which stored answers would be lost or mean something else."""
        return [c for c in self.changes if c.effect == "refused" and c.answers != 0]

    @property
    def counts(self) -> list[Change]:
        """Changes that give the same answers other results."""
        return [c for c in self.changes if c.effect == "counts"]

    @property
    def needs_reason(self) -> bool:
        """Whether there are answers whose results change."""
        return any(c.answers != 0 for c in self.counts)

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return {
            "old": self.old.model_dump(),
            "new": self.new.model_dump(),
            "refused": bool(self.refused),
            "needs_reason": self.needs_reason,
            "changes": [change.as_json() for change in self.changes],
        }


def outlook(workspace: Workspace, new: Pack) -> Outlook:
    """What ``new`` would do to the engagement's answers, each change with how many it concerns."""
    old = workspace.pack
    stored = stored_answers(workspace)
    given = [answer for answer in stored if answer.state == "answered"]
    present = Counter(present_id(old, answer.item) for answer in stored)
    raw = Counter(answer.item for answer in stored)
    changes = []
    for change in differences(old, new):
        number = len(given)
        if change.kind in _UNFIT:
            number = _unfit(old, new, change, given)
        elif change.kind == "forgotten":
            number = raw[change.old]
        elif change.subject in old.items:
            number = present[change.subject]
        elif change.kind == "wave_vanished":
            number = sum(answer.wave == change.subject for answer in stored)
            number += change.subject == workspace.engagement.wave
        elif change.kind == "module_vanished":
            number = int(change.subject in workspace.engagement.modules)
        elif change.effect == "asked":
            number = 0
        changes.append(replace(change, answers=number))
    return Outlook(old.ref, new.ref, changes)


def migrate(
    workspace: Workspace, files: Mapping[str, bytes], new: Pack, reason: str = "", *, by: str = ""
) -> Outlook:
    """Let the engagement go over to another version of its pack; its answers come along.

    Raises BadInput where stored answers would be lost or mean something else, and where the same
    answers would give other results and no reason is given. Nothing was changed then.
    """
    found = outlook(workspace, new)
    if new.hash == workspace.pack.hash:
        raise BadInput(_("the engagement uses this pack already"))
    if found.refused:
        raise BadInput(
            _("{pack} {version} cannot take over the answers that are stored here").format(
                pack=new.ref.id, version=new.ref.version
            ),
            findings=[f"{change.subject}: {change.text}" for change in found.refused],
            hint=_("nothing was changed"),
        )
    if found.needs_reason and not reason.strip():
        raise BadInput(
            _("the same answers will give other results, which takes a reason: --reason TEXT"),
            findings=[f"{change.subject}: {change.text}" for change in found.counts],
            hint=_("both results stay readable: assess pack compare"),
        )
    keep_pack(workspace.store, new, files)
    heads = workspace.head_ids("engagement")
    after = workspace.engagement.model_copy(update={"pack": new.ref})
    workspace.add(
        {"kind": "engagement", **after.model_dump(mode="json"), "revises": heads},
        {
            "kind": "migrated",
            "before": found.old.model_dump(),
            "pack": new.ref.model_dump(),
            "reason": reason.strip(),
        },
        by=by,
    )
    workspace.log("migrated", version=new.ref.hash[:12])
    return found


def _unfit(old: Pack, new: Pack, change: Change, given: Iterable[Stored]) -> int:
    """How many answers the changed item would no longer take, or take for something else."""
    mine = [answer for answer in given if present_id(old, answer.item) == change.subject]
    after = successors(change.subject, new)
    if change.kind in ("options", "range") and after:
        return sum(not fits(new, new.items[after[0]], answer.value) for answer in mine)
    return len(mine)


def in_words(change: Change) -> str:
    """A change as one line: what it is about, what it does, and how many answers it concerns."""
    line = f"{change.subject}: {change.text}"
    if change.answers:
        line += " " + ngettext("({n} answer)", "({n} answers)", change.answers).format(
            n=change.answers
        )
    return line
