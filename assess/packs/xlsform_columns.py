"""Our extra columns: ``competency``, ``module``, ``weight``, ``points``, ``anchor``."""

from __future__ import annotations

import re
from typing import Any

from assess.i18n import _, listed
from assess.model.ids import is_id
from assess.model.items import MOST
from assess.packs.xlsform_notes import Notes
from assess.packs.xlsform_words import Words, clean

Node = dict[str, Any]
OURS = ("competency", "module", "weight", "points", "anchor", "evidence", "reason", "probes")
_LEVEL_LINE = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*[:=：]\s*(.+)")


def ids_in(node: Node, column: str, notes: Notes) -> list[str]:
    """The ids in a cell, with ``;`` or ``,`` between them."""
    cell = node.get(column)
    if isinstance(cell, dict):
        notes.refuse(node, column, _("the column is for ids and has no languages"))
        return []
    found = [part.strip() for part in re.split(r"[;,；，、\n]", cell or "") if part.strip()]
    for part in found:
        if not is_id(part):
            notes.refuse(
                node, column, _("'{id}' is no id: use letters, digits, . _ -").format(id=part)
            )
    return [part for part in dict.fromkeys(found) if is_id(part)]


def number_in(node: Node, column: str, notes: Notes, sheet: str = "survey") -> float | None:
    """The number in a cell; None (and a mistake noted) where it is none."""
    cell = node.get(column)
    if cell is None:
        return None
    number = as_number(cell)
    if number is None:
        notes.refuse(node, column, _("'{cell}' is no number").format(cell=cell), sheet)
    return number


def as_number(cell: object) -> float | None:
    """A cell as a number; None where it is none, or beyond what a pack holds."""
    try:
        number = float(str(cell))
    except ValueError:
        return None
    return number if abs(number) <= MOST else None


def tidy(number: float) -> int | float:
    """A whole number without decimals."""
    return int(number) if float(number).is_integer() else number


def anchors_in(node: Node, words: Words, notes: Notes) -> dict[float, Any]:
    """The anchors by level: ``anchor::1::English (en)``, ``anchor::1``, or lines ``1: …``."""
    given = node.get("anchor")
    cells: dict[float, dict[str, str]] = {}
    if isinstance(given, str):
        given = {"default": given}
    for key, part in (given or {}).items():
        level = as_number(key)
        if level is not None:
            said = part if isinstance(part, dict) else {"default": part}
            for language, text in said.items():
                if isinstance(text, str):
                    cells.setdefault(level, {})[language] = text
        elif isinstance(part, str):
            _read_lines(node, key, part, cells, notes)
        else:
            notes.refuse(node, f"anchor::{key}", _("name the column anchor::1::English (en)"))
    made = {level: words.text(said) for level, said in sorted(cells.items())}
    return {tidy(level): text for level, text in made.items() if text}


def _read_lines(
    node: Node, language: str, cell: str, cells: dict[float, dict[str, str]], notes: Notes
) -> None:
    level: float | None = None
    for line in clean(cell).splitlines():
        found = _LEVEL_LINE.match(line)
        level = as_number(found[1]) if found else level
        if level is None:
            notes.refuse(node, "anchor", _("begin each line with its level: '1: …'"))
            return
        before = "" if found else cells[level].get(language, "") + "\n"
        cells.setdefault(level, {})[language] = before + (found[2] if found else line)


def points_in(node: Node, names: list[str], notes: Notes) -> dict[str, float]:
    """The points of a question's options from its own cell: ``b``, or ``b=1; c=0.5``."""
    cell = node.get("points")
    if not isinstance(cell, str):
        if cell is not None:
            notes.refuse(node, "points", _("the column has no languages"))
        return {}
    found: dict[str, float] = {}
    for part in re.split(r"[;,；，\n]", cell):
        name, _equals, points = (
            piece.strip() for piece in re.sub("[:：]", "=", part).partition("=")
        )
        if not name:
            continue
        number = as_number(points or "1")
        if name not in names:
            what = _("'{option}' is no option of the question; its options are {options}")
            notes.refuse(node, "points", what.format(option=name, options=listed(names[:20])))
        elif number is None:
            notes.refuse(node, "points", _("'{cell}' is no number").format(cell=points))
        else:
            found[name] = number
    return found


def lines_in(node: Node, column: str, words: Words) -> Any:
    """A column whose cells hold one text a line, as lists by language."""
    text = words.text(node.get(column))
    if isinstance(text, dict):
        return {language: _lines(said) for language, said in text.items()}
    return _lines(text) if text else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
