"""A workbook being read as a pack: its rows, what is wrong, and where each part stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assess.errors import BadInput
from assess.i18n import _
from assess.packs.xlsform_cells import CellError
from assess.packs.xlsform_records import BadColumn, unflatten
from assess.packs.xlsform_sheets import GivenSheet, check_merged, check_names
from assess.packs.xlsform_tables import SAID


@dataclass(frozen=True)
class Row:
    """A row with its number and its filled cells by column."""

    number: int
    cells: dict[str, str]


@dataclass
class Book:
    """A workbook being read: what is wrong so far, and where each part of the pack stood."""

    file: str
    wrong: list[str] = field(default_factory=list)
    origins: list[tuple[str, str, str]] = field(default_factory=list)
    """File of the pack, beginning of the way down in it, and the place in the workbook."""

    def refuse(self, sheet: str, row: int, what: str) -> None:
        """Note a mistake in a row."""
        place = self.place(sheet, row)
        self.wrong.append(f"{place}: {what}")

    def place(self, sheet: str, row: int) -> str:
        """A row as messages name it."""
        return _("{file}: sheet '{sheet}', row {row}").format(file=self.file, sheet=sheet, row=row)


def stop(book: Book) -> None:
    """Raise BadInput with what is wrong so far, if anything is."""
    if book.wrong:
        raise BadInput(
            _("{file}: the workbook cannot be used; nothing was written").format(file=book.file),
            findings=book.wrong[:200],
        )


def refuse_doubled(book: Book, sheet: str, rows: Sequence[Row]) -> None:
    """Note every id that a row above has already, by the rows of the sheet."""
    first: dict[str, int] = {}
    for row in rows:
        own = row.cells.get("id", "").strip()
        if own and first.setdefault(own, row.number) != row.number:
            what = _("'{id}' is given twice, first in row {row}: give each an id of its own")
            book.refuse(sheet, row.number, what.format(id=own, row=first[own]))


def rows_of(book: Book, sheet: GivenSheet) -> list[Row]:
    """The filled rows of a sheet; columns that begin with ``#`` are the author's own."""
    check_merged(book.file, sheet, book.wrong)
    header = [cell.strip() for cell in sheet.rows[0]] if sheet.rows else []
    check_names(book.file, sheet.name, header, book.wrong)
    found: list[Row] = []
    for number, cells in enumerate(sheet.rows[1:], 2):
        filled: dict[str, str] = {}
        for at, cell in enumerate(cells):
            column = header[at] if at < len(header) else ""
            if not cell.strip() or column.startswith("#"):
                continue
            if not column:
                book.refuse(
                    sheet.name,
                    number,
                    _("'{cell}' stands in a column without a name").format(cell=cell.strip()[:60]),
                )
            filled[column] = cell
        if filled:
            found.append(Row(number, filled))
    return found


def read(book: Book, sheet: str, row: Row, cells: dict[str, str]) -> dict[str, Any]:
    """A row as data; what cannot be read is noted with its column."""
    try:
        return unflatten(cells, said=SAID.get(sheet, frozenset()))
    except BadColumn as error:
        what = _("the column '{column}' does not fit with the others, or has no languages")
        book.refuse(sheet, row.number, what.format(column=error))
    except CellError:
        for column, cell in cells.items():
            try:
                unflatten({column: cell}, said=SAID.get(sheet, frozenset()))
            except (CellError, BadColumn) as error:
                what = _("column '{column}': {problem}")
                book.refuse(sheet, row.number, what.format(column=column, problem=error))
    return {}
