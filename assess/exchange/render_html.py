"""Reports as one page that asks the network for nothing: style and drawings are inside it.

Jinja2 escapes every text; the page forbids itself to load or run anything. Cells that a spreadsheet
would run, were the page opened in one, are neutralised as in CSV.
"""

from __future__ import annotations

from typing import Any

from assess.exchange.figures import ComparisonPlot, OrderPlot
from assess.exchange.pages import page
from assess.exchange.report import Passage, Progress, Report, Sheet, silent
from assess.exchange.safe import neutralise
from assess.exchange.words import fact_words, is_number, seen, words

_KINDS = {OrderPlot: "order", ComparisonPlot: "comparison", Passage: "passage", Sheet: "table"}
# told apart in print without colour by their shapes: circle, square, diamond, triangles
MARKS = (
    ("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0", "#0072b2"),
    ("M-4.5 -4.5h9v9h-9z", "#d55e00"),
    ("M0 -6L6 0L0 6L-6 0z", "#007a5a"),
    ("M0 -6L6 5H-6z", "#a03c78"),
    ("M0 6L6 -5H-6z", "#5c4b00"),
)
_NEUTRAL = (MARKS[0][0], "#3e4c59")


def render(report: Report, progress: Progress = silent) -> bytes:
    """The report as a page."""
    shown = report.sheets("html")
    parts = [
        (_KINDS[type(part)], part)
        for part in report.parts
        if not isinstance(part, Sheet) or any(part is sheet for sheet in shown)
    ]
    return page(
        "report",
        report.language,
        title=report.title,
        facts=[(fact.label, fact_words(fact)) for fact in report.facts],
        parts=_told(parts, progress),
        cells=_cells,
        mark=_mark,
    )


def _told(parts: list[tuple[str, Any]], progress: Progress) -> Any:
    for done, part in enumerate(parts):
        yield part
        progress(done + 1, len(parts))


def _mark(plot: ComparisonPlot | None = None, code: str = "") -> tuple[str, str]:
    """Shape and colour of whom or what a plot compares; a value of none of them is neutral."""
    if plot is None:
        return MARKS[0]
    return MARKS[plot.codes.index(code) % len(MARKS)] if code in plot.codes else _NEUTRAL


def _cells(sheet: Sheet) -> Any:
    """The rows of a table, the sums last: (text, whether it is a number) per cell."""
    rows = [*sheet.rows, sheet.sums] if sheet.sums is not None else sheet.rows
    for row in rows:
        yield [
            (text, True) if is_number(seen(value)) else (neutralise(text), False)
            for text, value in (
                (words(value, column), value)
                for value, column in zip(row, sheet.columns, strict=True)
            )
        ]
