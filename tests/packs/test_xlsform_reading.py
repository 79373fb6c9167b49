"""The languages of an XLSForm, and forms that cannot be read."""

from __future__ import annotations

import sys

import pytest
from xlsforms import data, form, items, sheets

from assess.errors import AssessError, BadInput
from assess.packs.load import load_pack_files
from assess.packs.xlsform import import_form
from assess.packs.xlsform_sheets import GivenSheet


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
    assert said in " ".join([str(caught.value), *caught.value.findings, caught.value.hint])


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
