"""Groups, repeats and conditions of an XLSForm."""

from __future__ import annotations

from xlsforms import data, form, items, told


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
