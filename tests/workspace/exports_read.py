"""Exports read back: tables, workbooks and pages as text."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from assess.workspace import shapes
from assess.workspace.exporting import FORMATS
from assess.workspace.workspace import Workspace

WANTED = {
    "feedback": {"candidate": "HE"},
    "person": {"candidate": "HE"},
    "kit": {"without": ["JA"], "told_on": "2026-11-30"},
}


def as_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_workbook(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def in_words(data: bytes, format: str) -> str:
    if format == "xlsx":
        return "\n".join(str(c) for rows in as_workbook(data).values() for r in rows for c in r)
    return data.decode("utf-8")


def each_format():
    return pytest.mark.parametrize("format", FORMATS)


def ranked(workspace: Workspace) -> dict[tuple[str, str], dict]:
    return {
        (module["module"], one["candidate"]): one
        for module in shapes.ranking(workspace.rank())["modules"]
        for one in module["candidates"]
    }


def number(value):
    return None if value in ("", None) else float(value)


def write_note(workspace: Workspace, note: str) -> None:
    session = workspace.interview("HE", "R9")
    session.answer(session.items[0].id, 3)
    session.note(session.items[0].id, note)
