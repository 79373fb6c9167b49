"""Packs as workbooks, to be read back or changed by a test."""

from __future__ import annotations

from functools import cache

from assess.exchange.form_tables import tables_xlsx
from assess.exchange.workbook_sheets import workbook_sheets
from assess.model.pack import Pack
from assess.packs import find_pack, load_pack
from assess.packs.xlsform_sheets import GivenSheet
from assess.packs.xlsform_tables import tables_of


def sheets_of(pack: Pack) -> list[GivenSheet]:
    """The pack written as a workbook and read again."""
    data = tables_xlsx(tables_of(pack), choices={})
    return [GivenSheet(s.name, s.rows, s.merged) for s in workbook_sheets("p.xlsx", data)]


@cache
def shipped() -> Pack:
    return load_pack(find_pack("key-user"))


@cache
def written() -> tuple[GivenSheet, ...]:
    return tuple(sheets_of(shipped()))


def shipped_sheets() -> list[GivenSheet]:
    """The shipped pack's workbook, to be changed by a test."""
    return [GivenSheet(one.name, [list(row) for row in one.rows]) for one in written()]


def column(rows: list[list[str]], name: str) -> int:
    return rows[0].index(name)
