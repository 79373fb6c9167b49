"""The sheets of an XLSForm as rows by column: what is wrong with them is said before pyxform."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from assess.errors import BadInput
from assess.i18n import _, listed
from assess.packs.spot import nearest

Grid = Sequence[Sequence[str]]
READ = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets that XLSForm knows."""
OURS = ("competencies", "modules")
"""Sheets of our own with names and definitions."""
ROW = "__row"
"""The column that carries a row's number through pyxform."""
GIVEN = "__given"
"""The column that carries what a cell held before pyxform: a type, parameters, an option."""
_MOST_ROWS = 50_000


@dataclass(frozen=True)
class Sheet:
    """A sheet: its column names and its rows, each by column, empty cells absent."""

    name: str
    header: list[str]
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class GivenSheet:
    """A sheet as a file holds it: rows of cells as text, the first row first."""

    name: str
    rows: Grid
    merged: Sequence[str] = ()


def csv_sheets(text: str) -> list[GivenSheet]:
    """The sheets in a text table whose first column names the sheet that begins there."""
    sheets: list[GivenSheet] = []
    for cells in csv.reader(io.StringIO(text, newline="")):
        if cells and cells[0].strip():
            sheets.append(GivenSheet(cells[0].strip(), []))
        if sheets and any(cell.strip() for cell in cells[1:]):
            rows = sheets[-1].rows
            assert isinstance(rows, list)
            rows.append(cells[1:])
    return sheets


def known_sheets(file: str, given: Sequence[GivenSheet], notes: list[str]) -> dict[str, Sheet]:
    """The sheets that are read, by name; what is not read is noted.

    Raises BadInput with every mistake: no survey, merged cells, doubled columns, nothing in it.
    """
    by_name = {sheet.name.strip().lower(): sheet for sheet in given}
    if "survey" not in by_name and len(given) == 1:
        by_name = {"survey": given[0]}
    if "survey" not in by_name:
        raise _no_survey(file, [sheet.name for sheet in given])
    wrong: list[str] = []
    found: dict[str, Sheet] = {}
    for name, sheet in by_name.items():
        if name in (*READ, *OURS):
            found[name] = _shaped(file, name, sheet, wrong, notes)
        elif any(cell.strip() for row in sheet.rows for cell in row):
            notes.append(_("sheet '{sheet}' is not read").format(sheet=sheet.name))
    survey = found["survey"]
    if not survey.header:
        wrong.append(
            _("{file}: sheet '{sheet}' is empty: its first row names the columns").format(
                file=file, sheet=by_name["survey"].name
            )
        )
    elif not any(survey.rows):
        wrong.append(
            _("{file}: sheet '{sheet}' holds column names and no questions").format(
                file=file, sheet=by_name["survey"].name
            )
        )
    if wrong:
        raise BadInput(
            _("{file}: the form cannot be read; nothing was written").format(file=file),
            findings=wrong,
        )
    return found


def _no_survey(file: str, names: Sequence[str]) -> BadInput:
    near = next((name for name in names if nearest(name.strip().lower(), ["survey"])), None)
    return BadInput(
        _(
            "{file}: there is no sheet 'survey', so this is no XLSForm; its sheets are {names}"
        ).format(file=file, names=listed(names) or "–"),
        hint=_("Rename '{near}' to 'survey'.").format(near=near) if near else "",
    )


def check_merged(file: str, given: GivenSheet, wrong: list[str]) -> None:
    """Note merged cells, whose value stands in one of them only."""
    if given.merged:
        wrong.append(
            _(
                "{file}: sheet '{sheet}' has merged cells ({ranges}): unmerge them, and write"
                " each value into a cell of its own"
            ).format(file=file, sheet=given.name, ranges=listed(list(given.merged)[:10]))
        )


def _shaped(file: str, name: str, given: GivenSheet, wrong: list[str], notes: list[str]) -> Sheet:
    place = {"file": file, "sheet": given.name}
    check_merged(file, given, wrong)
    rows = [[cell.replace("\u00a0", " ") for cell in row] for row in given.rows]
    if len(rows) > _MOST_ROWS:
        wrong.append(
            _("{file}: sheet '{sheet}' has more than {most} rows: divide the form").format(
                most=_MOST_ROWS, **place
            )
        )
        rows = rows[:1]
    header = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    if not any(header):
        if any(cell.strip() for row in rows for cell in row):
            wrong.append(
                _(
                    "{file}: sheet '{sheet}': the first row is empty; it must name the columns"
                ).format(**place)
            )
        return Sheet(name, [], [])
    check_names(file, given.name, header, wrong)
    found: list[dict[str, str]] = []
    unnamed: set[int] = set()
    for number, row in enumerate(rows[1:], 2):
        cells: dict[str, str] = {}
        for at, cell in enumerate(row):
            column = header[at] if at < len(header) else ""
            if not cell.strip() or column == ROW:
                continue
            if not column:
                unnamed.add(at)
            else:
                cells[column] = cell.strip()
        found.append({**cells, ROW: str(number)} if cells else {})
    for at in sorted(unnamed):
        notes.append(
            _("sheet '{sheet}': column {letter} has no name and is not read").format(
                sheet=given.name, letter=column_letter(at)
            )
        )
    return Sheet(name, [column for column in header if column and column != ROW], found)


def check_names(file: str, sheet: str, header: Sequence[str], wrong: list[str]) -> None:
    """Note columns that are called alike."""
    first: dict[str, int] = {}
    for at, column in enumerate(header):
        earlier = first.setdefault(column.casefold(), at)
        if column and earlier != at:
            wrong.append(
                _(
                    "{file}: sheet '{sheet}': columns {first} and {second} are both called"
                    " '{column}': rename or delete one"
                ).format(
                    file=file,
                    sheet=sheet,
                    first=column_letter(earlier),
                    second=column_letter(at),
                    column=column,
                )
            )


def column_letter(position: int) -> str:
    """A column's letter in a spreadsheet: 0 is A, 26 is AA."""
    name, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name
