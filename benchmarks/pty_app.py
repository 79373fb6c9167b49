"""A program in a pseudo-terminal, timed from outside: first paint, key to last byte, memory."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LIMIT = 60.0
"""Seconds after which what is awaited is taken for something that never comes."""

_CONTROL = re.compile(rb"\x1b(?:\[[0-9;:?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")

_NOT_COMPILED = "PYTHONDONTWRITEBYTECODE"


def as_installed() -> dict[str, str]:
    """The environment, but for what keeps Python from keeping compiled modules.

    What was installed is compiled; a checkout whose modules are compiled anew at each start tells
    nothing about what users wait for.
    """
    return {name: value for name, value in os.environ.items() if name != _NOT_COMPILED}


class PtyApp:
    """A process in a terminal of 80 by 24; nothing is drawn, so that reading costs next to nothing.

    ``words`` are all letters that came so far, without control sequences, in the order they came.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        columns, rows = size
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        variables = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "en_US.UTF-8"}
        self.words = ""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=as_installed() | variables | dict(environment or {}),
            cwd=folder,
            start_new_session=True,
        )
        os.close(slave)

    def read(self, seconds: float) -> bytes:
        """What came within some time; nothing where nothing did. Raises EOFError at the end."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._master, 1 << 16)
        except OSError as error:
            raise EOFError(self.words[-2000:]) from error
        self._answer(data)
        self.words += _CONTROL.sub(b"", data).decode("utf-8", "ignore")
        return data

    def _answer(self, data: bytes) -> None:
        """What a terminal says when it is asked who it is and where its cursor stands."""
        for question, reply in (
            (b"\x1b[c", b"\x1b[?62;22c"),
            (b"\x1b[0c", b"\x1b[?62;22c"),
            (b"\x1b[6n", b"\x1b[1;1R"),
            (b"\x1b[5n", b"\x1b[0n"),
        ):
            if question in data:
                os.write(self._master, reply)

    def until(self, holds: Callable[[str], bool]) -> float:
        """Wait until the words so far fulfil something; gives the seconds since the start."""
        end = time.perf_counter() + LIMIT
        while not holds(self.words):
            self.read(0.5)
            if time.perf_counter() > end:
                raise TimeoutError(f"never came; the last words were:\n{self.words[-2000:]}")
        return time.perf_counter() - self.started

    def quiet(self, seconds: float) -> float:
        """Wait until nothing comes for so long; gives when the last byte came."""
        last = time.perf_counter()
        end = last + LIMIT
        while self.read(seconds):
            last = time.perf_counter()
            if last > end:
                raise TimeoutError("it never comes to rest")
        return last

    def write(self, keys: str) -> None:
        """Type something."""
        os.write(self._master, keys.encode())

    def press(self, keys: str, quiet: float) -> float | None:
        """Seconds from a key to the last byte that it made; None where it changed nothing."""
        self.words = ""
        start = time.perf_counter()
        self.write(keys)
        last = self.quiet(quiet)
        return last - start if self.words else None

    @property
    def memory(self) -> float:
        """What the process holds in memory, in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise ProcessLookupError(self.process.pid)

    def kill(self) -> None:
        """End the process and whatever it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)
