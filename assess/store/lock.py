"""Where locks and indexes live: outside the workspace, which people sync and share."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from assess import places
from assess.errors import StoreError
from assess.i18n import _
from assess.store import disk

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL = 0.002
PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""


def cache_folder(workspace: Path) -> Path:
    """The folder for a workspace's lock and index: under ``ASSESS_CACHE`` or the user's cache."""
    place = os.path.normcase(os.path.realpath(workspace))
    return (
        places.cache_folder() / "workspaces" / hashlib.sha256(os.fsencode(place)).hexdigest()[:24]
    )


class ProcessLock:
    """One writer at a time, among threads and processes; the holder may take it again.

    Raises StoreError where another holds it for longer than :data:`PATIENCE`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.RLock()
        self._depth = 0
        self._file: BaseFileLock | None = None

    def __enter__(self) -> ProcessLock:
        if not self._threads.acquire(timeout=PATIENCE):
            raise self._taken()
        try:
            if self._depth == 0:
                self._take()
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if self._depth == 0 and self._file is not None:
            self._file.release()
        self._threads.release()

    def _take(self) -> None:
        import filelock

        if self._file is None:
            self._file = filelock.FileLock(
                self._path, timeout=PATIENCE, thread_local=False, mode=disk.OWNER_FILE
            )
        try:
            disk.make_folder(self._path.parent)
            self._file.acquire(poll_interval=_POLL)
        except filelock.Timeout as error:
            raise self._taken() from error
        except OSError as error:
            raise StoreError(
                _("{file}: the workspace cannot be locked: {reason}.").format(
                    file=self._path, reason=error.strerror or error
                ),
                title=_("Not saved"),
                hint=_("Make that folder writable, or name another one in ASSESS_CACHE."),
            ) from error

    def _taken(self) -> StoreError:
        return StoreError(
            _(
                "Another program keeps writing to this workspace; the wait of {seconds} s is over."
            ).format(seconds=round(PATIENCE)),
            title=_("The workspace is busy"),
            hint=_("Wait for it, or close it, and try again."),
        )
