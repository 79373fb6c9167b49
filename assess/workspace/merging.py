"""Merging: what others recorded comes in, as a union of records by id.

Everything is read and looked at before anything is stored, so that a merge that stops has changed
nothing. Then packs, people and decisions come in, then the interviews; each step only adds, so
that a merge cut short is finished by doing it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput, StoreCorrupt, StoreError
from assess.i18n import _
from assess.model.asking import fits
from assess.model.pack import Pack, PackRef
from assess.model.records import ENGAGEMENT, Record
from assess.places import cache_folder
from assess.store.incoming import check_incoming
from assess.store.records import only_new
from assess.store.sources import Source, open_source
from assess.workspace.conflicts import Conflict, answer_conflicts, engagement_conflicts
from assess.workspace.erasing import all_joins, is_erased, opening_of, purge, tombstone
from assess.workspace.standing import Standing, united
from assess.workspace.tombstones import known_here, remember

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

_TOGETHER = 128
Progress = Callable[[int, int], None]
"""Called with how many interviews are done, of how many."""


@dataclass
class Merged:
    """What a merge did."""

    took_over: bool = False
    """Whether the workspace was empty and holds the engagement now."""
    records: int = 0
    """Records that came."""
    new: int = 0
    """Interviews that were not here."""
    grown: int = 0
    """Interviews that were here and got more."""
    there: int = 0
    """Interviews that were here as they came."""
    people: int = 0
    """Candidates and raters that were not here."""
    packs: int = 0
    left_out: int = 0
    """Records and interviews that came and are with people who were erased."""
    erased: int = 0
    """Records and interviews here with people who were erased there."""
    conflicts: list[Conflict] = field(default_factory=list)
    """New ones."""
    damaged: dict[str, str] = field(default_factory=dict)
    """What could not be read and was left out, with the reason."""

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        plain = {k: v for k, v in vars(self).items() if k != "conflicts"}
        return plain | {"conflicts": [conflict.as_json() for conflict in self.conflicts]}


def merge(
    workspace: Workspace,
    places: Sequence[str],
    *,
    without_damaged: bool = False,
    progress: Progress | None = None,
) -> Merged:
    """Take in what workspaces and backups hold; in any order and twice it comes to the same.

    Raises BadInput for a place that holds another engagement, none, or what this program did not
    write, StoreCorrupt for a damaged stream (unless ``without_damaged``) and for a record id that
    is here with other content. Then nothing was stored.
    """
    with ExitStack() as stack:
        sources = {p: stack.enter_context(closing(open_source(p))) for p in dict.fromkeys(places)}
        return merge_sources(workspace, sources, without_damaged=without_damaged, progress=progress)


def merge_sources(
    workspace: Workspace,
    sources: Mapping[str, Source],
    *,
    what: str = "merged",
    log: bytes = b"",
    without_damaged: bool = False,
    progress: Progress | None = None,
) -> Merged:
    """As :func:`merge`, from sources by the place that messages name.

    ``log`` is an audit log to continue where none began here, ``what`` how the log calls it all.
    """
    done = Merged(took_over=not workspace.has_engagement)
    plan = _Plan(workspace, sources, done)
    for place, source in sources.items():
        for stream, reason in source.damaged().items():
            if not without_damaged or stream == ENGAGEMENT:
                raise StoreCorrupt(
                    _("{place}: {reason}").format(place=place, reason=reason),
                    hint=_("Nothing was stored. --without-damaged leaves such interviews out."),
                )
            done.damaged[f"{place}: {stream}"] = reason
    plan.look_at_engagement()
    plan.look_at_interviews()
    workspace.store.take_log(log)
    plan.carry_out(progress)
    workspace.log(
        what,
        records=done.records,
        interviews=done.new + done.grown,
        people=done.people,
        conflicts=len(done.conflicts),
        left_out=done.left_out,
    )
    return done


class _Plan:
    """What is to be stored; making it stores nothing."""

    def __init__(self, workspace: Workspace, sources: Mapping[str, Source], done: Merged) -> None:
        self.workspace = workspace
        self.store = workspace.store
        self.sources = sources
        self.done = done
        self.mine, self.damaged = self.store.digests(), self.store.damaged()
        self.theirs = {place: source.digests() for place, source in sources.items()}
        self.own: dict[str, Any] = {r["id"]: r for r in self.store.read(ENGAGEMENT)}
        self.engagement: dict[str, Any] = {}
        """Records of that stream that come."""
        self.streams: dict[str, list[str]] = {}
        """Interviews of which something comes, and from where."""
        self.here: set[str] = set()
        """Those of them that are here already."""
        self._refs: dict[str, PackRef] = {}
        self._packs: dict[str, Pack] = {}
        self._fresh: dict[str, dict[str, bytes]] = {}

    # -- looking

    def look_at_engagement(self) -> None:
        """People, decisions and tombstones."""
        mine = self.mine.get(ENGAGEMENT)
        known: dict[str, Any] = dict(self.own)
        for place, source in self.sources.items():
            records = source.read(ENGAGEMENT)
            if self.theirs[place].get(ENGAGEMENT) != mine or not records:
                check_incoming(place, ENGAGEMENT, records)
            _check_same_engagement(place, records, known.values(), self.workspace.place)
            known |= only_new(ENGAGEMENT, {r["id"]: r for r in records}, known)
        for tombstone_here in known_here(known.values()):
            known.setdefault(tombstone_here["id"], tombstone_here)
        self.joins = all_joins(known.values())
        for record in self._further_tombstones(known.values()):
            known[record["id"]] = record
        self.erased = Standing(known.values()).erased
        coming = {name: record for name, record in known.items() if name not in self.own}
        self.engagement = {
            name: record for name, record in coming.items() if not self.erased.names(record)
        }
        self.done.left_out += len(coming) - len(self.engagement)
        for record in known.values():
            if record["kind"] == "engagement":
                self._note_pack(record)

    def _further_tombstones(self, records: Iterable[Mapping[str, Any]]) -> list[Record]:
        """For codes and interviews that joins elsewhere made those of somebody erased.

        Also for what records that are left out revise, so that it does not come back.
        """
        records = list(records)
        erased = Standing(records).erased
        if not erased:
            return []
        codes = {
            code
            for record in records
            if record["kind"] == "joined" and not record.get("interview")
            for code in self.joins.codes(self.joins.person(record["new"]))
        }
        gone = {c for c in codes if any(map(erased.has_code, self._same_person(c)))}
        moved = {
            record["interview"]
            for record in records
            if record["kind"] == "joined"
            and record.get("interview")
            and erased.has_code(self.joins.whose(record["interview"], ""))
        }
        revised = {old for record in records for old in _revises(record, erased.names)}
        lost = {old for r in records if erased.names(r) for old in r.get("revises", ())}
        open_again = lost & {r["id"] for r in records if not erased.names(r)} - revised
        new_codes = {code for code in gone if not erased.has_code(code)}
        new_streams = {stream for stream in moved if not erased.has_stream(stream)}
        if not (new_codes or new_streams or open_again):
            return []
        contents = tombstone(new_codes, new_streams, records)
        contents[0]["revises"] = sorted({*contents[0]["revises"], *open_again})
        return [self.workspace.record(content) for content in contents]

    def _same_person(self, code: str) -> set[str]:
        return self.joins.codes(self.joins.person(code))

    def look_at_interviews(self) -> None:
        """Each interview that is not here just so; nothing of it is kept in memory."""
        raters = set()
        for place, digests in self.theirs.items():
            for stream, digest in digests.items():
                if stream == ENGAGEMENT:
                    continue
                if self.mine.get(stream) == digest:
                    self.done.there += stream not in self.streams
                elif self.erased and self.erased.has_stream(stream):
                    self.done.left_out += 1
                elif stream in self.damaged:
                    self.done.damaged[stream] = self.damaged[stream]
                else:
                    self.streams.setdefault(stream, []).append(place)
        for stream in sorted(self.streams):
            if opening := self._look_at(stream, stream in self.mine):
                raters.add(opening["rater"])
        for name, record in list(self.engagement.items()):
            if (
                record["kind"] == "rater"
                and self.erased.has_code(record["code"])
                and record["code"] not in raters | self.workspace.raters().keys()
            ):
                del self.engagement[name]
                self.done.left_out += 1

    def _look_at(self, stream: str, here: bool) -> Mapping[str, Any]:
        """Check one interview; takes it from the plan where nothing of it is to come."""
        known = {r["id"]: r for r in self.store.read(stream)} if here else {}
        before = len(known)
        for place in self.streams[stream]:
            records = self.sources[place].read(stream)
            check_incoming(place, stream, records)
            opening = opening_of(records)
            if is_erased(stream, opening, self.erased, self.joins):
                self.done.left_out += 1
                del self.streams[stream]
                return {}
            self._check_answers(place, stream, records)
            known |= only_new(stream, {r["id"]: r for r in records}, known)
        if len(known) == before:
            self.done.there += 1
            del self.streams[stream]
            return {}
        self.done.records += len(known) - before
        self.done.grown += here
        self.done.new += not here
        if here:
            self.here.add(stream)
        return opening

    def _check_answers(self, place: str, stream: str, records: Sequence[Mapping[str, Any]]) -> None:
        for record in records:
            if record["kind"] == "opened":
                pack = self._note_pack(record)
        for record in records:
            if record["kind"] != "answer" or record["state"] != "answered":
                continue
            under = self._packs.get(record.get("pack", ""), pack)
            item = under.items.get(under.present_id.get(record["item"], record["item"]))
            if item is None or not fits(under, item, record["value"]):
                raise BadInput(
                    _("{place}: {stream}: {record}: {item} takes no such answer").format(
                        place=place, stream=stream, record=record["id"], item=record["item"]
                    ),
                    title=_("Not taken in"),
                    hint=_(
                        "This was not written by this program, or changed since. "
                        "Nothing was stored."
                    ),
                )

    def _note_pack(self, record: Mapping[str, Any]) -> Pack:
        """The pack that a record was written under; it is to come where it is not kept here."""
        ref = PackRef.model_validate(record["pack"])
        if ref.hash not in self._packs:
            from assess.packs.cache import load_pack_cached

            name = f"{ref.id}-{ref.version}"
            files = self._pack_files(ref)
            self._packs[ref.hash] = load_pack_cached(files, cache_folder() / "packs", name=name)
        return self._packs[ref.hash]

    def _pack_files(self, ref: PackRef) -> dict[str, bytes]:
        from assess.packs import content_hash

        try:
            return self.store.pack(ref)
        except StoreError as here:
            error = here
        for place, source in self.sources.items():
            try:
                files = source.pack(ref)
            except StoreError as there:
                error = there
                continue
            if content_hash(files) != ref.hash:
                raise BadInput(
                    _("{place}: the pack {pack} {version} is not the one it is said to be").format(
                        place=place, pack=ref.id, version=ref.version
                    ),
                    title=_("Not taken in"),
                    hint=_("Nothing was stored. Take another copy of the workspace."),
                )
            self._refs[ref.hash], self._fresh[ref.hash] = ref, files
            return files
        raise error

    # -- storing

    def carry_out(self, progress: Progress | None) -> None:
        """Store what was planned. Raises StoreError; doing it again finishes."""
        workspace, done = self.workspace, self.done
        before = {_key(one) for one in engagement_conflicts(workspace.standing)}
        for name, ref in self._refs.items():
            self.store.put_pack(ref, self._fresh[name])
        done.packs = len(self._refs)
        self._put_engagement()
        names = sorted(self.streams)
        for start in range(0, len(names), _TOGETHER):
            chosen = names[start : start + _TOGETHER]
            self.store.put_many({stream: self._coming(stream) for stream in chosen})
            for stream in chosen:
                if stream in self.here:
                    done.conflicts += self._conflicts(stream)
            if progress:
                progress(min(start + _TOGETHER, len(names)), len(names))
        if done.records:
            self.store.digests()  # learnt now, they make the next merge quick
        now = engagement_conflicts(workspace.standing)
        done.conflicts[:0] = [one for one in now if _key(one) not in before]

    def _put_engagement(self) -> None:
        done = self.done
        if not self.engagement:
            return
        known = {(r["kind"], r.get("code")) for r in self.own.values()}
        coming = {(r["kind"], r.get("code")) for r in self.engagement.values()} - known
        done.people = sum(kind in ("candidate", "rater") for kind, _code in coming)
        self.store.put(ENGAGEMENT, list(self.engagement.values()))
        done.records += len(self.engagement)
        if any(record["kind"] == "erased" for record in self.engagement.values()):
            remember(self.store.read(ENGAGEMENT))
            removed = purge(self.workspace)
            done.erased = removed.interviews + removed.records

    def _coming(self, stream: str) -> list[Record]:
        found: dict[str, Record] = {}
        for place in self.streams[stream]:
            found |= {record["id"]: record for record in self.sources[place].read(stream)}
        return list(found.values())

    def _conflicts(self, stream: str) -> list[Conflict]:
        records = self.store.read(stream)
        opening = opening_of(records)
        subject = {
            "candidate": self.workspace.standing.joins.whose(stream, opening["candidate"]),
            **{key: opening[key] for key in ("rater", "questionnaire", "wave")},
        }
        return answer_conflicts(stream, subject, records, self.workspace.pack)


def _revises(record: Mapping[str, Any], erased: Callable[[Mapping[str, Any]], bool]) -> list[str]:
    """What a record that stays revises."""
    return [] if erased(record) else list(record.get("revises", ()))


def _key(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.id, *(head["id"] for head in conflict.heads))


def _check_same_engagement(
    place: str,
    records: Iterable[Mapping[str, Any]],
    known: Iterable[Mapping[str, Any]],
    here: str,
) -> None:
    """Raise BadInput unless both hold one engagement, or ``known`` holds none yet.

    One engagement is one whose first record was copied, or one of the same name and pack id that
    two people began apart.
    """
    theirs = [record for record in records if record["kind"] == "engagement"]
    ours = [record for record in known if record["kind"] == "engagement"]
    if not theirs:
        raise BadInput(
            _("{place} holds no engagement, so there is nothing to take").format(place=place)
        )
    if not ours or {r["id"] for r in theirs} & {r["id"] for r in ours}:
        return
    one, other = _called(theirs), _called(ours)
    if one != other:
        raise BadInput(
            _("{place} holds another engagement: {theirs}; in {here} it is {ours}").format(
                place=place, theirs=" · ".join(one), ours=" · ".join(other), here=here
            ),
            hint=_("one engagement per workspace: name another folder with --workspace"),
        )


def _called(records: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Name and pack of the engagement in its records."""
    latest = united(sorted(records, key=lambda record: record["id"]))
    return latest["name"].strip(), latest["pack"]["id"]
