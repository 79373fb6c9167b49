"""XLSForms as packs: what has a counterpart is taken over, all else is told."""

from __future__ import annotations

import sys

import pytest
from xlsforms import data, form, items, sheets, told

from assess.errors import AssessError, BadInput
from assess.packs.load import load_pack_files
from assess.packs.xlsform import import_form
from assess.packs.xlsform_sheets import GivenSheet

# -- kinds of questions


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


# -- groups


def test_groups_become_sections_and_nested_ones_name_both():
    made = form(
        """
        type        | name  | label
        text        | a     | A?
        begin_group | outer | Outer
        text        | b     | B?
        begin_group | inner | Inner
        text        | c     | C?
        end_group   |       |
        text        | d     | D?
        end_group   |       |
        """,
        settings="form_title\nThe form",
    )
    assert [
        (section["title"], [item["id"] for item in section["items"]])
        for section in data(made)["sections"]
    ] == [("The form", ["a"]), ("Outer", ["b"]), ("Outer – Inner", ["c"]), ("Outer", ["d"])]


def test_a_repeat_is_asked_once_and_told():
    made = form("type|name|label\nbegin_repeat|r|Each\ntext|a|A?\nend_repeat||")
    assert list(items(made)) == ["a"]
    assert "row 2, 'r': a repeat has no counterpart: its questions are asked once" in told(made)


def test_a_groups_condition_holds_for_all_in_it():
    made = form(
        """
        type          | name | label::en | relevant
        select_one yn | own  | Own?      |
        begin_group   | g    | G         | ${own} = 'yes'
        text          | a    | A?        |
        integer       | n    | N?        | ${a} != ''
        end_group     |      |           |
        """
    )
    own = {"item": "own", "equals": True}
    assert items(made)["a"]["when"] == own
    assert items(made)["n"]["when"] == {"all": [own, {"item": "a", "answered": True}]}


def test_names_that_come_twice_get_ids_of_their_own():
    made = form(
        """
        type        | name | label
        begin_group | g    | G
        text        | a    | First?
        end_group   |      |
        begin_group | h    | H
        text        | a    | Second?
        end_group   |      |
        """
    )
    assert list(items(made)) == ["a", "h.a"]
    assert "row 6, 'a': the question's id is 'h.a'" in told(made)


# -- conditions


def test_a_condition_that_cannot_be_translated_is_told_with_the_reason():
    made = form(
        """
        type     | name | label | relevant
        geopoint | here | Where |
        text     | a    | A?    | ${here} != ''
        text     | b    | B?    | today() > '2020-01-01'
        """
    )
    assert "when" not in items(made)["a"]
    assert "row 3, 'a': relevant '${here} != ''' is left out" in told(made)
    assert "'here' is no question of the pack" in told(made)
    assert "row 4, 'b': relevant" in told(made)


def test_questions_that_wait_for_one_another_are_asked_always():
    made = form("type|name|label|relevant\ntext|a|A?|${b} = 'x'\ntext|b|B?|${a} = 'y'")
    assert items(made)["a"]["when"] == {"item": "b", "equals": "x"}
    assert "when" not in items(made)["b"]
    assert "the questions wait for one another" in told(made)


# -- our columns


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


# -- languages


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("English (en)", "en"),
        ("中文 (zh)", "zh"),
        ("en", "en"),
        ("zh-Hans", "zh-Hans"),
        ("Français", "fr"),
        ("Chinese", "zh"),
        ("Klingon", "und-Klingon"),
    ],
)
def test_a_language_gets_its_code(name, code):
    made = form(f"type|name|label::{name}\ntext|a|A?", choices="")
    assert data(made, "pack.yaml")["languages"] == [code]
    assert items(made)["a"]["ask"] == {code: "A?"}


def test_typographic_quotation_marks_are_kept():
    made = form("type|name|label::zh\ntext|a|什么是“动态成本”？", choices="")
    assert items(made)["a"]["ask"] == {"zh": "什么是“动态成本”？"}


def test_a_form_without_languages_is_in_the_one_it_is_written_in():
    alone = form("type|name|label\ntext|a|你好吗？", choices="")
    assert data(alone, "pack.yaml")["languages"] == ["zh"]


def test_the_default_language_takes_the_columns_without_one():
    made = form(
        "type|name|label|label::中文 (zh)\ntext|a|Why?|为什么？",
        choices="",
        settings="default_language\nEnglish (en)",
    )
    assert items(made)["a"]["ask"] == {"en": "Why?", "zh": "为什么？"}
    assert data(made, "pack.yaml")["languages"] == ["en", "zh"]


# -- forms that cannot be read


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([("questions", "type|name"), ("choices", "a|b")], "there is no sheet 'survey'"),
        ([("survye", "type|name"), ("choices", "a|b")], "Rename 'survye' to 'survey'"),
        ([("survey", "type|name|label|label\ntext|a|A|B")], "columns C and D are both called"),
        ([("survey", "type|name|label")], "holds column names and no questions"),
        ([("survey", "type|name|label\ntext|a b|A")], "no valid XLSForm"),
        ([("survey", "type|name|label\nfoo|a|A")], "Unknown question type"),
        ([("survey", "type|name|label\nselect_one x|a|A")], "choices"),
        ([("survey", "type|name|label\nbegin_group|a|A\ntext|b|B")], "no valid XLSForm"),
        ([("survey", "type|name|label|relevant\ntext|a|A|${zz}=1")], "zz"),
        ([("survey", "type|name|label\ngeopoint|a|A")], "no question that a pack can ask"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused_with_the_reason(given, said):
    from xlsforms import grid

    with pytest.raises(BadInput) as caught:
        import_form("form.xlsx", [GivenSheet(name, grid(text)) for name, text in given])
    assert said in " ".join([str(caught.value), *caught.value.findings])


def test_empty_and_merged_sheets_are_refused():
    with pytest.raises(BadInput) as caught:
        import_form("form.xlsx", [GivenSheet("survey", []), GivenSheet("choices", [])])
    assert "sheet 'survey' is empty" in caught.value.findings[0]
    merged = [GivenSheet("survey", [["type", "name"], ["text", "a"]], ["A2:B2"])]
    with pytest.raises(BadInput) as caught:
        import_form("form.xlsx", merged)
    assert "merged cells (A2:B2): unmerge them" in caught.value.findings[0]


def test_without_pyxform_the_command_that_adds_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyxform.builder", None)
    with pytest.raises(AssessError) as caught:
        import_form("form.xlsx", sheets("type|name|label\ntext|a|A?"))
    assert "pyxform" in str(caught.value)
    assert "pip install 'assess[xlsform]'" in caught.value.hint


def test_answers_are_read_in_the_words_of_the_form():
    made = form("type|name|label::en\nselect_one colour|q|Which?")
    pack = load_pack_files(made.files)
    assert pack.items["q"].ask.say("en") == "Which?"


def test_a_question_without_a_type_is_told_by_row_and_without_the_row_as_pyxform_holds_it():
    with pytest.raises(BadInput) as refused:
        import_form("f.xlsx", sheets(survey="type|name|label\ntext|a|A\n|b|B"))
    assert str(refused.value).endswith("[row : 3] Question with no type.")
