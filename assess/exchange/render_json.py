"""Reports as JSON: rows as objects keyed by column code, full precision."""

from __future__ import annotations

from assess.exchange.report import Progress, Report, silent
from assess.exchange.words import exact
from assess.exchange.write import json_text


def render(report: Report, progress: Progress = silent) -> bytes:
    """The report as UTF-8 JSON; labels beside codes."""
    sheets = report.sheets("json")
    content = {
        "title": report.title,
        "facts": {fact.code: fact.value for fact in report.facts},
        "texts": [{"title": part.title, "lines": part.lines} for part in report.passages],
        "sheets": [
            {
                "name": sheet.name,
                "columns": [{"code": c.code, "label": c.label} for c in sheet.columns],
                "rows": [
                    {
                        column.code: exact(value)
                        for column, value in zip(sheet.columns, row, strict=True)
                    }
                    for row in sheet.rows
                ],
            }
            for sheet in sheets
        ],
    }
    progress(1, 2)
    return json_text(content).encode("utf-8")
