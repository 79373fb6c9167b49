"""The lines of a log: checksum, blank, JSON, line feed; a line counts when its checksum does."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import orjson

_JSON_FROM = 9


class BadLineError(ValueError):
    """A line inside a log (not its last) does not match its checksum; ``at`` is its first byte."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def line(entry: bytes) -> bytes:
    """One line of a log for a JSON text without line feeds."""
    return b"%08x %s\n" % (zlib.crc32(entry), entry)


def entries(data: bytes) -> Iterator[tuple[dict[str, Any], int]]:
    """Each good entry with the byte where its line ends, up to a torn end.

    A write that a crash cut short can only be the last one, so a bad last line ends the log and a
    bad line before others raises BadLineError.
    """
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        entry = _entry(data[start:end])
        if entry is None:
            if data.find(b"\n", end + 1) >= 0:
                raise BadLineError(start)
            return
        start = end + 1
        yield entry, start


def _entry(text: bytes) -> dict[str, Any] | None:
    body = text[_JSON_FROM:]
    if text[:_JSON_FROM] != b"%08x " % zlib.crc32(body):
        return None
    try:
        entry = orjson.loads(body)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
