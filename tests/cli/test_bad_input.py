"""Bad input: a clear message that names the place, exit 2, and nothing stored."""

from __future__ import annotations

import pytest
from small_pack import INTERVIEW, PACK, write_pack, write_ratings


@pytest.fixture
def place(tmp_path):
    return tmp_path / "workspace"


@pytest.fixture
def started(assess, place, tmp_path):
    """An engagement with one candidate and one rating in it."""
    pack = write_pack(tmp_path / "pack")
    assess("init", "--name", "T", "--pack", pack, "--workspace", place)
    path = write_ratings(tmp_path / "first.csv", "X,R1,BPM-1,3")
    assert assess("import", "ratings", path, "--create", "--workspace", place).code == 0
    return place


def stored(assess, place):
    return assess("export", "ratings", "--workspace", place).out


@pytest.mark.parametrize(
    ("file", "edit", "told"),
    [
        ("pack", lambda t: t.replace("OWN: 30, AVL: 20", "OWN: 28, AVL: 20"), "98"),
        ("pack", lambda t: t.replace("weights: {BPM: 70, OWN", "weights: {BPN: 70, OWN"), "BPN"),
        ("interview", lambda t: t.replace("id: OWN-2", "id: OWN-1"), "OWN-1"),
        ("interview", lambda t: t.replace("title: Int", "title: [Int"), "interview.yaml"),
        ("interview", lambda t: t.replace("    items:", "\titems:"), "tab"),
    ],
    ids=["weights of 98", "unknown competency", "doubled id", "syntax", "tab"],
)
def test_a_bad_pack_is_refused_with_its_place(assess, tmp_path, place, file, edit, told):
    text = {"pack": PACK, "interview": INTERVIEW}[file]
    pack = write_pack(tmp_path / "pack", **{file: edit(text)})
    checked = assess("pack", "check", pack)
    assert checked.code == 2
    assert told in checked.err
    assert any(
        line.split(":")[0].endswith(".yaml") and line.split(":")[1].isdigit()
        for line in checked.err.splitlines()
        if ".yaml:" in line
    )
    tried = assess("init", "--name", "T", "--pack", pack, "--workspace", place)
    assert tried.code == 2
    assert told in tried.err
    assert assess("rank", "--workspace", place).code == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["X,R1,BPM-2,6"], ["row 2", "value", "6"]),
        (["X,R1,BPM-9,3"], ["row 2", "item", "BPM-9"]),
        (["X,R1,BPM-2,3", "X,R1,BPM-2,4"], ["row 3", "row 2"]),
        (["../../x,R1,BPM-2,3"], ["row 2", "../../x"]),
        (["X,R1,BPM-2,nan"], ["row 2", "nan"]),
        (["X,R1,BPM-1,4"], ["row 2", "BPM-1", "3"]),
    ],
    ids=["a 6", "unknown item", "same answer twice", "path as id", "nan", "differs from stored"],
)
def test_a_bad_rating_stops_the_whole_file(assess, started, tmp_path, rows, told):
    before = stored(assess, started)
    path = write_ratings(tmp_path / "bad.csv", "X,R1,OWN-1,3", *rows)
    done = assess("import", "ratings", path, "--create", "--workspace", started)
    # the rows under test stand behind one good row
    told = [t.replace("row 3", "row 4").replace("row 2", "row 3") for t in told]
    assert done.code == 2
    assert all(words in done.err for words in told), done.err
    assert "bad.csv" in done.err
    assert stored(assess, started) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bars.csv", b"candidate|rater|item|value\nX|R1|BPM-1|3\n"),
        ("empty.csv", b""),
        ("binary.csv", bytes(range(256)) * 40),
        ("no.xlsx", b"this is no workbook"),
        ("header.csv", b"candidate,rater,item,value\n"),
        ("ratings.pdf", b"%PDF-1.7"),
    ],
)
@pytest.mark.parametrize("what", ["ratings", "roster"])
def test_a_file_that_is_no_table_is_refused_by_name(assess, started, tmp_path, what, name, content):
    before = stored(assess, started)
    path = tmp_path / name
    path.write_bytes(content)
    done = assess("import", what, path, "--workspace", started)
    assert done.code == 2
    assert name in done.err
    assert stored(assess, started) == before


@pytest.mark.parametrize("what", ["ratings", "roster"])
def test_a_directory_and_a_missing_file_are_refused(assess, started, tmp_path, what):
    for path in (tmp_path, tmp_path / "nowhere.csv"):
        done = assess("import", what, path, "--workspace", started)
        assert done.code == 2
        assert str(path.name) in done.err


def test_a_roster_with_a_doubled_id_names_both_rows(assess, started, tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("candidate,name\nJA,Jia\nHE,Helen\nJA,Jan\n", encoding="utf-8")
    done = assess("import", "roster", path, "--workspace", started)
    assert done.code == 2
    assert "row 4" in done.err and "row 2" in done.err
    assert "JA" not in assess("rank", "--json", "--workspace", started).out


@pytest.mark.parametrize(
    "encoded",
    [
        "﻿candidate,rater,item,value,note\n钱,R1,OWN-1,4,很好\n".encode(),
        "candidate;rater;item;value;note\n钱;R1;OWN-1;4;很好\n".encode("gb18030"),
        "candidate\trater\titem\tvalue\tnote\r\n钱\tR1\tOWN-1\t4\t很好\r\n".encode(),
    ],
    ids=["BOM", "GB18030 and semicolons", "tabs"],
)
def test_what_excel_writes_is_read(assess, started, tmp_path, encoded):
    path = tmp_path / "excel.csv"
    path.write_bytes(encoded)
    done = assess("import", "ratings", path, "--create", "--workspace", started)
    assert done.code == 0, done.err
    assert "很好" in stored(assess, started)


def test_unknown_people_are_errors_without_create(assess, started, tmp_path):
    path = write_ratings(tmp_path / "new.csv", "Y,R9,BPM-1,3")
    done = assess("import", "ratings", path, "--workspace", started)
    assert done.code == 2
    assert "--create" in done.err


def test_the_same_file_twice_changes_nothing(assess, started, tmp_path):
    before = stored(assess, started)
    done = assess("import", "ratings", tmp_path / "first.csv", "--workspace", started)
    assert done.code == 0
    assert stored(assess, started) == before


def test_update_lets_a_different_answer_revise_the_stored_one(assess, started, tmp_path):
    path = write_ratings(tmp_path / "new.csv", "X,R1,BPM-1,5")
    assert assess("import", "ratings", path, "--workspace", started).code == 2
    done = assess("import", "ratings", path, "--update", "--workspace", started)
    assert done.code == 0, done.err
    assert "BPM-1,How,5" in stored(assess, started)


@pytest.mark.parametrize(
    "words",
    [
        ("rank", "NOPE"),
        ("rank", "--wave", "M9"),
        ("explain", "NOBODY", "PROC"),
        ("explain", "X", "NOPE"),
        ("compare", "X"),
        ("compare", "X", "X"),
        ("agree", "X", "BPM-1", "9", "--reason", "r"),
        ("agree", "X", "BPM-1", "three", "--reason", "r"),
        ("agree", "X", "BPM-1", "3", "--reason", " "),
        ("agree", "X", "K1", "3", "--reason", "r"),
        ("agree", "X", "OWN-2", "3", "--reason", "r"),
        ("export", "shortlist", "--module", "NOPE"),
        ("export", "shortlist", "--top", "0"),
        ("interview", "NOBODY", "--rater", "R1"),
        ("init", "--name", "again"),
        ("rnak",),
    ],
    ids=" ".join,
)
def test_bad_words_say_what_is_known_and_exit_2(assess, started, words):
    before = stored(assess, started)
    done = assess(*words, "--workspace", started)
    assert done.code == 2
    assert done.err.strip()
    assert "Traceback" not in done.err
    assert done.out == ""
    assert stored(assess, started) == before


def test_a_workspace_that_is_not_there_is_not_made_by_reading(assess, tmp_path):
    done = assess("rank", "--workspace", tmp_path / "nowhere")
    assert done.code == 2
    assert "nowhere" in done.err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("what", ["roster", "ratings"])
def test_the_help_of_an_import_names_every_column_of_the_file(assess, what):
    from assess.exchange import ratings, roster

    told = assess("import", what, "--help").out
    assert [column for column in {"roster": roster, "ratings": ratings}[what].COLUMNS
            if column not in told] == []  # fmt: skip


def test_a_roster_without_codes_is_told_which_columns_are_read(assess, started, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Name,Department\nHelen,Cost\n", encoding="utf-8")
    ran = assess("import", "roster", path, "--workspace", started)
    assert ran.code == 2
    assert "no column 'candidate'" in ran.err
    assert "Columns that are read: candidate, name, department" in ran.err
