"""Answers kept as columns say what the same answers say as objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.model.asking import answers_of, fits, values
from assess.model.pack import Pack
from assess.model.records import STATES, current
from assess.packs import find_pack, load_pack
from assess.workspace.standing_answers import standing

_SHIPPED = load_pack(find_pack("key-user"))
_FIRST, *_OTHERS = list(_SHIPPED.items)[:6]
PACK = _SHIPPED.model_copy(update={"aliases": {"FORMER": _FIRST}})
ITEMS = ["FORMER", _FIRST, *_OTHERS, "GONE"]


@st.composite
def records(draw: st.DrawFn) -> list[Mapping[str, Any]]:
    """Answers, some of which revise earlier ones, some of which stand beside them."""
    found: list[Mapping[str, Any]] = []
    for number in range(draw(st.integers(0, 12))):
        earlier = [one["id"] for one in found]
        found.append(
            {
                "id": f"{number:026}",
                "kind": draw(st.sampled_from(["answer", "answer", "answer", "flag"])),
                "item": draw(st.sampled_from(ITEMS)),
                "state": draw(st.sampled_from(STATES)),
                "value": draw(st.sampled_from([None, 1, 4.5, 99, True, "a", ["a", "b"]])),
                "note": draw(st.sampled_from(["", None, " \t", "seen", "看过"])),
                "at": f"2027-01-0{draw(st.integers(1, 3))}T00:00:00+00:00",
                "revises": draw(st.lists(st.sampled_from(earlier), max_size=2)) if earlier else [],
            }
        )
    return found


def as_objects(heads: list[Mapping[str, Any]], pack: Pack, others: bool) -> dict[str, Any]:
    return {
        item: answer
        for item, answer in answers_of(heads, pack).items()
        if item in pack.items
        and not (
            others and answer.state == "answered" and not fits(pack, pack.items[item], answer.value)
        )
    }


@given(records(), st.booleans())
def test_columns_say_what_objects_say(found, others):
    heads = current(found)
    expected = as_objects(heads, PACK, others)
    answers = standing(heads, PACK, others=others)
    assert dict(answers.items()) == dict(answers) == expected
    assert list(answers) == list(expected)
    assert list(answers.values()) == list(expected.values())
    assert len(answers) == len(expected)
    assert dict(answers.answered()) == values(expected)
    assert answers.several == any(len(one.heads) > 1 for one in expected.values())
    assert [(*row,) for row in answers.rows()] == [
        (one.item, one.state, one.value, bool(one.note.strip())) for one in expected.values()
    ]
    asked = set(ITEMS[::2])
    assert answers.decided(asked) == sum(
        one.given for one in expected.values() if one.item in asked
    )
    for item in ITEMS:
        assert (item in answers) == (item in expected)
        assert answers.get(item) == expected.get(item)
        assert answers.state(item) == (expected[item].state if item in expected else None)
        if item in expected:
            assert answers.value(item) == expected[item].value


def test_what_was_not_answered_has_no_value():
    with pytest.raises(KeyError):
        standing([], PACK, others=False).value(ITEMS[0])


def test_an_item_is_found_under_its_present_name():
    record = {"id": "0" * 26, "kind": "answer", "item": "FORMER", "state": "answered", "value": 3}
    answers = standing([{**record, "at": "2027-01-01T00:00:00+00:00"}], PACK, others=False)
    assert answers.value(_FIRST) == 3
    assert "FORMER" not in answers
