"""What was learnt about streams, kept outside the workspace, valid while their files stay."""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from assess.store import disk

_FORM = 1


class Index:
    """Digest by stream, remembered by the state of its files. Losing it costs only time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, list[Any]] | None = None
        self._changed = False

    def digest(self, stream: str, key: list[object]) -> str | None:
        """The digest of ``stream`` when its files were in the state ``key``, if known."""
        entry = self._entries().get(stream)
        return str(entry[1]) if entry is not None and entry[0] == key else None

    def learn(self, stream: str, key: list[object], digest: str) -> None:
        """Remember a digest."""
        self._entries()[stream] = [key, digest]
        self._changed = True

    def keep(self, streams: Set[str]) -> None:
        """Forget all but ``streams`` and write what changed, if the cache can be written."""
        known = self._entries()
        for gone in known.keys() - streams:
            del known[gone]
            self._changed = True
        if not self._changed:
            return
        with suppress(OSError):
            disk.make_folder(self._path.parent)
            data = orjson.dumps({"form": _FORM, "streams": known})
            disk.write_atomically(str(self._path), data, durable=False)
            self._changed = False

    def _entries(self) -> dict[str, list[Any]]:
        if self._known is None:
            self._known = {}
            with suppress(OSError, ValueError, KeyError, TypeError):
                found = orjson.loads(self._path.read_bytes())
                if found["form"] == _FORM:
                    self._known = dict(found["streams"])
        return self._known
