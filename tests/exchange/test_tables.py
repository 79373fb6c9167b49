"""Text tables: encodings, separators, quotes, and everything that is no table."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.errors import AssessError, BadInput
from assess.exchange import tables
from assess.exchange.cells import fold, tidy, trim
from assess.exchange.safe import clean
from assess.exchange.tables import letter, read_table
from assess.exchange.write import csv_bytes


def cells(table):
    return [(row.number, row.cells) for row in table.rows]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_line_ends_and_separators(text_file, ending, separator):
    text = ending.join(["a,b", '1,"x\ny"', "", "2"]).replace(",", separator)
    table = read_table(text_file(text, "t.csv"))
    assert table.file == "t.csv"
    assert table.header == ("a", "b")
    assert table.letters == ("A", "B")
    assert cells(table) == [(2, ("1", "x\ny")), (4, ("2", ""))]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_encodings(text_file, encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    data = marks.get(encoding, b"") + "编号,备注\n1,好“”😀".encode(encoding)
    table = read_table(text_file(data))
    assert table.header == ("编号", "备注")
    assert cells(table) == [(2, ("1", "好“”😀"))]


def test_column_names_are_trimmed_composed_and_found_in_any_case(text_file):
    table = read_table(text_file(' Candidate ,"Cafe\u0301\n name"\nK1,x\n'))
    assert table.header == ("Candidate", "Caf\u00e9 name")
    assert (table.column("CANDIDATE"), table.column("ｃａｆｅ\u0301 Name")) == (0, 1)
    assert table.column("other") is None


def test_a_separator_inside_quotes_does_not_count(text_file):
    assert read_table(text_file('a,"b;c;d"\n1,2\n')).header == ("a", "b;c;d")


def test_the_line_with_which_excel_names_the_separator(text_file):
    table = read_table(text_file("sep=;\r\na;b,c,d\r\n1;2\r\n"))
    assert table.header == ("a", "b,c,d")
    assert cells(table) == [(3, ("1", "2"))]


def test_blank_lines_before_the_header_and_empty_columns_at_the_end(text_file):
    table = read_table(text_file("\n,,\na,b,,\n1,2,,\n,,,\n3\n"))
    assert table.header == ("a", "b")
    assert cells(table) == [(4, ("1", "2")), (6, ("3", ""))]


@pytest.mark.parametrize(
    ("content", "tells"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b",,\n,,\n", "is empty"),
        (b"\xff\xfe\xff\xfe\xff\xfe", "is empty"),
        (b"candidate,name\n", "has a header but no rows"),
        (b"candidate,name\n,\n \n", "has a header but no rows"),
        (b"candidate|name\nK1|x\n", "'candidate|name' is not recognised: separate the cells with"),
        ("编号，姓名\nK1，x\n".encode(), "commas, semicolons or tabs"),
        (b"\x00\x01\x02\xff", "byte 4 (0xFF) is not UTF-8 or GB18030"),
        (b"a,b\n1,\x002\n", "line 2 holds the control character U+0000"),
        (b"a,b\n1,\x1b[2J\n", "line 2 holds the control character U+001B"),
        ("a,b\n1,2\n".encode("utf-16-le"), "control character U+0000"),
        ("a,b\n1,é\n".encode("utf-16")[:-1], "is not UTF-16"),
        (b"\xef\xbb\xbfa,b\n1,\xff\n", "byte 10 (0xFF) is not UTF-8:"),
        ("a,好\n1,".encode() + b"\xff\n", "byte 9 (0xFF)"),
        (b"\xed\xa0\x80,b\n1,2\n\xff", "is not UTF-8 or GB18030"),
        (b"PK\x03\x04rest", "is a workbook"),
        (b'a,b\n1,"x\n2,3\n', 'row 2: a double quote (") opens a cell and is never closed'),
        (b'a,b\n1,2\n3,"x"y\n', "row 3: text follows a closing quote"),
        (b'"a,b\n1,2\n', "row 1: a double quote"),
        (b"a,b\n1,2\n1,2,3\n", "row 3: '3' stands in column C, beyond the header"),
        (b"a,,c\n1,2,3\n", "row 2: column B has no name but holds '2'"),
        (b"a,b, A\n1,2,3\n", "row 1, column 'A': columns A and C have the same name"),
        (b"a,b\n" + b'"' + b"x" * 1_000_001 + b'",1\n', "row 2"),
    ],
)
def test_what_is_no_table_is_told_with_its_file(text_file, content, tells):
    with pytest.raises(BadInput) as caught:
        read_table(text_file(content, "t.csv"))
    told = "\n".join([caught.value.message, *caught.value.findings])
    assert "t.csv" in caught.value.message
    assert tells in told


def test_every_row_that_does_not_fit_is_told(text_file):
    with pytest.raises(BadInput) as caught:
        read_table(text_file("a\n1,2\n3\n4,5\n"))
    assert [line.split(":")[1] for line in caught.value.findings] == [" row 2", " row 4"]


@pytest.mark.parametrize("name", ["x.txt", "x.xls", "x.tsv", "x", "x.csv.zip"])
def test_other_endings_name_the_two_that_are_read(text_file, name):
    with pytest.raises(BadInput, match=r"save the table as \.csv .* or \.xlsx"):
        read_table(text_file("a\n1\n", name))


def test_a_missing_file_a_folder_and_an_impossible_name(tmp_path):
    with pytest.raises(BadInput, match="there is no such file"):
        read_table(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        read_table(tmp_path / "folder.csv")
    with pytest.raises(AssessError, match=r"a\\x00b"):
        read_table("a\0b.csv")
    with pytest.raises(AssessError):
        read_table("a" * 5000 + ".csv")


def test_a_file_too_large_is_not_read(text_file, monkeypatch):
    monkeypatch.setattr(tables, "MAX_BYTES", 1 << 20)
    with pytest.raises(BadInput, match="is larger than 1 MB"):
        read_table(text_file(b"a\n" + b"1\n" * (1 << 20)))


def test_upper_case_endings_are_read(text_file):
    assert read_table(text_file("a\n1\n", "X.CSV")).header == ("a",)


def test_column_letters():
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


texts = st.text(max_size=12) | st.text(alphabet="=+-@'\"\t\r\n ;,|a1\ufeff＝", max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_text_survives_writing_and_reading(tmp_path, data):
    """What is written is read back; only what no table can hold is replaced."""
    # a header of one column must not look like one with other separators
    width = data.draw(st.integers(2, 4))
    names = data.draw(
        st.lists(texts.filter(tidy), min_size=width, max_size=width).filter(
            lambda names: (
                len({fold(clean(name)) for name in names}) == len(names)
                and all(fold(clean(name)) for name in names)
            )
        )
    )
    row = st.lists(texts, min_size=width, max_size=width)
    rows = data.draw(
        st.lists(row.filter(lambda cells: any(map(trim, cells))), min_size=1, max_size=4)
    )
    path = tmp_path / "t.csv"
    path.write_bytes(csv_bytes(names, rows))
    table = read_table(path)
    assert table.header == tuple(tidy(clean(name)) for name in names)
    assert [row.cells for row in table.rows] == [tuple(map(clean, row)) for row in rows]
    assert [row.number for row in table.rows] == list(range(2, len(rows) + 2))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200)
    | st.lists(
        st.sampled_from([b'"', b",", b";", b"\n", b"\r", b"a", b"1", b"\xff\xfe", b"\x81", b"sep="])
    ).map(b"".join),
    name=st.sampled_from(["t.csv", "t.xlsx"]),
)
def test_any_bytes_are_a_table_or_bad_input(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    try:
        table = read_table(path)
    except BadInput as error:
        assert name in error.message
    else:
        assert table.rows
        assert all(len(row.cells) == len(table.header) for row in table.rows)
