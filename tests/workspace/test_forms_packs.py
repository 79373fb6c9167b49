"""Workbooks as files: what they are is looked at, not what they are called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from assess.errors import AssessError, BadInput
from assess.packs import check_pack, find_pack, load_pack
from assess.workspace.forms_packs import export_pack, import_pack, told


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SURVEY: list[list[object]] = [
    ["type", "name", "label::English (en)", "label::中文 (zh)"],
    ["integer", "years", "How many years?", "多少年？"],
]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "client.xlsx"
    file.write_bytes(workbook(survey=SURVEY))
    return file


def test_a_form_becomes_a_folder_that_the_check_accepts(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = import_pack(form, None)
    assert made.folder == Path("client")
    assert [f for f in check_pack(tmp_path / "client") if f.kind == "error"] == []
    assert told(made)[0] == "written: client (pack client, 1 question)"
    assert load_pack("client").items["years"].ask.say("zh") == "多少年？"


def test_the_id_can_be_chosen_and_the_folder_too(form, tmp_path):
    made = import_pack(form, tmp_path / "here", pack="mine")
    assert load_pack(tmp_path / "here").file.pack == made.id == "mine"


def test_a_form_may_come_as_csv(tmp_path):
    file = tmp_path / "form.csv"
    file.write_text('survey\n,type,name,label\n,text,a,"Why, then?"\n', encoding="utf-8-sig")
    made = import_pack(file, tmp_path / "made")
    assert load_pack(made.folder).items["a"].ask.say("en") == "Why, then?"


@pytest.mark.parametrize("name", ["export.xlsx", "survey.xlsx"])
def test_a_pack_goes_out_as_a_workbook_and_comes_back_equal(tmp_path, name):
    folder = find_pack("key-user")
    assert export_pack(folder, tmp_path / name) == []
    made = import_pack(tmp_path / name, tmp_path / "back")
    one, other = load_pack(folder), load_pack(made.folder)
    assert one.model_dump(exclude={"hash"}) == other.model_dump(exclude={"hash"})


def test_a_workbook_edited_in_a_spreadsheet_keeps_the_edit(tmp_path):
    export_pack(find_pack("key-user"), tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    page = book["items"]
    header = [cell.value for cell in page[1]]
    page.cell(2, header.index("ask::en") + 1).value = "What do you do all day?"
    book.save(tmp_path / "p.xlsx")
    item = page.cell(2, header.index("id") + 1).value
    made = import_pack(tmp_path / "p.xlsx", tmp_path / "back")
    assert load_pack(made.folder).items[item].ask.say("en") == "What do you do all day?"


# -- files that are something else


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("f.xls", OLE, "is an old workbook (.xls): open it and save it as .xlsx"),
        ("f.xlsx", OLE, "is an old workbook (.xls): open it and save it as .xlsx"),
        ("f.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        ("f.xls", b"type,name\n", "is no workbook of the old kind"),
        ("f.xlsx", b"type,name\ntext,a\n", "is a text file and no workbook"),
        ("f.xlsx", b"PK\x03\x04" + bytes(50), "is an archive, but no workbook"),
        ("f.xlsx", archive(word=b"hello"), "is an archive, but no workbook"),
        (
            "f.xlsx",
            archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "is an OpenDocument table",
        ),
        ("f.xlsx", b"\x89PNG\r\n\x1a\n\xff\xfe" * 9, "is no workbook, or a damaged one"),
        ("f.xlsx", b"", "is empty"),
        ("f.csv", workbook(survey=SURVEY), "is a workbook, not a text table"),
        ("f.pdf", b"%PDF", "save it as .xlsx"),
        ("f.csv", b"type,name,label\ntext,a,A\n", "there is no sheet 'survey'"),
        ("f.csv", b"\x00\x01survey", "control character"),
    ],
)
def test_a_file_that_is_something_else_is_called_what_it_is(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        import_pack(file, tmp_path / "made")
    assert said in str(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_workbook_cut_short_is_refused(form, tmp_path):
    form.write_bytes(form.read_bytes()[:-200])
    with pytest.raises(BadInput, match="damaged"):
        import_pack(form, tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_merged_cells_are_refused_by_place(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(survey=[*SURVEY, ["note", "n", "Hello"]])))
    book["survey"].merge_cells("C3:D3")
    book.save(tmp_path / "m.xlsx")
    with pytest.raises(BadInput) as caught:
        import_pack(tmp_path / "m.xlsx", tmp_path / "made")
    assert "sheet 'survey' has merged cells (C3:D3)" in caught.value.findings[0]


def test_an_error_of_the_spreadsheet_matters_where_it_is_read_alone(tmp_path):
    import xlsxwriter

    for sheet, reads in (("notes", True), ("choices", False)):
        file = tmp_path / f"{sheet}.xlsx"
        book = xlsxwriter.Workbook(file)
        page = book.add_worksheet("survey")
        for row, cells in enumerate(SURVEY):
            page.write_row(row, 0, cells)
        book.add_worksheet(sheet).write_formula("B2", "=NA()", None, "#N/A")
        book.close()
        if reads:
            assert import_pack(file, tmp_path / "made").questions == 1
        else:
            with pytest.raises(BadInput, match="cell choices!B2 holds an error"):
                import_pack(file, tmp_path / "other")


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(BadInput, match="there is no such file"):
        import_pack(tmp_path / "no.xlsx", None)
    with pytest.raises(BadInput, match="is a folder"):
        import_pack(tmp_path, None)


def test_a_folder_that_holds_something_is_left_alone(form, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="holds something already"):
        import_pack(form, kept)
    assert [one.name for one in kept.iterdir()] == ["mine.txt"]


def test_a_disk_that_refuses_leaves_nothing_behind(form, tmp_path, monkeypatch):
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AssessError, match="No space left"):
        import_pack(form, tmp_path / "made")
    assert [one.name for one in tmp_path.iterdir()] == [form.name]


def test_a_wrong_id_or_ending_is_refused(form, tmp_path):
    with pytest.raises(BadInput, match="is no id"):
        import_pack(form, tmp_path / "made", pack="two words")
    with pytest.raises(BadInput, match=r"end in \.xlsx"):
        export_pack(find_pack("key-user"), tmp_path / "p.csv")


def test_a_pack_on_top_of_another_is_written_whole(tmp_path):
    top = tmp_path / "top"
    top.mkdir()
    (top / "pack.yaml").write_text(
        "pack: top\nversion: 1.0.0\nlanguages: [en, zh]\ntitle: Ours\nextends: key-user\n"
    )
    notes = export_pack(top, tmp_path / "p.xlsx")
    assert notes == ["the pack that it lies on is written along; the workbook stands alone"]
    made = load_pack(import_pack(tmp_path / "p.xlsx", tmp_path / "back").folder)
    assert set(load_pack(find_pack("key-user")).items) <= set(made.items)


def test_the_workbook_offers_lists_and_says_what_it_is(tmp_path):
    export_pack(find_pack("key-user"), tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    page = book["items"]
    lists = [v.formula1 for v in page.data_validations.dataValidation]
    assert '"rating,choice,choices,yes_no,number,text"' in lists
    assert any("competencies" in one for one in lists)
    about = CalamineWorkbook.from_path(str(tmp_path / "p.xlsx")).get_sheet_by_name("about")
    assert any("assess pack import-xlsx" in str(row[0]) for row in about.to_python())
