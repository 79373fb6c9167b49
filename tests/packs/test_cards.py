"""Cards of work samples: read, checked, and shown with their keys."""

from __future__ import annotations

import pytest

from assess.packs import load_pack_files
from assess.packs.show import render

CARD = """\
        when: {item: BPM-1, at_least: 3}
        cards:
          - id: BPM-2-PROC
            modules: [PROC]
            text:
              en: |
                Two bids.
                One is late.
              zh: |
                两份投标。
                一份迟到。
            look_for:
              en: [the time of receipt]
              zh: [送达时间]
          - {id: BPM-2-ALL, text: {en: A case., zh: 案例。}}
"""


@pytest.fixture
def with_card(edited):
    return edited.put("interview.yaml", "        when: {item: BPM-1, at_least: 3}\n", CARD)


def test_a_candidate_gets_the_cards_of_the_own_modules_and_those_of_all(with_card):
    item = load_pack_files(with_card.bytes).items["BPM-2"]
    assert [card.id for card in item.cards_for(["PROC"])] == ["BPM-2-PROC", "BPM-2-ALL"]
    assert [card.id for card in item.cards_for(["COST"])] == ["BPM-2-ALL"]
    assert item.cards[0].text.say("en") == "Two bids.\nOne is late.\n"


def test_a_card_for_an_unknown_module_is_a_mistake(with_card):
    with_card.put(
        "interview.yaml", "            modules: [PROC]\n", "            modules: [¦PROX]\n"
    )
    (mistake,) = with_card.mistakes()
    assert mistake.startswith(with_card.place)
    assert "PROC" in mistake


def test_two_cards_of_one_id_are_a_mistake(with_card):
    with_card.put("interview.yaml", "{id: BPM-2-ALL,", "{id: ¦BPM-2-PROC,")
    (mistake,) = with_card.mistakes()
    assert mistake.startswith(with_card.place)
    assert "given twice" in mistake


def test_a_key_in_one_language_is_noticed(with_card):
    with_card.put("interview.yaml", "              zh: [送达时间]\n", "")
    (finding,) = with_card.findings()
    assert finding.advice
    assert "look_for" in finding.where


def test_show_tells_the_card_line_by_line_and_then_its_key(with_card):
    text = "\n".join(render(load_pack_files(with_card.bytes), "en"))
    assert (
        "  Card BPM-2-PROC: PROC\n    | Two bids.\n    | One is late.\n"
        "    □ the time of receipt\n  Card BPM-2-ALL\n    | A case."
    ) in text
