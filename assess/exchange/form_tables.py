"""A workbook to work in: typed tables with a frozen header, and lists to choose from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from assess.errors import BadInput
from assess.exchange.safe import clean, neutralise
from assess.exchange.words import width
from assess.exchange.xlsx_cells import MOST_CHARACTERS, height
from assess.i18n import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | float | None
SPARE = 300
"""Rows under the last one in which lists to choose from still open."""
_WIDEST, _NARROWEST, _MOST_LISTED = 46, 9, 255


class Table(Protocol):
    """A sheet: its name, its columns, and its rows with a cell for each."""

    @property
    def name(self) -> str: ...
    @property
    def header(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...


Choices = Mapping[tuple[str, str], Sequence[str] | str]
"""What a column (sheet, name) is chosen from: words, or the sheet whose first column lists them."""


def tables_xlsx(
    tables: Sequence[Table], *, choices: Choices, about: Sequence[str] = (), title: str = ""
) -> bytes:
    """The tables as a workbook, behind them a sheet ``about``; the same tables, the same bytes.

    Texts are written as texts, never as formulas. Raises BadInput for a text that no cell holds.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": clean(title)[:200], "created": dt.datetime(2000, 1, 1)})
    looks = _looks(book)
    rows = {table.name: len(table.rows) for table in tables}
    for table in tables:
        page = book.add_worksheet(table.name)
        _write(page, table, looks)
        for at, column in enumerate(table.header):
            wanted = choices.get((table.name, column))
            if wanted:
                _choose(page, at, len(table.rows), _source(wanted, rows))
    if about:
        page = book.add_worksheet("about")
        page.set_column(0, 0, 110)
        page.hide_gridlines(2)
        for number, line in enumerate(about):
            page.write_string(number, 0, line, looks["plain"])
    book.close()
    return out.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    plain = {"valign": "top", "text_wrap": True}
    return {
        "plain": book.add_format(plain),
        # stays text when somebody edits the cell
        "risky": book.add_format({**plain, "quote_prefix": True}),
        "number": book.add_format({"valign": "top"}),
        "head": book.add_format(
            {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#e4e7eb", "bottom": 1}
        ),
    }


def _write(page: Worksheet, table: Table, looks: dict[str, Format]) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    widths = [_width(table, at) for at in range(len(table.header))]
    for at, name in enumerate(table.header):
        page.set_column(at, at, widths[at])
        page.write_string(0, at, name, looks["head"])
    for number, row in enumerate(table.rows, 1):
        points = height([(cell, wide) for cell, wide in zip(row, widths, strict=True)])
        if points is not None:
            page.set_row(number, points)
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                _text(page, (number, at), cell, table, looks)
            elif cell is not None:
                page.write_number(number, at, cell, looks["number"])
    page.autofilter(0, 0, max(1, len(table.rows)), max(0, len(table.header) - 1))


def _text(
    page: Worksheet, place: tuple[int, int], text: str, table: Table, looks: dict[str, Format]
) -> None:
    if len(text) + sum(letter > "\uffff" for letter in text) > MOST_CHARACTERS:
        raise BadInput(
            _(
                "sheet '{sheet}', column '{column}', row {row}: a cell holds {most} characters and"
                " this text is longer; shorten it, or keep the pack as a folder"
            ).format(
                sheet=table.name,
                column=table.header[place[1]],
                row=place[0] + 1,
                most=MOST_CHARACTERS,
            )
        )
    page.write_string(*place, text, looks["plain" if neutralise(text) == text else "risky"])


def _width(table: Table, at: int) -> float:
    texts = [table.header[at], *(str(row[at]) for row in table.rows if row[at] is not None)]
    longest = max(width(line) for text in texts for line in text[:400].split("\n"))
    return float(min(_WIDEST, max(_NARROWEST, longest + 2)))


def _source(wanted: Sequence[str] | str, rows: Mapping[str, int]) -> list[str] | str | None:
    """What a list to choose from names: a few words, or a range of another sheet."""
    if isinstance(wanted, str):
        return f"='{wanted}'!$A$2:$A${rows[wanted] + 1}" if rows.get(wanted) else None
    short = sum(map(len, wanted)) + len(wanted) <= _MOST_LISTED
    return list(wanted) if short and not any("," in word for word in wanted) else None


def _choose(page: Worksheet, at: int, rows: int, source: list[str] | str | None) -> None:
    if source is not None:
        page.data_validation(
            1, at, rows + SPARE, at,
            {"validate": "list", "source": source, "error_type": "warning"},
        )  # fmt: skip
