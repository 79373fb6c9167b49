"""The questionnaires of a workbook: their sections, items, and what hangs on an item."""

from __future__ import annotations

from typing import Any

from assess.i18n import _
from assess.packs.xlsform_book import Book, Row, read, refuse_doubled
from assess.packs.xlsform_cells import JSON, CellError, decode
from assess.packs.xlsform_expression import Untranslatable
from assess.packs.xlsform_relevant import Answered, condition

_PLACE = "#place"
"""Beside an item's lists, the row in which the first of them begins."""


def asked_of(book: Book, sheets: dict[str, list[Row]]) -> dict[str, dict[str, Any]]:
    """The questionnaires by id."""
    asked: dict[str, dict[str, Any]] = {}
    for row in sheets["questionnaires"]:
        data = read(book, "questionnaires", row, row.cells)
        name = data.get("questionnaire")
        if not isinstance(name, str) or name in asked:
            what = _("give each questionnaire an id of its own in the column 'questionnaire'")
            book.refuse("questionnaires", row.number, what)
            continue
        asked[name] = {**data, "sections": []}
        book.origins.append((f"?{name}", "", book.place("questionnaires", row.number)))
    inner = _inner(book, sheets)
    known = {row.cells["id"].strip(): row for row in sheets["items"] if "id" in row.cells}
    refuse_doubled(book, "items", sheets["items"])
    begun: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sheets["items"]:
        cells = {column: cell for column, cell in row.cells.items() if column != "section"}
        when = _expression(book, row, cells, known)
        data = read(book, "items", row, cells)
        if not data:
            continue  # said already
        if when is not None:
            data["when"] = when
        home = asked.get(str(data.pop("questionnaire", "")))
        about = data.pop("section", {})
        if home is None:
            what = _(
                "name a questionnaire of the sheet 'questionnaires' in the column 'questionnaire'"
            )
            book.refuse("items", row.number, what)
            continue
        number = row.cells.get("section", "").strip()
        if number and not number.isdecimal():
            what = _("column 'section': '{cell}' is no number; number the sections from 1")
            book.refuse("items", row.number, what.format(cell=number[:60]))
            continue
        section = _section(home, begun, number, about)
        if isinstance(about, dict) and about != section[1] and about:
            what = _("the section has another title in its first row")
            book.refuse("items", row.number, what)
        lists = inner.pop(str(data.get("id")), {})
        data.update({key: part for key, part in lists.items() if key != _PLACE})
        section[0]["items"].append(data)
        way = f"sections > #{section[2]} > items > {data.get('id', '')}"
        name = home["questionnaire"]
        book.origins.append((f"?{name}", way, book.place("items", row.number)))
    for item, lists in inner.items():
        place = lists.get(_PLACE, book.file)
        book.wrong.append(
            _("{place}: there is no item '{item}' in the sheet 'items'").format(
                place=place, item=item
            )
        )
    return asked


def _section(
    home: dict[str, Any], begun: dict[tuple[str, str], dict[str, Any]], number: str, about: Any
) -> tuple[dict[str, Any], Any, int]:
    """The section that an item belongs to, what its first row said, and its position from 1."""
    title = about if isinstance(about, dict) else {}
    key = (home["questionnaire"], number or repr(title))
    if key not in begun:
        made = {**title, "items": []}
        home["sections"].append(made)
        begun[key] = {"section": made, "about": title, "at": len(home["sections"])}
    found = begun[key]
    return found["section"], found["about"], found["at"]


def _inner(book: Book, sheets: dict[str, list[Row]]) -> dict[str, dict[str, Any]]:
    """The lists of each item (its options, bands, cards) by the item's id."""
    found: dict[str, dict[str, Any]] = {}
    for name, rows in sheets.items():
        stem, _dot, key = name.rpartition(".")
        if stem != "items":
            continue
        for row in rows:
            data = read(book, name, row, row.cells)
            item = data.pop("item", None)
            if not isinstance(item, str):
                book.refuse(name, row.number, _("name the item that the row belongs to"))
                continue
            lists = found.setdefault(item, {_PLACE: book.place(name, row.number)})
            listed = lists.setdefault(key, [])
            listed.append(data)
            step = data.get("id") if isinstance(data.get("id"), str) else f"#{len(listed)}"
            way = f"{item} > {key} > {step}"
            book.origins.append(("", way, book.place(name, row.number)))
    return found


_EXAMPLES = "{item: BPM-2, at_least: 3}, ${BPM-2} >= 3"


def _expression(
    book: Book, row: Row, cells: dict[str, str], known: dict[str, Row]
) -> dict[str, Any] | None:
    """A condition that is written as XLSForm's ``relevant`` or as a pack's file writes it."""
    cell = cells.get("when", "").strip()
    if not cell or cell.startswith(JSON):
        return None
    del cells["when"]
    if cell.startswith("{"):
        try:
            return dict(decode(cell, "when"))
        except CellError:
            pass  # not as this program writes it
        from assess.packs.parse import read_tree

        document = read_tree(cell)
        if isinstance(document.data, dict) and not document.mistakes:
            return document.data
        what = _("column 'when': this is no condition: write one such as {example}")
        book.refuse("items", row.number, what.format(example=_EXAMPLES))
        return None

    def find(name: str) -> Answered | None:
        if name not in known:
            return None
        kind = known[name].cells.get("type", "").strip()
        return Answered(name, "text" if kind in ("choice", "choices") else kind)

    try:
        return condition(cell, find)
    except Untranslatable as error:
        what = _("column 'when': {problem}: write a condition such as {example}")
        book.refuse("items", row.number, what.format(problem=error, example=_EXAMPLES))
    return None
