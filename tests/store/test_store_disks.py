"""Disks that are read-only, full, taken away or busy."""

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from folder_places import contents_of, own
from store_samples import FIRST, PACK, SECOND, numbered

from assess.errors import StoreError
from assess.store import disk, lock
from assess.store.folder import FolderStore

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")


THIRD = "f" * 32


@pytest.fixture
def read_only(folder: FolderStore, cache: Path) -> Iterator[Callable[[], None]]:
    """Makes the workspace read-only; a superuser, who may all, becomes nobody for it."""
    if os.name == "nt":
        pytest.skip("POSIX permissions")
    paths = [folder.root, *folder.root.parents]

    def seal() -> None:
        for path in [folder.root, *folder.root.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        if os.geteuid() == 0:
            # nobody may not be let into the folder that the interpreter's own modules lie in
            importlib.import_module("concurrent.futures.thread")
            for path in [*cache.rglob("*"), cache]:
                path.chmod(0o777)
            for path in [*paths, *cache.parents]:
                if path.stat().st_mode & 0o055 != 0o055 and len(path.parts) > 2:
                    path.chmod(path.stat().st_mode | 0o055)
            os.seteuid(65534)

    yield seal
    if os.getuid() == 0:
        os.seteuid(0)
    for path in [folder.root, *folder.root.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def test_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(
    folder: FolderStore, read_only: Callable[[], None]
) -> None:
    folder.put(FIRST, [numbered(1)])
    folder.put_pack(PACK, {"pack.yaml": b"x"})
    folder.log([{"what": "opened"}])
    folder.close()
    before = contents_of(folder.root)
    read_only()
    fresh = FolderStore(folder.root)
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
        assert str(folder.root) in refusal.value.message
    assert fresh.read(FIRST) == [numbered(1)]
    assert fresh.digests().keys() == {FIRST}
    assert fresh.pack(PACK) == {"pack.yaml": b"x"}
    fresh.close()
    assert contents_of(folder.root) == before


def test_one_file_without_permission_leaves_the_rest_working(
    folder: FolderStore, read_only: Callable[[], None]
) -> None:
    folder.put_many({FIRST: [numbered(1)], SECOND: [numbered(2)]})
    read_only()
    if os.getuid() == 0:
        os.seteuid(0)
    own(folder.root, FIRST).chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)
    fresh = FolderStore(folder.root)
    assert list(fresh.damaged()) == [FIRST]
    assert dict(fresh.read_all()) == {SECOND: [numbered(2)]}


def test_a_vanished_folder_is_said_and_nothing_is_made_in_its_place(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    away = folder.root.rename(folder.root.with_name("away"))
    for act in (
        lambda: folder.put(FIRST, [numbered(2)]),
        lambda: folder.read(FIRST),
        folder.digests,
        lambda: list(folder.read_all()),
        lambda: folder.log([{"what": "opened"}]),
    ):
        with pytest.raises(StoreError, match="the workspace is gone"):
            act()
    assert not folder.root.exists()
    away.rename(folder.root)
    assert folder.put(FIRST, [numbered(2)]) == 1
    assert folder.read(FIRST) == [numbered(1), numbered(2)]


def test_a_folder_that_vanished_does_not_keep_a_program_from_ending(folder: FolderStore) -> None:
    folder.put(FIRST, [numbered(1)])
    shutil.rmtree(folder.root)
    folder.close()
    assert not folder.root.exists()


def test_a_folder_replaced_by_another_is_followed(folder: FolderStore, tmp_path: Path) -> None:
    folder.put(FIRST, [numbered(1)])
    other = FolderStore(tmp_path / "other", create=True)
    other.put(FIRST, [numbered(5)])
    folder.root.rename(tmp_path / "away")
    other.root.rename(folder.root)
    assert folder.put(FIRST, [numbered(6)]) == 1
    assert folder.read(FIRST) == [numbered(5), numbered(6)]


@POSIX
def test_a_full_disk_is_said_and_takes_nothing_away(folder: FolderStore) -> None:
    """A limit on the size of files stands for the disk: writes end short, then fail."""
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from store_samples import FIRST, numbered
from assess.errors import StoreError
from assess.store import open_store, wal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = open_store({str(folder.root)!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
wal.CHECKPOINT_AT = 3_000
for n in range(500):
    try:
        folder.put(FIRST, [numbered(n)])
    except StoreError as error:
        print("refused", error.message)
        break
    print(n, flush=True)
folder.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    *confirmed, refused = done.stdout.splitlines()
    assert "the disk is full" in refused
    assert len(confirmed) > 30
    assert folder.read(FIRST) == [numbered(int(n)) for n in confirmed]
    assert folder.damaged() == {} and folder.set_aside() == []
    assert folder.put(FIRST, [numbered(999)]) == 1


def test_a_workspace_that_somebody_keeps_busy_is_an_error_and_no_wait_for_ever(
    folder: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put(FIRST, [numbered(1)])
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with lock.ProcessLock(folder.cache / "lock"):
        patient = FolderStore(folder.root)
        with pytest.raises(StoreError, match="keeps writing"):
            patient.put(FIRST, [numbered(2)])
        assert patient.read(FIRST) == [numbered(1)]
    assert patient.put(FIRST, [numbered(2)]) == 1


def test_a_cache_that_cannot_be_written_is_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / "file"))
    folder = FolderStore(root)
    with pytest.raises(StoreError, match="cannot be locked") as refusal:
        folder.put(FIRST, [numbered(1)])
    assert "ASSESS_CACHE" in refusal.value.hint
    assert folder.digests() == {}


def test_a_bulk_that_fails_leaves_whole_streams_only(
    folder: FolderStore, monkeypatch: pytest.MonkeyPatch
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
        folder.put_many(batches)
    monkeypatch.undo()
    found = dict(folder.read_all())
    assert len(found) == 3
    assert all(records == [numbered(1), numbered(2)] for records in found.values())
    assert not list(folder.root.rglob("*.tmp"))
    assert folder.put_many(batches) == 10
