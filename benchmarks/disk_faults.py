"""Disks that are full, read-only or gone under a store, and what the table of faults shows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from killing import Outcome
from store_samples import FIRST, answer, numbered

from assess.errors import StoreError
from assess.store import wal
from assess.store.folder import FolderStore


@dataclass
class Row:
    """One line of the table."""

    fault: str
    times: int
    confirmed: int
    lost: int
    unreadable: int
    control: bool = False

    @property
    def good(self) -> bool:
        return self.control or not (self.lost or self.unreadable)


def of(fault: str, outcome: Outcome, *, control: bool = False) -> Row:
    for note in outcome.notes[:3]:
        print(f"    {fault}: {note}", file=sys.stderr)
    return Row(
        fault, outcome.kills, outcome.acknowledged, outcome.lost, outcome.unreadable, control
    )


@contextmanager
def workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        FolderStore(Path(folder) / "workspace", create=True)
        yield Path(folder) / "workspace"


@contextmanager
def checkpoints_at(limit: int) -> Iterator[None]:
    before, wal.CHECKPOINT_AT = wal.CHECKPOINT_AT, limit
    try:
        yield
    finally:
        wal.CHECKPOINT_AT = before


def full_disk(times: int) -> Row | str:
    """Fill a small file system until the store refuses, free some space, go on."""
    if os.geteuid() or sys.platform != "linux":
        return "needs a superuser on Linux"
    outcome = Outcome()
    for time_ in range(times):
        with tempfile.TemporaryDirectory() as folder, mounted_tmpfs(folder):
            ballast = Path(folder) / "ballast"
            ballast.write_bytes(bytes(1 << 19))
            with checkpoints_at(2000 if time_ % 2 else 100_000):
                confirmed, refused = fill(Path(folder) / "workspace")
                ballast.unlink()
                after(outcome, Path(folder) / "workspace", confirmed)
            if not refused:
                outcome.unreadable += 1
                outcome.notes.append("the disk was full and the store did not say so")
    return of("full disk", outcome)


def fill(root: Path) -> tuple[set[str], bool]:
    store = FolderStore(root, create=True)
    confirmed: set[str] = set()
    refused = 0
    for n in range(4000):
        record = answer(note="n" * 200)
        try:
            store.put(FIRST if n % 3 else "f" * 32, [record])
            confirmed.add(record["id"])
        except StoreError as error:
            if "full" not in error.message:
                return confirmed, False
            refused += 1
            if refused > 20:
                return confirmed, True
    return confirmed, False


def after(outcome: Outcome, root: Path, confirmed: set[str]) -> None:
    store = FolderStore(root)
    outcome.kills += 1
    outcome.acknowledged += len(confirmed)
    outcome.unreadable += len(store.verify())
    store.put(FIRST, [answer()])
    found = {record["id"] for _stream, records in store.read_all() for record in records}
    outcome.lost += len(confirmed - found)


@contextmanager
def mounted_tmpfs(folder: str) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def read_only_folder(times: int) -> Row | str:
    """Make the file system of a workspace read-only under a store that is writing."""
    if os.geteuid() or sys.platform != "linux":
        return "needs a superuser on Linux"
    outcome = Outcome()
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder, mounted_tmpfs(folder):
            root = Path(folder) / "workspace"
            store = FolderStore(root, create=True)
            confirmed = {f"{n:026d}" for n in range(20) if store.put(FIRST, [numbered(n)])}
            store.close()  # a remount asks for it
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
            store = FolderStore(root)
            outcome.unreadable += not refuses(store) or len(store.read(FIRST)) != 20
            subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
            after(outcome, root, confirmed)
    return of("read-only folder", outcome)


def vanished_folder(times: int) -> Row:
    """Take the folder away under a store that is writing, and bring it back."""
    outcome = Outcome()
    for _ in range(times):
        with workspace() as root:
            store = FolderStore(root)
            confirmed = {f"{n:026d}" for n in range(20) if store.put(FIRST, [numbered(n)])}
            root.rename(root.with_name("away"))
            outcome.unreadable += not refuses(store) or root.exists()
            root.with_name("away").rename(root)
            after(outcome, root, confirmed)
    return of("vanished folder", outcome)


def refuses(store: FolderStore) -> bool:
    try:
        store.put(FIRST, [answer()])
    except StoreError:
        return True
    return False
