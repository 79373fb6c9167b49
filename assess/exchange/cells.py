"""What a cell says: numbers, words and codes as people type them, and how to quote them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from assess.errors import BadInput
from assess.i18n import _, ngettext
from assess.model.ids import ID_RULE, as_id
from assess.model.text import Text

MAX_FINDINGS = 50
"""So many mistakes are spelt out; the rest is counted."""

_WIDE = {0xFF01 + shift: 0x21 + shift for shift in range(94)} | {0x3000: 0x20, 0x2212: 0x2D}
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_COMMA_DECIMAL = re.compile(r"[+-]?[0-9]+,[0-9]+")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"


class CellError(ValueError):
    """A cell cannot be read; the text says what is wrong and what would be right."""


class Findings:
    """The mistakes of one file, gathered so that all are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: list[str] = []
        self.count = 0

    def add(self, problem: str, row: int, column: str = "") -> None:
        """Note ``problem`` at a row (1-based, as a spreadsheet counts) and a column's name."""
        self.count += 1
        if self.count > MAX_FINDINGS:
            return
        names = {"file": self.file, "row": row, "column": column, "problem": problem}
        if column:
            self.lines.append(_("{file}: row {row}, column '{column}': {problem}").format(**names))
        else:
            self.lines.append(_("{file}: row {row}: {problem}").format(**names))

    def stop(self) -> None:
        """Raise BadInput with all that was noted, if anything was."""
        if not self.count:
            return
        lines, hidden = list(self.lines), self.count - len(self.lines)
        if hidden:
            more = ngettext("{file}: and {n} more mistake", "{file}: and {n} more mistakes", hidden)
            lines.append(more.format(file=self.file, n=hidden))
        message = ngettext(
            "{file}: {n} mistake, nothing was imported",
            "{file}: {n} mistakes, nothing was imported",
            self.count,
        )
        raise BadInput(message.format(file=self.file, n=self.count), findings=lines)


def trim(text: str) -> str:
    """``text`` without white space and invisible marks at its ends."""
    text = text.strip()
    if text and (text[0] in _INVISIBLE or text[-1] in _INVISIBLE):
        return text.strip(_INVISIBLE + " \t\r\n\u00a0\u3000")
    return text


def tidy(text: str) -> str:
    """``text`` on one line in Unicode's composed form, single spaces between words."""
    return " ".join(unicodedata.normalize("NFC", trim(text)).split())


def fold(text: str) -> str:
    """``text`` for comparing labels: case, width and spacing make no difference."""
    return " ".join(unicodedata.normalize("NFKC", trim(text)).casefold().split())


def word(text: str) -> str:
    """``text`` for comparing words of a fixed list: as :func:`fold`, ``_`` and ``-`` as spaces."""
    return " ".join(re.sub(r"[_-]+", " ", fold(text)).split())


def halfwidth(text: str) -> str:
    """``text`` trimmed, with full-width digits, signs and letters in their usual form."""
    return trim(text).translate(_WIDE)


def labels(text: Text | None) -> tuple[str, ...]:
    """A text in every language it is written in."""
    if text is None:
        return ()
    return (text.root,) if isinstance(text.root, str) else tuple(text.root.values())


def shown(text: str, limit: int = 120) -> str:
    """``text`` as it stands, for quoting: control characters escaped, cut after ``limit``."""
    cut = "".join(
        char
        if char.isprintable() or unicodedata.category(char) == "Zs"
        else char.encode("unicode_escape").decode()
        for char in text[:limit]
    )
    return cut + "…" if len(text) > limit else cut


def number(cell: str) -> float:
    """The finite number that ``cell`` writes; full-width digits and a decimal comma will do.

    Raises CellError for anything else, and for ``1,234``, which may be meant either way.
    """
    text = halfwidth(cell)
    if _COMMA_DECIMAL.fullmatch(text):
        if _THOUSANDS.fullmatch(text):
            raise CellError(
                _("'{cell}' can be read in two ways: write {plain} or {decimal}").format(
                    cell=shown(cell), plain=text.replace(",", ""), decimal=text.replace(",", ".")
                )
            )
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise CellError(_("'{cell}' is no number").format(cell=shown(cell)))
    value = float(text)
    if not math.isfinite(value):
        raise CellError(_("'{cell}' is too large a number").format(cell=shown(cell)))
    return value


def plain_number(value: float) -> int | float:
    """``value`` as an int where it is whole, so that 4.0 is kept and shown as 4."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def written(value: float) -> str:
    """A number as people write it: ``4`` and ``3.5``, never ``4.0``."""
    return str(plain_number(float(value)))


def code(cell: str) -> str:
    """``cell`` as an id. Raises CellError that names the rule of ids."""
    try:
        return as_id(trim(cell))
    except ValueError:
        raise CellError(
            _("'{cell}' is no id: an id has {rule}").format(cell=shown(cell), rule=_(ID_RULE))
        ) from None


def split_list(cell: str, separators: Sequence[str]) -> list[str]:
    """The parts of ``cell`` between any of ``separators``, trimmed, empty ones left out."""
    parts = re.split("[" + re.escape("".join(separators)) + "]", cell)
    return [part for part in map(trim, parts) if part]
