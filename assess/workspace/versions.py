"""Versions of the pack under an engagement's answers: what a new one does, and going over to it.

Nothing that was answered is rewritten. The engagement names another pack from then on; former ids
are carried over where answers are read, every answer names the content it was given under, and the
workspace keeps the full text of each version, so that results can be worked out by any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assess.errors import AssessError, BadInput
from assess.i18n import _, ngettext
from assess.model.asking import fits
from assess.model.pack import Pack, PackRef
from assess.model.people import Engagement
from assess.model.records import ENGAGEMENT, current
from assess.model.text import Text
from assess.packs.diff import Change, differences, successors
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


@dataclass(frozen=True)
class _Stored:
    """A current answer as it is stored."""

    item: str
    value: Any
    state: str
    questionnaire: str
    wave: str
    pack: str


def versions(workspace: Workspace) -> list[Version]:
    """The packs of the engagement, in the order in which it went over to them."""
    given = Counter(answer.pack for answer in _stored(workspace))
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
    known = _refs(workspace)
    found = [r for r in known if name in (r.version, f"{r.id}-{r.version}", f"{r.id} {r.version}")]
    found = found or [r for r in known if len(name) >= 6 and r.hash.startswith(name)]
    if not found:
        raise BadInput(
            _("this engagement never used the version {name} of its pack").format(name=name),
            hint=_("it used: {known}").format(
                known=", ".join(f"{ref.id}-{ref.version}" for ref in known)
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
        ref = next((v for v in _refs(workspace) if v.hash == digest), None)
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
    if len(_refs(workspace)) < 2:
        return found
    now = workspace.pack
    for record in current(workspace.records_of(*reading.four)):
        if record["kind"] != "answer":
            continue
        was = worded(workspace, record.get("pack")).items.get(record["item"])
        present = now.items.get(_present(now, record["item"]))
        if was is not None and present is not None and was.ask != present.ask:
            found[present.id] = was.ask
    return found


def _refs(workspace: Workspace) -> list[PackRef]:
    """The packs that the engagement used, each once, the earliest first."""
    found: dict[str, PackRef] = {}
    for record in workspace.store.read(ENGAGEMENT):
        if record["kind"] == "engagement":
            ref = PackRef.model_validate(record["pack"])  # type: ignore[typeddict-item]
            found.setdefault(ref.hash, ref)
    return list(found.values())


def outlook(workspace: Workspace, new: Pack) -> Outlook:
    """What ``new`` would do to the engagement's answers, each change with how many it concerns."""
    old = workspace.pack
    stored = _stored(workspace)
    given = [answer for answer in stored if answer.state == "answered"]
    present = Counter(_present(old, answer.item) for answer in stored)
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
    workspace.store.put_pack(new.ref, files)
    heads = [record["id"] for record in workspace.heads("engagement")]
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


_UNFIT = frozenset({"retyped", "scale", "options", "range"})


def _stored(workspace: Workspace) -> list[_Stored]:
    """Every current answer of every interview, as it is stored."""
    found = []
    for stream, records in workspace.store.read_all():
        opened: Mapping[str, Any] = next((r for r in records if r["kind"] == "opened"), {})
        if stream == ENGAGEMENT or not opened:
            continue
        for record in current(records):
            if record["kind"] == "answer" and record["state"] != "open":
                found.append(
                    _Stored(
                        record["item"],
                        record.get("value"),
                        record["state"],
                        opened["questionnaire"],
                        opened["wave"],
                        record.get("pack") or opened["pack"]["hash"],
                    )
                )
    return found


def _present(pack: Pack, item: str) -> str:
    return item if item in pack.items else pack.present_id.get(item, item)


def _unfit(old: Pack, new: Pack, change: Change, given: Iterable[_Stored]) -> int:
    """How many answers the changed item would no longer take, or take for something else."""
    mine = [answer for answer in given if _present(old, answer.item) == change.subject]
    after = successors(change.subject, new)
    if change.kind in ("options", "range") and after:
        return sum(not fits(new, new.items[after[0]], answer.value) for answer in mine)
    return len(mine)


# -- results by another version


def under(workspace: Workspace, ref: PackRef) -> Workspace:
    """The same answers, read and counted by a version that the engagement used; read only."""
    pack = read_version(workspace, ref)
    now = workspace.pack
    aliases: dict[str, str] = {}
    for other, present in now.present_id.items():
        # what is called otherwise now was this item then
        back = next((own for own in (present, other) if own in pack.items), None)
        if back is not None:
            aliases |= {code: back for code in (present, other) if code not in pack.items}
    return _Under(workspace, pack.model_copy(update={"aliases": {**pack.aliases, **aliases}}))


class _Under(Workspace):
    """A workspace whose engagement uses another version of its pack."""

    def __init__(self, base: Workspace, pack: Pack) -> None:
        self._under = pack
        super().__init__(_ReadOnly(base.store), place=base.place, me=base.me, clock=base.clock)

    def _engagement(self, heads: list[Mapping[str, Any]]) -> Engagement:
        found = super()._engagement(heads)
        pack = self._under
        return found.model_copy(
            update={
                "pack": pack.ref,
                "modules": [module for module in found.modules if module in pack.modules],
                "wave": found.wave if found.wave in pack.waves else pack.file.waves[0].id,
            }
        )

    @property
    def pack(self) -> Pack:
        """The version looked through."""
        return self._under


class _ReadOnly:
    """A store that takes nothing in."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, stream: str, records: object) -> int:
        """Refuse. Raises AssessError."""
        del stream, records
        raise AssessError(_("results by an earlier version are only read"))

    put_many = put


@dataclass(frozen=True)
class Compared:
    """One candidate in one module by two versions."""

    module: str
    candidate: str
    old_score: float | None
    new_score: float | None
    old_rank: int | None
    new_rank: int | None
    old_status: str
    new_status: str


def compared(
    workspace: Workspace, ref: PackRef, modules: Iterable[str] = (), wave: str | None = None
) -> list[Compared]:
    """The rankings of the present version beside those of an earlier one, from the same answers."""
    chosen = [workspace.module(code).id for code in modules]
    before = under(workspace, ref)
    chosen = chosen or [module.id for module in workspace.modules]
    both = [code for code in chosen if code in before.pack.modules]
    if not both:
        raise BadInput(_("the two versions have none of these modules in common"))
    at = workspace.scoring.wave(wave)
    old, new = before.rank(both, at), workspace.rank(both, at)
    found = []
    for earlier, now in zip(old.modules, new.modules, strict=True):
        for one in now.candidates:
            was = earlier.of(one.candidate)
            found.append(
                Compared(
                    now.module,
                    one.candidate,
                    was.score if was else None,
                    one.score,
                    was.rank if was else None,
                    one.rank,
                    was.status if was else "",
                    one.status,
                )
            )
    return found


def in_words(change: Change) -> str:
    """A change as one line: what it is about, what it does, and how many answers it concerns."""
    line = f"{change.subject}: {change.text}"
    if change.answers:
        line += " " + ngettext("({n} answer)", "({n} answers)", change.answers).format(
            n=change.answers
        )
    return line
