"""Forms written as tables in the tests."""

from __future__ import annotations

from typing import Any

import yaml

from assess.packs.load import findings_of, load_pack_files
from assess.packs.xlsform import ImportedPack, import_form
from assess.packs.xlsform_sheets import GivenSheet

CHOICES = """
list_name | name  | label::English (en) | label::中文 (zh)
colour    | red   | Red                 | 红
colour    | blue  | Blue                | 蓝
yn        | yes   | Yes                 | 是
yn        | no    | No                  | 否
"""


PLAIN = """
list_name | name  | label
colour    | red   | Red
colour    | blue  | Blue
yn        | yes   | Yes
yn        | no    | No
"""


def grid(text: str) -> list[list[str]]:
    """Rows of cells with ``|`` between them."""
    lines = [line for line in text.strip("\n").splitlines() if line.strip()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def sheets(
    survey: str, choices: str | None = None, settings: str = "", **more: str
) -> list[GivenSheet]:
    if choices is None:
        choices = CHOICES if "::" in survey else PLAIN
    given = {"survey": survey, "choices": choices, "settings": settings, **more}
    return [GivenSheet(name, grid(text)) for name, text in given.items() if text]


def form(survey: str, choices: str | None = None, settings: str = "", **more: str) -> ImportedPack:
    """The pack made of a form; it is always one that the pack's own check accepts."""
    made = import_form("form.xlsx", sheets(survey, choices, settings, **more))
    assert [finding for finding in findings_of(made.files) if finding.kind == "error"] == []
    load_pack_files(made.files)
    return made


def data(made: ImportedPack, name: str = "form.yaml") -> Any:
    return yaml.safe_load(made.files[name])


def items(made: ImportedPack) -> dict[str, Any]:
    """The items by id, as the file says them."""
    return {item["id"]: item for section in data(made)["sections"] for item in section["items"]}


def told(made: ImportedPack) -> str:
    return "\n".join(made.notes)
