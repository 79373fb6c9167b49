"""The terminal as a file that never holds the program: what it does not take any more is let go.

Textual writes from a thread through a short queue. If that thread ends with an error, or waits for
ever for a terminal that stands still, the queue fills and the whole app waits with it.
"""

from __future__ import annotations

import os
import select
import sys
from typing import ClassVar, TextIO

_AT_ONCE = 8192
"""Letters kept until they are written, where nobody asks for it sooner."""


class Outlet:
    """A stream to a terminal that may go away or stand still."""

    ending: ClassVar[bool] = False
    """Whether the program was told to end: from then on no terminal is waited for long."""
    PATIENCE: ClassVar[float] = 1.0
    """Seconds for which a terminal that stands still is waited for at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._own = _opened_again(stream)
        self._kept: list[str] = []
        self._length = 0
        self.gone = False
        """Whether the terminal takes nothing any more."""

    def fileno(self) -> int:
        """The number of the stream itself."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream.isatty()

    def write(self, text: str) -> int:
        """Write, or keep until ``flush``; nothing happens once the terminal is gone."""
        if not self.gone:
            self._kept.append(text)
            self._length += len(text)
            if self._length > _AT_ONCE:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Bring out what is kept."""
        text = "".join(self._kept)
        self._kept.clear()
        self._length = 0
        if self.gone:
            return
        try:
            if self._own is None:
                self._stream.write(text)
                self._stream.flush()
            else:
                self._bring(self._own, text.encode(self._stream.encoding, "replace"))
        except (OSError, ValueError):  # gone, closed, or it stood still for too long
            self.gone = True

    def _bring(self, own: int, data: bytes) -> None:
        while data:
            waited = 0.0
            while not select.select((), (own,), (), 0.1)[1]:
                waited += 0.1
                if self.ending and waited >= self.PATIENCE:
                    raise TimeoutError
            try:
                data = data[os.write(own, data) :]
            except BlockingIOError:
                continue


def _opened_again(stream: TextIO) -> int | None:
    """The terminal opened anew, so that a write to it returns; None where that cannot be.

    The stream itself is shared with the shell and with other programs, so it stays as it is.
    """
    if sys.platform == "win32":
        return None
    try:
        return os.open(
            os.ttyname(stream.fileno()), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        )
    except (OSError, ValueError):
        return None
