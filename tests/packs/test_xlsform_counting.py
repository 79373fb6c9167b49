"""The columns of our own in an XLSForm: competencies, points, anchors, weights."""

from __future__ import annotations

import pytest
from xlsforms import data, form, items, sheets, told

from assess.errors import BadInput
from assess.packs.xlsform import import_form


def test_our_columns_say_how_answers_count():
    made = form(
        """
        type            | name | label::en | competency | module   | weight | points | anchor::1::zh
        integer         | r1   | How?      | BPM        | PROC;COST | 60     |        | 差
        select_one abcd | k1   | What?     | XFV        | PROC      | 40     | b      |
        select_one abcd | k2   | Which?    | BPM        | COST      |        | a=1; c=0.5 |
        text        | t1   | Why?      |            |           |        |            |
        """,
        choices="list_name|name|label::en\nabcd|a|A\nabcd|b|B\nabcd|c|C",
        competencies="id|label::en|label::zh|definition::en\nBPM|Process|流程|Knows it",
        modules="id|label::en\nPROC|Procurement",
    )
    found = items(made)
    assert found["r1"]["type"] == "rating"
    assert found["r1"]["competency"] == "BPM"
    assert found["r1"]["modules"] == ["PROC", "COST"]
    assert found["r1"]["anchors"] == {1: {"zh": "差"}}
    assert [one.get("points") for one in found["k1"]["options"]] == [0, 1, 0]
    assert [one.get("points") for one in found["k2"]["options"]] == [1, 0, 0.5]
    assert "competency" not in found["t1"]
    pack = data(made, "pack.yaml")
    assert pack["competencies"][0]["name"] == {"en": "Process", "zh": "流程"}
    weights = {module["id"]: module["weights"] for module in pack["modules"]}
    assert weights == {"PROC": {"BPM": 60, "XFV": 40}, "COST": {"BPM": 100}}
    assert "made to sum to 100: BPM 100" in told(made)


def test_questions_with_points_carry_a_share_of_their_competency():
    made = form(
        """
        type              | name | label::en | competency | points | constraint
        integer           | r    | How?      | A          |        | . >= 1 and . <= 5
        select_one colour | k    | Which?    | A          | red    |
        select_one colour | l    | Which?    | B          | blue   |
        """
    )
    assert data(made, "pack.yaml")["modules"][0]["knowledge"] == {"A": 0.4, "B": 1}
    assert "questions with points carry these shares: A 0.4, B 1" in told(made)


def test_a_list_shared_with_an_or_other_question_keeps_its_own_options():
    made = form(
        """
        type                       | name | label::en
        select_one colour          | a    | Which?
        select_one colour or_other | b    | Which?
        """
    )
    assert [one["id"] for one in items(made)["a"]["options"]] == ["red", "blue"]
    assert [one["id"] for one in items(made)["b"]["options"]] == ["red", "blue", "other"]


@pytest.mark.parametrize(
    ("parameters", "anchor", "expected"),
    [
        ("", "", {"type": "number", "range": {"from": 1, "to": 10}}),
        ("", "Badly", {"type": "rating", "anchors": {1: "Badly"}}),
        ("start=0 end=10", "Badly", {"type": "rating", "scale": {"from": 0, "to": 10}}),
    ],
)
def test_a_range_without_parameters_takes_the_scale_where_it_has_anchors(
    parameters, anchor, expected
):
    made = form(f"type|name|label|parameters|anchor::1\nrange|q|How?|{parameters}|{anchor}", "")
    assert {key: items(made)["q"].get(key) for key in expected} == expected


def test_points_may_stand_with_the_options():
    made = form(
        "type|name|label\nselect_multiple l|k|What?",
        choices="list_name|name|label|points\nl|a|A|1\nl|b|B|-1\nl|c|C|",
    )
    assert [one.get("points") for one in items(made)["k"]["options"]] == [1, -1, None]


def test_anchors_may_stand_in_one_column_a_line_each():
    survey = sheets("type|name|label|anchor\ndecimal|q|How?|X")
    cells = survey[0].rows
    cells[1][3] = "1: Lists screens\n3: With\na reason\n5：Well"
    made = import_form("form.xlsx", survey)
    assert items(made)["q"]["anchors"] == {1: "Lists screens", 3: "With\na reason", 5: "Well"}


def test_a_form_without_our_columns_counts_by_its_groups_and_says_so():
    made = form(
        """
        type        | name    | label  | constraint
        begin_group | process | Work   |
        integer     | a       | A?     | . >= 1 and . <= 5
        end_group   |         |        |
        begin_group | people  | People |
        integer     | b       | B?     | . >= 1 and . <= 5
        end_group   |         |        |
        """
    )
    pack = data(made, "pack.yaml")
    assert [(one["id"], one["name"]) for one in pack["competencies"]] == [
        ("process", "Work"),
        ("people", "People"),
    ]
    assert pack["modules"][0]["weights"] == {"process": 50, "people": 50}
    assert "no competency is named for a: they count for 'process'" in told(made)
    assert "no module is named" in told(made)
    assert "no weight is named" in told(made)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("competency", "two words", "'two words' is no id"),
        ("competency", "A;B", "an item counts for one competency"),
        ("weight", "heavy", "'heavy' is no number"),
        ("weight", "200", "a weight goes from 0 to 100"),
        ("points", "z", "'z' is no option of the question; its options are red, blue"),
        ("points", "red=lots", "'lots' is no number"),
    ],
)
def test_a_wrong_cell_in_our_columns_is_refused_with_row_and_column(column, cell, said):
    # the module keeps a weight in sight even where the question does not count
    with pytest.raises(BadInput) as caught:
        form(
            f"type|name|label::en|{column}\nselect_one colour|q|Which?|{cell}"
            if column != "weight"
            else f"type|name|label::en|{column}|competency\nselect_one colour|q|W?|{cell}|BPM"
        )
    assert any(
        line.startswith(f"form.xlsx: sheet 'survey', row 2, column '{column}': ") and said in line
        for line in caught.value.findings
    )


def test_two_weights_for_a_competency_are_refused():
    with pytest.raises(BadInput) as caught:
        form("type|name|label|competency|weight\ntext|a|A?|BPM|20\ntext|b|B?|BPM|30")
    assert "'BPM' weighs 20 above and 30 here" in caught.value.findings[0]
