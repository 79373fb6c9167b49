"""Rating files: a value is read by the kind of its item, and a wrong one is quoted."""

import pytest


@pytest.mark.parametrize(
    ("item", "cell", "value"),
    [
        ("BPM-1", "4", 4),
        ("BPM-1", "4.0", 4),
        ("BPM-1", " 3.5 ", 3.5),
        ("BPM-1", "4,0", 4),
        ("BPM-1", "3,25", 3.25),
        ("BPM-1", "４", 4),
        ("BPM-1", "３．５", 3.5),
        ("BPM-1", "4e0", 4),
        ("BPM-1", "Excellent", 5),
        ("BPM-1", "优秀", 5),
        ("BPM-2", "0", 0),
        ("BPM-2", "10", 10),
        ("K-1", "A", "A"),
        ("K-1", "b", "B"),
        ("K-1", "Ask", "C"),
        ("K-1", "行动", "B"),
        ("K-2", "A", ["A"]),
        ("K-2", "C|A", ["A", "C"]),
        ("K-2", "Act | Ask", ["B", "C"]),
        ("K-2", "A｜B", ["A", "B"]),
        ("G-1", "yes", True),
        ("G-1", "NO", False),
        ("G-1", "是", True),
        ("G-1", "否", False),
        ("G-1", "y", True),
        ("G-1", "0", False),
        ("G-1", "true", True),
        ("N-1", "-5", -5),
        ("N-1", "'-5", -5),
        ("N-1", "−4.5", -4.5),
        ("N-2", "1e308", 1e308),
        ("T-1", "not asked before", "not asked before"),
        ("T-1", "declined the offer", "declined the offer"),
        ("T-1", "two\nlines", "two\nlines"),
    ],
)
def test_a_value_is_read_by_the_kind_of_its_item(answer, item, cell, value):
    row = answer(item, cell)
    assert (row.state, row.value) == ("answered", value)
    assert type(row.value) is type(value)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("not_asked", "not_asked"),
        ("Not asked", "not_asked"),
        ("未问", "not_asked"),
        ("not_observed", "not_observed"),
        ("NOT-OBSERVED", "not_observed"),
        ("未观察", "not_observed"),
        ("declined", "declined"),
        ("拒答", "declined"),
    ],
)
@pytest.mark.parametrize("item", ["BPM-1", "K-1", "K-2", "G-1", "N-1"])
def test_a_state_stands_in_for_a_value(answer, item, cell, state):
    row = answer(item, cell)
    assert (row.state, row.value) == (state, None)


def test_a_text_item_takes_only_the_codes_as_states(answer):
    assert answer("T-1", "not_asked").state == "not_asked"
    assert answer("T-1", "not asked").value == "not asked"


@pytest.mark.parametrize(
    ("item", "cell", "tells"),
    [
        ("BPM-1", "6", "give a number from 1 to 5"),
        ("BPM-1", "0.999", "give a number from 1 to 5"),
        ("BPM-1", "NaN", "is no number: give a number from 1 to 5"),
        ("BPM-1", "inf", "is no number"),
        ("BPM-1", "1e999", "is too large a number"),
        ("BPM-1", "0x4", "is no number"),
        ("BPM-1", "1_0", "is no number"),
        ("BPM-1", "4²", "is no number"),
        ("BPM-1", "yes", "is no number"),
        ("BPM-1", "4;5", "is no number"),
        ("BPM-2", "10.5", "give a number from 0 to 10"),
        ("K-1", "D", "give one of A, B, C"),
        ("K-1", "A|B", "give one of A, B, C"),
        ("K-2", "A|D", "'D' is none of the options in 'A|D'"),
        ("K-2", "A|A", "'A' is chosen twice in 'A|A'"),
        ("K-2", "|", "names no option"),
        ("G-1", "maybe", "give yes or no"),
        ("G-1", "2", "give yes or no"),
        ("N-1", "2001", "give a number from -5 to 2000"),
        ("N-1", "1,234", "write 1234 or 1.234"),
        ("N-2", "many", "give a number"),
        ("BPM-9", "4", "did you mean 'BPM-"),
        ("weather", "4", "give an item's id such as 'BPM-1'"),
    ],
)
def test_a_wrong_value_is_quoted_with_row_column_and_what_would_be_right(
    mistakes, item, cell, tells
):
    (line,) = mistakes("K1,R1,BPM-1,4", f'K2,R1,{item},"{cell}"')
    column = "item" if item in ("BPM-9", "weather") else "value"
    assert line.startswith(f"r.csv: row 3, column '{column}': '")
    assert tells in line
    assert f"'{item if column == 'item' else cell}'" in line
