"""A store that keeps records in memory, and a workspace on it with a small pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from assess.errors import StoreError
from assess.model.ids import ulid_text
from assess.model.pack import PackRef
from assess.model.people import Candidate, Rater
from assess.model.records import Record
from assess.packs import load_pack_files
from assess.workspace.workspace import Workspace

PACK = Path(__file__).parent / "pack"


class MemoryStore:
    """Records in memory. ``full`` makes every write fail, as a full disk does."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Record]] = {}
        self.packs: dict[str, dict[str, bytes]] = {}
        self.logged: list[Mapping[str, Any]] = []
        self.full = False

    def put(self, stream: str, records: Sequence[Record]) -> int:
        if self.full:
            raise StoreError("the disk is full", hint="free some room")
        there = self.records.setdefault(stream, {})
        fresh = [record for record in records if record["id"] not in there]
        there.update({record["id"]: record for record in fresh})
        return len(fresh)

    def read(self, stream: str) -> list[Record]:
        return [record for _id, record in sorted(self.records.get(stream, {}).items())]

    def read_all(self, streams: Iterable[str] | None = None) -> Iterator[tuple[str, list[Record]]]:
        for stream in sorted(self.records if streams is None else set(streams)):
            yield stream, self.read(stream)

    def streams(self) -> list[str]:
        return sorted(self.records)

    def digests(self) -> dict[str, str]:
        return {stream: "".join(sorted(records)) for stream, records in self.records.items()}

    def erase(self, stream: str, ids: Iterable[str] | None = None) -> None:
        if ids is None:
            del self.records[stream]
        for id in ids or ():
            del self.records[stream][id]

    def damaged(self) -> dict[str, str]:
        return {}

    def put_pack(self, ref: PackRef, files: Mapping[str, bytes]) -> None:
        self.packs[ref.hash] = dict(files)

    def pack(self, ref: PackRef) -> dict[str, bytes]:
        return self.packs[ref.hash]

    def log(self, events: Iterable[Mapping[str, Any]]) -> None:
        self.logged += events

    def prepare(self) -> None:
        pass

    def close(self) -> None:
        pass


def pack_files() -> dict[str, bytes]:
    """The files of the pack that the tests of screens ask from."""
    return {path.name: path.read_bytes() for path in sorted(PACK.glob("*.yaml"))}


def memory_workspace(files: Mapping[str, bytes] | None = None) -> Workspace:
    """An engagement with three candidates and two raters; its clock goes on a minute a record."""
    minutes, ids = count(), count(1)

    def clock() -> str:
        minute = next(minutes)
        return f"2027-01-04T{9 + minute // 60:02}:{minute % 60:02}:00.000+00:00"

    store = MemoryStore()
    workspace = Workspace(store, place="memory", clock=clock, new_id=lambda: ulid_text(next(ids)))
    files = files or pack_files()
    workspace.start("Riverside", files, load_pack_files(files, name="tests"), ["PROC", "COST"])
    workspace.put_people(
        [
            Candidate(id="HE", name="Helen", department="Cost", modules=["PROC"]),
            Candidate(id="QI", name="Qi", department="Procurement"),
            Candidate(id="LU", name="陆晓", department="工程管理"),
            Rater(id="R1", name="Ann"),
            Rater(id="R2", name="Bo"),
        ]
    )
    return workspace
