"""What is asked of whom, and which values an item takes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from assess.model.asking import fits, shown_items
from assess.model.condition import Condition
from assess.model.items import Item
from assess.packs import load_pack_files

OPTIONS = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
ITEMS: dict[str, dict[str, Any]] = {
    "rating": {"competency": "BPM"},
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS},
    "yes_no": {},
    "number": {"range": {"low": 0, "high": 10}},
    "text": {},
}
TAKEN = {
    "rating": ([1, 5, 2.5], [0, 6, True, "3", None, float("nan")]),
    "choice": (["a"], ["c", ["a"], 1, None]),
    "choices": ([["b", "a"], []], [["a", "a"], ["c"], "a", None]),
    "yes_no": ([True, False], [1, 0, "yes", None]),
    "number": ([0, 10, 0.5], [-1, 11, True, "3", float("inf"), None]),
    "text": (["", "any words"], [3, ["words"], None]),
}
PACK = b"""
pack: small
version: 1.0.0
languages: [en]
title: small
scale: {from: 1, to: 5}
competencies: [{id: BPM, name: b}]
modules: [{id: PROC, name: p, weights: {BPM: 100}}]
bands: [{id: all, from: 0, name: all}]
waves: [{id: M0, name: first, asks: all}]
"""
QUESTIONS = b"""
questionnaire: interview
for: interviewer
title: q
sections:
  - title: s
    items:
      - {id: BPM-1, type: rating, competency: BPM, ask: one}
      - {id: BPM-2, type: rating, competency: BPM, ask: two, when: {item: BPM-1, at_least: 4}}
      - id: BPM-3
        type: rating
        competency: BPM
        ask: three
        when:
          any: [{item: BPM-2, at_least: 4}, {all: [{item: BPM-1, equals: 1}, {module: [PROC]}]}]
"""


@pytest.fixture(scope="module")
def pack():
    return load_pack_files({"pack.yaml": PACK, "interview.yaml": QUESTIONS})


@pytest.mark.parametrize("kind", TAKEN)
def test_an_item_takes_its_own_values_and_no_others(pack, kind):
    described = {"id": "X-1", "type": kind, "ask": "?", **ITEMS[kind]}
    item = TypeAdapter(Item).validate_python(described)
    good, bad = TAKEN[kind]
    assert [fits(pack, item, value) for value in good] == [True] * len(good)
    assert [fits(pack, item, value) for value in bad] == [False] * len(bad)


def test_an_answer_to_a_hidden_item_counts_for_no_other(pack):
    questionnaire = pack.questionnaires["interview"]

    def shown(modules=("STOCK",), **given):
        answers = {f"BPM-{number[1:]}": value for number, value in given.items()}
        return sorted(shown_items(questionnaire, answers, modules))

    assert shown() == ["BPM-1"]
    assert shown(_1=4, _2=4) == ["BPM-1", "BPM-2", "BPM-3"]
    assert shown(_1=3, _2=4) == ["BPM-1"]
    assert shown(("PROC",), _1=1) == ["BPM-1", "BPM-3"]
    assert shown(_1=1) == ["BPM-1"]


@pytest.mark.parametrize(
    ("condition", "answer", "holds"),
    [
        ({"equals": 3.0}, "3", True),
        ({"equals": "yes"}, True, True),
        ({"equals": True}, "no", False),
        ({"in": [1, 2.0]}, ["2"], True),
        ({"in": ["a"]}, None, False),
        ({"answered": False}, None, True),
        ({"at_least": 2}, True, False),
    ],
)
def test_answers_are_compared_as_people_write_them(condition, answer, holds):
    one = Condition.model_validate({"item": "X-1", **condition})
    given = {} if answer is None else {"X-1": answer}
    assert one.holds(given, ()) is holds
    assert Condition.model_validate({"not": one}).holds(given, ()) is not holds
