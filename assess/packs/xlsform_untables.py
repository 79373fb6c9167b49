"""The tables of a workbook back as a pack; mistakes are told by sheet and row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assess.i18n import _
from assess.packs.load import KINDS, findings_of
from assess.packs.xlsform_asked import asked_of
from assess.packs.xlsform_book import Book, Row, read, refuse_doubled, rows_of, stop
from assess.packs.xlsform_records import BadColumn, unflatten
from assess.packs.xlsform_sheets import GivenSheet
from assess.packs.xlsform_tables import WEIGHTS, stem_of
from assess.packs.xlsform_yaml import pack_files, questionnaire_names

_STEMS = frozenset(stem_of(name) for name in KINDS) - {"pack"}
_UNREAD = frozenset({"about"})


def is_pack_book(given: Sequence[GivenSheet]) -> bool:
    """Whether a workbook holds a pack as this program writes it, rather than an XLSForm."""
    names = {sheet.name.strip().lower() for sheet in given}
    # one of them may be missing: that is told as such, not as a lack of XLSForm's sheets
    return len({"pack", "questionnaires", "items"} & names) > 1 and "survey" not in names


def import_tables(file: str, given: Sequence[GivenSheet], *, pack: str = "") -> dict[str, bytes]:
    """The files of the pack that a workbook holds; ``pack`` is its id, by default the workbook's.

    Raises BadInput with every mistake, each with its sheet and row.
    """
    book = Book(file)
    sheets = {
        sheet.name.strip().lower(): rows_of(book, sheet)
        for sheet in given
        if sheet.name.strip().lower() not in _UNREAD
    }
    for needed in ("pack", "questionnaires", "items"):
        if not sheets.get(needed):
            book.wrong.append(
                _("{file}: sheet '{sheet}' is missing or empty").format(file=file, sheet=needed)
            )
    stop(book)
    main, others = _single(book, sheets["pack"])
    if pack:
        main["pack"] = pack
    for name, rows in sheets.items():
        stem, _dot, key = name.rpartition(".")
        if name in ("pack", "weights", "questionnaires", "items") or stem == "items":
            continue
        if stem in _STEMS:
            others.setdefault(stem, {})[key] = _records(book, name, rows, (f"{stem}.yaml", key))
        else:
            main[name] = _records(book, name, rows, ("pack.yaml", name))
    _weights(book, main, sheets.get("weights", []))
    asked = asked_of(book, sheets)
    stop(book)
    names = questionnaire_names(list(asked))
    files = pack_files(
        _ordered(main),
        [(names[one], data) for one, data in asked.items()]
        + [(f"{stem}.yaml", data) for stem, data in others.items()],
    )
    _check(book, files, {names[one]: one for one in asked})
    return files


def _records(
    book: Book, sheet: str, rows: Sequence[Row], place: tuple[str, str]
) -> list[dict[str, Any]]:
    """A sheet as a list of mappings; ``place`` is its file and its key in the pack."""
    refuse_doubled(book, sheet, rows)
    found = []
    for at, row in enumerate(rows, 1):
        data = read(book, sheet, row, row.cells)
        own = data.get("id")
        step = own if isinstance(own, str) else f"#{at}"
        book.origins.append((place[0], f"{place[1]} > {step}", book.place(sheet, row.number)))
        found.append(data)
    return found


def _single(book: Book, rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any]]:
    """``pack.yaml`` and the other files' single values, from rows of key and value."""
    cells: dict[str, str] = {}
    for row in rows:
        key = row.cells.get("key", "").strip()
        if not key or set(row.cells) - {"key", "value"}:
            book.refuse("pack", row.number, _("write a key and a value, and nothing beside them"))
        elif key in cells:
            book.refuse("pack", row.number, _("'{key}' is given twice").format(key=key))
        elif "value" in row.cells:
            cells[key] = row.cells["value"]
            if not _reads(book, row, key):
                del cells[key]
            stem, _dot, rest = key.split("::", maxsplit=1)[0].partition(".")
            path, way = (f"{stem}.yaml", rest) if stem in _STEMS else ("pack.yaml", key)
            way = way.split("::", maxsplit=1)[0].replace(".", " > ")
            book.origins.append((path, way, book.place("pack", row.number)))
    try:
        data = unflatten(cells)
    except BadColumn as error:
        book.refuse("pack", 1, _("'{key}' is said in two ways").format(key=error))
        data = {}
    others = {stem: data.pop(stem) for stem in list(data) if stem in _STEMS}
    return data, {stem: part for stem, part in others.items() if isinstance(part, dict)}


def _reads(book: Book, row: Row, key: str) -> bool:
    before = len(book.wrong)
    read(book, "pack", row, {key: row.cells["value"]})
    return len(book.wrong) == before


def _weights(book: Book, main: dict[str, Any], rows: Sequence[Row]) -> None:
    # a cell may hold anything, as json or where a sheet was meant
    modules = main.get("modules")
    by_id = {
        module["id"]: module
        for module in (modules if isinstance(modules, list) else ())
        if isinstance(module, dict) and isinstance(module.get("id"), str)
    }
    for row in rows:
        data = read(book, "weights", row, row.cells)
        if not data:
            continue  # said already
        module, competency = by_id.get(str(data.get("module"))), data.get("competency")
        if module is None or not isinstance(competency, str):
            what = _("name a module of the sheet 'modules' and a competency")
            book.refuse("weights", row.number, what)
            continue
        twice = False
        for key, column in WEIGHTS.items():
            if column not in data:
                continue
            listed = module.setdefault(key, {})
            if not isinstance(listed, dict):
                continue  # the pack's own check names it
            twice = twice or competency in listed
            listed[competency] = data[column]
        if twice:
            what = _("'{competency}' has two weights in '{module}'")
            book.refuse(
                "weights", row.number, what.format(competency=competency, module=module["id"])
            )
        place = book.place("weights", row.number)
        for key in WEIGHTS:
            way = f"modules > {module['id']} > {key} > {competency}"
            book.origins.append(("pack.yaml", way, place))


def _ordered(main: dict[str, Any]) -> dict[str, Any]:
    first = ("pack", "version", "languages", "title", "scale", "competencies", "modules", "notice")
    keys = [key for key in first if key in main] + [key for key in main if key not in first]
    return {key: main[key] for key in keys}


def _check(book: Book, files: dict[str, bytes], asked: dict[str, str]) -> None:
    """Refuse what the pack's own check finds wrong, named by sheet and row."""
    for finding in findings_of(files):
        if finding.kind == "error":
            place = _origin(book, f"?{asked.get(finding.file, '')}", finding.file, finding.where)
            book.wrong.append(f"{place}: {finding.where}: {finding.what}, {finding.remedy}")
    stop(book)


def _origin(book: Book, asked: str, file: str, where: str) -> str:
    """The row that a way down a file began in; the longest that fits."""
    best, length = book.file, -1
    for path, way, place in _origins_in(book, asked, file):
        fits = where == way or where.startswith(f"{way} > ") or not way
        inside = not path and f" > {way}" in f"{where} >"
        if (fits or inside) and len(way) + (1000 if inside else 0) > length:
            best, length = place, len(way) + (1000 if inside else 0)
    return best


def _origins_in(book: Book, asked: str, file: str) -> Iterator[tuple[str, str, str]]:
    return (one for one in book.origins if one[0] in ("", asked, file))
