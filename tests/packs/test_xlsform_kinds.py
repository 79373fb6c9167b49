"""Each kind of question of an XLSForm becomes its kind of item, or is told."""

from __future__ import annotations

import pytest
from xlsforms import data, form, items, told


def test_each_kind_of_question_becomes_its_kind_of_item():
    made = form(
        """
        type                   | name | label::English (en) | label::中文 (zh) | parameters
        select_one colour      | one  | Which?              | 哪个？           |
        select_multiple colour | some | Which ones?         | 哪些？           |
        select_one yn          | yn   | Really?             | 真的？           |
        integer                | int  | How many?           | 多少？           |
        decimal                | dec  | How much?           | 多少？           |
        range                  | ten  | 0 to 10?            | 0到10？   | start=0 end=10 step=1
        range                  | five | 1 to 5?             | 1到5？    | start=1 end=5 step=1
        text                   | text | Why?                | 为什么？         |
        date                   | day  | When?               | 何时？           |
        acknowledge            | ack  | Understood?         | 明白？           |
        """
    )
    assert {name: item["type"] for name, item in items(made).items()} == {
        "one": "choice",
        "some": "choices",
        "yn": "yes_no",
        "int": "number",
        "dec": "number",
        "ten": "number",
        "five": "rating",
        "text": "text",
        "day": "text",
        "ack": "yes_no",
    }
    assert items(made)["one"]["ask"] == {"en": "Which?", "zh": "哪个？"}
    assert items(made)["one"]["options"] == [
        {"id": "red", "text": {"en": "Red", "zh": "红"}},
        {"id": "blue", "text": {"en": "Blue", "zh": "蓝"}},
    ]
    assert items(made)["ten"]["range"] == {"from": 0, "to": 10}
    assert data(made, "pack.yaml")["languages"] == ["en", "zh"]
    assert "row 10, 'day': a question of type 'date' is answered by text" in told(made)


@pytest.mark.parametrize(
    ("type", "constraint", "expected"),
    [
        ("integer", ". >= 1 and . <= 5", {"type": "rating"}),
        ("integer", ". > 0 and . < 6", {"type": "rating"}),
        ("integer", ". >= 0 and . <= 120", {"type": "number", "range": {"from": 0, "to": 120}}),
        ("integer", ".>17 and .<=99", {"type": "number", "range": {"from": 18, "to": 99}}),
        ("decimal", "0.5 <= . and 2 >= .", {"type": "number", "range": {"from": 0.5, "to": 2}}),
    ],
)
def test_a_constraint_gives_a_number_its_bounds(type, constraint, expected):
    made = form(f"type|name|label|constraint\n{type}|q|How?|{constraint}")
    item = items(made)["q"]
    assert {key: item[key] for key in expected} == expected
    assert "constraint" not in told(made)


@pytest.mark.parametrize(
    ("type", "constraint"),
    [
        ("integer", ". >= 0"),
        ("integer", "regex(., '^a')"),
        ("integer", ". != 5"),
        ("decimal", ". > 0 and . < 1"),
        ("text", "string-length(.) > 3"),
    ],
)
def test_a_constraint_without_a_counterpart_is_told(type, constraint):
    made = form(f"type|name|label|constraint\n{type}|q|How?|{constraint}")
    assert "range" not in items(made)["q"]
    assert "row 2, 'q'" in told(made)


def test_hints_are_asked_with_the_question_and_notes_go_with_the_next_one():
    made = form(
        """
        type    | name  | label         | hint            | required
        note    | hello | Welcome.      |                 |
        integer | age   | How old?      | In full years   | yes
        note    | more  | Now the work. |                 |
        text    | work  | What do you?  |                 | no
        note    | bye   | Thank you.    |                 |
        """
    )
    assert data(made)["intro"] == "Welcome."
    assert items(made)["age"]["probes"] == ["In full years"]
    assert items(made)["age"]["required"] is True
    assert items(made)["work"]["ask"] == "Now the work.\n\nWhat do you?"
    assert "required" not in items(made)["work"]
    assert "note without a question below it is left out: Thank you." in told(made)


def test_an_or_other_option_brings_its_question_along():
    made = form("type|name|label::en|label::zh\nselect_one colour or_other|c|Which?|哪个？")
    assert [one["id"] for one in items(made)["c"]["options"]] == ["red", "blue", "other"]
    assert items(made)["c"]["options"][2]["text"] == {"en": "Other", "zh": "其他"}
    assert items(made)["c_other"]["when"] == {"item": "c", "equals": "other"}
    assert items(made)["c_other"]["ask"] == {"en": "Please specify.", "zh": "请说明。"}


@pytest.mark.parametrize(
    "row",
    [
        "geopoint|q|Where?",
        "image|q|Look?",
        "audio|q|Hear?",
        "rank colour|q|Order?",
        "select_one_from_file towns.csv|q|Town?",
    ],
)
def test_what_a_pack_cannot_ask_is_left_out_and_told(row):
    made = form(f"type|name|label\ntext|a|A?\n{row}")
    assert list(items(made)) == ["a"]
    assert "row 3, 'q':" in told(made)


def test_what_the_form_works_out_itself_is_told():
    made = form("type|name|label|calculation\ntext|a|A?|\ncalculate|sum||1+1\nstart|begun||")
    assert list(items(made)) == ["a"]
    assert "row 3, 'sum'" in told(made)
    assert "row 4, 'begun'" in told(made)


def test_columns_and_settings_without_a_counterpart_are_told():
    made = form(
        """
        type | name | label | appearance | media::image | default | constraint_message | my own
        text | a    | A?    | multiline  | a.png        | x       | Be brief           | mine
        """,
        settings="form_title|style\nT|pages",
    )
    for column in ("appearance", "media::image", "default", "constraint_message", "my own"):
        assert f"column '{column}' has no counterpart and is left out (row 2)" in told(made)
    assert "settings without a counterpart are left out: style" in told(made)
