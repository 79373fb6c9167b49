"""Which files of a workspace belong to which stream, copies made by file-syncing tools included."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from assess.model.records import ENGAGEMENT
from assess.store import disk
from assess.store.contents import LOG

INTERVIEWS = "interviews"
FILE = ".json"
_OF_INTERVIEW = re.compile(r"([0-9a-f]{32})(.*)", re.DOTALL)
_OF_ENGAGEMENT = re.compile(
    # the forms of Dropbox and Nextcloud, Syncthing, Google Drive and iCloud
    r"(engagement)(|(?:\.json)?(?: \(.*\)|\.sync-conflict-.*| \d+))(\.json|\.wal|\.json\.wal)",
    re.DOTALL,
)


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


def path_of(root: Path, stream: str) -> str:
    """Where a stream's snapshot is; its log is beside it."""
    folder = root if stream == ENGAGEMENT else root / INTERVIEWS
    return str(folder / (stream + FILE))


def scan(root: Path) -> dict[str, Files]:
    """The files of every stream of a workspace by the stream's name. Raises OSError."""
    found: dict[str, Files] = {}
    with os.scandir(root) as entries:
        for entry in entries:
            if match := _OF_ENGAGEMENT.fullmatch(entry.name):
                _sort(found, entry, ENGAGEMENT, match[2] + match[3])
    with os.scandir(root / INTERVIEWS) as entries:
        for entry in entries:
            if match := _OF_INTERVIEW.fullmatch(entry.name):
                _sort(found, entry, match[1], match[2])
    return {
        stream: files
        for stream, files in found.items()
        # a log without a byte is left by a first write that failed
        if files.file or files.copies or (files.log and files.log[1])
    }


def _sort(found: dict[str, Files], entry: os.DirEntry[str], stream: str, ending: str) -> None:
    """Put one file where it belongs, by what follows the stream's name in its own."""
    if not ending.endswith((FILE, LOG)):
        return
    key = disk.key_of(entry.stat())
    files = found.setdefault(stream, Files())
    if ending == FILE:
        files.file = key
    elif ending == FILE + LOG:
        files.log = key
    else:
        files.copies[entry.path] = key
