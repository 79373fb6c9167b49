"""Reports as workbooks: typed cells, a frozen header, filters, bars, and a sheet on the report.

Text is written as text, never as a formula; Excel keeps it so even where somebody edits the cell.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from assess.exchange.report import Column, Passage, Progress, Report, Sheet, silent
from assess.exchange.safe import clean, neutralise
from assess.exchange.words import fact_words, is_number, seen, width
from assess.exchange.write import cell_words
from assess.exchange.xlsx_cells import (
    Look,
    bar,
    column_width,
    fitting,
    height,
    number_look,
    sheet_names,
)
from assess.i18n import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Rows under a header; what is more goes on in a further sheet."""
_TEXT_WIDTH = 100
_LOOKED_AT = 2_000
"""So many rows decide how wide a column is."""
_TOLD_EVERY = 1_000
_SHORT = 1_000
"""Shorter texts come again and again; none of them is ever cut."""
_INK, _SHADE, _RULE = "#1f2933", "#e4e7eb", "#9aa5b1"


def render(report: Report, progress: Progress = silent) -> bytes:
    """The report as a workbook; facts and passages stand in a sheet of their own."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # rows go to disk as they come, so that half a million of them need little memory
    book = Workbook(out, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"title": clean(report.title)[:200], "created": _created(report)})
    writer = _Writer(book, report, progress)
    text_first = bool(report.parts) and isinstance(report.parts[0], Passage)
    if text_first:
        writer.about()
    for sheet in report.sheets("xlsx"):
        writer.sheet(sheet)
    if not text_first:
        writer.about()
    book.close()
    return out.getvalue()


def _created(report: Report) -> dt.datetime:
    """The time of the newest record, so that the same records give the same bytes."""
    newest = next((fact.value for fact in report.facts if fact.code == "newest"), None)
    try:
        moment = dt.datetime.fromisoformat(newest or "")
    except ValueError:
        return dt.datetime(2000, 1, 1)
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC)
    return moment.replace(tzinfo=None, microsecond=0)


@lru_cache(maxsize=8192)
def _prepared(text: str) -> tuple[str, bool]:
    """A text as a cell holds it, and whether a spreadsheet might run it."""
    text = fitting(text)
    return text, neutralise(text) != text


class _Writer:
    """One workbook in the making."""

    def __init__(self, book: Workbook, report: Report, progress: Progress) -> None:
        self._book, self._report, self._progress = book, report, progress
        self._total = sum(len(sheet.rows) for sheet in report.sheets("xlsx")) or 1
        self._done = 0
        self._names: set[str] = set()
        self._summing: Look = {}
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    # -- tables

    def sheet(self, sheet: Sheet) -> None:
        """A table; one that is too long goes on in further sheets."""
        for start in range(0, max(1, len(sheet.rows)), MOST_ROWS):
            self._table(sheet, sheet.rows[start : start + MOST_ROWS])

    def _table(self, sheet: Sheet, rows: Sequence[Sequence[Any]]) -> None:
        page = self._page(sheet.name)
        page.set_landscape()
        page.repeat_rows(0)
        page.freeze_panes(1, 0)
        page.outline_settings(symbols_right=False)
        widths = [
            column_width(column, [row[at] for row in rows[:_LOOKED_AT]])
            for at, column in enumerate(sheet.columns)
        ]
        self._height(
            page, 0, [(c.label, w - 3) for c, w in zip(sheet.columns, widths, strict=True)]
        )
        for at, column in enumerate(sheet.columns):
            folded = {"level": 1, "hidden": True} if column.detail else {}
            page.set_column(at, at, widths[at], None, folded)
            self._text(page, (0, at), column.label, _HEAD)
        for number, row in enumerate(rows, 1):
            self._height(page, number, list(zip(row, widths, strict=True)))
            for at, column in enumerate(sheet.columns):
                self._cell(page, (number, at), row[at], column)
            self._tell()
        if sheet.sums is not None:
            self._summing = _SUM
            for at, column in enumerate(sheet.columns):
                self._cell(page, (len(rows) + 1, at), sheet.sums[at], column)
            self._summing = {}
        page.autofilter(0, 0, max(1, len(rows)), len(sheet.columns) - 1)
        for at, column in enumerate(sheet.columns):
            if column.bar and rows:
                page.conditional_format(1, at, len(rows), at, bar(column.bar))

    def _cell(self, page: Worksheet, place: tuple[int, int], value: Any, column: Column) -> None:
        row, at = place
        value, look = seen(value), self._summing
        if value is None:
            if look:
                page.write_blank(row, at, None, self._format(look))
        elif isinstance(value, bool):
            page.write_boolean(row, at, value, self._format(look | _PLAIN))
        elif is_number(value):
            page.write_number(row, at, value, self._format(look | number_look(value, column)))
        else:
            text = column.called.get(value, value) if isinstance(value, str) else cell_words(value)
            self._text(page, (row, at), text, look | _WRAPPED)

    def _tell(self) -> None:
        self._done += 1
        if self._done % _TOLD_EVERY == 0 or self._done == self._total:
            self._progress(self._done, self._total)

    # -- facts and passages

    def about(self) -> None:
        """What the report is, what it rests on, who may read it, and its passages."""
        page = self._page(self._report.about or _("Method"))
        page.set_portrait()
        lines = [(fact.label, fact_words(fact)) for fact in self._report.facts]
        page.set_column(0, 0, min(32, max(14, *(width(label) + 2 for label, _words in lines))))
        page.set_column(1, 1, _TEXT_WIDTH)
        self._text(page, (0, 0), self._report.title, _TITLE)
        row = 2
        for label, words in lines:
            self._height(page, row, [(words, _TEXT_WIDTH)])
            self._text(page, (row, 0), label, _LABEL)
            self._text(page, (row, 1), words, _WRAPPED)
            row += 1
        for passage in self._report.passages:
            self._text(page, (row + 1, 0), passage.title, _TITLE)
            row += 2
            for line in chain(passage.lines, [""] * passage.blank):
                self._height(page, row, [(line, _TEXT_WIDTH - 2)])
                self._text(
                    page, (row, 1), f"• {line}" if passage.listed and line else line, _WRAPPED
                )
                row += 1

    # -- pages, texts, looks

    @staticmethod
    def _height(page: Worksheet, row: int, cells: Sequence[tuple[Any, float]]) -> None:
        if (points := height(cells)) is not None:
            page.set_row(row, points)

    def _page(self, name: str) -> Worksheet:
        page: Worksheet = self._book.add_worksheet(self._free_name(name))
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        title = clean(self._report.title).replace("&", "&&")
        page.set_footer(f"&L{' '.join(title.split())[:120]}&R&P / &N")
        page.hide_gridlines(2)
        return page

    def _free_name(self, name: str) -> str:
        for tried in sheet_names(name):
            if tried.casefold() not in self._names:
                self._names.add(tried.casefold())
                return tried
        raise AssertionError("names do not end")

    def _text(self, page: Worksheet, place: tuple[int, int], text: str, look: Look) -> None:
        text, risky = (_prepared if len(text) < _SHORT else _prepared.__wrapped__)(text)
        if risky:
            look = look | {"quote_prefix": True}  # stays text when somebody edits the cell
        page.write_string(*place, text, self._format(look))

    def _format(self, look: Look) -> Format:
        key = tuple(look.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **look})
        return self._formats[key]


# some programs show what is true as a number
_PLAIN: Look = {"align": "left", "indent": 1, "num_format": '"✓";"✓";"–"'}
_WRAPPED: Look = {"text_wrap": True, "align": "left", "indent": 1}
_LABEL: Look = {"text_wrap": True, "bold": True}
_TITLE: Look = {"bold": True, "font_size": 14, "font_color": _INK}
_SUM: Look = {"bold": True, "top": 1}
_HEAD: Look = {
    "bold": True,
    "text_wrap": True,
    "bg_color": _SHADE,
    "font_color": _INK,
    "bottom": 1,
    "bottom_color": _RULE,
}
