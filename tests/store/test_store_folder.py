"""A workspace folder: where it may lie, what lies in it, and what reading from it costs."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from store_samples import FIRST, PACK, SECOND, answer, numbered

from assess.errors import BadInput, StoreError
from assess.model.records import ENGAGEMENT
from assess.store import disk, open_store
from assess.store.folder import FolderStore

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")


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


@pytest.mark.parametrize("name", ["interviews", "engagement"])
def test_a_workspace_may_be_called_like_what_lies_in_it(tmp_path: Path, name: str) -> None:
    store = FolderStore(tmp_path / name, create=True)
    store.put(ENGAGEMENT, [answer()])
    store.put(FIRST, [answer()])
    assert store.streams() == sorted([ENGAGEMENT, FIRST])
    assert {stream for stream, _records in store.read_all()} == {ENGAGEMENT, FIRST}
    store.erase(ENGAGEMENT)
    assert store.streams() == [FIRST]


def test_creating_makes_parents_and_leaves_an_existing_workspace_alone(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    open_store(place, create=True).put(FIRST, [numbered(1)])
    assert open_store(place, create=True).read(FIRST) == [numbered(1)]


@POSIX
def test_only_the_owner_can_read_what_is_stored(tmp_path: Path, cache: Path) -> None:
    before = os.umask(0)
    try:
        folder = open_store(tmp_path / "w", create=True)
        folder.put_many({FIRST: [answer()], SECOND: [answer()], ENGAGEMENT: [answer()]})
        folder.put(FIRST, [answer()])
        folder.put_pack(PACK, {"pack.yaml": b"x", "a/b.yaml": b"y"})
        folder.log([{"what": "opened"}])
        folder.digests()
        folder.close()
    finally:
        os.umask(before)
    for path in [tmp_path / "w", *(tmp_path / "w").rglob("*"), *cache.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_locks_and_indexes_live_outside_the_workspace(folder: FolderStore, cache: Path) -> None:
    folder.put(FIRST, [answer()])
    folder.put(ENGAGEMENT, [answer()])
    folder.log([{"what": "opened"}])
    folder.digests()
    folder.close()
    names = sorted(path.relative_to(folder.root).as_posix() for path in folder.root.rglob("*"))
    own_names = [f"interviews/{FIRST}.json", f"interviews/{FIRST}.json.wal"]
    assert names == sorted(
        ["audit.jsonl", "engagement.json", "engagement.json.wal", "interviews", *own_names]
    )
    assert any(cache.rglob("lock"))


def test_one_folder_by_two_names_has_one_lock(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert open_store(tmp_path / "link").cache == open_store(root).cache


def test_opening_and_reading_one_interview_reads_no_other(
    folder: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put_many({f"{n:032x}": [numbered(n)] for n in range(50)})
    paths: list[str] = []
    real = disk.read
    monkeypatch.setattr(
        disk, "read", lambda path, start=0: (paths.append(path), real(path, start))[1]
    )
    fresh = FolderStore(folder.root)
    assert fresh.read(f"{7:032x}") == [numbered(7)]
    assert {Path(path).name.split(".")[0] for path in paths} == {f"{7:032x}"}


def test_digests_read_only_what_changed(
    folder: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put_many({f"{n:032x}": [numbered(n)] for n in range(50)})
    folder.digests()
    FolderStore(folder.root).put(f"{7:032x}", [numbered(99)])
    paths: list[str] = []
    real = disk.read
    monkeypatch.setattr(
        disk, "read", lambda path, start=0: (paths.append(path), real(path, start))[1]
    )
    assert len(FolderStore(folder.root).digests()) == 50
    assert {Path(path).name.split(".")[0] for path in paths} == {f"{7:032x}"}


def test_reading_loads_neither_tinydb_nor_a_lock(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    script = (
        "import sys; from assess.store import open_store;"
        f"assert 'orjson' not in sys.modules; folder = open_store({str(folder.root)!r});"
        f"assert len(folder.read({FIRST!r})) == 1; folder.digests();"
        "print(sorted({'tinydb', 'filelock', 'numpy', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_many_streams_can_be_written_with_few_files_open(folder: FolderStore) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("counts descriptors in /proc")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for n in range(40):
        folder.put(f"{n:032x}", [numbered(n)])
    assert len(os.listdir("/proc/self/fd")) - before < 15  # noqa: PTH208
    assert len(folder.streams()) == 40
