"""Values of a pack as cells of a workbook, and back without loss.

Each column has a kind. A value is written as people write it where reading gives the same value
back, and as ``json:…`` otherwise; so nothing is ever lost, whatever a text holds.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Literal

from assess.i18n import _

Cell = str | float
Kind = Literal["text", "word", "number", "truth", "ids", "lines", "asks", "when", "any"]
JSON = "json:"
_AWKWARD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


class CellError(ValueError):
    """A cell cannot be read; the text says what is wrong and what would be right."""


def encode(value: Any, kind: Kind) -> Cell:
    """``value`` as a cell of a column of ``kind``: a number, or a text."""
    if kind == "when" and isinstance(value, dict):
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        return written if not _awkward(written) else JSON + json.dumps(value)
    plain = _plainly(value, kind)
    if plain is not None and _same(_read_back(plain, kind), value):
        return plain
    return JSON + json.dumps(value, ensure_ascii=True, allow_nan=False)


def decode(cell: str, kind: Kind) -> Any:
    """What a cell (not blank) of a column of ``kind`` says. Raises CellError."""
    if cell.startswith(JSON):
        try:
            return json.loads(cell[len(JSON) :])
        except (ValueError, RecursionError) as error:
            what = _("what follows 'json:' is no JSON from character {at} on")
            raise CellError(what.format(at=getattr(error, "pos", 0) + 1)) from None
    if kind == "text":
        return cell
    word = cell.strip()
    if kind == "number":
        return _number(word)
    if kind == "truth":
        return _truth(word)
    if kind == "ids":
        return _ids(word)
    if kind == "lines":
        return [line for line in cell.splitlines() if line.strip()]
    if kind == "asks":
        return word if word == "all" else _ids(word)
    if kind == "when":
        if word.startswith("{"):
            try:
                return json.loads(word)
            except (ValueError, RecursionError):
                pass  # as people write it, or wrong
        raise CellError(_("write a condition such as {example}").format(example=_EXAMPLE))
    return _guessed(word) if kind == "any" else word


_EXAMPLE = "{item: BPM-2, at_least: 3}"


def _read_back(plain: Cell, kind: Kind) -> Any:
    """What reading gives for a cell; a value that equals nothing where it cannot be read."""
    written = plain if isinstance(plain, str) else _spelled(plain)
    try:
        return decode(written, kind) if written.strip() else object()
    except CellError:
        return object()


def _plainly(value: Any, kind: Kind) -> Cell | None:
    """The cell that people would write; None where there is none."""
    found: Cell | None = None
    if isinstance(value, str):
        found = None if _awkward(value) else value
    elif isinstance(value, bool):
        found = "yes" if value else "no"
    elif isinstance(value, int | float):
        found = _exact(value)
    elif isinstance(value, list) and all(isinstance(one, str) for one in value):
        if kind == "lines":
            found = "\n".join(value)
        elif kind in ("ids", "asks"):
            # one id alone might be taken for the word "all"
            found = ";".join(value) + (";" if value == ["all"] or not value else "")
        if found is not None and _awkward(str(found)):
            found = None
    return found


def _awkward(text: str) -> bool:
    """Whether a workbook would change a text: control characters, or what looks like its markup."""
    rich = text.startswith("<r>") and text.endswith("</r>")
    return rich or _AWKWARD.search(text) is not None


def _exact(number: float) -> Cell | None:
    """A number as a cell's number, or spelled out where a workbook keeps too few digits."""
    if not math.isfinite(number):
        return None
    return float(number) if float(f"{number:.16G}") == number else repr(number)


def _spelled(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _same(one: Any, other: Any) -> bool:
    """Equal, with truth apart from numbers."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _number(word: str) -> float:
    try:
        number = float(word.replace("，", ".").replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CellError(_("'{cell}' is no number").format(cell=word[:60]))
    return int(number) if number.is_integer() else number


def _truth(word: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "是": True}
    known |= {"no": False, "false": False, "0": False, "否": False}
    if word.lower() not in known:
        raise CellError(
            _("'{cell}' is neither yes nor no: write one of them").format(cell=word[:60])
        )
    return known[word.lower()]


def _ids(word: str) -> list[str]:
    return [part.strip() for part in re.split("[;；]", word) if part.strip()]


def _guessed(word: str) -> Any:
    """A number where the cell is one, yes and no as truth, else text."""
    if word in ("yes", "no"):
        return word == "yes"
    try:
        return _number(word)
    except CellError:
        return word
