"""Workbooks (.xlsx): checked for size before python-calamine reads them, cells as text.

calamine lays out the whole rectangle from the first to the last cell and ends the process when that
does not fit into memory; a few hundred bytes can ask for it. So every part is unpacked here under
one bound and looked through, and calamine is given the unpacked copy, nothing else.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput
from assess.exchange.cells import shown, written
from assess.exchange.form import COLUMNS, FILLED_ONCE
from assess.exchange.safe import unholdable
from assess.exchange.tables import letter
from assess.exchange.workbook_formulas import as_text
from assess.i18n import _

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_UNPACKED = 512 * 1024 * 1024
MAX_PARTS = 2_000
MAX_CELLS = 12_000_000
MAX_TEXT = 512 * 1024 * 1024
"""Characters of all cells together; one shared text may stand in very many cells."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET_PART = re.compile(r"(?i)worksheets/[^/]+\.xml$")
# formatted cells and rows without content, often to the end of the sheet
_EMPTY_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?:\s[^<>]*)?(?:/>|>\s*</(?:[\w.-]+:)?c\s*>)")
_EMPTY_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?:\s[^<>]*)?(?:/>|>\s*</(?:[\w.-]+:)?row\s*>)")
_PLACED = re.compile(rb"""<(?:[\w.-]+:)?(?:c|row)\s[^<>]*?\br\s*=""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s>/]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s>/]")
_SHARED_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>")
_SHARED_USE = re.compile(rb"<(?:[\w.-]+:)?v\b[^>]*>\s*([0-9]{1,9})\s*<")
_COUNT = re.compile(rb"""\b(?:uniqueC|c)ount\s*=\s*["']\s*\+?([0-9]+)""", re.IGNORECASE)
_ERROR_CELL = re.compile(rb"""<(?:[\w.-]+:)?c\b[^>]*\bt\s*=\s*["']e["'][^>]*>""")
_SHEET = re.compile(rb"""<(?:[\w.-]+:)?sheet\s[^>]*?[\w.-]+:id\s*=\s*["']([^"']+)["']""")

Parts = dict[str, bytes]
Place = tuple[int, int]
"""Row and column of a cell, from 0 on."""


def workbook_rows(file: str, data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first visible sheet with content, numbered as the workbook numbers them.

    Raises BadInput for what is no .xlsx workbook, is locked, too large, or holds error cells.
    """
    parts = checked_parts(file, data)
    position, grid, merged = _first_sheet(file, parts)
    rows = [(number, [cell_text(value) for value in line]) for number, line in enumerate(grid, 1)]
    as_text(_sheet_part(parts, position), rows)
    check_cells(file, rows, error_cells(parts, position))
    _check_merged(file, rows, merged)
    return rows


def checked_parts(file: str, data: bytes) -> Parts:
    """The unpacked parts of a workbook that is safe to lay out. Raises BadInput."""
    if data.startswith(_OLE):
        raise BadInput(
            _(
                "{file} is an old or password-protected workbook:"
                " save it as .xlsx without a password"
            ).format(file=file)
        )
    parts = _unpacked(file, data)
    for name, part in parts.items():
        if _SHEET_PART.search(name):
            parts[name] = _without_blanks(part)
    _check_extent(file, parts)
    _check_text(file, parts)
    return parts


def _check_merged(
    file: str, rows: list[tuple[int, list[str]]], merged: Iterable[tuple[Place, Place]]
) -> None:
    """Refuse cells merged over several rows: all but the first would be read as empty.

    In columns where a row without a value takes that of the row above, that is what is meant.
    """
    header = next((cells for _number, cells in rows if any(cells)), [])
    once = {name for code in FILLED_ONCE for name in (code, COLUMNS[code])}
    for (top, left), (bottom, right) in merged:
        names = {cell.strip().lower() for cell in header[left : right + 1]}
        if top < bottom and any(names) and not names <= once:
            raise BadInput(
                _(
                    "{file}: the cells {first}:{last} are merged:"
                    " unmerge them, and write each value into a cell of its own"
                ).format(
                    file=file,
                    first=f"{letter(left)}{top + 1}",
                    last=f"{letter(right)}{bottom + 1}",
                )
            )


def check_cells(
    file: str, rows: Iterable[tuple[int, list[str]]], errors: frozenset[str], sheet: str = ""
) -> None:
    """Refuse control characters and error cells (``errors``, their places) of a sheet."""
    before = f"{sheet}!" if sheet else ""
    for number, cells in rows:
        for at, text in enumerate(cells):
            odd = unholdable(text)
            if odd or (errors and not text):
                _check_cell(file, f"{letter(at)}{number}", odd and odd[1], errors, before)


def cell_text(value: Any) -> str:
    """A typed cell as text: ``4`` for 4.0, ISO 8601 for dates and times, ``true`` for TRUE."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return written(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _unpacked(file: str, data: bytes) -> Parts:
    parts: Parts = {}
    room = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                raise _too_large(file)
            for info in archive.infolist():
                with archive.open(info) as stream:
                    part = stream.read(room + 1)
                room -= len(part)
                if room < 0:
                    raise _too_large(file)
                parts[info.filename] = part
    except BadInput:
        raise
    # damaged archives raise whatever zipfile and its decompressors stumble over
    except Exception as error:
        raise no_workbook(file) from error
    return parts


def _without_blanks(part: bytes) -> bytes:
    """A sheet without its blank cells and rows, where all others say where they stand."""
    if len(_CELL.findall(part)) + len(_ROW.findall(part)) != len(_PLACED.findall(part)):
        return part
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", part))


def _check_extent(file: str, parts: Parts) -> None:
    """Refuse a sheet whose rectangle, from its first to its last cell, is too large to lay out."""
    for part in parts.values():
        columns, rows, places = set[bytes](), set[bytes](), 0
        for place in _PLACE.finditer(part):
            columns.add(place[1])
            rows.add(place[2])
            places += place[1] != b""
        if any(len(column) > 3 for column in columns) or any(len(row) > 7 for row in rows):
            raise _too_large(file)
        width = max((_column(column) for column in columns), default=0)
        height = max(map(int, rows), default=0)
        cells = len(_CELL.findall(part))
        if cells > places:
            # cells without a place stand beside the one before
            width += max(len(_CELL.findall(row)) for row in _ROW.split(part))
            height += len(_ROW.findall(part))
        if width * height > MAX_CELLS:
            raise BadInput(
                _(
                    "{file}: a sheet reaches to row {row} and column {column}: delete the empty"
                    " rows and columns at its end, or divide it into several files"
                ).format(file=file, row=height, column=letter(width - 1))
            )


def _column(letters: bytes) -> int:
    number = 0
    for byte in letters.upper():
        number = number * 26 + byte - 64
    return number


def _check_text(file: str, parts: Parts) -> None:
    shared = next(
        (p for name, p in parts.items() if name.lower().endswith("sharedstrings.xml")), b""
    )
    lengths = [len(text) for text in _SHARED_END.split(shared)]
    total = 0
    for part in parts.values():
        # calamine makes room for as many entries as a part claims to have
        if any(len(count) > 9 or int(count) > MAX_CELLS for count in _COUNT.findall(part)):
            raise _too_large(file)
        for use in _SHARED_USE.finditer(part):
            at = int(use[1])
            total += lengths[at] if at < len(lengths) else 0
        if total > MAX_TEXT:
            raise _too_large(file)


@contextmanager
def opened(file: str, parts: Parts) -> Iterator[CalamineWorkbook]:
    """The workbook that the parts make. Raises BadInput where it cannot be read."""
    import python_calamine as calamine

    try:
        with calamine.load_workbook(io.BytesIO(packed(parts))) as book:
            yield book
    except BadInput:
        raise
    except calamine.PasswordError as error:
        raise BadInput(
            _("{file} is protected by a password: save it without one").format(file=shown(file))
        ) from error
    except Exception as error:
        raise no_workbook(file) from error
    except BaseException as error:
        # a panic inside calamine is no Exception; anything else (ctrl+c) goes on its way
        if type(error).__name__ != "PanicException":
            raise
        raise no_workbook(file) from error


def _first_sheet(file: str, parts: Parts) -> tuple[int, list[list[Any]], list[tuple[Place, Place]]]:
    """The position, the cells and the merged ranges of the first visible sheet with content."""
    import python_calamine as calamine

    with opened(file, parts) as book:
        for position, sheet in enumerate(book.sheets_metadata):
            if (
                sheet.typ == calamine.SheetTypeEnum.WorkSheet
                and sheet.visible == calamine.SheetVisibleEnum.Visible
            ):
                page = book.get_sheet_by_index(position)
                grid = page.to_python(skip_empty_area=False)
                if any(str(cell).strip() for line in grid for cell in line):
                    return position, grid, list(page.merged_cell_ranges or ())
    return 0, [], []


def packed(parts: Parts) -> bytes:
    """The parts put together again, for the reader."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def error_cells(parts: Parts, position: int) -> frozenset[str]:
    """The places (``D5``) of a sheet's error cells, which calamine leaves empty."""
    places = (_PLACE.search(cell) for cell in _ERROR_CELL.findall(_sheet_part(parts, position)))
    return frozenset((p[1] + p[2]).decode().upper() for p in places if p)


def _sheet_part(parts: Parts, position: int) -> bytes:
    """The part that holds a sheet; empty where the workbook does not say which."""
    ids = _SHEET.findall(parts.get("xl/workbook.xml", b""))
    relations = parts.get("xl/_rels/workbook.xml.rels", b"")
    if position >= len(ids):
        return b""
    for relation in re.findall(rb"<(?:[\w.-]+:)?Relationship\s[^>]*>", relations):
        ours = re.search(rb"""\bId\s*=\s*["']([^"']*)["']""", relation)
        target = re.search(rb"""\bTarget\s*=\s*["']([^"']*)["']""", relation)
        if ours and target and ours[1] == ids[position]:
            name = target[1].decode("utf-8", "replace").removeprefix("/").removeprefix("xl/")
            return parts.get("xl/" + name, b"")
    return b""


def _check_cell(file: str, cell: str, odd: str | None, errors: frozenset[str], before: str) -> None:
    if odd:
        raise BadInput(
            _("{file}: cell {cell} holds the control character {code}: remove it").format(
                file=file, cell=before + cell, code=odd
            )
        )
    if cell in errors:
        raise BadInput(
            _(
                "{file}: cell {cell} holds an error of the spreadsheet (such as #N/A):"
                " correct or empty it"
            ).format(file=file, cell=before + cell)
        )


def no_workbook(file: str) -> BadInput:
    """The error for a file that is no workbook."""
    return BadInput(
        _("{file} is no workbook, or a damaged one: save it again as .xlsx").format(
            file=shown(file)
        )
    )


def _too_large(file: str) -> BadInput:
    return BadInput(
        _("{file} unpacks to more than a table should: divide it into several files").format(
            file=shown(file)
        )
    )
