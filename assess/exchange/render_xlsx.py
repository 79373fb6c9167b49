"""Reports as workbooks: typed cells, a frozen header, filters, bars, and a sheet on the report.

Text is written as text, never as a formula; Excel keeps it so even where somebody edits the cell.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from assess.exchange.report import Column, Passage, Progress, Report, Sheet, silent
from assess.exchange.safe import clean, neutralise
from assess.exchange.words import fact_words, is_number, seen, width
from assess.exchange.write import cell_words
from assess.i18n import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Look = dict[str, Any]

MOST_CHARACTERS = 32_767
"""What a cell holds, in UTF-16 code units."""
MOST_ROWS = 1_048_575
"""Rows under a header; what is more goes on in a further sheet."""
_NARROWEST, _WIDEST = 7, 60
_LOOKED_AT = 2_000
"""So many rows decide how wide a column is."""
_TOLD_EVERY = 1_000
_NAME_MOST = 31
_INK, _SHADE, _BAR, _RULE = "#1f2933", "#e4e7eb", "#9fc5e8", "#9aa5b1"


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
        for at, column in enumerate(sheet.columns):
            values = [row[at] for row in rows[:_LOOKED_AT]]
            page.set_column(at, at, _column_width(column, values))
            self._text(page, (0, at), column.label, _HEAD)
        for number, row in enumerate(rows, 1):
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
                page.conditional_format(1, at, len(rows), at, _bar(column.bar))

    def _cell(self, page: Worksheet, place: tuple[int, int], value: Any, column: Column) -> None:
        row, at = place
        value, look = seen(value), self._summing
        if value is None:
            if look:
                page.write_blank(row, at, None, self._format(look))
        elif isinstance(value, bool):
            page.write_boolean(row, at, value, self._format(look | _PLAIN))
        elif is_number(value):
            page.write_number(row, at, value, self._format(look | _number_look(value, column)))
        else:
            self._text(page, (row, at), cell_words(value), look | _WRAPPED)

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
        page.set_column(1, 1, 100)
        self._text(page, (0, 0), self._report.title, _TITLE)
        row = 2
        for label, words in lines:
            self._text(page, (row, 0), label, _LABEL)
            self._text(page, (row, 1), words, _WRAPPED)
            row += 1
        for passage in self._report.passages:
            self._text(page, (row + 1, 0), passage.title, _TITLE)
            row += 2
            for line in chain(passage.lines, [""] * passage.blank):
                self._text(page, (row, 1), f"• {line}" if passage.listed else line, _WRAPPED)
                row += 1

    # -- pages, texts, looks

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
        for tried in _sheet_names(name):
            if tried.casefold() not in self._names:
                self._names.add(tried.casefold())
                return tried
        raise AssertionError("names do not end")

    def _text(self, page: Worksheet, place: tuple[int, int], text: str, look: Look) -> None:
        text = fitting(text)
        if neutralise(text) != text:
            look = look | {"quote_prefix": True}  # stays text when somebody edits the cell
        page.write_string(*place, text, self._format(look))

    def _format(self, look: Look) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **look})
        return self._formats[key]


_PLAIN: Look = {"align": "left"}
_WRAPPED: Look = {"text_wrap": True}
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


def fitting(text: str) -> str:
    """``text`` as a cell holds it; what was cut off is told at its end."""
    text = re.sub("\r\n?", "\n", clean(text))
    length = _units(text)
    if length > MOST_CHARACTERS:
        remark = _(" … [cut: a cell holds {most} characters, this text has {length}]").format(
            most=f"{MOST_CHARACTERS}", length=f"{length}"
        )
        left = MOST_CHARACTERS - _units(remark)
        text = text.encode("utf-16-le")[: 2 * left].decode("utf-16-le", errors="ignore") + remark
    if text.startswith("<r>") and text.endswith("</r>"):
        return text + " "  # the writer would take it for its own markup
    return text


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _number_look(value: float, column: Column) -> Look:
    """The number format of a cell; a percentage is never 0 or 100 where the figure is neither."""
    if column.unit:
        percent = 100 * value if column.unit == "share" else value
        if 0 < percent < 0.5:
            return {"num_format": '"<1 %"'}
        if 99.5 <= percent < 100 - 1e-9:
            return {"num_format": '">99 %"'}
        return {"num_format": "0 %" if column.unit == "share" else '0" %"'}
    if column.digits:
        return {"num_format": "0." + "0" * column.digits}
    return {} if column.digits is None else {"num_format": "0"}


def _bar(ends: tuple[float, float]) -> Look:
    return {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": _BAR,
        "bar_no_border": True,
        "min_type": "num",
        "min_value": ends[0],
        "max_type": "num",
        "max_value": ends[1],
    }


def _column_width(column: Column, values: Sequence[Any]) -> float:
    """Wide enough for the longest line there is, within reason; headers wrap between words."""
    words = max((width(word) for word in column.label.split()), default=0)
    # Chinese wraps anywhere, a word of letters nowhere; the filter's arrow takes some room
    least = min(words, max(10, width(column.label) // 2)) + 3
    longest = max((_cell_width(value, column) for value in values), default=0)
    return float(min(_WIDEST, max(_NARROWEST, least, longest + 2)))


def _cell_width(value: Any, column: Column) -> int:
    value = seen(value)
    if value is None:
        return 0
    if is_number(value):
        return len(f"{value:.{column.digits}f}") if column.digits is not None else len(f"{value:g}")
    return max((width(line) for line in cell_words(value)[:400].splitlines()), default=0)


def _sheet_names(name: str) -> Iterator[str]:
    """``name`` as a sheet may be called, then with numbers after it."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip().strip("'") or "Sheet"
    yield plain[:_NAME_MOST]
    for number in range(2, 10_000):
        ending = f" ({number})"
        yield plain[: _NAME_MOST - len(ending)] + ending
