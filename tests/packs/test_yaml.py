"""YAML as version 1.2 means it, with places, and nothing that could hurt."""

from __future__ import annotations

import math

import pytest

from assess.packs.parse import read_tree


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "on",
        "off",
        "Yes",
        "NO",
        "y",
        "n",
        "1:30",
        "190:20:30",
        "2026-01-31",
        "1_000",
        "0b101",
        "=",
        "1.0.0",
        "+",
        ".",
        "1e",
        "0o8",
        "tRue",
        "nULL",
        "12e03:4",
    ],
)
def test_words_that_older_yaml_took_for_something_else_stay_texts(text):
    assert read_tree(f"key: {text}").data == {"key": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("010", 10),
        ("-.inf", -math.inf),
        ("+12", 12),
        ("1.", 1.0),
    ],
)
def test_plain_words_mean_what_the_core_rules_say(text, value):
    read = read_tree(f"key: {text}").data["key"]
    assert read == value
    assert isinstance(read, type(value))


@pytest.mark.parametrize("text", ["'12'", '"true"', "!!str 12", "|-\n  12", ">-\n  true"])
def test_quoted_and_block_words_are_texts(text):
    assert isinstance(read_tree(f"key: {text}").data["key"], str)


def test_a_number_keeps_its_spelling_for_where_a_text_is_meant():
    assert read_tree("007").data.spelled == "007"
    assert read_tree("1.10").data.spelled == "1.10"


def test_a_very_long_number_is_read_at_once():
    assert math.isinf(read_tree("9" * 100_000).data)


def test_every_value_and_key_has_its_place():
    place = read_tree("a: 1\nb:\n  - x\n  - {c: 流程, d: y}\n").place
    assert place.keys["b"] == (2, 1)
    assert place.parts["b"].parts[0].mark == (3, 5)
    assert place.parts["b"].parts[1].parts["d"].mark == (4, 16)


def test_an_alias_repeats_what_its_anchor_marks():
    assert read_tree("a: &x [1, {b: 2}]\nc: *x").data == {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}


def test_a_billion_laughs_are_refused_without_being_laughed():
    lines = ["a0: &a0 [" + ", ".join(["ha"] * 9) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 40)]
    (mistake,) = read_tree("\n".join(lines)).mistakes
    assert "too large" in mistake.what


@pytest.mark.parametrize("text", ["&a [*a]", "&a {b: *a}", "&a [[[*a]]]"])
def test_what_contains_itself_is_refused(text):
    (mistake,) = read_tree(text).mistakes
    assert "complete at this point" in mistake.what


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "? " * 5000])
def test_depth_without_end_is_refused(text):
    (mistake,) = read_tree(text).mistakes
    assert "inside one another" in mistake.what


@pytest.mark.parametrize("text", ["!!python/object/apply:os.system [ls]", "!x y", "!!binary aGk="])
def test_tags_make_nothing_happen(text):
    (mistake,) = read_tree(f"key: {text}").mistakes
    assert "tag" in mistake.what


@pytest.mark.parametrize("text", ["? [a]\n: b", "? {a: b}\n: c", "~: b"])
def test_a_key_that_is_no_word_is_a_mistake(text):
    assert [mistake.mark[0] for mistake in read_tree(text).mistakes] == [1]


def test_all_doubled_keys_are_told_with_the_way_to_them():
    mistakes = read_tree("a: {b: 1, b: 2}\nc:\n  - id: x\n    d: 1\n    d: 2\n").mistakes
    assert [(mistake.mark, mistake.way) for mistake in mistakes] == [
        ((1, 11), ("a", "b")),
        ((5, 5), ("c", "x", "d")),
    ]


def test_a_merge_key_is_an_ordinary_key():
    assert read_tree("a: &a {b: 1}\nc: {<<: *a}").data["c"] == {"<<": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "mark", "said"),
    [
        ("a: {en: Tell: what, zh: b}", (1, 13), "a colon stands inside a text"),
        ("a: {en: Tell me， zh: b}", (1, 16), "a full-width comma stands here"),
        ("a: [x, y\nb: {en: x}", (1, 4), "the list that begins here with '[' is not closed"),
        ("a:\n  en: 'Tell me' about\n  zh: x", (2, 17), "and something follows"),
        ("a:\n  - [S] about\n  - x", (2, 9), "and something follows"),
        ("a: *very* good", (1, 4), "a text may not begin with '*'"),
        ("a: 1\ntype：number\nb: 2", (2, 5), "full-width"),
        ("- id：X\n  type: number", (1, 5), "full-width"),
        ("- id: X\n  type:number\n  b: 2", (2, 7), "no blank stands behind the colon"),
        ("- id: X\n\u3000 type: number\n  b: 2", (2, 1), "begins with a blank"),
        ("a:\n  en: Tell me\n  and: this: that", (3, 12), "a colon stands inside a text"),
        ("流程：\n  en: x\nb: 流程：x: y", (1, 3), "full-width"),
    ],
)
def test_what_typing_slips_into_is_told_where_it_stands(text, mark, said):
    (mistake,) = read_tree(text).mistakes
    assert mistake.mark == mark
    assert said in mistake.what
