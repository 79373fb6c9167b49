"""A part of a pack as one row: its fields by column name, and back.

A column is called by the way down to the field (``scale.from``), with the level (``anchors::1``)
and the language (``ask::en``) behind it; a text for all languages stands in ``ask``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assess.packs.xlsform_cells import Cell, Kind, decode, encode

Row = dict[str, Cell]
TEXTS = frozenset(
    {"title", "name", "definition", "tasks", "reason", "notice", "ask", "method", "evidence"}
    | {"text", "intro", "use", "decision", "topic", "flag", "programme", "on_red", "unit"}
    | {"answer"}
)
"""Fields that hold a text, in one language or several."""
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("probes", "words", "look_for"), "lines"),
    **dict.fromkeys(("languages", "modules", "also", "tags", "was", "gates", "retired"), "ids"),
    **dict.fromkeys(("required", "counts"), "truth"),
    **dict.fromkeys(("id", "pack", "version", "type", "competency", "item", "level"), "word"),
    **dict.fromkeys(("questionnaire", "for", "kind", "module", "extends"), "word"),
    **dict.fromkeys(("from", "to", "points", "floor", "aim", "master", "weight"), "number"),
    **dict.fromkeys(("minimum", "knowledge"), "number"),
    "asks": "asks",
    "when": "when",
}
_LEVELS = frozenset({"anchors", "scale.levels"})


def flatten(data: Mapping[str, Any], *, said: frozenset[str] = frozenset()) -> Row:
    """The row of a part; ``said`` are fields that hold a text here and something else elsewhere."""
    return dict(_cells("", data, said))


def _cells(way: str, data: Mapping[str, Any], said: frozenset[str]) -> Iterator[tuple[str, Cell]]:
    for key, value in data.items():
        path = f"{way}{key}"
        if value is None:
            continue
        if path in _LEVELS and isinstance(value, Mapping) and value:
            for level, text in value.items():
                yield from _text(f"{path}::{_level(level)}", text, "text")
        elif key in TEXTS or key in said:
            yield from _text(path, value, "text")
        elif _KINDS.get(key) == "lines":
            yield from _text(path, value, "lines")
        elif isinstance(value, Mapping) and value and _KINDS.get(key) != "when" and _named(value):
            yield from _cells(f"{path}.", value, said)
        else:
            yield path, encode(_listed(value), _KINDS.get(key, "any"))


def _named(value: Mapping[Any, Any]) -> bool:
    """Whether the keys of a mapping can be parts of a column's name."""
    return all(isinstance(key, str) and key and not set(key) & set(".:#") for key in value)


def _text(path: str, value: Any, kind: Kind) -> Iterator[tuple[str, Cell]]:
    if isinstance(value, Mapping) and value:
        for language, words in value.items():
            yield f"{path}::{language}", encode(_listed(words), kind)
    else:
        yield path, encode(_listed(value), kind)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _level(level: float) -> str:
    return str(int(level)) if float(level).is_integer() else repr(float(level))


def unflatten(row: Mapping[str, str], *, said: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The part that a row says; blank cells are absent. Raises CellError, and BadColumn."""
    made: dict[str, Any] = {}
    for column, cell in row.items():
        way, *behind = column.split("::")
        steps = way.split(".")
        holder = made
        for step in steps[:-1]:
            inner = holder.setdefault(step, {})
            if not isinstance(inner, dict):
                raise BadColumn(column)
            holder = inner
        _put(holder, steps[-1], behind, cell, column=column, said=said)
    return made


def _put(
    holder: dict[str, Any],
    key: Any,
    behind: list[str],
    cell: str,
    *,
    column: str,
    said: frozenset[str],
) -> None:
    worded = key in TEXTS or key in said
    kind: Kind = "text" if worded else _KINDS.get(key, "any")
    if column.split("::", maxsplit=1)[0] in _LEVELS and behind:
        try:
            level: Any = float(behind[0])
        except ValueError:
            raise BadColumn(column) from None
        inner = holder.setdefault(key, {})
        if not isinstance(inner, dict):
            raise BadColumn(column)
        holder, behind, kind = inner, behind[1:], "text"
        key = int(level) if level.is_integer() else level
    elif behind and not worded and kind != "lines":
        raise BadColumn(column)
    if len(behind) > 1:
        raise BadColumn(column)
    value = decode(cell, kind)
    if not behind:
        if key in holder:
            raise BadColumn(column)
        holder[key] = value
        return
    said_in = holder.setdefault(key, {})
    if not isinstance(said_in, dict):
        raise BadColumn(column)
    said_in[behind[0]] = value


class BadColumn(ValueError):  # noqa: N818
    """A column's name does not fit with others: the same thing is said twice."""
