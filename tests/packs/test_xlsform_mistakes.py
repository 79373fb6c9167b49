"""Mistakes in a pack's workbook are told by sheet and row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xlsform_workbooks import column, shipped_sheets

from assess.errors import BadInput
from assess.packs.xlsform_sheets import GivenSheet
from assess.packs.xlsform_untables import import_tables

Change = Callable[[dict[str, list[list[str]]]], None]


def broken(change: Change) -> list[str]:
    """What is said of the shipped pack's workbook after a change to its cells."""
    sheets = shipped_sheets()
    cells = {sheet.name: [list(row) for row in sheet.rows] for sheet in sheets}
    change(cells)
    with pytest.raises(BadInput) as caught:
        import_tables("p.xlsx", [GivenSheet(name, rows) for name, rows in cells.items()])
    return list(caught.value.findings)


def test_a_mistake_is_told_by_sheet_and_row() -> None:
    def change(cells: dict[str, list[list[str]]]) -> None:
        cells["weights"][4][column(cells["weights"], "weight")] = "a lot"
        cells["items"][7][column(cells["items"], "type")] = "ratng"
        cells["items"][2][column(cells["items"], "section")] = "one"
        cells["items.options"][3][column(cells["items.options"], "item")] = "NOBODY"

    found = broken(change)
    assert found == [
        "p.xlsx: sheet 'weights', row 5: column 'weight': 'a lot' is no number",
        "p.xlsx: sheet 'items', row 3: column 'section': 'one' is no number; number the sections"
        " from 1",
        "p.xlsx: sheet 'items.options', row 4: there is no item 'NOBODY' in the sheet 'items'",
    ]


def test_what_the_packs_own_check_finds_is_told_by_sheet_and_row() -> None:
    def change(cells: dict[str, list[list[str]]]) -> None:
        cells["items"][7][column(cells["items"], "type")] = "ratng"
        cells["weights"][1][column(cells["weights"], "weight")] = "99"
        cells["competencies"][2][column(cells["competencies"], "kind")] = "persn"

    found = broken(change)
    assert any("sheet 'items', row 8:" in line and "ratng" in line for line in found)
    assert any("sheet 'competencies', row 3:" in line for line in found)
    assert all(line.startswith("p.xlsx: sheet ") for line in found)


def test_an_id_given_twice_is_told_by_both_rows() -> None:
    def change(cells: dict[str, list[list[str]]]) -> None:
        for name in ("items", "competencies"):
            at = column(cells[name], "id")
            cells[name][3][at] = cells[name][1][at]

    found = broken(change)
    assert [line.partition(": give")[0] for line in found] == [
        "p.xlsx: sheet 'competencies', row 4: 'BPM' is given twice, first in row 2",
        "p.xlsx: sheet 'items', row 4: 'BPM-1' is given twice, first in row 2",
    ]


def _conditions_that_are_none(cells: dict[str, list[list[str]]]) -> None:
    cells["items"][0].append("when")
    cells["items"][2].append("somewhere > 3")
    cells["items"][3].append("{item: [}")


def _an_option_of_no_item(cells: dict[str, list[list[str]]]) -> None:
    cells["items.options"][3][column(cells["items.options"], "item")] = ""


def _keys_that_are_none(cells: dict[str, list[list[str]]]) -> None:
    cells["pack"] += [["version", "1.0.1"], ["", "x"]]


def _a_weight_twice(cells: dict[str, list[list[str]]]) -> None:
    cells["weights"].append(list(cells["weights"][1]))


def _a_section_of_two_titles(cells: dict[str, list[list[str]]]) -> None:
    cells["items"][2][column(cells["items"], "section.title::en")] = "Another"


def _a_cell_beside_the_columns(cells: dict[str, list[list[str]]]) -> None:
    cells["competencies"][1] += ["", "there"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            _conditions_that_are_none,
            [
                "'items', row 3: column 'when': 'somewhere' has no counterpart: write a condition"
                " such as {item: BPM-2, at_least: 3}, ${BPM-2} >= 3",
                "'items', row 4: column 'when': this is no condition: write one such as"
                " {item: BPM-2, at_least: 3}, ${BPM-2} >= 3",
            ],
        ),
        (
            _an_option_of_no_item,
            ["'items.options', row 4: name the item that the row belongs to"],
        ),
        (
            _keys_that_are_none,
            [
                "'pack', row 27: 'version' is given twice",
                "'pack', row 28: write a key and a value, and nothing beside them",
            ],
        ),
        (_a_weight_twice, ["'weights', row 102: 'BPM' has two weights in 'COST'"]),
        (
            _a_section_of_two_titles,
            ["'items', row 3: the section has another title in its first row"],
        ),
        (
            _a_cell_beside_the_columns,
            ["'competencies', row 2: 'there' stands in a column without a name"],
        ),
    ],
)
def test_a_row_that_fits_nothing_is_told(change: Change, told: list[str]) -> None:
    assert broken(change) == [f"p.xlsx: sheet {line}" for line in told]


@pytest.mark.parametrize("gone", ["pack", "questionnaires", "items"])
def test_a_sheet_that_is_needed_is_missed(gone: str) -> None:
    found = broken(lambda cells: cells.__delitem__(gone))
    assert found == [f"p.xlsx: sheet '{gone}' is missing or empty"]


def test_weights_of_a_module_without_an_id_are_told():
    def change(cells: dict[str, list[list[str]]]) -> None:
        cells["modules"][1][column(cells["modules"], "id")] = ""
        cells["weights"][1][column(cells["weights"], "module")] = ""

    found = broken(change)
    what = "name a module of the sheet 'modules' and a competency"
    assert f"p.xlsx: sheet 'weights', row 2: {what}" in found
