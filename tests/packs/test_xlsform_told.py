"""What authors of a form are told, message by message, and what is made of the row all the same."""

from __future__ import annotations

import pytest
from xlsforms import form, items, sheets, told

from assess.errors import BadInput
from assess.packs.xlsform import import_form

COLOURS = "list_name|name|label\nc|red|Red\nc|blue|Blue\nc|other|Other"


@pytest.mark.parametrize(
    ("survey", "choices", "message"),
    [
        (
            "type|name|label\nselect_one_from_file towns.csv|q|Where?\ninteger|n|How many?",
            "",
            "its options come from 'towns.csv', not from the form: it is left out",
        ),
        (
            "type|name|label\nselect_one c|q|Which?\ninteger|n|How many?",
            "list_name|name|label\nc|red|Red",
            "it has a single option: it is left out",
        ),
        (
            "type|name|label|choice_filter\ninteger|n|How many?|\nselect_one c|q|Which?|${n} > 1",
            COLOURS,
            "its options depend on other answers (${n} > 1): all of them are shown",
        ),
        (
            "type|name|label|parameters\nselect_one c|q|Which?|randomize=true",
            COLOURS,
            "options keep the order of the file",
        ),
        (
            "type|name|label\nselect_one c|q|Which?",
            "list_name|name|label\nc|2 a|Red\nc|b|Blue",
            "options have other ids: 2 a →",
        ),
        (
            "type|name|label\ninteger|n|How many?\ntext|q|Why ${n}?",
            None,
            "its text refers to an earlier answer, which is not filled in",
        ),
        (
            "type|name|label|required\ninteger|n|How many?|\ntext|q|Why?|${n} > 1",
            None,
            "required '${n} > 1' is left out: it depends on other answers",
        ),
    ],
)
def test_what_is_left_out_or_changed_is_told(survey, choices, message):
    assert message in told(form(survey, choices))


@pytest.mark.parametrize(
    ("survey", "message"),
    [
        ("type|name|label|anchor::en::more::1\ninteger|q|How?|x", "anchor::1::English (en)"),
        ("type|name|label|anchor\ninteger|q|How?|all of it", "begin each line with its level"),
        (
            "type|name|label|points\nselect_one colour|q|Which?|green",
            "'green' is no option of the question; its options are red, blue",
        ),
        (
            "type|name|label|points\nselect_one colour|q|Which?|red=much",
            "'much' is no number",
        ),
        (
            "type|name|label|points::en\nselect_one colour|q|Which?|red",
            "the column has no languages",
        ),
        (
            "type|name|label|competency::en\ninteger|q|How?|BPM",
            "the column is for ids and has no languages",
        ),
        ("type|name|label|competency\ninteger|q|How?|B P", "'B P' is no id"),
        (
            "type|name|label|anchor::7|parameters\nrange|q|How?|all|start=1 end=5 step=1",
            "the scale goes from 1 to 5",
        ),
        (
            "type|name|label|anchor::1|points\nselect_one colour|q|Which?|x|red",
            "an item with options or points has no anchors",
        ),
    ],
)
def test_a_column_of_our_own_that_cannot_be_read_is_refused(survey, message):
    with pytest.raises(BadInput) as caught:
        import_form("form.xlsx", sheets(survey))
    assert message in "\n".join(caught.value.findings)


def test_hints_and_probes_are_told_apart_by_language():
    made = form(
        """
        type    | name | label::English (en) | label::中文 (zh) | hint::English (en) | probes
        integer | n    | How many?           | 多少？           | In full years      | Since when?
        """
    )
    assert items(made)["n"]["probes"] == {"en": ["Since when?", "In full years"]}


def test_a_hint_is_asked_where_there_is_no_label():
    assert items(form("type|name|label|hint\ninteger|q||In full years"))["q"]["ask"] == (
        "In full years"
    )


def test_a_question_with_shuffled_options_keeps_them():
    survey = "type|name|label|parameters\nselect_one c|q|Which?|randomize=true"
    made = form(f"{survey}\nselect_multiple c|some|Which ones?|randomize=true, seed=7", COLOURS)
    for name in ("q", "some"):
        assert [one["id"] for one in items(made)[name]["options"]] == ["red", "blue", "other"]


def test_anchors_give_options_that_are_numbers_their_scale():
    made = form(
        "type|name|label|anchor::1|anchor::4\nselect_one c|q|How well?|by rote|alone",
        "list_name|name|label\nc|1|One\nc|2|Two\nc|4|Four",
    )
    item = items(made)["q"]
    assert item["type"] == "rating"
    assert item["scale"] == {"from": 1, "to": 4}


def test_yes_and_no_without_points_are_a_yes_no_question_and_with_points_are_not():
    plain = items(form("type|name|label\nselect_one yn|q|Really?"))["q"]
    assert plain["type"] == "yes_no"
    keyed = items(form("type|name|label|points\nselect_one yn|q|Really?|no"))["q"]
    assert {one["id"]: one["points"] for one in keyed["options"]} == {"yes": 0, "no": 1}
