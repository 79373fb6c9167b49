"""Rosters: what is understood, and what is told about what is not."""

import pytest

from assess.errors import BadInput
from assess.exchange.roster import module_labels, read_roster
from assess.model.people import Candidate


@pytest.fixture
def read(pack):
    return lambda path: read_roster(path, module_labels(pack))


@pytest.fixture
def mistakes(read, text_file):
    def found(text: str):
        with pytest.raises(BadInput) as caught:
            read(text_file(text, "r.csv"))
        return caught.value.findings

    return found


def test_every_column_is_read(read, text_file):
    roster = read(text_file(
        "candidate,name,department,team,manager,role,email,modules,language,capacity\n"
        "K1,Wang  Li,Eng,Cost,Chen,Clerk,w@example.com,PROC;COST,zh,0.5\n"
    ))  # fmt: skip
    assert roster.candidates == [
        Candidate(
            id="K1",
            name="Wang Li",
            department="Eng",
            team="Cost",
            manager="Chen",
            role="Clerk",
            email="w@example.com",
            modules=["PROC", "COST"],
            language="zh",
            capacity=0.5,
        )
    ]
    assert roster.notes == []


def test_the_id_is_enough(read, text_file):
    roster = read(text_file("candidate\nK1\n张三\n"))
    assert roster.candidates == [Candidate(id="K1"), Candidate(id="张三")]
    assert roster.columns == ("candidate",)


def test_chinese_labels_in_the_encoding_of_excel_in_china(read, text_file):
    text = "编号,姓名,部门,模块,语言,投入比例\r\n101,王丽,工程部,采购招投标、成本,中文,５０％\r\n"
    (person,) = read(text_file(text, encoding="gb18030")).candidates
    assert person == Candidate(
        id="101", name="王丽", department="工程部", modules=["PROC", "COST"], language="zh",
        capacity=0.5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "modules"),
    [
        ("PROC;COST", ["PROC", "COST"]),
        ("PROC；COST", ["PROC", "COST"]),
        ("PROC、COST", ["PROC", "COST"]),
        ("cost, proc", ["COST", "PROC"]),
        ("Cost, budget", ["COST"]),
        ("采购招投标", ["PROC"]),
        ("PROC; PROC;", ["PROC"]),
        ("", []),
    ],
)
def test_modules_go_by_id_or_name_with_any_usual_separator(read, text_file, cell, modules):
    (person,) = read(text_file(f'candidate,modules\nK1,"{cell}"\n')).candidates
    assert person.modules == modules


@pytest.mark.parametrize(
    ("cell", "capacity"),
    [("0.5", 0.5), ("50%", 0.5), ("50 %", 0.5), ("0,25", 0.25), ("1", 1.0), ("0", 0.0), ("", None)],
)
def test_capacity_is_a_share_or_a_percentage(read, text_file, cell, capacity):
    (person,) = read(text_file(f"candidate;capacity\nK1;{cell}\n")).candidates
    assert person.capacity == capacity


def test_all_mistakes_are_told_with_row_column_and_cell(mistakes):
    lines = mistakes(
        "candidate,email,modules,language,capacity\n"
        "../../x,nobody,HR,klingon!,50\n"
        ",,,,0.5\n"
        "K1,,,,\n"
        "K2,a@b,,,nan\n"
        "K1,,,,-0.1\n"
    )
    assert [line.split(": ")[1] for line in lines] == [
        "row 2, column 'candidate'",
        "row 2, column 'email'",
        "row 2, column 'modules'",
        "row 2, column 'language'",
        "row 2, column 'capacity'",
        "row 3, column 'candidate'",
        "row 5, column 'email'",
        "row 5, column 'capacity'",
        "row 6, column 'capacity'",
        "row 6, column 'candidate'",
    ]
    assert "'../../x' is no id: an id has 1-64 letters of any script" in lines[0]
    assert "'HR' is no module: known are PROC, COST" in lines[2]
    assert "'50' is no share of the contracted hours" in lines[4]
    assert "'K1' is also in row 4" in lines[9]


def test_the_same_id_in_another_unicode_form_is_the_same_person(mistakes):
    (line,) = mistakes("candidate\nZo\u00e9\nZoe\u0301\n")
    assert "is also in row 2" in line


def test_unknown_columns_are_named_and_left_out(read, text_file):
    roster = read(text_file("candidate,sex,age\nK1,f,33\n", "r.csv"))
    assert roster.candidates == [Candidate(id="K1")]
    assert roster.notes[0].startswith("r.csv: columns 'sex', 'age' are not known and left out")


def test_without_a_candidate_column_the_header_is_quoted(read, text_file):
    with pytest.raises(
        BadInput,
        match=r"no column 'candidate'; it names 'who'.*read: candidate, name, .*semicolons or tabs",
    ):
        read(text_file("who\nK1\n"))


def test_a_workbook_with_numbers_as_ids_and_a_percentage(read, workbook):
    (person,) = read(workbook([["Candidate ID", "capacity"], [101, 0.4]])).candidates
    assert person == Candidate(id="101", capacity=0.4)
