"""Rating files: columns, people, times, encodings, and every mistake told at once."""

import datetime as dt

import pytest

from assess.errors import BadInput
from assess.exchange.ratings import RatingRow


def test_a_whole_row_is_read(answer):
    row = answer(
        "BPM-1",
        "4",
        questionnaire="interview",
        wave="M1",
        note="drew it",
        at="2026-05-01T10:00+08:00",
    )
    assert row == RatingRow(
        2, "K1", "R1", "interview", "M1", "BPM-1", "answered", 4, "drew it",
        "2026-05-01T02:00:00+00:00",
    )  # fmt: skip


def test_questionnaire_and_wave_come_from_item_and_default_where_the_file_has_none(answer):
    row = answer("S-1", "4")
    assert (row.questionnaire, row.wave, row.note, row.at) == ("self", "M0", "", "")


def test_items_go_by_id_former_id_or_question(answer):
    for name in ("BPM-1", "bpm-1", "OLD-1"):
        assert answer(name, "4").item == "BPM-1"
    assert answer("how far?", "4").item == "BPM-2"


def test_a_question_in_two_questionnaires_needs_the_questionnaire(answer, mistakes):
    assert answer("请描述流程。", "4", questionnaire="self").item == "S-1"
    assert answer("Describe the process.", "4", questionnaire="访谈").item == "BPM-1"
    (line,) = mistakes("K1,R1,Describe the process.,4")
    assert "BPM-1, S-1" in line


def test_the_questionnaire_must_exist_and_hold_the_item(mistakes):
    header = "candidate,rater,item,value,questionnaire"
    lines = mistakes("K1,R1,BPM-1,4,exam", "K1,R1,BPM-2,4,self", header=header)
    assert lines == (
        "r.csv: row 2, column 'questionnaire': 'exam' is no questionnaire:"
        " known are interview, self",
        "r.csv: row 3, column 'item':"
        " item 'BPM-2' belongs to questionnaire 'interview', not 'self'",
    )


def test_waves_go_by_id_or_name_and_unknown_ones_list_the_known(answer, mistakes):
    assert answer("BPM-1", "4", wave="启动").wave == "M0"
    (line,) = mistakes("K1,R1,BPM-1,4,M7", header="candidate,rater,item,value,wave")
    assert "column 'wave': 'M7' is no wave: known are M0, M1" in line


def test_blank_values_are_left_out_and_a_note_alone_is_kept_open(read, text_file):
    rows = read(text_file(
        "candidate,rater,item,value,note\nK1,R1,BPM-1,,\nK1,R1,BPM-2,,later\nK1,R1,G-1,yes,\n"
    ))  # fmt: skip
    assert [(r.item, r.state, r.value, r.note) for r in rows] == [
        ("BPM-2", "open", None, "later"),
        ("G-1", "answered", True, ""),
    ]


def test_a_form_without_any_answer_is_refused(read, text_file):
    with pytest.raises(BadInput, match="nothing to import"):
        read(text_file("candidate,rater,item,value\nK1,R1,BPM-1,\n"))


def test_the_same_answer_twice_names_both_rows(mistakes):
    (line,) = mistakes("K1,R1,BPM-1,4", "K2,R1,BPM-1,4", "", "K1,R1,OLD-1,4")
    assert line.startswith("r.csv: row 5, column 'item': ")
    assert "in row 2 already" in line


def test_the_same_item_in_another_wave_is_another_answer(read, text_file):
    text = "candidate,rater,item,value,wave\nK1,R1,BPM-1,4,M0\nK1,R1,BPM-1,4,M1\n"
    assert [row.wave for row in read(text_file(text))] == ["M0", "M1"]


def test_unknown_people_are_errors_unless_they_are_to_be_created(mistakes, read, text_file):
    lines = mistakes("K9,R9,BPM-1,4")
    assert "column 'candidate': 'K9' is no candidate" in lines[0]
    assert "column 'rater': 'R9' is no known rater" in lines[1]
    assert all("--create" in line for line in lines)
    path = text_file("candidate,rater,item,value\nK9,R9,BPM-1,4\n王丽,r1,BPM-1,4\n")
    assert [(r.candidate, r.rater) for r in read(path, create=True)] == [
        ("K9", "R9"),
        ("王丽", "r1"),
    ]


def test_an_unknown_person_in_many_rows_is_told_once_and_hides_no_other_mistake(mistakes):
    lines = mistakes(*[f"K1,R9,BPM-{n % 2 + 1},4" for n in range(80)], "K1,R1,XX-9,4")
    assert ["row 2, column 'rater'" in lines[0], "row 82, column 'item'" in lines[1]] == [True] * 2
    assert len(lines) == 2


def test_every_empty_person_is_told(mistakes):
    assert len(mistakes("K1,,BPM-1,4", "K1,,BPM-2,4")) == 2


def test_new_people_need_proper_ids(mistakes):
    (line,) = mistakes("../../x,R1,BPM-1,4", create=True)
    assert "'../../x' is no id: an id has 1-64 letters" in line


def test_people_may_go_by_a_name_that_only_one_of_them_has(read, text_file, mistakes):
    names = {"K1": "Wang Li", "K2": "Li Na", "K3": "Li Na"}
    path = text_file("candidate,rater,item,value\nwang li,R1,BPM-1,4\n")
    assert read(path, candidates=names, create=True)[0].candidate == "K1"
    (line,) = mistakes("Li Na,R1,BPM-1,4", candidates=names)
    assert "names K2, K3 alike" in line


def test_equal_looking_ids_are_equal(read, text_file):
    path = text_file("candidate,rater,item,value\nZoe\u0301,R1,BPM-1,4\n")
    assert read(path, candidates={"Zo\u00e9"})[0].candidate == "Zo\u00e9"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-05-01", "2026-05-01T00:00:00+00:00"),
        ("2026-05-01T10:30:00Z", "2026-05-01T10:30:00+00:00"),
        ("2026-05-01 10:30", "2026-05-01T10:30:00+00:00"),
        ("2026/5/1 9:05", "2026-05-01T09:05:00+00:00"),
        ("2026/5/1", "2026-05-01T00:00:00+00:00"),
        ("2026-06-01", "2026-06-01T00:00:00+00:00"),
    ],
)
def test_times_are_read_as_utc(answer, cell, moment):
    assert answer("BPM-1", "4", at=cell).at == moment


@pytest.mark.parametrize(
    "cell",
    ["2026-06-03", "2026-06-01T13:00Z", "9999-12-31T23:59-23:59", "0001-01-01T00:00+23:00",
     "1899-12-31", "45000.5", "31.5.2026", "5/31/2026", "2026-02-30", "2026-05-01T25:00", "soon"],
)  # fmt: skip
def test_future_times_and_nonsense_are_refused(mistakes, cell):
    (line,) = mistakes(f"K1,R1,BPM-1,4,{cell}", header="candidate,rater,item,value,at")
    assert line.startswith(f"r.csv: row 2, column 'at': '{cell}' ")


def test_all_mistakes_of_a_row_and_of_a_file_are_told_at_once(mistakes):
    lines = mistakes("K9,,NO,6", "K1,R1,BPM-1,6", "K1,R1,K-1,Z")
    assert [line.split(": ")[1] for line in lines] == [
        "row 2, column 'candidate'",
        "row 2, column 'rater'",
        "row 2, column 'item'",
        "row 3, column 'value'",
        "row 4, column 'value'",
    ]


def test_very_many_mistakes_are_counted(mistakes):
    lines = mistakes(*["K1,R1,BPM-1,6"] * 80)
    assert len(lines) == 51
    assert lines[-1] == "r.csv: and 30 more mistakes"


def test_the_column_is_called_as_the_file_calls_it(mistakes):
    (line,) = mistakes("K1,R1,BPM-1,6", header="候选人编号,评分人,题号,评分")
    assert "column '评分': '6'" in line


def test_a_missing_column_is_named_with_those_there_are(read, text_file):
    with pytest.raises(BadInput, match="no columns 'rater', 'value'; it names 'candidate', 'item'"):
        read(text_file("candidate,item\nK1,BPM-1\n"))


def test_a_column_nobody_knows_is_told(read, text_file):
    notes: list[str] = []
    read(text_file("candidate,rater,item,value,questionaire\nK1,R1,BPM-1,4,x\n"), notes=notes)
    assert "column 'questionaire' is not known" in notes[0]


def test_a_workbook_with_typed_cells_reads_like_text(read, workbook):
    rows = read(workbook([
        ["candidate", "rater", "item", "value", "at"],
        [101, "R1", "BPM-1", 4, dt.datetime(2026, 5, 1, 10, 30)],
        [101, "R1", "BPM-2", 3.5, None],
        [101, "R1", "G-1", True, None],
        [101, "R1", "N-1", -3, None],
    ]))  # fmt: skip
    assert [(r.candidate, r.value) for r in rows] == [
        ("101", 4), ("101", 3.5), ("101", True), ("101", -3),
    ]  # fmt: skip
    assert rows[0].at == "2026-05-01T10:30:00+00:00"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_gives_the_same_answers(read, text_file, encoding, separator):
    lines = [
        ["候选人", "评分人", "题目", "评分", "备注"],
        ["K1", "R1", "请描述流程。", "优秀", "很好"],
    ]
    lines[1][2] = "BPM-1"
    text = "\r\n".join(separator.join(line) for line in lines)
    (row,) = read(text_file(text, encoding=encoding))
    assert (row.item, row.value, row.note) == ("BPM-1", 5, "很好")


def test_comma_decimals_in_a_semicolon_file(read, text_file):
    text = "candidate;rater;item;value\nK1;R1;BPM-1;4,0\nK1;R1;BPM-2;7,5\n"
    assert [row.value for row in read(text_file(text))] == [4, 7.5]
