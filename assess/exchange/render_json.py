"""Reports as JSON: rows as objects keyed by column code, full precision."""

from __future__ import annotations

from assess.exchange.report import Report
from assess.exchange.write import json_text


def render(report: Report) -> bytes:
    """The report as UTF-8 JSON; labels beside codes."""
    return json_text(
        {
            "title": report.title,
            "facts": {fact.code: fact.value for fact in report.facts},
            "sheets": [
                {
                    "name": sheet.name,
                    "columns": [{"code": c.code, "label": c.label} for c in sheet.columns],
                    "rows": [
                        {
                            column.code: value
                            for column, value in zip(sheet.columns, row, strict=True)
                        }
                        for row in sheet.rows
                    ],
                }
                for sheet in report.sheets
            ],
        }
    ).encode("utf-8")
