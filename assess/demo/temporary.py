"""The temporary copy that the demonstration is tried in: gone afterwards, even after a kill."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "assess-demo-"
_LOCK = "in-use"
_PLACE = "riverside"


@contextmanager
def temporary_copy() -> Iterator[Path]:
    """Where to build the demonstration; it is removed at the end.

    Copies whose program was killed are removed first. A program holds the lock in its folder as
    long as it lives, and the system lets go of it however the program ends.
    """
    from filelock import FileLock

    _sweep(Path(tempfile.gettempdir()))
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = FileLock(folder / _LOCK)
        lock.acquire()
        if (folder / _LOCK).exists():  # or somebody swept it just before it was locked
            break
        lock.release()
    try:
        yield folder / _PLACE
    finally:
        lock.release()
        _remove(folder)


def _sweep(root: Path) -> None:
    from filelock import FileLock, Timeout

    for folder in root.glob(_PREFIX + "*"):
        if not _own(folder):
            continue
        try:
            with FileLock(folder / _LOCK, timeout=0):
                pass
        except (Timeout, OSError):
            continue
        _remove(folder)


def _own(folder: Path) -> bool:
    """Whether it is a folder of ours with a lock, and nobody's link to another place."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return mine and not folder.is_symlink() and (folder / _LOCK).is_file()


def _remove(folder: Path) -> None:
    """The copy, and what the machine's cache holds of it."""
    from assess.store.lock import cache_folder

    shutil.rmtree(cache_folder(folder / _PLACE), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
