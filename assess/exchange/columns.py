"""Which column of a table is which: by its code, else by a label people use for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.errors import BadInput
from assess.exchange.cells import shown, trim, word
from assess.exchange.tables import Row, Table
from assess.i18n import _, listed, ngettext

Labels = Mapping[str, Sequence[str]]
"""The labels of each column by its code; the earlier a label, the better it fits."""


@dataclass(frozen=True)
class Columns:
    """The columns that a table has of those asked for, with the names that its header gives."""

    table: Table
    at: Mapping[str, int]
    unknown: tuple[str, ...]

    def __contains__(self, code: str) -> bool:
        return code in self.at

    def cell(self, row: Row, code: str) -> str:
        """The trimmed cell of ``row`` in the column ``code``; empty where there is none."""
        return trim(self.raw(row, code))

    def raw(self, row: Row, code: str) -> str:
        """The cell as it stands in the file."""
        return row.cells[self.at[code]] if code in self.at else ""

    def name(self, code: str) -> str:
        """The column's name as the header writes it."""
        return shown(self.table.header[self.at[code]]) if code in self.at else code

    def notes(self, known: Labels) -> list[str]:
        """What to tell about columns that are not read; empty when all are."""
        if not self.unknown:
            return []
        message = ngettext(
            "{file}: column {columns} is not known and left out (known: {known})",
            "{file}: columns {columns} are not known and left out (known: {known})",
            len(self.unknown),
        )
        columns = listed((f"'{shown(name, 60)}'" for name in self.unknown), most=20)
        return [message.format(file=self.table.file, columns=columns, known=listed(known))]


def match_columns(table: Table, known: Labels, required: Sequence[str]) -> Columns:
    """The columns of ``table`` by code. Raises BadInput naming the required ones it lacks."""
    names: dict[str, int] = {}
    for position, name in enumerate(table.header):
        if name:
            names.setdefault(_key(name), position)
    at: dict[str, int] = {}
    for code, labels in known.items():
        keys = (_key(label) for label in (code, *labels))
        found = next((names[key] for key in keys if key in names), None)
        if found is not None:
            at[code] = found
    missing = [code for code in required if code not in at]
    if missing:
        raise BadInput(_missing(table, missing, known))
    read = set(at.values())
    unknown = tuple(n for i, n in enumerate(table.header) if n and i not in read)
    return Columns(table, at, unknown)


def _key(name: str) -> str:
    return word(name).replace(" ", "")


def _missing(table: Table, missing: Sequence[str], known: Labels) -> str:
    names = {
        "file": table.file,
        "missing": listed((f"'{code}'" for code in missing), most=20),
        "header": listed((f"'{shown(name, 60)}'" for name in table.header if name), most=20),
    }
    message = ngettext(
        "{file}: the header has no column {missing}; it names {header}",
        "{file}: the header has no columns {missing}; it names {header}",
        len(missing),
    ).format(**names)
    message += ". " + _("Columns that are read: {known}.").format(known=listed(known))
    if len(table.header) > 1:
        return message
    return message + " " + _("Separate the cells with commas, semicolons or tabs.")
