"""Cuts of power: a file system on a loop device is shut down without writing its journal's buffer.

An ext4 image is mounted, a child confirms answers in a workspace on it, and at a random moment
``EXT4_IOC_SHUTDOWN`` (without flushing the log) stops the file system as a cut would: what was only
in memory is gone. After mounting anew everything that was acknowledged before the cut is there.
Needs Linux, a superuser, loop devices and mkfs.ext4.
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from killing import Outcome, spawn
from store_samples import numbered

from assess.errors import StoreError
from assess.store import disk, wal
from assess.store.folder import FolderStore

_SHUTDOWN = 0x8004587D
_WITHOUT_LOG_FLUSH = 2
_MEGABYTES = 32


def why_not() -> str | None:
    """Why this machine cannot cut power; None where it can."""
    if sys.platform != "linux":
        return "needs Linux"
    if os.geteuid() != 0:
        return "needs a superuser"
    if not Path("/dev/loop-control").exists():
        return "no loop devices"
    if not shutil.which("mkfs.ext4"):
        return "no mkfs.ext4"
    with tempfile.TemporaryDirectory() as folder:
        try:
            disk_image = _Disk(Path(folder))
            disk_image.mount()
            disk_image.unmount()
        except (OSError, subprocess.CalledProcessError) as error:
            return f"mounting fails: {error}"
    return None


def cut_power(cuts: int, *, seed: int, folder_flush: bool = True) -> Outcome:
    """Cut ``cuts`` times; without ``folder_flush`` the store never flushes a folder's names."""
    chance = random.Random(seed)
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        image = _Disk(Path(folder))
        for cut in range(cuts):
            image.renew()
            image.mount()
            try:
                wait = chance.uniform(0.002, 0.15)
                acknowledged = _one_cut(image.place, wait, cut, folder_flush)
                image.unmount()
                image.mount()
                _check(outcome, image.place / "workspace", acknowledged)
            finally:
                image.unmount()
    return outcome


class _Disk:
    """An ext4 image in a file and the folder where it is mounted."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "mounted"
        self.place.mkdir()
        self._fresh, self._image = folder / "fresh.img", folder / "disk.img"
        with self._fresh.open("wb") as file:
            file.truncate(_MEGABYTES << 20)
        _run("mkfs.ext4", "-q", "-F", str(self._fresh))
        self.renew()

    def renew(self) -> None:
        shutil.copyfile(self._fresh, self._image)

    def mount(self) -> None:
        _run("mount", "-o", "loop", str(self._image), str(self.place))

    def unmount(self) -> None:
        for _ in range(100):
            done = subprocess.run(["umount", str(self.place)], capture_output=True, check=False)
            if done.returncode == 0 or not self.place.is_mount():
                return
            time.sleep(0.02)
        raise OSError(f"{self.place} stays busy")


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _one_cut(place: Path, wait: float, cut: int, folder_flush: bool) -> list[tuple[str, str]]:
    """Stream and id of what was acknowledged before the power went."""
    process, pipe = spawn(_confirming(place / "workspace", cut, folder_flush))
    first = os.read(pipe, 1)
    time.sleep(wait if first else 0)
    fd = os.open(place, os.O_RDONLY)
    moment = time.monotonic_ns()
    fcntl.ioctl(fd, _SHUTDOWN, struct.pack("I", _WITHOUT_LOG_FLUSH))
    os.close(fd)
    os.kill(process, signal.SIGKILL)
    data = first
    while part := os.read(pipe, 1 << 16):
        data += part
    os.close(pipe)
    os.waitpid(process, 0)
    rows = [line.split() for line in data.decode().splitlines()]
    return [(stream, key) for stream, key, stamp in rows if int(stamp) < moment]


def _confirming(root: Path, cut: int, folder_flush: bool) -> Callable[[int], None]:
    """A child that confirms single answers, and now and then whole interviews."""

    def child(pipe: int) -> None:
        wal.CHECKPOINT_AT = 2000 if cut % 2 else 10**6
        if not folder_flush:
            disk.flush_folder = lambda path: None  # noqa: ARG005
        store = FolderStore(root, create=True)
        for number in range(100_000):
            rows = {f"{number % 3:032x}": [numbered(number)]}
            if number % 4 == 3:
                rows = {f"{number:016x}{part:016x}": [numbered(number)] for part in (1, 2)}
            store.put_many(rows)  # type: ignore[arg-type]
            stamp = time.monotonic_ns()
            lines = [f"{stream} {number:026d} {stamp}\n" for stream in rows]
            os.write(pipe, "".join(lines).encode())

    return child


def _check(outcome: Outcome, root: Path, acknowledged: list[tuple[str, str]]) -> None:
    outcome.kills += 1
    outcome.acknowledged += len(acknowledged)
    if not acknowledged:
        return
    try:
        store = FolderStore(root)
        outcome.unreadable += len(store.verify())
        found = {(stream, row["id"]) for stream, rows in store.read_all() for row in rows}
        outcome.lost += len(set(acknowledged) - found)
        store.put("f" * 32, [numbered(1)])
        store.close()
    except (StoreError, OSError) as error:
        outcome.unreadable += 1
        outcome.lost += len(acknowledged)
        outcome.notes.append(str(error)[:200])
