"""A pack as plain text."""

from __future__ import annotations

import pytest

from assess.packs import load_pack_files
from assess.packs.show import render


@pytest.fixture
def lines(edited):
    return list(render(load_pack_files(edited.bytes), "en"))


def test_it_begins_with_title_and_version(lines):
    assert lines[0] == "A small pack"
    assert "pack small, version 1.0.0" in lines[1]


def test_weights_stand_with_their_minimums(lines):
    assert "  BPM 60 (≥ 3.5), OWN 40" in lines


def test_items_stand_with_anchors_and_options(lines):
    text = "\n".join(lines)
    assert "BPM-1  [BPM]\n  How?\n    1  Lists screens\n    5  Very well" in text
    assert "    B  That  [1]" in lines


def test_it_speaks_the_language_asked_for(edited):
    text = "\n".join(render(load_pack_files(edited.bytes), "zh"))
    assert "小题库" in text
    assert "Very well" not in text


def test_no_line_holds_a_line_break(edited):
    edited.put("interview.yaml", "ask: {en: Why?, zh: 为什么？}", 'ask: "Why?\\nReally?"')
    lines = list(render(load_pack_files(edited.bytes), "en"))
    assert "  Why?" in lines
    assert "  Really?" in lines


def test_an_item_stands_with_its_rules(edited):
    edited.put(
        "interview.yaml",
        "{id: OWN-1, type: rating,",
        "{id: OWN-1, required: true, scale: {from: 0, to: 10}, when: {item: BPM-2, at_least: 3}, "
        "type: rating,",
    )
    text = "\n".join(render(load_pack_files(edited.bytes), "en"))
    rules = ["Scale from 0 to 10", "must be answered", "Only if: BPM-2 is 3 or more"]
    assert "\n".join("    " + rule for rule in rules) in text
