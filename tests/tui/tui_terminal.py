"""The real program in a real terminal of known size, read as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

LIMIT = 60.0
"""Seconds after which what is awaited is taken for something that never comes."""

_ASKS_WHOLE_FRAMES = b"\x1b[?2026$p"
"""The question whether the terminal knows where a frame begins and ends; here it does."""


class Terminal:
    """A process in a pseudo-terminal; what it draws is kept as rows of text."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        size: tuple[int, int] = (80, 24),
        program: Sequence[str] = (sys.executable, "-m", "assess"),
        environment: Mapping[str, str] | None = None,
        at_once: int = 65536,
    ) -> None:
        columns, rows = size
        self.at_once = at_once
        """Bytes taken at a time; few of them make it a slow line."""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        self._master, slave = pty.openpty()
        self._set_size(slave, size)
        variables = {
            name: value
            for name, value in os.environ.items()
            if name
            not in ("NO_COLOR", "TEXTUAL_DISABLE_KITTY_KEY", "LANGUAGE", "LC_ALL", "COLORTERM")
        }
        variables |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "ASSESS_HOME": str(home)}
        variables |= environment or {}
        self.process = subprocess.Popen(
            [*program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=variables,
            start_new_session=True,
        )
        os.close(slave)

    @staticmethod
    def _set_size(terminal: int, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window another size, as somebody who drags its edge does."""
        columns, rows = size
        self.screen.resize(rows, columns)
        self._set_size(self._master, size)
        # the terminal is not the process's own, so that nobody else tells it
        self.process.send_signal(signal.SIGWINCH)

    def click(self, column: int, row: int, button: int = 0) -> None:
        """Press and let go of a mouse button (64 and 65 are the wheel, up and down)."""
        at = f"{column + 1};{row + 1}"
        self.press(f"\x1b[<{button};{at}M" + ("" if button >= 64 else f"\x1b[<{button};{at}m"))

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> bool:
        """Take in what is drawn within some time; False at the end of output."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._master, self.at_once)
        except OSError:
            return False
        asked = self.output.count(_ASKS_WHOLE_FRAMES)
        self.output += data
        self._stream.feed(data)
        if self.output.count(_ASKS_WHOLE_FRAMES) > asked:
            self.press("\x1b[?2026;2$y")
        return bool(data)

    @property
    def whole(self) -> bool:
        """Whether what is shown is a frame drawn to its end."""
        return self.output.rfind(b"\x1b[?2026h") <= self.output.rfind(b"\x1b[?2026l")

    def until(self, holds: Callable[[str], bool]) -> str:
        """Wait until what is shown fulfils something; gives what is shown."""
        end = time.monotonic() + LIMIT
        while not (self.whole and holds(self.text)):
            if not self.read(0.1) or time.monotonic() > end:
                raise AssertionError(f"never came; shown is:\n{self.text}")
        return self.text

    def rest(self) -> None:
        """Wait until nothing more is drawn; a screen that opens takes a few frames."""
        seen = -1
        while seen != len(self.output):
            seen = len(self.output)
            self.read(0.3)

    def press(self, keys: str) -> None:
        """Type something."""
        os.write(self._master, keys.encode())

    def kill(self) -> None:
        """End the process as a power cut would."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def ended(self) -> int:
        """Wait for the process to end by itself; gives its exit code."""
        end = time.monotonic() + LIMIT
        while self.read(0.1) and self.process.poll() is None:
            assert time.monotonic() < end, f"did not end; shown is:\n{self.text}"
        while self.read(0.0) and select.select([self._master], [], [], 0.1)[0]:
            pass
        code = self.process.wait(LIMIT)
        os.close(self._master)
        return code
