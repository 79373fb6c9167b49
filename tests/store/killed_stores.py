"""The stores that are killed: ours, and TinyDB unchanged as the control that must lose."""

from __future__ import annotations

import json
import mmap
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store_samples import numbered
from tinydb import TinyDB
from tinydb.storages import JSONStorage
from tinydb.table import Document

from assess.store.folder import FolderStore
from assess.store.wal import WalStorage

STREAMS = [f"{n:032x}" for n in range(3)]
Writer = Callable[[str, int], None]


class Flag:
    """A byte that two processes see: up while the child stands inside a write."""

    def __init__(self) -> None:
        self._byte = mmap.mmap(-1, 1)

    def set(self, up: bool) -> None:
        self._byte[0] = up

    @contextmanager
    def up(self) -> Iterator[None]:
        self.set(True)
        try:
            yield
        finally:
            self.set(False)

    def is_up(self) -> bool:
        return bool(self._byte[0])

    def around(self, holder: Any, name: str) -> None:
        """Raise the flag whenever ``holder.name`` runs."""
        real = getattr(holder, name)

        def flagged(*args: Any, **more: Any) -> Any:
            with self.up():
                return real(*args, **more)

        setattr(holder, name, flagged)


def folder_writer(root: Path) -> Writer:
    """Confirms answers in a workspace folder."""
    store = FolderStore(root)
    return lambda stream, number: (store.put(stream, [numbered(number)]), None)[1]


def folder_reader(root: Path) -> dict[str, set[str]]:
    """What is there when the folder is opened anew; raises where something cannot be read."""
    store = FolderStore(root)
    wrong = store.verify()
    if wrong:
        raise ValueError(str(wrong))
    return {stream: {record["id"] for record in store.read(stream)} for stream in STREAMS}


def stock_writer(root: Path) -> Writer:
    """Confirms answers in one file of an unchanged TinyDB, beside where the interview stands."""
    database = TinyDB(root / "stock.json")
    progress = database.table("progress")

    def write(stream: str, number: int) -> None:
        progress.upsert(Document({"at": "." * (number % 50)}, 1))
        row = {"stream": stream, **numbered(number)}
        database.insert(Document(row, number))

    return write


def fill_stock(root: Path, count: int) -> None:
    """Begin such a file with ``count`` answers."""
    with TinyDB(root / "stock.json") as database:
        database.table("progress").insert({"at": ""})
        rows = [{"stream": STREAMS[n % 3], **numbered(n)} for n in range(count)]
        database.insert_multiple(rows)


def stock_reader(root: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {stream: set() for stream in STREAMS}
    for row in TinyDB(root / "stock.json").all():
        found[row["stream"]].add(row["id"])
    return found


def flagged_folder(root: Path, flag: Flag) -> Writer:
    """A folder's writer whose flag is up while it writes to the disk."""
    for name in ("_append", "_snapshot"):
        flag.around(WalStorage, name)
    return folder_writer(root)


def flagged_stock(root: Path, flag: Flag) -> Writer:
    """An unchanged TinyDB whose flag is up while it writes to the disk."""
    real_dumps, real_write = json.dumps, JSONStorage.write

    def dumps(*args: Any, **more: Any) -> str:
        text = real_dumps(*args, **more)
        flag.set(True)
        return text

    def write(storage: Any, data: Any) -> None:
        real_write(storage, data)
        flag.set(False)

    json.dumps = dumps
    JSONStorage.write = write  # type: ignore[method-assign]
    return stock_writer(root)


def cut_stock(root: Path) -> Writer:
    """An unchanged TinyDB that is killed before the end of a file's text has reached the disk."""
    write = stock_writer(root)
    real = JSONStorage.write

    def deadly(storage: Any, data: Any) -> None:
        if len(data.get("_default", ())) < 5:
            real(storage, data)
            return
        handle = storage._handle
        text = json.dumps(data)
        handle.seek(0)
        handle.write(text[:-50])
        handle.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    JSONStorage.write = deadly  # type: ignore[method-assign]
    return write
