"""A form that comes back filled in: what stands once at its top holds for every row below."""

from __future__ import annotations

from dataclasses import replace

from assess.exchange.cells import trim
from assess.exchange.columns import Columns
from assess.exchange.form import COLUMNS, FILLED_ONCE, SHOWN
from assess.exchange.tables import Row

_SHOWN = frozenset(SHOWN) | {COLUMNS[code] for code in SHOWN}


def is_form(columns: Columns) -> bool:
    """Whether a table is a form of this program: it has the columns that are there to be read."""
    header = set(columns.table.header)
    return set(SHOWN) <= header or {COLUMNS[code] for code in SHOWN} <= header


def as_filled(columns: Columns) -> tuple[Columns, tuple[Row, ...]]:
    """The form's columns and rows, with candidate, rater and time taken from the rows above.

    Columns that only people read are no longer unknown.
    """
    rest = tuple(name for name in columns.unknown if name not in _SHOWN)
    last: dict[int, str] = {}
    rows = []
    for row in columns.table.rows:
        cells = list(row.cells)
        for code in FILLED_ONCE:
            at = columns.at.get(code)
            if at is None:
                continue
            if trim(cells[at]):
                last[at] = cells[at]
            else:
                cells[at] = last.get(at, "")
        rows.append(Row(row.number, tuple(cells)))
    return replace(columns, unknown=rest), tuple(rows)
