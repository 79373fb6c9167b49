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
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

LIMIT = 60.0
"""Seconds after which what is awaited is taken for something that never comes."""


class Terminal:
    """A process in a pseudo-terminal; what it draws is kept as rows of text."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        size: tuple[int, int] = (80, 24),
        program: Sequence[str] = (sys.executable, "-m", "assess"),
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "TEXTUAL_DISABLE_KITTY_KEY", "LANGUAGE", "LC_ALL")
        }
        environment |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "ASSESS_HOME": str(home)}
        self.process = subprocess.Popen(
            [*program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

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
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        self._stream.feed(data)
        return bool(data)

    def until(self, holds: Callable[[str], bool]) -> str:
        """Wait until what is shown fulfils something; gives what is shown."""
        end = time.monotonic() + LIMIT
        while not holds(self.text):
            if not self.read(0.1) or time.monotonic() > end:
                raise AssertionError(f"never came; shown is:\n{self.text}")
        return self.text

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
