"""Formulas without a result: a program wrote them, and no spreadsheet has worked them out since."""

from __future__ import annotations

import re
from html import unescape

_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?c\b([^<>]*)>\s*<(?:[\w.-]+:)?f\b[^<>]*>([^<]+)</(?:[\w.-]+:)?f\s*>\s*"
    rb"(?:<(?:[\w.-]+:)?v\s*/>|<(?:[\w.-]+:)?v\s*>\s*</(?:[\w.-]+:)?v\s*>)?\s*</(?:[\w.-]+:)?c\s*>"
)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_EMPTY_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")


def as_text(sheet: bytes, rows: list[tuple[int, list[str]]]) -> None:
    """Put such formulas of a sheet's part into its rows as they were typed, ``=1+1``.

    calamine leaves their cells empty, and what somebody wrote would go unnoticed.
    """
    for cell in _FORMULA.finditer(sheet):
        place = _PLACE.search(cell[1])
        if place is None or _EMPTY_TEXT.search(cell[1]):
            continue
        row, column = int(place[2]), _position(place[1].decode())
        if not 1 <= row <= len(rows):
            continue
        cells = rows[row - 1][1]
        cells += [""] * (column + 1 - len(cells))
        if not cells[column]:
            cells[column] = "=" + unescape(cell[2].decode("utf-8", "replace"))


def _position(letters: str) -> int:
    """A column's position by its letters: A is 0, AA is 26."""
    found = 0
    for letter in letters.upper():
        found = 26 * found + ord(letter) - 64
    return found - 1
