"""What goes out to the terminal, made fit for it: plain letters for signs, the clipboard in screen.

``fitting`` wraps the driver that Textual would use, so that everything drawn passes here, whoever
drew it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from io import TextIOBase
from typing import Any, TextIO, cast

from textual.driver import Driver

from assess.tui.outlet import Outlet

_LETTERS = {
    "-": "─━═–—−▁▂▃▔",
    "|": "│┃║▏▎▍▌▋▊▉▐",
    "+": "┌┐└┘┬┴┼╭╮╰╯◐✓◆",
    "[": "├",
    "]": "┤",
    "/": "╱",
    "\\": "╲",
    "#": "■█▆▇",
    "=": "▄▅",
    ".": "□○·…▫",
    "%": "◧",
    "x": "▨×✗",
    "@": "▣",
    "O": "●",
    "*": "◉•▪",
    "o": "◇",
    "^": "▲↑",
    "v": "▼▾↓",
    ">": "▸▶›»→≥",
    "<": "◂◀‹«←≤↵⏎",
    "!": "⚑",
    "~": "±",
    "'": "‘’",
    '"': "“”",
    "a": "α",
    "S": "Σ",
}
_PLAIN = str.maketrans({sign: letter for letter, signs in _LETTERS.items() for sign in signs})
"""A letter that every font and code page has, one cell for one cell."""

_CHUNK = 700
"""GNU screen passes strings of up to 768 bytes on."""
_CLIPBOARD = re.compile(r"\x1b\]52;.*?\x07")


def fitting(base: type[Driver], plain: Callable[[], bool]) -> type[Driver]:
    """The driver class with its output fitted; ``plain`` says whether signs become letters."""
    screen = in_gnu_screen()

    class Fitting(base):  # type: ignore[misc, valid-type]
        """Writes what the terminal, and what lies between, can take."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            # Textual has no public place for this: its own file ends the thread that writes to it
            if isinstance(file := getattr(self, "_file", None), TextIOBase):
                self._file = Outlet(cast(TextIO, file))

        def write(self, data: str) -> None:
            if plain():
                data = plainly(data)
            super().write(passed_on(data) if screen else data)

    return Fitting


def plainly(data: str) -> str:
    """The same with every sign as a letter."""
    return data if data.isascii() else data.translate(_PLAIN)


def in_gnu_screen() -> bool:
    """Whether the terminal is GNU screen, which keeps clipboard sequences to itself."""
    return bool(os.environ.get("STY")) and not os.environ.get("TMUX")


def passed_on(data: str) -> str:
    """Clipboard sequences wrapped so that GNU screen hands them to the terminal outside."""
    return _CLIPBOARD.sub(lambda found: _wrapped(found[0]), data)


def _wrapped(sequence: str) -> str:
    parts = [sequence[at : at + _CHUNK] for at in range(0, len(sequence), _CHUNK)]
    return "".join(f"\x1bP{part}\x1b\\" for part in parts)
