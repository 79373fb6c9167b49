"""Looking at what a merge would bring, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput, StoreError
from assess.i18n import _
from assess.model.asking import fits
from assess.model.pack import Pack, PackRef
from assess.model.records import ENGAGEMENT, Record
from assess.places import cache_folder
from assess.store.incoming import check_incoming, refused
from assess.store.records import only_new
from assess.store.sources import Source, prefetch
from assess.workspace.erasing import all_joins, is_erased, opening_of, tombstone
from assess.workspace.merged import Merged
from assess.workspace.standing import Standing, united
from assess.workspace.team import may_write
from assess.workspace.tombstones import known_here

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace


class Plan:
    """What is to be stored; making it stores nothing.

    Raises BadInput and StoreError like :func:`assess.workspace.merging.merge`.
    """

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
        self.refs: dict[str, PackRef] = {}
        """Packs that come, by hash."""
        self.pack_files: dict[str, dict[str, bytes]] = {}
        self.packs: dict[str, Pack] = {}
        """Every pack that is named, by hash."""

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
            for record in records:
                if record["kind"] == "engagement" and record["id"] not in known:
                    self._check_fits(place, record)
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
        for name, record in list(self.engagement.items()):
            if not may_write(self.store, ENGAGEMENT, record):
                del self.engagement[name]
                self.done.not_mine += 1
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
        for place, source in self.sources.items():
            prefetch(source, [s for s, places in self.streams.items() if place in places])
        prefetch(self.store, self.streams.keys() & self.mine.keys())
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
            if not may_write(self.store, stream, opening):
                self.done.not_mine += 1
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
            under = self.packs.get(record.get("pack", ""), pack)
            item = under.items.get(under.present_id.get(record["item"], record["item"]))
            if item is None or not fits(under, item, record["value"]):
                reason = _("{record}: {item} takes no such answer").format(
                    record=record["id"], item=record["item"]
                )
                raise refused(place, stream, reason)

    def _check_fits(self, place: str, engagement: Mapping[str, Any]) -> None:
        """Raise BadInput for an engagement with a module or a wave that its pack lacks."""
        pack = self._note_pack(engagement)
        lacking = [module for module in engagement["modules"] if module not in pack.modules]
        lacking += [wave for wave in [engagement["wave"]] if wave not in pack.waves]
        if lacking:
            reason = _("{record}: the pack {pack} {version} has no {code}").format(
                record=engagement["id"],
                pack=pack.ref.id,
                version=pack.ref.version,
                code=lacking[0],
            )
            raise refused(place, ENGAGEMENT, reason)

    def _note_pack(self, record: Mapping[str, Any]) -> Pack:
        """The pack that a record was written under; it is to come where it is not kept here."""
        ref = PackRef.model_validate(record["pack"])
        if ref.hash not in self.packs:
            from assess.packs.cache import load_pack_cached

            name = f"{ref.id}-{ref.version}"
            files = self._files_of(ref)
            self.packs[ref.hash] = load_pack_cached(files, cache_folder() / "packs", name=name)
        return self.packs[ref.hash]

    def _files_of(self, ref: PackRef) -> dict[str, bytes]:
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
            self.refs[ref.hash], self.pack_files[ref.hash] = ref, files
            return files
        raise error


def _revises(record: Mapping[str, Any], erased: Callable[[Mapping[str, Any]], bool]) -> list[str]:
    """What a record that stays revises."""
    return [] if erased(record) else list(record.get("revises", ()))


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
    # whoever went over to a private pack still holds the engagement that began with another one
    if one[0] != other[0] or not _packs(theirs) & _packs(ours):
        raise BadInput(
            _("{place} holds another engagement: {theirs}; in {here} it is {ours}").format(
                place=place, theirs=" · ".join(one), ours=" · ".join(other), here=here
            ),
            hint=_("one engagement per workspace: name another folder with --workspace"),
        )


def _packs(records: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of the packs that an engagement used."""
    return {record["pack"]["id"] for record in records}


def _called(records: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Name and pack of the engagement in its records."""
    latest = united(sorted(records, key=lambda record: record["id"]))
    return latest["name"].strip(), latest["pack"]["id"]
