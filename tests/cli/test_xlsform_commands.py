"""Forms and packs as workbooks, from the command line: exit codes, words, files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from small_pack import write_pack

from assess.cli import main


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ASSESS_WORKSPACE", raising=False)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    page.append(["type", "name", "label::en", "relevant"])
    page.append(["integer", "years", "How many years?", None])
    page.append(["geopoint", "place", "Where?", None])
    page.append(["text", "why", "Why?", "${years} > 3"])
    book.save(tmp_path / "client.xlsx")
    return tmp_path / "client.xlsx"


def test_a_form_is_imported_checked_and_begun_with(form, tmp_path, capsys):
    folder = str(tmp_path / "made")
    assert main(["pack", "import-xlsform", str(form), "-o", folder, "--id", "client"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "written:" in told.err
    assert "row 3, 'place': a question of type 'geopoint' has no counterpart" in told.err
    assert main(["pack", "check", folder]) == 0
    place = str(tmp_path / "w")
    assert main(["init", "--name", "N", "--pack", folder, "--workspace", place]) == 0


@pytest.mark.parametrize("command", ["import-xlsform", "import-xlsx"])
def test_a_workbook_goes_out_and_comes_back_by_either_word(tmp_path, command):
    pack = write_pack(tmp_path / "pack")
    file, folder = str(tmp_path / "p.xlsx"), str(tmp_path / "back")
    assert main(["pack", "export-xlsx", str(pack), "-o", file]) == 0
    assert main(["pack", command, file, "-o", folder]) == 0
    assert main(["pack", "check", folder]) == 0


def test_a_bad_file_ends_with_2_and_writes_nothing(tmp_path, capsys):
    (tmp_path / "f.xlsx").write_text("type,name\n")
    folder = tmp_path / "made"
    assert main(["pack", "import-xlsform", str(tmp_path / "f.xlsx"), "-o", str(folder)]) == 2
    assert "is a text file and no workbook" in capsys.readouterr().err
    assert not folder.exists()


def test_the_report_is_in_chinese_where_that_is_asked_for(form, tmp_path, capsys):
    folder = str(tmp_path / "made")
    assert main(["--lang", "zh", "pack", "import-xlsform", str(form), "-o", folder]) == 0
    assert "类型为“geopoint”的问题没有对应题型，未导入" in capsys.readouterr().err
    main(["--lang", "en", "pack", "schema"])


def test_a_rating_form_goes_out_and_comes_back(tmp_path, capsys):
    place = str(tmp_path / "w")
    pack = str(write_pack(tmp_path / "pack"))
    assert main(["init", "--name", "N", "--pack", pack, "--workspace", place]) == 0
    file = tmp_path / "form.xlsx"
    assert main(["export", "form", "-o", str(file), "--workspace", place]) == 0
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["candidate"]).value = "KA"
    page.cell(2, at["rater"]).value = "R1"
    for row in range(2, page.max_row + 1):
        page.cell(row, at["value"]).value = "not_asked"
    book.save(file)
    assert main(["import", "ratings", str(file), "--create", "--workspace", place]) == 0
    capsys.readouterr()
    assert main(["export", "ratings", "--format", "csv", "--workspace", place]) == 0
    assert capsys.readouterr().out.count("not_asked") == page.max_row - 1


@pytest.mark.parametrize(("merged", "code"), [("G2:G3", 2), ("H2:H4", 2), ("B2:B4", 0)])
def test_answers_in_merged_cells_are_refused_where_one_would_be_lost(
    tmp_path, capsys, merged, code
):
    place = str(tmp_path / "w")
    pack = str(write_pack(tmp_path / "pack"))
    main(["init", "--name", "N", "--pack", pack, "--workspace", place])
    file = tmp_path / "form.xlsx"
    main(["export", "form", "-o", str(file), "--workspace", place])
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    assert [page["G1"].value, page["H1"].value] == ["value", "note"]
    page["A2"], page["B2"] = "KA", "R1"
    for row in (2, 3, 4):
        page.cell(row, 7).value = "not_asked"
    page.merge_cells(merged)
    book.save(file)
    assert main(["import", "ratings", str(file), "--create", "--workspace", place]) == code
    assert (f"the cells {merged} are merged" in capsys.readouterr().err) is (code == 2)


def test_a_pack_workbook_that_lost_a_sheet_is_told_so_and_not_taken_for_a_form(tmp_path, capsys):
    pack = write_pack(tmp_path / "pack")
    file = tmp_path / "p.xlsx"
    main(["pack", "export-xlsx", str(pack), "-o", str(file)])
    book = openpyxl.load_workbook(file)
    del book["items"]
    book.save(file)
    capsys.readouterr()
    assert main(["pack", "import-xlsx", str(file), "-o", str(tmp_path / "back")]) == 2
    assert "sheet 'items' is missing or empty" in capsys.readouterr().err
