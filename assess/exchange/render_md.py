"""Reports as Markdown: a title, the facts as a list, then tables and passages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assess.exchange.report import Passage, Progress, Report, Sheet, silent
from assess.exchange.safe import clean
from assess.exchange.words import fact_words, is_number, labelled, seen, words

_MARKS = re.compile(r"([\\`*\[\]|~#]|(?<![^\W_])_|_(?![^\W_]))")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|www)(?=[:.])")


def render(report: Report, progress: Progress = silent) -> bytes:
    """The report as UTF-8 Markdown; user texts stand as they are and are never markup."""
    lines = [f"# {_escaped(report.title)}", ""]
    lines += [f"- {_escaped(labelled(fact.label, fact_words(fact)))}" for fact in report.facts]
    shown = report.sheets("md")
    for done, part in enumerate(report.parts):
        if isinstance(part, Sheet) and any(part is sheet for sheet in shown):
            lines += ["", *_sheet(part)]
        elif isinstance(part, Passage):
            lines += ["", *_passage(part)]
        progress(done + 1, len(report.parts))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _passage(passage: Passage) -> list[str]:
    lines = [f"## {_escaped(passage.title)}", ""]
    if passage.listed:
        return lines + [f"- {_escaped(line)}" for line in passage.lines]
    return lines + "\n\n".join(map(_paragraph, passage.lines)).split("\n")


def _paragraph(line: str) -> str:
    """A paragraph whose first letters make neither a list nor a heading of it."""
    escaped = _escaped(line)
    return (
        "\\" + escaped
        if re.match(r"[-+=>:]", escaped)
        else re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped)
    )


def _sheet(sheet: Sheet) -> list[str]:
    rules = ["---:" if _numeric(sheet, at) else "---" for at in range(len(sheet.columns))]
    found = [*sheet.rows, sheet.sums] if sheet.sums is not None else sheet.rows
    rows = [
        _row(
            _escaped(words(value, column)) for column, value in zip(sheet.columns, row, strict=True)
        )
        for row in found
    ]
    head = _row(_escaped(column.label) for column in sheet.columns)
    return [f"## {_escaped(sheet.name)}", "", head, _row(rules), *rows]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _numeric(sheet: Sheet, at: int) -> bool:
    values = [seen(row[at]) for row in sheet.rows if seen(row[at]) is not None]
    return bool(values) and all(map(is_number, values))


def _escaped(text: str) -> str:
    """``text`` as Markdown shows it literally, on one line; addresses become no links."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _ADDRESS.sub("\\1\u2060", text)
    return "<br>".join(_MARKS.sub(r"\\\1", text).splitlines())
