"""A pack as a workbook, and back: nothing is lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, Phase, event, given, reject, settings
from small_packs import pack_data
from xlsform_workbooks import column, sheets_of, shipped, shipped_sheets

from assess.errors import BadInput
from assess.exchange.form_tables import tables_xlsx
from assess.model.pack import Pack
from assess.packs import load_pack_files
from assess.packs.xlsform_sheets import GivenSheet
from assess.packs.xlsform_tables import tables_of
from assess.packs.xlsform_untables import import_tables
from assess.packs.xlsform_yaml import yaml_bytes


def same(one: Pack, other: Pack) -> bool:
    return one.model_dump(exclude={"hash"}) == other.model_dump(exclude={"hash"})


def test_the_shipped_pack_comes_back_equal() -> None:
    pack = shipped()
    back = load_pack_files(import_tables("p.xlsx", shipped_sheets()))
    assert same(pack, back)
    assert [item.id for _q, item in pack.each_item()] == [item.id for _q, item in back.each_item()]
    assert list(pack.modules) == list(back.modules)


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(pack_data())
def test_any_pack_comes_back_equal(data: dict[str, object]) -> None:
    try:
        pack = load_pack_files({name: yaml_bytes(part) for name, part in data.items()})
    except BadInput as error:
        event(str(error.findings[:1]))
        reject()
    back = load_pack_files(import_tables("p.xlsx", sheets_of(pack)))
    assert same(pack, back)
    assert list(pack.questionnaires) == list(back.questionnaires)


def test_the_same_pack_gives_the_same_bytes() -> None:
    pack = shipped()
    assert tables_xlsx(tables_of(pack), choices={}) == tables_xlsx(tables_of(pack), choices={})


def test_columns_of_the_authors_own_are_not_read() -> None:
    pack, sheets = shipped(), shipped_sheets()
    items = next(sheet for sheet in sheets if sheet.name == "items")
    assert isinstance(items.rows, list)
    for at, row in enumerate(items.rows):
        row.append("# to do" if at == 0 else "ask the client")
    assert same(pack, load_pack_files(import_tables("p.xlsx", sheets)))


def test_a_condition_may_be_written_as_in_a_form_or_as_in_yaml() -> None:
    sheets = shipped_sheets()
    items = next(sheet for sheet in sheets if sheet.name == "items")
    assert isinstance(items.rows, list)
    at, first = column(items.rows, "id"), items.rows[1]
    for row, cell in ((2, f"${{{first[at]}}} > 3"), (3, f"{{item: {first[at]}, at_least: 2}}")):
        items.rows[row].append(cell)
    items.rows[0].append("when")
    back = load_pack_files(import_tables("p.xlsx", sheets))
    by_row = {row: back.items[items.rows[row][at]].when for row in (2, 3)}
    assert all(by_row.values())
    assert [one.holds({first[at]: 3}, []) for one in by_row.values() if one] == [False, True]


def test_nothing_that_looks_like_a_formula_becomes_one() -> None:
    import zipfile

    files = {
        "pack.yaml": yaml_bytes(small_main('=HYPERLINK("http://x")')),
        "q.yaml": yaml_bytes(small_questions("+1+cmd|x")),
    }
    data = tables_xlsx(tables_of(load_pack_files(files)), choices={})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert pages
    assert not any(b"<f>" in page or b"<f " in page for page in pages)


def small_main(title: str) -> dict[str, object]:
    return {
        "pack": "p",
        "version": "1.0.0",
        "languages": ["en"],
        "title": title,
        "scale": {"from": 1, "to": 5},
        "competencies": [{"id": "C", "name": "C"}],
        "modules": [{"id": "M", "name": "M", "weights": {"C": 100}}],
        "bands": [{"id": "b", "from": 0, "name": "b"}],
        "waves": [{"id": "W", "name": "W"}],
    }


def small_questions(ask: str) -> dict[str, object]:
    return {
        "questionnaire": "q",
        "for": "interviewer",
        "title": "q",
        "sections": [
            {"title": "s", "items": [{"id": "i", "type": "rating", "competency": "C", "ask": ask}]}
        ],
    }


def test_a_text_longer_than_a_cell_is_refused_by_name() -> None:
    files = {
        "pack.yaml": yaml_bytes(small_main("t")),
        "q.yaml": yaml_bytes(small_questions("x" * 40_000)),
    }
    pack = load_pack_files(files)
    with pytest.raises(BadInput, match="sheet 'items', column 'ask', row 2"):
        tables_xlsx(tables_of(pack), choices={})


@pytest.mark.parametrize("cell", ["COST;PLAN", "json:[1]", "json:[[1]]"])
def test_modules_in_a_cell_instead_of_their_sheet_are_told(cell: str) -> None:
    sheets = [one for one in shipped_sheets() if one.name != "modules"]
    main = next(one for one in sheets if one.name == "pack")
    main.rows.append(["modules", cell])  # type: ignore[attr-defined]
    with pytest.raises(BadInput) as refusal:
        import_tables("p.xlsx", sheets)
    assert "name a module of the sheet 'modules'" in refusal.value.findings[0]


@pytest.mark.parametrize("sheet", ["pack", "modules", "weights", "items", "questionnaires"])
@pytest.mark.parametrize("cell", ["json:[1]", "json:{}", "json:null", "json:5", 'json:{"a": [{}]}'])
def test_whatever_a_cell_holds_as_json_is_taken_or_told(sheet: str, cell: str) -> None:
    files = {
        "pack.yaml": yaml_bytes(small_main("t")),
        "q.yaml": yaml_bytes(small_questions("Why?")),
    }
    sheets = sheets_of(load_pack_files(files))
    for at in range(len(next(one for one in sheets if one.name == sheet).rows[1])):
        rows = {one.name: [list(row) for row in one.rows] for one in sheets}
        rows[sheet][1][at] = cell
        rows["modules"][0].append("weights")
        rows["modules"][1].append(cell)
        try:
            made = import_tables("p.xlsx", [GivenSheet(n, cells) for n, cells in rows.items()])
        except BadInput as error:
            assert error.findings
        else:
            load_pack_files(made)
