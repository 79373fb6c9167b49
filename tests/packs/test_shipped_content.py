"""The knowledge check that ships: nothing but knowledge tells which option is the key."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assess.packs import load_pack, shipped_packs

BIG = ("COST", "PLAN", "PROC", "FIN")
LANGUAGES = ("en", "zh")
ABSOLUTE = {
    "en": re.compile(r"\b(always|never|only|all|every|none|any|must|nothing|whatever)\b", re.I),
    "zh": re.compile("一律|永远|从不|绝不|只能|任何|完全|全部|必须|所有"),
}
BUILT = {
    "a reason within the option": {"en": r"\b(since|because|so that)\b", "zh": "因为|以便|使"},
    "two parts": {"en": ",", "zh": "，"},
}


@pytest.fixture(scope="module")
def pack():
    return load_pack(shipped_packs()["key-user"])


@pytest.fixture(scope="module")
def items(pack):
    return pack.questionnaires["knowledge"].items


def key_of(item):
    (key,) = [option for option in item.options if option.points]
    return key


def lengths(item, language):
    """The length of the key's text, and those of the other options."""
    key = key_of(item)
    sizes = {option.id: len(option.text.say(language)) for option in item.options}
    return sizes.pop(key.id), list(sizes.values())


def test_four_modules_have_ten_items_and_the_others_six(pack, items):
    counted = Counter(module for item in items for module in item.modules)
    assert set(counted) == set(pack.modules)
    for module, number in counted.items():
        assert number >= (10 if module in BIG else 6), module
        assert pack.modules[module].knowledge == {"BPM": 0.4}


def test_every_item_has_four_options_one_key_and_a_reason(items):
    for item in items:
        assert [option.id for option in item.options] == list("ABCD"), item.id
        assert key_of(item).points == 1
        assert item.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_is_neither_the_longest_nor_the_shortest_option_too_often(items, language):
    longest = [i.id for i in items if lengths(i, language)[0] >= max(lengths(i, language)[1])]
    shortest = [i.id for i in items if lengths(i, language)[0] < min(lengths(i, language)[1])]
    assert len(longest) <= len(items) / 3, longest
    assert len(shortest) <= len(items) / 3, shortest


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_is_on_average_as_long_as_the_others(items, language):
    parts = [key / (sum(rest) / len(rest)) for key, rest in (lengths(i, language) for i in items)]
    assert sum(parts) / len(parts) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_options_of_an_item_are_of_one_size(items, language):
    for item in items:
        sizes = [len(option.text.say(language)) for option in item.options]
        assert max(sizes) <= 1.6 * min(sizes) + 2, (item.id, sizes)


def test_keys_are_spread_over_the_positions_in_the_whole_and_in_each_module(pack, items):
    spread = Counter(key_of(item).id for item in items)
    assert max(spread.values()) - min(spread.values()) <= 2
    for module in pack.modules:
        own = Counter(key_of(item).id for item in items if module in item.modules)
        assert set(own) == set("ABCD"), module
        assert max(own.values()) <= 3, module


def test_no_run_of_three_items_has_its_key_in_one_place(items):
    keys = [key_of(item).id for item in items]
    assert not any(len(set(keys[at : at + 3])) == 1 for at in range(len(keys) - 2))


def test_no_option_speaks_of_the_other_options(items):
    words = re.compile(r"of the above|all of these|none of these|以上|上述|都对|都不对")
    for item in items:
        for option in item.options:
            for language in LANGUAGES:
                assert not words.search(option.text.say(language)), (item.id, option.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_know_no_exception_do_not_give_the_wrong_options_away(items, language):
    told = {True: 0, False: 0}
    for item in items:
        for option in item.options:
            told[bool(option.points)] += bool(ABSOLUTE[language].search(option.text.say(language)))
    assert told[False] <= 3 * (told[True] + len(items) * 0.08), told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cue", ["a reason within the option", "two parts"])
def test_how_an_option_is_built_does_not_tell_the_key(items, language, cue):
    found = re.compile(BUILT[cue][language])
    told = Counter()
    for item in items:
        for option in item.options:
            told[bool(option.points)] += bool(found.search(option.text.say(language)))
    right, wrong = told[True], told[False] / 3
    assert max(right, wrong) <= 1.5 * min(right, wrong) + 0.05 * len(items), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_of_an_item_differ_and_begin_alike(items, language):
    for item in items:
        texts = [option.text.say(language) for option in item.options]
        assert len(set(texts)) == 4, item.id
        ends = {text[-1] in ".。?？" for text in texts}
        assert ends == {False}, (item.id, "no full stops")
    if language == "en":
        for item in items:
            firsts = [option.text.say("en")[0] for option in item.options]
            assert len({first.isupper() or first.isdigit() for first in firsts}) == 1, item.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_repeats_the_question_no_more_than_other_options_do(items, language):
    """Words shared with the question are the oldest hint of all."""
    repeats = Counter()
    for item in items:
        asked = pieces(item.ask.say(language), language)
        for option in item.options:
            shared = len(pieces(option.text.say(language), language) & asked)
            repeats[bool(option.points)] += shared
    assert repeats[True] <= 1.25 * repeats[False] / 3


def pieces(text, language):
    if language == "en":
        return set(re.findall(r"[a-z]{5,}", text.lower()))
    plain = re.findall(r"[\u4e00-\u9fff]+", text)
    return {run[at : at + 2] for run in plain for at in range(len(run) - 1)}


def test_reasons_cite_no_letters(items):
    letter = re.compile(
        r"(?:option|answer|选项|答案)\s*[A-D]\b|(?<![A-Za-z])[A-D](?=[是为、，；：])"
    )
    for item in items:
        for language in LANGUAGES:
            assert not letter.search(item.reason.say(language)), item.id
