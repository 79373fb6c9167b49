"""Reports: the same content in every format, always with what it rests on."""

import csv
import io
import json

import pytest
from python_calamine import CalamineWorkbook

from assess.errors import BadInput
from assess.exchange.formats import FORMATS
from assess.exchange.report import Column, Fact, Report, Sheet, basis, render
from assess.model.pack import PackRef

PACK = PackRef(id="key-user", version="1.2.0", hash="f" * 64)
FACTS = (*basis("M1", PACK, "2026-05-01T10:00:00+00:00"), Fact("purpose", "Purpose", "=choose"))
RANKS = Sheet(
    "Ranking",
    [Column("candidate", "Candidate"), Column("name", "Name"), Column("score", "Score", 1)],
    [["K1", "=Wang|Li", 81.25678], ["K2", "a\nb <b>", None], ["K3", "*x*", -3.0]],
)
PEOPLE = Sheet("People", [Column("load", "Load")], [[0.5]])


@pytest.fixture
def report():
    return Report("Shortlist", FACTS, [RANKS])


def text_of(data: bytes, format: str) -> str:
    if format != "xlsx":
        return data.decode("utf-8")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


@pytest.mark.parametrize("format", list(FORMATS))
def test_every_format_names_wave_pack_version_and_newest_record(report, format):
    text = text_of(render(report, format), format)
    for words in ("M1", "key-user", "1.2.0", "2026-05-01T10:00:00+00:00"):
        assert words in text


@pytest.mark.parametrize("format", list(FORMATS))
def test_the_same_report_gives_the_same_bytes(report, format):
    assert render(report, format) == render(Report("Shortlist", FACTS, [RANKS]), format)


def test_csv_is_one_plain_table_with_codes_as_header(report):
    text = render(report, "csv").decode("utf-8-sig")
    first, *_, last = csv.DictReader(io.StringIO(text, newline=""))
    assert first == {
        "candidate": "K1", "name": "'=Wang|Li", "score": "81.25678", "wave": "M1",
        "pack": "key-user", "pack_version": "1.2.0", "newest": "2026-05-01T10:00:00+00:00",
        "purpose": "'=choose",
    }  # fmt: skip
    assert last["score"] == "-3"


def test_csv_of_several_sheets_holds_them_all():
    data = render(Report("Plan", FACTS, [RANKS, PEOPLE]), "csv")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert data.count(b"\xef\xbb\xbf") == 1
    assert [lines[0], lines[1][:3]] == [["Ranking"], ["candidate", "name", "score"]]
    at = lines.index(["People"])
    assert lines[at - 1] == []
    assert [line[0] for line in lines[at + 1 :]] == ["load", "0.5"]


def test_json_keeps_types_and_labels(report):
    data = json.loads(render(report, "json"))
    assert data["facts"]["pack_version"] == "1.2.0"
    (sheet,) = data["sheets"]
    assert sheet["columns"][0] == {"code": "candidate", "label": "Candidate"}
    assert sheet["rows"][0] == {"candidate": "K1", "name": "=Wang|Li", "score": 81.25678}
    assert sheet["rows"][1]["score"] is None


def test_markdown_shows_user_text_literally(report):
    text = render(report, "md").decode("utf-8")
    assert text.startswith("# Shortlist\n\n- Wave: M1\n")
    assert "| Candidate | Name | Score |\n| --- | --- | ---: |\n" in text
    assert "| K1 | =Wang\\|Li | 81.3 |" in text
    assert "| K2 | a<br>b &lt;b&gt; |  |" in text
    assert "| K3 | \\*x\\* | -3.0 |" in text


def test_a_report_without_its_basis_cannot_be_made():
    with pytest.raises(ValueError, match="newest"):
        Report("Shortlist", FACTS[:3], [RANKS])


def test_a_row_that_does_not_fit_its_columns_cannot_be_made():
    with pytest.raises(ValueError, match="People"):
        Report("Plan", FACTS, [Sheet("People", PEOPLE.columns, [[1, 2]])])


def test_an_unknown_format_lists_the_known(report):
    with pytest.raises(BadInput, match="'pdf' is no format: known are csv, xlsx, html, md, json"):
        render(report, "pdf")
