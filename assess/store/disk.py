"""Bytes that stay: flushing, replacing, owner-only files, and words for what a disk refuses."""

from __future__ import annotations

import errno
import os
import stat as modes
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from assess.errors import StoreError
from assess.i18n import _

OWNER_FILE = 0o600
OWNER_FOLDER = 0o700
_BINARY = getattr(os, "O_BINARY", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""A pipe that lies where a file should would otherwise be waited for."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_TRIES = 40
_TOGETHER = 8

Key = tuple[int, int, int]
"""What tells that a file is another than before: time of change (ns), size, inode."""

T = TypeVar("T")


def key_of(stat: os.stat_result) -> Key:
    """The key of a file's state."""
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def stat_key(path: str) -> Key | None:
    """The key of the file at ``path``; None where there is none."""
    try:
        return key_of(os.stat(path))  # noqa: PTH116 - a Path costs more than the call itself
    except FileNotFoundError:
        return None


def flush(fd: int) -> None:
    """Wait until the bytes of an open file are on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        # there, fsync alone leaves the bytes in the drive's own memory
        with suppress(OSError):
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
    os.fsync(fd)


def flush_folder(path: str) -> None:
    """Wait until the names in a folder are on the disk; Windows keeps them with the files."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        flush(fd)
    finally:
        os.close(fd)


def open_for_appending(path: str) -> int:
    """A descriptor that reads anywhere and writes at the end, of an owner-only file."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY, OWNER_FILE)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however many calls it takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def read(path: str, start: int = 0) -> tuple[bytes, Key] | None:
    """The bytes of a file from ``start`` on, and its key when opened; None without a file.

    Raises OSError, also for what is no ordinary file and for a link that leads nowhere.
    """
    try:
        fd = _patiently(lambda: os.open(path, os.O_RDONLY | _BINARY | _AT_ONCE))
    except FileNotFoundError:
        if os.path.islink(path):  # noqa: PTH114
            raise
        return None
    try:
        stat = os.fstat(fd)
        if not modes.S_ISREG(stat.st_mode):
            raise OSError(errno.EINVAL, _("this is no ordinary file"), path)
        if start:
            os.lseek(fd, start, os.SEEK_SET)
        parts = []
        while part := os.read(fd, max(stat.st_size - start, 0) + 1):
            parts.append(part)
    finally:
        os.close(fd)
    return b"".join(parts), key_of(stat)


def write_atomically(path: str, data: bytes, *, durable: bool = True) -> None:
    """Put ``data`` in place of the file at ``path``: at any time it is the old or the new one."""
    temporary = _temporary(path)
    try:
        _write_new(temporary, data, durable=durable)
        replace(temporary, path)
    except BaseException:
        _remove(temporary)
        raise
    if durable:
        flush_folder(str(Path(path).parent))


def write_many(folder: str, files: Mapping[str, bytes]) -> None:
    """Like :func:`write_atomically` for many files of one folder, each whole or not there.

    Flushes share the disk's journal when they wait together, and names need one flush for all.
    """
    from concurrent.futures import ThreadPoolExecutor

    temporaries = {path: _temporary(path) for path in files}
    try:
        with ThreadPoolExecutor(_TOGETHER) as pool:
            list(pool.map(_write_new, temporaries.values(), files.values()))
        for path, temporary in temporaries.items():
            replace(temporary, path)
        flush_folder(folder)
    except BaseException:
        for temporary in temporaries.values():
            _remove(temporary)
        raise


def _temporary(path: str) -> str:
    return f"{path}.{os.getpid()}.tmp"


def _write_new(path: str, data: bytes, durable: bool = True) -> None:
    fd = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | _BINARY, OWNER_FILE)
    try:
        write_all(fd, data)
        if durable:
            flush(fd)
    finally:
        os.close(fd)


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108


def cut_off(path: str, end: int, torn: bytes, aside: str) -> None:
    """Keep ``torn``, what follows byte ``end`` of a file, in the file ``aside`` and cut it off."""
    for name, act in ((aside, lambda fd: write_all(fd, torn)), (path, _cut_at(end))):
        fd = open_for_appending(name)
        try:
            act(fd)
            flush(fd)
        finally:
            os.close(fd)


def _cut_at(end: int) -> Callable[[int], None]:
    return lambda fd: os.ftruncate(fd, end)


def replace(source: str, target: str) -> None:
    """``os.replace``, patient where Windows refuses while a scanner or reader holds the file."""
    _patiently(lambda: os.replace(source, target))  # noqa: PTH105


def _patiently(act: Callable[[], T]) -> T:
    if os.name != "nt":
        return act()
    for attempt in range(_TRIES):
        try:
            return act()
        except PermissionError:
            time.sleep(0.005 * min(attempt + 1, 10))
    return act()


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can enter, with its parents; durable."""
    if path.is_dir():
        return
    parent = path.parent
    if not parent.is_dir():
        make_folder(parent)
    path.mkdir(mode=OWNER_FOLDER, exist_ok=True)
    flush_folder(str(parent))


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what the operating system refuses inside into one clear StoreError."""
    try:
        yield
    except OSError as error:
        raise store_error(error, folder) from error


def store_error(error: OSError, folder: Path) -> StoreError:
    """The error that a user sees for what the operating system said about ``folder``."""
    where = str(error.filename or folder)
    if error.errno in _FULL:
        return StoreError(
            _("{folder}: the disk is full, so this could not be saved.").format(folder=folder),
            title=_("The disk is full"),
            hint=_(
                "What was saved before is still there. Nothing was changed. Free some space and"
                " try again."
            ),
        )
    if error.errno in _REFUSED:
        return StoreError(
            _("{path}: it cannot be read or written here; permission to do so is missing.").format(
                path=where
            ),
            title=_("The folder refuses"),
            hint=_(
                "What was saved before is still there. Nothing was changed. Make the folder"
                " writable, or choose another workspace."
            ),
        )
    if not folder.is_dir():
        return StoreError(
            _(
                "{folder}: the workspace is gone; the folder was moved, removed or unplugged."
            ).format(folder=folder),
            title=_("The workspace is gone"),
            hint=_("Bring the folder back and try again."),
        )
    return StoreError(
        _("{path}: it could not be read or written: {reason}.").format(
            path=where, reason=error.strerror or error
        ),
        title=_("The disk refuses"),
        hint=_("What was saved before is still there. Nothing was changed."),
    )
