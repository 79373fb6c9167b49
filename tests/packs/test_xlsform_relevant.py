"""XLSForm's expressions as conditions: the same answers let a question be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.model.condition import Condition
from assess.packs.xlsform_expression import Untranslatable, parse
from assess.packs.xlsform_relevant import Answered, bounds, condition

ITEMS = {
    "q": Answered("q", "choice", {"a": "a", "b": "b", "1": "1", "2": "2"}),
    "codes": Answered("codes", "choice", {"1": "1", "2": "2", "3": "3", "1234567": "big"}),
    "m": Answered("m", "choices", {"a": "a", "b": "b"}),
    "n": Answered("n", "number"),
    "i": Answered("i", "number", whole=True),
    "t": Answered("t", "text"),
    "y": Answered("y", "yes_no"),
}


def holds(expression: str, **answers: object) -> bool:
    found = condition(expression, ITEMS.get)
    if found is None:
        return True
    return Condition.model_validate(found, by_alias=True).holds(answers, [])


@pytest.mark.parametrize(
    ("expression", "yes", "no"),
    [
        ("${q} = 'a'", {"q": "a"}, {"q": "b"}),
        ('${q}="a"', {"q": "a"}, {}),
        ("${q} != 'a'", {"q": "b"}, {"q": "a"}),
        ("${q} != 'a'", {}, {"q": "a"}),
        ("selected(${m}, 'a')", {"m": ["b", "a"]}, {"m": ["b"]}),
        ("not(selected(${m}, 'a'))", {"m": ["b"]}, {"m": ["a"]}),
        ("selected(../q, 'b')", {"q": "b"}, {"q": "a"}),
        ("/data/g/n > 3", {"n": 3.5}, {"n": 3}),
        ("${n} >= 3", {"n": 3}, {"n": 2.9}),
        ("${n} < 3", {"n": 2.9}, {"n": 3}),
        ("${n} < 3", {"n": 0}, {}),
        ("${n} <= 3", {"n": 3}, {"n": 3.1}),
        ("3 <= ${n}", {"n": 3}, {"n": 2}),
        ("${n} = -2", {"n": -2}, {"n": 2}),
        ("${i} > 17", {"i": 18}, {"i": 17}),
        ("${codes} >= 2", {"codes": "3"}, {"codes": "1"}),
        ("${codes} = 2", {"codes": "2"}, {"codes": "1"}),
        ("${codes} = 1234567", {"codes": "big"}, {"codes": "1"}),
        ("${y} = 'yes'", {"y": True}, {"y": False}),
        ("${y} = 'no'", {"y": False}, {}),
        ("${t} != ''", {"t": "x"}, {}),
        ("${t} = ''", {}, {"t": "x"}),
        ("string-length(${t}) > 0", {"t": "x"}, {}),
        ("count-selected(${m}) >= 1", {"m": ["a"]}, {}),
        ("${q}='a' and (${n}>3 or ${y}='yes')", {"q": "a", "n": 4}, {"q": "a", "n": 3}),
        ("(${q}='a' or ${q}='b') and not(${y}='yes')", {"q": "b"}, {"q": "b", "y": True}),
        ("true() and ${n} = 1", {"n": 1}, {"n": 2}),
        ("false() or ${n} = 1", {"n": 1}, {"n": 2}),
    ],
)
def test_a_condition_holds_for_the_same_answers(expression, yes, no):
    assert holds(expression, **yes)
    assert not holds(expression, **no)


@pytest.mark.parametrize("expression", ["true()", "1 = 1", "not(false())"])
def test_what_always_holds_is_no_condition(expression):
    assert condition(expression, ITEMS.get) is None


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("${z} = 1", "'z' is no question"),
        ("${q} = 'green'", "no option 'green'"),
        ("${t} > 3", "not answered by a number"),
        ("${n} = ${i}", "other than a fixed value"),
        ("if(${n}, 1, 2)", "if() has no counterpart"),
        ("regex(${t}, '^a')", "regex() has no counterpart"),
        ("${n} + 1 > 2", "'+' has no counterpart"),
        ("count-selected(${m}) > 2", "count-selected() has no counterpart"),
        ("(${n} = 1", "')' is missing"),
        ("${n} =", "ends too early"),
        ("false()", "never holds"),
        ("(" * 500 + "1" + ")" * 500, "nested too deeply"),
    ],
)
def test_what_has_no_counterpart_is_named(expression, why):
    with pytest.raises(Untranslatable) as caught:
        condition(expression, ITEMS.get)
    assert why in str(caught.value)


@given(st.text("()=<>!.,'\"${}qnt and or not selected 0123456789/-+", max_size=40))
def test_any_expression_is_translated_or_named(expression):
    try:
        found = condition(expression, ITEMS.get)
    except Untranslatable as error:
        assert str(error)
    else:
        assert found is None or Condition.model_validate(found, by_alias=True)


@pytest.mark.parametrize(
    ("expression", "ends"),
    [
        (". >= 1 and . <= 5", (1, 5)),
        ("(. > 0) and (. < 10)", (1, 9)),
        (". = 3", (3, 3)),
        (". <= 7 and . <= 5", (None, 5)),
    ],
)
def test_bounds_of_whole_numbers(expression, ends):
    assert bounds(expression, whole=True) == ends


@pytest.mark.parametrize("expression", [". < 5", ". = 1 or . = 2", "${n} > 1", ". > today()"])
def test_bounds_that_are_more_than_two_ends(expression):
    with pytest.raises(Untranslatable):
        bounds(expression, whole=False)
    assert parse(expression)
