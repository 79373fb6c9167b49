"""Rosters: who may become a key user, from a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assess.exchange.cells import (
    CellError,
    Findings,
    code,
    fold,
    halfwidth,
    labels,
    number,
    shown,
    split_list,
    tidy,
)
from assess.exchange.columns import Columns, match_columns
from assess.exchange.names import Names
from assess.exchange.tables import Row, read_table
from assess.i18n import _, listed
from assess.model.pack import Pack
from assess.model.people import Candidate

COLUMNS = {
    "candidate": (
        "candidate id",
        "候选人编号",
        "人员编号",
        "员工编号",
        "编号",
        "工号",
        "候选人",
        "id",
    ),
    "name": ("candidate name", "full name", "姓名", "候选人姓名", "名字"),
    "department": ("dept", "部门", "所属部门"),
    "team": ("团队", "小组", "班组", "科室"),
    "manager": ("line manager", "supervisor", "直属上级", "直接上级", "上级", "主管", "经理"),
    "role": ("job title", "position", "岗位", "职位", "职务", "角色"),
    "email": ("mail", "email address", "邮箱", "电子邮箱", "电子邮件", "邮件"),
    "modules": ("module", "模块", "负责模块", "候选模块"),
    "language": ("语言", "语种"),
    "capacity": ("可投入比例", "投入比例", "可用比例", "工时比例", "容量"),
}
"""The columns of a roster with the labels understood for them."""

_LIST_SEPARATORS = ";,、；，|\n"
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_LANGUAGE_WORDS = {
    "english": "en",
    "英文": "en",
    "英语": "en",
    "chinese": "zh",
    "中文": "zh",
    "汉语": "zh",
}


@dataclass(frozen=True)
class Roster:
    """The candidates of a file, what to tell about it, and which columns (codes) it had."""

    candidates: list[Candidate]
    notes: list[str]
    columns: tuple[str, ...]


def module_labels(pack: Pack) -> dict[str, tuple[str, ...]]:
    """The modules of ``pack`` by id with their names in every language."""
    return {module.id: labels(module.name) for module in pack.modules.values()}


def read_roster(path: str | Path, modules: Mapping[str, Collection[str]]) -> Roster:
    """The roster in a ``.csv`` or ``.xlsx`` file.

    ``modules`` are the known modules by id with their names. Raises BadInput, with one finding per
    mistake (bounded), naming row and column and quoting the cell.
    """
    table = read_table(path)
    columns = match_columns(table, COLUMNS, ["candidate"])
    findings = Findings(table.file)
    parse = _parsers(Names(modules))
    first: dict[str, int] = {}
    candidates = []
    for row in table.rows:
        fields = _fields(row, columns, parse, findings)
        candidate = fields.get("candidate")
        if candidate is None:
            continue
        earlier = first.setdefault(candidate, row.number)
        if earlier != row.number:
            findings.add(
                _("'{cell}' is also in row {row}: list every candidate once").format(
                    cell=shown(columns.cell(row, "candidate")), row=earlier
                ),
                row.number,
                columns.name("candidate"),
            )
        candidates.append((candidate, fields))
    findings.stop()
    people = [
        Candidate(id=candidate, **{k: v for k, v in fields.items() if k != "candidate"})
        for candidate, fields in candidates
    ]
    return Roster(people, columns.notes(COLUMNS), tuple(columns.at))


def _parsers(modules: Names) -> dict[str, Callable[[str], Any]]:
    return {
        "candidate": code,
        "email": _email,
        "modules": lambda cell: _modules(cell, modules),
        "language": _language,
        "capacity": _capacity,
    }


def _fields(
    row: Row, columns: Columns, parse: Mapping[str, Callable[[str], Any]], findings: Findings
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for column in columns.at:
        cell = columns.cell(row, column)
        if not cell:
            if column == "candidate":
                problem = _("the cell is empty: give the candidate's id")
                findings.add(problem, row.number, columns.name(column))
            continue
        try:
            fields[column] = parse.get(column, tidy)(cell)
        except CellError as error:
            findings.add(str(error), row.number, columns.name(column))
    return fields


def _email(cell: str) -> str:
    address = halfwidth(cell)
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        raise CellError(
            _(
                "'{cell}' is no e-mail address: write it like name@example.com, or leave it empty"
            ).format(cell=shown(cell))
        )
    return address


def _modules(cell: str, known: Names) -> list[str]:
    whole = known.find(cell)
    if whole is not None:
        return [whole]
    found: list[str] = []
    for part in split_list(cell, _LIST_SEPARATORS):
        module = known.find(part)
        if module is None:
            raise CellError(
                _("'{cell}' is no module: known are {known}").format(
                    cell=shown(part), known=listed(known.codes, most=50)
                )
            )
        if module not in found:
            found.append(module)
    return found


def _language(cell: str) -> str:
    text = fold(cell).replace("_", "-")
    text = _LANGUAGE_WORDS.get(text, text)
    if not _LANGUAGE.fullmatch(text):
        raise CellError(
            _("'{cell}' is no language: give a code such as en or zh").format(cell=shown(cell))
        )
    return text


def _capacity(cell: str) -> float:
    text = halfwidth(cell)
    percent = text.endswith("%")
    try:
        share = number(text.removesuffix("%")) / (100.0 if percent else 1.0)
    except CellError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise CellError(
            _(
                "'{cell}' is no share of the contracted hours:"
                " give a number from 0 to 1 such as 0.5, or 50 %"
            ).format(cell=shown(cell))
        )
    return share
