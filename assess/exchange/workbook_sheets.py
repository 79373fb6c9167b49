"""All sheets of a workbook as text, for what is spread over several of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from assess.exchange.tables import letter
from assess.exchange.workbook import (
    cell_text,
    check_cells,
    checked_parts,
    error_cells,
    opened,
)


@dataclass(frozen=True)
class SheetCells:
    """A sheet: its rows of cells as text, from row 1 on, and its merged ranges (``A1:B2``)."""

    name: str
    rows: list[list[str]]
    merged: tuple[str, ...] = ()


def workbook_sheets(
    file: str, data: bytes, wanted: Callable[[list[str]], Collection[str]] = list
) -> list[SheetCells]:
    """Every worksheet, in the order of the workbook, hidden ones included.

    ``wanted`` says of the names of all sheets which will be read: those may hold no error cells.
    Raises BadInput for what is no .xlsx workbook, is locked or too large.
    """
    import python_calamine as calamine

    parts = checked_parts(file, data)
    found: list[SheetCells] = []
    with opened(file, parts) as book:
        read = wanted([meta.name for meta in book.sheets_metadata])
        for position, meta in enumerate(book.sheets_metadata):
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(position)
            grid = sheet.to_python(skip_empty_area=False)
            rows = [[cell_text(value) for value in line] for line in grid]
            if meta.name in read:
                check_cells(file, enumerate(rows, 1), error_cells(parts, position), meta.name)
            merged = tuple(map(_range, sheet.merged_cell_ranges or ()))
            found.append(SheetCells(meta.name, rows, merged))
    return found


def _range(corners: tuple[tuple[int, int], tuple[int, int]]) -> str:
    (top, left), (bottom, right) = corners
    return f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
