"""Damaged files are set apart and named, what is erased is gone, no flipped bit passes for data."""

import os
import random
import shutil
from pathlib import Path

import pytest
from folder_places import contents_of, own
from store_samples import FIRST, PACK, SECOND, answer, numbered

from assess.errors import StoreCorrupt
from assess.model.records import ENGAGEMENT
from assess.store.folder import FolderStore


def test_a_damaged_file_is_set_apart_and_the_rest_works(folder: FolderStore) -> None:
    for stream in (FIRST, SECOND, ENGAGEMENT):
        folder.put(stream, [numbered(1)])
    folder.close()
    own(folder.root, FIRST).write_bytes(b'{"records": {}}')
    before = contents_of(folder.root)
    assert list(folder.damaged()) == [FIRST]
    assert f"{FIRST}.json" in folder.damaged()[FIRST]
    assert folder.digests().keys() == {SECOND, ENGAGEMENT}
    assert [stream for stream, _ in folder.read_all()] == sorted([SECOND, ENGAGEMENT])
    for act in (lambda: folder.read(FIRST), lambda: folder.put(FIRST, [numbered(2)])):
        with pytest.raises(StoreCorrupt, match=FIRST):
            act()
    assert contents_of(folder.root) == before
    assert folder.put(SECOND, [numbered(2)]) == 1


def test_a_file_that_was_brought_back_works_again(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    folder.close()
    good = own(folder.root, FIRST).read_bytes()
    own(folder.root, FIRST).write_bytes(good[:-9])
    assert list(folder.damaged()) == [FIRST]
    own(folder.root, FIRST).write_bytes(good)
    assert folder.damaged() == {}
    assert folder.read(FIRST) == [numbered(1)]


def test_the_index_does_not_outlive_a_change_of_its_files(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    one = folder.digests()
    other = FolderStore(folder.root)
    other.put(FIRST, [numbered(2)])
    two = folder.digests()
    other.close()
    assert one != two == folder.digests() == FolderStore(folder.root).digests()


def test_an_index_that_was_damaged_costs_only_time(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    digests = folder.digests()
    for data in (b"", b"{", b"[]", b'{"form":1,"streams":7}', b"\xff"):
        (folder.cache / "index.json").write_bytes(data)
        assert FolderStore(folder.root).digests() == digests


def test_verification_reads_anew_what_the_index_trusts(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    folder.put_pack(PACK, {"pack.yaml": b"words"})
    folder.log([{"what": "opened"}, {"what": "submitted"}])
    folder.close()
    folder.digests()
    assert folder.verify() == {}
    for path, old, new in [
        (own(folder.root, FIRST), b"BPM-1", b"BPM-2"),
        (next(folder.root.glob("packs/*/pack.yaml")), b"words", b"wards"),
        (folder.root / "audit.jsonl", b"submitted", b"exported!"),
    ]:
        times = path.stat()
        path.write_bytes(path.read_bytes().replace(old, new))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    wrong = folder.verify()
    assert {name.split("/")[0] for name in wrong} == {"audit.jsonl", FIRST, "packs"}
    with pytest.raises(StoreCorrupt, match=r"pack\.yaml"):
        folder.pack(PACK)


def test_a_damaged_pack_is_mended_by_putting_it_again(folder: FolderStore) -> None:
    folder.put_pack(PACK, {"pack.yaml": b"words"})
    next(folder.root.glob("packs/*/pack.yaml")).write_bytes(b"wards")
    folder.put_pack(PACK, {"pack.yaml": b"words"})
    assert folder.pack(PACK) == {"pack.yaml": b"words"}


def test_a_torn_end_is_reported_and_no_longer_in_the_way(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    log = own(folder.root, FIRST, ".json.wal")
    with log.open("ab") as file:
        file.write(b'00000000 {"add":{"rec')
    fresh = FolderStore(folder.root)
    assert fresh.read(FIRST) == [numbered(1)]
    assert fresh.set_aside() == [f"{log}.torn"]
    assert fresh.put(FIRST, [numbered(2)]) == 1
    assert fresh.damaged() == {}
    assert folder.read(FIRST) == [numbered(1), numbered(2)]


def test_what_a_killed_writer_left_is_swept_away(root: Path) -> None:
    left = [own(root, FIRST, ".json.123.tmp"), own(root, ENGAGEMENT, ".json.123.tmp")]
    other = root / "notes.json.tmp"
    for path in (*left, other):
        path.write_bytes(b"half")
    FolderStore(root).put(FIRST, [numbered(1)])
    assert not any(path.exists() for path in left)
    assert other.exists()


def test_erasure_leaves_no_trace_in_any_file(folder: FolderStore) -> None:
    secret = answer(note="Zebrafinch")
    for stream in (FIRST, ENGAGEMENT):
        folder.put(stream, [secret, answer(note="stays")])
        copy = own(folder.root, stream, " (conflicted copy).json")
        folder.close()
        folder.put(stream, [answer()])
        shutil.copy(own(folder.root, stream), copy)
        for ending in (".json.wal.torn", ".json.schema-1", ".json.77.tmp"):
            own(folder.root, stream, ending).write_bytes(b"Zebrafinch")
    folder.erase(ENGAGEMENT, [secret["id"]])
    folder.erase(FIRST)
    assert not [path for path, data in contents_of(folder.root).items() if b"Zebrafinch" in data]
    assert len(folder.read(ENGAGEMENT)) == 2
    assert folder.read(FIRST) == []


def test_flipped_bits_are_refused_or_reported_and_never_silently_different(
    folder: FolderStore, tmp_path: Path
) -> None:
    for stream in (FIRST, SECOND, ENGAGEMENT):
        folder.put(stream, [numbered(n) for n in range(3)])
        if stream != SECOND:
            folder.close()
        folder.put(stream, [numbered(7)])
    truth = dict(folder.read_all())
    chance = random.Random(4)
    copy = tmp_path / "copy"
    caught = 0
    for _ in range(150):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder.root, copy)
        path = chance.choice([p for p in copy.rglob("*.json*") if p.is_file() and p.stat().st_size])
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        flipped = FolderStore(copy)
        found = dict(flipped.read_all())
        reported = {*flipped.damaged(), *(Path(p).name.split(".")[0] for p in flipped.set_aside())}
        different = {stream for stream in truth if found.get(stream) != truth[stream]}
        assert different <= reported
        caught += bool(different)
    assert caught > 100
