"""Reports as workbooks, read back with another program's eyes."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hostile import ALL, FORMULAS
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from assess.exchange.report import Column, Fact, Passage, Report, Rounded, Sheet, basis, render
from assess.exchange.safe import clean
from assess.exchange.xlsx_cells import MOST_CHARACTERS, fitting
from assess.model.pack import PackRef

FACTS = basis("M1", PackRef(id="key-user", version="1.2.0", hash="f" * 64), "2026-05-01T10:00:00Z")


def made(columns, rows, *parts, name="Order", **options):
    sheet = Sheet(name, columns, rows, **options)
    return render(Report("Title", FACTS, [sheet, *parts], about="Method"), "xlsx")


def read(data, sheet=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def everything(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


@pytest.mark.parametrize("text", ALL)
def test_a_text_stays_that_text_and_never_becomes_a_formula(text):
    data = made([Column("name", text)], [[text]], Passage(text, [text]))
    header, row = read(data)
    expected = clean(text).replace("\r", "\n")
    assert header[0].rstrip(" ") == row[0].rstrip(" ") == expected.rstrip(" ")
    assert "<f>" not in everything(data)
    assert "<f " not in everything(data)


@given(st.text(max_size=40))
def test_any_text_that_a_cell_can_hold_comes_back(text):
    ((_header,), (cell,)) = read(made([Column("a", "A")], [["." + text]]))
    assert cell == "." + clean(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_risky_text_stays_text_when_somebody_edits_the_cell(text):
    assert 'quotePrefix="1"' in part(made([Column("a", "A")], [[text]]), "xl/styles.xml")


def test_numbers_and_yes_and_no_are_typed_and_nothing_is_empty():
    columns = [Column("a", "A", 1), Column("b", "B"), Column("c", "C"), Column("d", "D")]
    _header, row, last = read(made(columns, [[81.25678, True, None, 3], [0.0, False, "x", 4]]))
    assert row == [81.25678, True, "", 3.0]
    assert row[1] is True
    assert last == [0.0, False, "x", 4.0]


def test_digits_chosen_for_a_sum_are_what_stands_in_the_cell():
    assert read(made([Column("a", "A", 1)], [[Rounded(1.26, 1.2)], [Rounded(0.0, None)]]))[1:] == [
        [1.2]
    ]


def test_a_share_is_never_shown_as_all_or_nothing_where_it_is_neither():
    data = made([Column("p", "P", 2, unit="share")], [[1.0], [0.9996], [0.0004], [0.0], [0.5]])
    styles = part(data, "xl/styles.xml")
    assert [cell for (cell,) in read(data)[1:]] == [1.0, 0.9996, 0.0004, 0.0, 0.5]
    for code in ("&gt;99 %", "&lt;1 %", "0 %"):
        assert code in styles


@pytest.mark.parametrize("letter", ["x", "名", "😀"])
def test_a_cell_that_is_cut_says_so_and_holds_no_more_than_it_can(letter):
    cut = fitting(letter * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert f"cut: a cell holds {MOST_CHARACTERS} characters" in cut
    assert cut.startswith(letter * 16_000)
    assert fitting("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS
    (_header, (cell,)) = read(made([Column("note", "Note")], [[letter * 40_000]]))
    assert cell == cut


def test_header_is_frozen_filters_are_on_and_bars_are_drawn():
    page = part(made([Column("a", "A", bar=(0, 100))], [[50], [70]]), "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in page
    assert '<autoFilter ref="A1:A3"' in page
    assert "<dataBar" in page


def test_a_table_without_rows_still_has_its_header():
    assert read(made([Column("a", "A", bar=(0, 1)), Column("b", "B")], [])) == [["A", "B"]]


def test_what_few_need_is_folded_away_and_still_there():
    data = made([Column("a", "A"), Column("b", "B", detail=True)], [["x", "y"]])
    kept, folded = re.findall("<col [^>]*>", part(data, "xl/worksheets/sheet1.xml"))
    assert 'hidden="1"' in folded
    assert 'outlineLevel="1"' in folded
    assert "hidden" not in kept
    assert read(data)[1] == ["x", "y"]


def test_chinese_takes_two_cells_a_letter_and_columns_stay_within_reason():
    page = part(made([Column("a", "A"), Column("b", "B")], [["名" * 10, "x" * 500]]),
                "xl/worksheets/sheet1.xml")  # fmt: skip
    widths = [float(piece.split('"')[0]) for piece in page.split('width="')[1:]]
    assert 20 <= widths[0] <= 24
    assert widths[1] < 65


def test_a_sheet_states_facts_and_passages():
    data = render(
        Report(
            "Shortlist",
            [*FACTS, Fact("purpose", "Purpose", "=choose"), Fact("ends", "Erased by", None)],
            [Sheet("Order", [Column("a", "A")], []), Passage("Method", ["How", "Why"])],
            about="Method",
        ),
        "xlsx",
    )
    told = [row[:2] for row in read(data, 1)]
    for line in (["Wave", "M1"], ["Pack version", "1.2.0"], ["Purpose", "=choose"]):
        assert line in told
    assert ["Erased by", "–"] in told
    assert ["", "How"] in told


@pytest.mark.parametrize(
    "name", ["a/b\\c?d*e[f]g:h", "'quoted'", "x" * 50, "", "History/", "Order"]
)
def test_any_name_becomes_a_name_that_sheets_may_have(name):
    sheet = Sheet(name, [Column("a", "A")], [["x"]])
    data = render(Report("T", FACTS, [sheet, sheet, sheet], about="Order"), "xlsx")
    names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    assert len({one.casefold() for one in names}) == 4
    assert all(len(one) <= 31 and not set(one) & set("[]:*?/\\") for one in names)


def test_rows_beyond_what_a_sheet_holds_go_on_in_another(monkeypatch):
    monkeypatch.setattr("assess.exchange.render_xlsx.MOST_ROWS", 2)
    data = made([Column("a", "A")], [[1], [2], [3]])
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names[:2] == [
        "Order",
        "Order (2)",
    ]
    assert read(data, 0) == [["A"], [1.0], [2.0]]
    assert read(data, 1) == [["A"], [3.0]]


def test_the_same_report_gives_the_same_bytes_dated_by_its_newest_record():
    rows = [["x", 1.5], ["名", None]]
    columns = [Column("a", "A"), Column("b", "B", 1, bar=(0, 5))]
    assert made(columns, rows) == made(columns, rows)
    assert "2026-05-01T10:00:00Z" in part(made(columns, rows), "docProps/core.xml")


def test_progress_ends_at_the_whole():
    told = []
    sheet = Sheet("Order", [Column("a", "A")], [[n] for n in range(2500)])
    render(Report("T", FACTS, [sheet]), "xlsx", lambda done, total: told.append((done, total)))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]
