"""Which files of a workspace belong to which stream, copies made by file-syncing tools included."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assess.model.records import ENGAGEMENT
from assess.store import disk
from assess.store.contents import LOG, TORN

INTERVIEWS = "interviews"
FILE = ".json"
TMP = ".tmp"
_OF_INTERVIEW = re.compile(r"([0-9a-f]{32})(\W.*)", re.DOTALL)
_OF_ENGAGEMENT = re.compile(
    # the forms of Dropbox and Nextcloud, Syncthing, Google Drive and iCloud
    r"(engagement)((?:(?:\.json)?(?: \(.*\)|\.sync-conflict-.*| \d+))?\.(?:json|wal|json\..+))",
    re.DOTALL,
)
_SETTLED = 100_000_000
"""Nanoseconds after which a folder's time of change tells of every later change too."""


@dataclass(slots=True)
class Files:
    """The files of one stream: its two, and copies to unite with them."""

    file: disk.Key | None = None
    log: disk.Key | None = None
    copies: dict[str, disk.Key] = field(default_factory=dict)
    """Path of each copy of a snapshot or a log, and its key."""

    @property
    def key(self) -> list[object]:
        """Changes whenever one of the files does; JSON gives it back equal."""
        copies = [[name, *key] for name, key in sorted(self.copies.items())]
        return [list(self.file or ()), list(self.log or ()), *copies]


def folder_of(root: Path, stream: str) -> Path:
    """The folder that holds a stream's files."""
    return root if stream == ENGAGEMENT else root / INTERVIEWS


def folders(root: Path) -> dict[Path, re.Pattern[str]]:
    """The folders that hold streams' files, each with the form of those files' names."""
    return {root: _OF_ENGAGEMENT, root / INTERVIEWS: _OF_INTERVIEW}


def path_of(root: Path, stream: str) -> str:
    """Where a stream's snapshot is; its log is beside it."""
    return str(folder_of(root, stream) / (stream + FILE))


def scan(root: Path) -> dict[str, Files]:
    """The files of every stream of a workspace by the stream's name. Raises OSError."""
    found: dict[str, Files] = {}
    for stream, ending, entry in _entries(root):
        if not ending.endswith((FILE, LOG)):
            continue
        key = _key(entry)
        files = found.setdefault(stream, Files())
        if ending == FILE:
            files.file = key
        elif ending == FILE + LOG:
            files.log = key
        else:
            files.copies[entry.path] = key
    return {
        stream: files
        for stream, files in found.items()
        # a log without a byte is left by a first write that failed
        if files.file or files.copies or (files.log and files.log[1])
    }


def every_file(root: Path, stream: str) -> list[str]:
    """The paths of all files of a stream: copies, torn ends and those of older schemas too."""
    return sorted(entry.path for name, _ending, entry in _entries(root) if name == stream)


def torn_ends(root: Path) -> list[str]:
    """The files that keep what a crash cut short."""
    return [entry.path for _stream, ending, entry in _entries(root) if ending == FILE + LOG + TORN]


def temporaries(root: Path) -> list[str]:
    """The files that writers have before they give them a stream's name."""
    return [
        entry.path
        for _stream, ending, entry in _entries(root)
        if ending.startswith(FILE) and ending.endswith(TMP)
    ]


def _entries(root: Path) -> Iterator[tuple[str, str, os.DirEntry[str]]]:
    """Stream, what follows its name, and the entry, of each file that belongs to a stream."""
    for folder, form in folders(root).items():
        with os.scandir(folder) as entries:
            for entry in entries:
                if match := form.fullmatch(entry.name):
                    yield match[1], match[2], entry


def _key(entry: os.DirEntry[str]) -> disk.Key:
    """The key of a file; of a link that leads nowhere, its own: one bad file stops no others."""
    try:
        return disk.key_of(entry.stat())
    except OSError:
        return disk.key_of(entry.stat(follow_symlinks=False))


class Copies:
    """The copies in one folder, listed anew when the folder has changed.

    Of a folder that was listed before, only the names that are new are looked at: each interview
    that begins changes a folder of thousands.
    """

    def __init__(self, folder: Path, form: re.Pattern[str]) -> None:
        self._folder = folder
        self._form = form
        self._changed = -1
        self._names: set[str] = set()
        self._found: dict[str, str] = {}

    def of(self, stream: str) -> list[str]:
        """The paths of the copies to unite with a stream's own files. Raises OSError."""
        changed = self._folder.stat().st_mtime_ns
        if changed != self._changed:
            with os.scandir(self._folder) as entries:
                names = {entry.name for entry in entries}
            found = {name: of for name, of in self._found.items() if name in names}
            for name in names - self._names:
                match = self._form.fullmatch(name)
                if match and match[2].endswith((FILE, LOG)) and match[2] not in (FILE, FILE + LOG):
                    found[name] = match[1]
            self._names, self._found = names, found
            # within a tick of the clock, another change would leave the same time
            self._changed = changed if time.time_ns() - changed > _SETTLED else -1
        return sorted(str(self._folder / name) for name, of in self._found.items() if of == stream)
