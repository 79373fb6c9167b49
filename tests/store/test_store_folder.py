"""A workspace folder: what people, other programs and disks do to it."""

import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_samples import FIRST, PACK, SECOND, answer, numbered

from assess.errors import BadInput, StoreCorrupt, StoreError
from assess.model.records import ENGAGEMENT
from assess.store import disk, lock, open_store
from assess.store.folder import FolderStore

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
THIRD = "f" * 32


@pytest.fixture
def store(root: Path) -> FolderStore:
    return FolderStore(root)


def own(root: Path, stream: str, ending: str = ".json") -> Path:
    return (root if stream == ENGAGEMENT else root / "interviews") / (stream + ending)


def contents_of(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


# -- places


def test_a_place_that_is_no_workspace_is_bad_input(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("x")
    for place, words in [
        (tmp_path / "nowhere", "There is no workspace"),
        (tmp_path, "no workspace"),
        (file, "is a file"),
        (file / "below", "There is no workspace"),
    ]:
        with pytest.raises(BadInput, match=words) as refusal:
            open_store(place)
        assert str(place) in refusal.value.message
        assert refusal.value.hint
    with pytest.raises(BadInput, match="is a file"):
        open_store(file, create=True)
    with pytest.raises(StoreError):
        open_store(file / "below", create=True)
    assert file.read_text() == "x"


def test_creating_makes_parents_and_leaves_an_existing_workspace_alone(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    open_store(place, create=True).put(FIRST, [numbered(1)])
    assert open_store(place, create=True).read(FIRST) == [numbered(1)]


@POSIX
def test_only_the_owner_can_read_what_is_stored(tmp_path: Path, cache: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(tmp_path / "w", create=True)
        store.put_many({FIRST: [answer()], SECOND: [answer()], ENGAGEMENT: [answer()]})
        store.put(FIRST, [answer()])
        store.put_pack(PACK, {"pack.yaml": b"x", "a/b.yaml": b"y"})
        store.log([{"what": "opened"}])
        store.digests()
        store.close()
    finally:
        os.umask(before)
    for path in [tmp_path / "w", *(tmp_path / "w").rglob("*"), *cache.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_locks_and_indexes_live_outside_the_workspace(store: FolderStore, cache: Path) -> None:
    store.put(FIRST, [answer()])
    store.put(ENGAGEMENT, [answer()])
    store.log([{"what": "opened"}])
    store.digests()
    store.close()
    names = sorted(path.relative_to(store.root).as_posix() for path in store.root.rglob("*"))
    own_names = [f"interviews/{FIRST}.json", f"interviews/{FIRST}.json.wal"]
    assert names == sorted(
        ["audit.jsonl", "engagement.json", "engagement.json.wal", "interviews", *own_names]
    )
    assert any(cache.rglob("lock"))


def test_one_folder_by_two_names_has_one_lock(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert open_store(tmp_path / "link").cache == open_store(root).cache


# -- damage


def test_a_damaged_file_is_set_apart_and_the_rest_works(store: FolderStore) -> None:
    for stream in (FIRST, SECOND, ENGAGEMENT):
        store.put(stream, [numbered(1)])
    store.close()
    own(store.root, FIRST).write_bytes(b'{"records": {}}')
    before = contents_of(store.root)
    assert list(store.damaged()) == [FIRST]
    assert f"{FIRST}.json" in store.damaged()[FIRST]
    assert store.digests().keys() == {SECOND, ENGAGEMENT}
    assert [stream for stream, _ in store.read_all()] == sorted([SECOND, ENGAGEMENT])
    for act in (lambda: store.read(FIRST), lambda: store.put(FIRST, [numbered(2)])):
        with pytest.raises(StoreCorrupt, match=FIRST):
            act()
    assert contents_of(store.root) == before
    assert store.put(SECOND, [numbered(2)]) == 1


def test_a_file_that_was_brought_back_works_again(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    store.close()
    good = own(store.root, FIRST).read_bytes()
    own(store.root, FIRST).write_bytes(good[:-9])
    assert list(store.damaged()) == [FIRST]
    own(store.root, FIRST).write_bytes(good)
    assert store.damaged() == {}
    assert store.read(FIRST) == [numbered(1)]


def test_the_index_does_not_outlive_a_change_of_its_files(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    one = store.digests()
    other = FolderStore(store.root)
    other.put(FIRST, [numbered(2)])
    two = store.digests()
    other.close()
    assert one != two == store.digests() == FolderStore(store.root).digests()


def test_an_index_that_was_damaged_costs_only_time(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    digests = store.digests()
    for data in (b"", b"{", b"[]", b'{"form":1,"streams":7}', b"\xff"):
        (store.cache / "index.json").write_bytes(data)
        assert FolderStore(store.root).digests() == digests


def test_verification_reads_anew_what_the_index_trusts(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    store.put_pack(PACK, {"pack.yaml": b"words"})
    store.log([{"what": "opened"}, {"what": "submitted"}])
    store.close()
    store.digests()
    assert store.verify() == {}
    for path, old, new in [
        (own(store.root, FIRST), b"BPM-1", b"BPM-2"),
        (next(store.root.glob("packs/*/pack.yaml")), b"words", b"wards"),
        (store.root / "audit.jsonl", b"submitted", b"exported!"),
    ]:
        times = path.stat()
        path.write_bytes(path.read_bytes().replace(old, new))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    wrong = store.verify()
    assert {name.split("/")[0] for name in wrong} == {"audit.jsonl", FIRST, "packs"}
    with pytest.raises(StoreCorrupt, match=r"pack\.yaml"):
        store.pack(PACK)


def test_a_damaged_pack_is_mended_by_putting_it_again(store: FolderStore) -> None:
    store.put_pack(PACK, {"pack.yaml": b"words"})
    next(store.root.glob("packs/*/pack.yaml")).write_bytes(b"wards")
    store.put_pack(PACK, {"pack.yaml": b"words"})
    assert store.pack(PACK) == {"pack.yaml": b"words"}


def test_a_torn_end_is_reported_and_no_longer_in_the_way(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    log = own(store.root, FIRST, ".json.wal")
    with log.open("ab") as file:
        file.write(b'00000000 {"add":{"rec')
    fresh = FolderStore(store.root)
    assert fresh.read(FIRST) == [numbered(1)]
    assert fresh.set_aside() == [f"{log}.torn"]
    assert fresh.put(FIRST, [numbered(2)]) == 1
    assert fresh.damaged() == {}
    assert store.read(FIRST) == [numbered(1), numbered(2)]


def test_what_a_killed_writer_left_is_swept_away(root: Path) -> None:
    left = [own(root, FIRST, ".json.123.tmp"), own(root, ENGAGEMENT, ".json.123.tmp")]
    other = root / "notes.json.tmp"
    for path in (*left, other):
        path.write_bytes(b"half")
    FolderStore(root).put(FIRST, [numbered(1)])
    assert not any(path.exists() for path in left)
    assert other.exists()


def test_erasure_leaves_no_trace_in_any_file(store: FolderStore) -> None:
    secret = answer(note="Zebrafinch")
    for stream in (FIRST, ENGAGEMENT):
        store.put(stream, [secret, answer(note="stays")])
        copy = own(store.root, stream, " (conflicted copy).json")
        store.close()
        store.put(stream, [answer()])
        shutil.copy(own(store.root, stream), copy)
        for ending in (".json.wal.torn", ".json.schema-1", ".json.77.tmp"):
            own(store.root, stream, ending).write_bytes(b"Zebrafinch")
    store.erase(ENGAGEMENT, [secret["id"]])
    store.erase(FIRST)
    assert not [path for path, data in contents_of(store.root).items() if b"Zebrafinch" in data]
    assert len(store.read(ENGAGEMENT)) == 2
    assert store.read(FIRST) == []


def test_flipped_bits_are_refused_or_reported_and_never_silently_different(
    store: FolderStore, tmp_path: Path
) -> None:
    for stream in (FIRST, SECOND, ENGAGEMENT):
        store.put(stream, [numbered(n) for n in range(3)])
        if stream != SECOND:
            store.close()
        store.put(stream, [numbered(7)])
    truth = dict(store.read_all())
    chance = random.Random(4)
    copy = tmp_path / "copy"
    caught = 0
    for _ in range(150):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(store.root, copy)
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


# -- file-syncing tools

COPY_ENDINGS = [
    " (conflicted copy 2025-03-01 101500).json",
    " (Anna's conflicted copy 2025-03-01).json",
    ".sync-conflict-20250301-101500-ABCDEFG.json",
    " (1).json",
    " 2.json",
]


@pytest.mark.parametrize("stream", [FIRST, ENGAGEMENT])
@pytest.mark.parametrize("ending", COPY_ENDINGS)
def test_a_conflicted_copy_is_one_more_file_to_unite(
    store: FolderStore, tmp_path: Path, stream: str, ending: str
) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    store.put(stream, [numbered(1), numbered(2)])
    other.put(stream, [numbered(2), numbered(3)])
    before = store.digests()
    other.close()
    shutil.copy(own(other.root, stream), own(store.root, stream, ending))
    assert store.read(stream) == [numbered(1), numbered(2), numbered(3)]
    assert store.streams() == [stream]
    assert store.digests() != before
    other.put(stream, [numbered(1)])
    assert store.digests() == other.digests()
    assert store.put(stream, [numbered(3), numbered(4)]) == 1
    with pytest.raises(StoreCorrupt):
        store.put(stream, [numbered(3, value=1)])


@pytest.mark.parametrize("ending", [" (conflicted copy).wal", ".sync-conflict-20250301-1-A.wal"])
def test_a_conflicted_copy_of_a_log_counts_too(
    store: FolderStore, tmp_path: Path, ending: str
) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    other.put(FIRST, [numbered(1)])
    other.close()
    other.put(FIRST, [numbered(2)])
    shutil.copy(own(other.root, FIRST, ".json.wal"), own(store.root, FIRST, ".json" + ending))
    assert store.read(FIRST) == [numbered(2)]
    store.put(FIRST, [numbered(3)])
    assert store.read(FIRST) == [numbered(2), numbered(3)]


def test_a_conflicted_copy_with_another_content_stops_by_name(
    store: FolderStore, tmp_path: Path
) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    store.put(FIRST, [numbered(1, value=3)])
    other.put(FIRST, [numbered(1, value=4)])
    other.close()
    shutil.copy(own(other.root, FIRST), own(store.root, FIRST, COPY_ENDINGS[0]))
    with pytest.raises(StoreCorrupt, match=f"{1:026d}"):
        store.read(FIRST)
    assert list(store.damaged()) == [FIRST]


def test_other_files_in_the_folder_are_nobodys_copies(store: FolderStore) -> None:
    store.put(ENGAGEMENT, [numbered(1)])
    for name in ("engagement notes.json", "engagement_export.json", "engagement (old).json"):
        (store.root / name).write_text('{"not": "ours"}')
    (store.root / "interviews" / "readme.json").write_text("{}")
    assert store.read(ENGAGEMENT) == [numbered(1)]
    assert store.streams() == [ENGAGEMENT]
    assert store.damaged() == {}


# -- disks


@pytest.fixture
def read_only(store: FolderStore, cache: Path) -> Iterator[Callable[[], None]]:
    """Makes the workspace read-only; a superuser, who may all, becomes nobody for it."""
    if os.name == "nt":
        pytest.skip("POSIX permissions")
    paths = [store.root, *store.root.parents]

    def seal() -> None:
        for path in [store.root, *store.root.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        if os.geteuid() == 0:
            for path in [*cache.rglob("*"), cache]:
                path.chmod(0o777)
            for path in [*paths, *cache.parents]:
                if path.stat().st_mode & 0o055 != 0o055 and len(path.parts) > 2:
                    path.chmod(path.stat().st_mode | 0o055)
            os.seteuid(65534)

    yield seal
    if os.getuid() == 0:
        os.seteuid(0)
    for path in [store.root, *store.root.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def test_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(
    store: FolderStore, read_only: Callable[[], None]
) -> None:
    store.put(FIRST, [numbered(1)])
    store.put_pack(PACK, {"pack.yaml": b"x"})
    store.log([{"what": "opened"}])
    store.close()
    before = contents_of(store.root)
    read_only()
    fresh = FolderStore(store.root)
    for act in (
        lambda: fresh.put(FIRST, [numbered(2)]),
        lambda: fresh.put(SECOND, [numbered(2)]),
        lambda: fresh.put_many({SECOND: [numbered(2)], THIRD: [numbered(3)]}),
        lambda: fresh.put_pack(PACK.model_copy(update={"version": "2.0.0"}), {"pack.yaml": b"y"}),
        lambda: fresh.log([{"what": "submitted"}]),
        lambda: fresh.erase(FIRST),
    ):
        with pytest.raises(StoreError, match="permission") as refusal:
            act()
        assert str(store.root) in refusal.value.message
    assert fresh.read(FIRST) == [numbered(1)]
    assert fresh.digests().keys() == {FIRST}
    assert fresh.pack(PACK) == {"pack.yaml": b"x"}
    fresh.close()
    assert contents_of(store.root) == before


def test_one_file_without_permission_leaves_the_rest_working(
    store: FolderStore, read_only: Callable[[], None]
) -> None:
    store.put_many({FIRST: [numbered(1)], SECOND: [numbered(2)]})
    read_only()
    if os.getuid() == 0:
        os.seteuid(0)
    own(store.root, FIRST).chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)
    fresh = FolderStore(store.root)
    assert list(fresh.damaged()) == [FIRST]
    assert dict(fresh.read_all()) == {SECOND: [numbered(2)]}


def test_a_vanished_folder_is_said_and_nothing_is_made_in_its_place(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    away = store.root.rename(store.root.with_name("away"))
    for act in (
        lambda: store.put(FIRST, [numbered(2)]),
        lambda: store.read(FIRST),
        store.digests,
        lambda: list(store.read_all()),
        lambda: store.log([{"what": "opened"}]),
    ):
        with pytest.raises(StoreError, match="the workspace is gone"):
            act()
    assert not store.root.exists()
    away.rename(store.root)
    assert store.put(FIRST, [numbered(2)]) == 1
    assert store.read(FIRST) == [numbered(1), numbered(2)]


def test_a_folder_that_vanished_does_not_keep_a_program_from_ending(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    shutil.rmtree(store.root)
    store.close()
    assert not store.root.exists()


def test_a_folder_replaced_by_another_is_followed(store: FolderStore, tmp_path: Path) -> None:
    store.put(FIRST, [numbered(1)])
    other = FolderStore(tmp_path / "other", create=True)
    other.put(FIRST, [numbered(5)])
    store.root.rename(tmp_path / "away")
    other.root.rename(store.root)
    assert store.put(FIRST, [numbered(6)]) == 1
    assert store.read(FIRST) == [numbered(5), numbered(6)]


@POSIX
def test_a_full_disk_is_said_and_takes_nothing_away(store: FolderStore) -> None:
    """A limit on the size of files stands for the disk: writes end short, then fail."""
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from store_samples import FIRST, numbered
from assess.errors import StoreError
from assess.store import open_store, wal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store({str(store.root)!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
wal.CHECKPOINT_AT = 3_000
for n in range(500):
    try:
        store.put(FIRST, [numbered(n)])
    except StoreError as error:
        print("refused", error.message)
        break
    print(n, flush=True)
store.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    *confirmed, refused = done.stdout.splitlines()
    assert "the disk is full" in refused
    assert len(confirmed) > 30
    assert store.read(FIRST) == [numbered(int(n)) for n in confirmed]
    assert store.damaged() == {} and store.set_aside() == []
    assert store.put(FIRST, [numbered(999)]) == 1


def test_a_workspace_that_somebody_keeps_busy_is_an_error_and_no_wait_for_ever(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(FIRST, [numbered(1)])
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with lock.ProcessLock(store.cache / "lock"):
        patient = FolderStore(store.root)
        with pytest.raises(StoreError, match="keeps writing"):
            patient.put(FIRST, [numbered(2)])
        assert patient.read(FIRST) == [numbered(1)]
    assert patient.put(FIRST, [numbered(2)]) == 1


def test_a_cache_that_cannot_be_written_is_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / "file"))
    store = FolderStore(root)
    with pytest.raises(StoreError, match="cannot be locked") as refusal:
        store.put(FIRST, [numbered(1)])
    assert "ASSESS_CACHE" in refusal.value.hint
    assert store.digests() == {}


def test_a_bulk_that_fails_leaves_whole_streams_only(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = disk.replace, []

    def refuse(source: str, target: str) -> None:
        if len(done) == 3:
            raise OSError(28, "No space left on device")
        done.append(target)
        real(source, target)

    monkeypatch.setattr(disk, "replace", refuse)
    batches = {f"{n:032x}": [numbered(1), numbered(2)] for n in range(8)}
    with pytest.raises(StoreError, match="the disk is full"):
        store.put_many(batches)
    monkeypatch.undo()
    found = dict(store.read_all())
    assert len(found) == 3
    assert all(records == [numbered(1), numbered(2)] for records in found.values())
    assert not list(store.root.rglob("*.tmp"))
    assert store.put_many(batches) == 10


# -- cost


def test_opening_and_reading_one_interview_reads_no_other(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put_many({f"{n:032x}": [numbered(n)] for n in range(50)})
    paths: list[str] = []
    real = disk.read
    monkeypatch.setattr(
        disk, "read", lambda path, start=0: (paths.append(path), real(path, start))[1]
    )
    fresh = FolderStore(store.root)
    assert fresh.read(f"{7:032x}") == [numbered(7)]
    assert {Path(path).name.split(".")[0] for path in paths} == {f"{7:032x}"}


def test_digests_read_only_what_changed(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put_many({f"{n:032x}": [numbered(n)] for n in range(50)})
    store.digests()
    FolderStore(store.root).put(f"{7:032x}", [numbered(99)])
    paths: list[str] = []
    real = disk.read
    monkeypatch.setattr(
        disk, "read", lambda path, start=0: (paths.append(path), real(path, start))[1]
    )
    assert len(FolderStore(store.root).digests()) == 50
    assert {Path(path).name.split(".")[0] for path in paths} == {f"{7:032x}"}


def test_reading_loads_neither_tinydb_nor_a_lock(store: FolderStore) -> None:
    store.put(FIRST, [numbered(1)])
    script = (
        "import sys; from assess.store import open_store;"
        f"assert 'orjson' not in sys.modules; store = open_store({str(store.root)!r});"
        f"assert len(store.read({FIRST!r})) == 1; store.digests();"
        "print(sorted({'tinydb', 'filelock', 'numpy', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_many_streams_can_be_written_with_few_files_open(store: FolderStore) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("counts descriptors in /proc")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for n in range(40):
        store.put(f"{n:032x}", [numbered(n)])
    assert len(os.listdir("/proc/self/fd")) - before < 15  # noqa: PTH208
    assert len(store.streams()) == 40
