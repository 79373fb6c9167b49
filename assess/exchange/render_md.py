"""Reports as Markdown: a title, the facts as a list, a table per sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from assess.exchange.report import Column, Report, Sheet
from assess.exchange.write import cell_words, plain

_MARKS = re.compile(r"([\\`*\[\]|~#])")


def render(report: Report) -> bytes:
    """The report as UTF-8 Markdown; user texts stand as they are and are never markup."""
    lines = [f"# {_escaped(report.title)}", ""]
    lines += [f"- {_escaped(fact.label)}: {_words(fact.value)}" for fact in report.facts]
    for sheet in report.sheets:
        lines += ["", *_sheet(sheet)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _sheet(sheet: Sheet) -> list[str]:
    rules = ["---:" if _numeric(sheet, at) else "---" for at in range(len(sheet.columns))]
    rows = [
        _row(_words(value, column) for column, value in zip(sheet.columns, row, strict=True))
        for row in sheet.rows
    ]
    head = _row(_escaped(column.label) for column in sheet.columns)
    return [f"## {_escaped(sheet.name)}", "", head, _row(rules), *rows]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _numeric(sheet: Sheet, at: int) -> bool:
    values = [plain(row[at]) for row in sheet.rows if plain(row[at]) is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _words(value: Any, column: Column | None = None) -> str:
    value = plain(value)
    if column is not None and column.digits is not None and isinstance(value, float):
        return f"{value:.{column.digits}f}"
    return _escaped(cell_words(value))


def _escaped(text: str) -> str:
    """``text`` as Markdown shows it literally, on one line."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<br>".join(_MARKS.sub(r"\\\1", text).splitlines())
