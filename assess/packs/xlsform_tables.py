"""A pack as the tables of a workbook: one row for each competency, item, option and so on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assess.model.pack import Pack
from assess.packs.load import KINDS
from assess.packs.xlsform_cells import Cell
from assess.packs.xlsform_records import Row, flatten

SAID = {"waves": frozenset({"when"})}
"""Fields that hold a text in these sheets, and something else elsewhere."""
WEIGHTS = {"weights": "weight", "minimums": "minimum", "knowledge": "knowledge"}
"""What a module says of a competency, and the column of the sheet "weights" that holds it."""
_FIRST = (
    "questionnaire",
    "section",
    "section.title",
    "item",
    "id",
    "type",
    "competency",
    "modules",
)
_THEN = ("ask", "title", "name", "definition", "text", "points", "probes", "anchors", "evidence")


@dataclass(frozen=True)
class Table:
    """A sheet of the workbook: its name, its columns, and its rows with a cell or None for each."""

    name: str
    header: list[str]
    rows: list[list[Cell | None]]


def tables_of(pack: Pack) -> list[Table]:
    """The tables that hold all of ``pack`` but its content hash."""
    main = _plain(pack.file)
    main.pop("extends", None)
    files = {"": main}
    for name in KINDS:
        part = getattr(pack, stem_of(name), None)
        if part is not None:
            files[stem_of(name)] = _plain(part)
    single: Row = {}
    sheets: dict[str, list[Row]] = {}
    for stem, data in files.items():
        for key, value in list(data.items()):
            if _is_rows(value):
                del data[key]
                rows = value if (stem, key) != ("", "modules") else _weights(value, sheets)
                name = f"{stem}.{key}" if stem else key
                sheets[name] = [flatten(row, said=SAID.get(name, frozenset())) for row in rows]
        single |= flatten({stem: data} if stem and data else data)
    weights = sheets.pop("weights", [])
    sheets["weights"] = weights
    _questionnaires(pack, sheets)
    tables = [Table("pack", ["key", "value"], [[key, cell] for key, cell in single.items()])]
    return tables + [_table(name, rows) for name, rows in sheets.items() if rows]


def stem_of(file: str) -> str:
    """The name of a file of a pack without its ending."""
    return file.removesuffix(".yaml")


def _plain(part: Any) -> dict[str, Any]:
    """A model as its file says it: what is left at its default is left out."""
    data: dict[str, Any] = part.model_dump(by_alias=True, exclude_defaults=True)
    return data


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _weights(modules: Iterable[Mapping[str, Any]], sheets: dict[str, list[Row]]) -> list[Any]:
    """The modules without their weights, which get a sheet: a row per module and competency."""
    rows: list[Row] = []
    rest = []
    for module in modules:
        listed = {key: module.get(key) or {} for key in WEIGHTS}
        for competency in dict.fromkeys(name for part in listed.values() for name in part):
            row: dict[str, Any] = {"module": module["id"], "competency": competency}
            for key, part in listed.items():
                if competency in part:
                    row[WEIGHTS[key]] = part[competency]
            rows.append(flatten(row))
        rest.append({key: value for key, value in module.items() if key not in WEIGHTS})
    sheets["weights"] = rows
    return rest


def _questionnaires(pack: Pack, sheets: dict[str, list[Row]]) -> None:
    heads: list[Row] = []
    items: list[Row] = []
    inner: dict[str, list[Row]] = {}
    for questionnaire in pack.questionnaires.values():
        data = _plain(questionnaire)
        sections = data.pop("sections")
        heads.append(flatten(data))
        for number, section in enumerate(sections, 1):
            about = {key: value for key, value in section.items() if key != "items"}
            for item in section["items"]:
                for key in [key for key, value in item.items() if _is_rows(value)]:
                    for row in item.pop(key):
                        inner.setdefault(f"items.{key}", []).append(
                            flatten({"item": item["id"], **row})
                        )
                first = {"questionnaire": questionnaire.id, "section": number}
                row = flatten(first) | flatten({"section": about}) | flatten(item)
                items.append(row)
    sheets["questionnaires"] = heads
    sheets["items"] = items
    sheets.update(inner)


def _table(name: str, rows: list[Row]) -> Table:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    header = sorted(columns, key=lambda column: (_rank(column), columns.index(column)))
    return Table(name, header, [[row.get(column) for column in header] for row in rows])


def _rank(column: str) -> int:
    """What stands first in a sheet, what next; the rest in its order."""
    field = column.split("::", maxsplit=1)[0]
    for rank, name in enumerate((*_FIRST, *_THEN)):
        if field == name:
            return rank
    return len(_FIRST) + len(_THEN)
