"""What answers to knowledge items earn, and what is possible and guessed."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from assess.model.items import Item

MAKE = TypeAdapter(Item)


def item(**said):
    return MAKE.validate_python({"id": "I", "ask": "?", **said})


def options(**points):
    return [{"id": name, "text": name, "points": value} for name, value in points.items()]


def test_one_option_earns_its_points_and_guessing_their_mean():
    one = item(type="choice", options=options(a=2, b=0, c=1))
    assert [one.earned(answer) for answer in ("a", "b", "c", "gone")] == [2, 0, 1, 0]
    assert (one.possible, one.guessed, one.keyed) == (2, 1, True)


def test_several_options_add_up_and_never_below_nothing():
    some = item(type="choices", options=options(a=2, b=1, c=-2))
    assert some.earned(["a", "b"]) == 3
    assert some.earned(["b", "c"]) == 0
    assert some.earned("a") == 2
    assert (some.possible, some.guessed, some.keyed) == (3, 0, True)


def test_bounds_hold_what_several_options_earn_on_both_sides():
    some = item(type="choices", options=options(a=2, b=1, c=-2), bounds={"from": -1, "to": 2})
    assert some.earned(["a", "b"]) == 2
    assert some.earned(["c"]) == -1
    assert some.possible == 2


@pytest.mark.parametrize(
    ("value", "points"), [(4, 0), (5, 1), (9.5, 1), (10, 3), (99, 3), ("10", 0), (None, 0)]
)
def test_a_number_earns_the_points_of_the_last_band_at_or_below_it(value, points):
    number = item(type="number", bands=[{"from": 10, "points": 3}, {"from": 5, "points": 1}])
    assert number.earned(value) == points
    assert (number.possible, number.guessed, number.keyed) == (3, 0, True)


def test_an_item_without_points_is_no_knowledge_item():
    plain = [{"id": "a", "text": "a"}, {"id": "b", "text": "b"}]
    assert not item(type="choice", options=plain).keyed
    assert not item(type="number").keyed
    assert not item(type="text").keyed
