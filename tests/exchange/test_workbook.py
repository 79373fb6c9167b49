"""Workbooks: typed cells, the right sheet, and files made to harm."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.errors import BadInput
from assess.exchange import workbook as room
from assess.exchange.tables import read_table


def changed(path, part: str, change):
    """The workbook with one of its parts changed."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def refused(path) -> str:
    with pytest.raises(BadInput) as caught:
        read_table(path)
    assert path.name in caught.value.message
    return caught.value.message


SHEET = "xl/worksheets/sheet1.xml"


def test_typed_cells_become_the_text_that_people_see(workbook):
    table = read_table(workbook([
        ["n", "id", "half", "yes", "at", "text"],
        [4.0, 101, 4.5, True, dt.datetime(2026, 5, 1, 10, 30), "  x\ny "],
        [-3, 20240101001, 0.1 + 0.2, False, dt.datetime(2026, 5, 1, 10, 30, 15), "'=1"],
    ]))  # fmt: skip
    assert [row.cells for row in table.rows] == [
        ("4", "101", "4.5", "true", "2026-05-01T10:30:00", "  x\ny "),
        ("-3", "20240101001", "0.3", "false", "2026-05-01T10:30:15", "'=1"),
    ]


def test_rows_are_numbered_as_the_workbook_numbers_them(workbook):
    table = read_table(workbook([["a"], [], [1], [None], [2]], top=3))
    assert [row.number for row in table.rows] == [6, 8]


def test_the_first_visible_sheet_with_content_is_read(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden, _empty, data, other = (book.add_worksheet() for _ in range(4))
        hidden.write_row(0, 0, ["hidden"])
        data.write_column(0, 0, ["right", "1"])
        data.activate()
        data.set_first_sheet()
        other.write_row(0, 0, ["wrong"])
        hidden.hide()
    assert read_table(path).header == ("right",)


def test_a_workbook_without_content(workbook):
    assert "is empty" in refused(workbook([]))
    assert "no rows below" in refused(workbook([["candidate"]]))


def test_dates_without_a_time(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "at")
        sheet.write(1, 0, dt.date(2026, 5, 1))
    assert read_table(path).rows[0].cells == ("2026-05-01",)


def test_an_error_cell_is_named_and_never_taken_for_an_empty_one(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "value"])
        sheet.write_row(1, 0, ["x"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    assert "cell B2 holds an error" in refused(path)


@pytest.mark.parametrize(
    ("content", "tells"),
    [
        (b"this is text", "is no workbook, or a damaged one"),
        (b"PK\x03\x04", "is no workbook, or a damaged one"),
        (b"\x00\xff\x17" * 99, "is no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "without a password"),
    ],
)
def test_what_is_no_workbook_is_told(text_file, content, tells):
    assert tells in refused(text_file(content, "t.xlsx"))


def test_an_archive_of_something_else_is_no_workbook(tmp_path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "is no workbook" in refused(path)


def test_a_cell_at_the_far_end_does_not_fill_the_memory(workbook):
    path = workbook([["a"], [1]])
    changed(path, SHEET, lambda xml: xml.replace(b'r="A2"', b'r="XFD1048576"'))
    assert "reaches to row 1048576 and column XFD" in refused(path)


def test_rows_at_the_far_end_with_cells_that_give_no_place(workbook):
    path = workbook([["a"], [1]])
    wide = b"<c><v>1</v></c>" * 16_000
    changed(path, SHEET, lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576">' + wide + b"</row></sheetData>"
    ))  # fmt: skip
    assert "reaches to row" in refused(path)


def test_a_workbook_that_writes_no_places_is_read(workbook):
    path = workbook([["a", "b"], [1, 2]])

    def without_places(xml):
        for place in (b"A1", b"B1", b"A2", b"B2"):
            xml = xml.replace(b' r="' + place + b'"', b"")
        return xml

    changed(path, SHEET, without_places)
    assert [row.cells for row in read_table(path).rows] == [("1", "2")]


def test_what_unpacks_to_too_much_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(room, "MAX_UNPACKED", 1 << 20)
    path = workbook([["a"], [1]])
    changed(path, "xl/media/zeros", lambda _: bytes(2 << 20))
    assert "unpacks to more" in refused(path)


def test_one_long_text_in_very_many_cells_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(room, "MAX_TEXT", 1 << 20)
    assert "unpacks to more" in refused(workbook([["a"], *[["x" * 30_000]] * 40]))


def test_a_part_that_claims_very_many_entries_is_refused(workbook):
    path = workbook([["a"], ["b"]])
    changed(
        path,
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b'uniqueCount="', b'uniqueCount="9999999999'),
    )
    assert "unpacks to more" in refused(path)


def test_a_control_character_is_told_with_its_cell(workbook):
    path = workbook([["a"], ["b\x02c"]])
    changed(path, "xl/sharedStrings.xml", lambda xml: xml.replace(b"_x0002_", b"\x02"))
    assert "cell A2 holds the control character U+0002" in refused(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_a_table_or_bad_input(tmp_path, data):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, "x"])
    path = tmp_path / "t.xlsx"
    path.write_bytes(stream.getvalue())
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "docProps" not in name]
    part = data.draw(st.sampled_from(names))
    at = data.draw(st.integers(0, 3000))
    junk = data.draw(st.binary(max_size=6) | st.sampled_from([b"<", b'"', b"99999999", b"<c r='"]))
    drop = data.draw(st.integers(0, 40))
    changed(
        path,
        part,
        lambda xml: xml[: at % (len(xml) + 1)] + junk + xml[at % (len(xml) + 1) + drop :],
    )
    try:
        assert read_table(path).rows
    except BadInput as error:
        assert "t.xlsx" in error.message


def sheet_of_cells(cells: str) -> bytes:
    """A workbook whose only sheet has these rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet()
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(out, "w") as taken:
        for name in given.namelist():
            content = given.read(name)
            if "worksheets/" in name:
                content = content.replace(
                    b"<sheetData/>", f"<sheetData>{cells}</sheetData>".encode()
                )
            taken.writestr(name, content)
    return out.getvalue()


def test_formatted_cells_without_content_do_not_make_a_sheet_large():
    data = sheet_of_cells(
        '<row r="1"><c r="A1"><v>1</v></c><c r="AMJ1" s="0"/></row>'
        '<row r="1048576" ht="12"><c r="A1048576" s="0"></c></row>'
    )
    assert room.workbook_rows("f.xlsx", data) == [(1, ["1"])]


def test_blank_cells_that_say_no_place_still_keep_theirs():
    data = sheet_of_cells('<row r="1"><c/><c><v>1</v></c></row><row><c r="C2"><v>2</v></c></row>')
    assert room.workbook_rows("f.xlsx", data) == [(1, ["", "1", ""]), (2, ["", "", "2"])]


def test_a_formula_that_no_spreadsheet_worked_out_is_read_as_it_was_typed(tmp_path):
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["candidate", "name", "team"])
    sheet.append(["X", "=cmd|' /C calc'!A0", None])
    sheet.append(["Y", None, '="<"&"a"'])
    sheet.append(["Z", "Zoe", "Buying"])
    book.save(path)
    cells = [row.cells for row in read_table(path).rows]
    assert cells == [
        ("X", "=cmd|' /C calc'!A0", ""),
        ("Y", "", '="<"&"a"'),
        ("Z", "Zoe", "Buying"),
    ]


def test_a_formula_with_a_result_is_read_as_its_result(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '=""', None, "")
        sheet.write(1, 2, "x")
    # as spreadsheets write an empty text
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b'<c r="B2"><f>' in parts[name]
    parts[name] = parts[name].replace(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>')
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert read_table(path).rows[0].cells == ("2", "", "x")
