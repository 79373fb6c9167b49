"""Packs whose YAML or shape is wrong: findings point there and name the remedy."""

from __future__ import annotations

import pytest

P, Q, K = "pack.yaml", "interview.yaml", "knowledge.yaml"

# what to edit, from what, to what (¦ marks where the finding must point), a part of the remedy
BROKEN = {
    "a misspelt key": (P, "title: {en: A", "¦titel: {en: A", "did you mean 'title'"),
    "an unknown key": (Q, "for: int", "¦colour: red\nfor: int", "here may stand: questionnaire"),
    "an unknown key of an item": (Q, "        anchors:", "        ¦anchor:", "'anchors'"),
    "a misspelt test": (Q, "at_least: 3", "¦at_leest: 3", "did you mean 'at_least'"),
    "a missing key": (
        P,
        "  - {id: OWN, name: {en: Ownership, zh: 责任担当}}",
        "  - ¦{id: OWN}",
        "add 'name: …'",
    ),
    "a missing type": (
        Q,
        "- {id: OWN-1, type: rating,",
        "- ¦{id: OWN-1,",
        "add 'type:' with one of rating",
    ),
    "an unknown type": (Q, "type: yes_no", "type: ¦yesno", "did you mean 'yes_no'"),
    "a list where a text belongs": (
        Q,
        "title: {en: Interview,",
        "title: {¦en: [Interview],",
        "write a text",
    ),
    "a text where a list belongs": (P, "gates: [PROC-G1]", "gates: ¦PROC-G1", "write a list"),
    "a key without a value": (P, "gates: [PROC-G1]", "¦gates:", "write a list"),
    "an empty text": (Q, "ask: {en: How?,", "ask: {en: ¦'  ',", "write a text"),
    "an unknown audience": (Q, "for: interviewer", "for: ¦boss", "interviewer, candidate, manager"),
    "a version of two numbers": (
        P,
        "version: 1.0.0",
        "version: ¦1.0",
        "three numbers such as 1.0.0",
    ),
    "a language that is no code": (P, "[en, zh]", "[en, ¦Chinese]", "en or zh"),
    "an id with a blank": (P, "{id: ready,", "{id: ¦re ady,", "1-64 letters"),
    "an id that starts with a dash": (Q, "id: BPM-1\n", "id: ¦-BPM\n", "not starting with"),
    "a scale upside down": (
        P,
        "scale: {from: 1, to: 5}",
        "¦scale: {from: 5, to: 1}",
        "the lower and 'to' the higher",
    ),
    "a scale that nobody can rate on": (
        P,
        "scale: {from: 1, to: 5}",
        "¦scale: {from: 0, to: 1000000000}",
        "ask for a number",
    ),
    "a scale without an end": (P, "{from: 1, to: 5}", "{from: 1, to: ¦.inf}", "finite"),
    "a word as weight": (P, "OWN: 40", "OWN: ¦forty", "write a number"),
    "a truth as weight": (P, "OWN: 40", "OWN: ¦true", "write a number"),
    "a negative weight": (P, "OWN: 40", "OWN: ¦-40", "at least 0"),
    "a doubled key": (
        P,
        "version: 1.0.0",
        "version: 1.0.0\n¦version: 1.0.1",
        "keep one of the two",
    ),
    "a doubled anchor": (Q, "          5: {en", "          ¦1.0: {en", "keep one of the two"),
    "a tab": (Q, "    items:\n", "¦\titems:\n", "indent with spaces"),
    "a colon in a text": (
        Q,
        "title: {en: Interview, zh: 访谈}",
        "title: Interview¦: the first",
        "quotation marks",
    ),
    "a comma in a text inside braces": (
        Q,
        "title: {en: Interview,",
        "title: {en: Interview, ¦the first,",
        "put the whole text in quotation marks",
    ),
    "a quotation mark left open": (
        Q,
        "title: {en: Interview, zh: 访谈}",
        "title: ¦'Interview",
        "close it",
    ),
    "a bracket left open": (P, "languages: [en, zh]", "languages: ¦[en, zh", "end it with ']'"),
    "a text that begins with @": (Q, "en: Interview", "en: ¦@Interview", "quotation marks"),
    "a tag": (P, "pack: small", "pack: ¦!name small", "take it out"),
    "a second document": (Q, "for: int", "¦---\nfor: int", "one document"),
    "a control character": (Q, "en: Interview", "en: Inter¦\u0007view", "delete it"),
    "a control character as an escape": (
        Q,
        "en: Interview",
        'en: ¦"\\e[31mInterview"',
        "without it",
    ),
    "an escape that turns words around": (
        Q,
        "en: Interview",
        'en: ¦"\\u202eweivretnI"',
        "without it",
    ),
    "yes where true is meant": (Q, "for: int", "counts: ¦yes\nfor: int", "write true or false"),
    "yes for an item that must be answered": (
        Q,
        "type: yes_no,",
        "type: yes_no, required: ¦yes,",
        "write true or false",
    ),
    "yes in a test": (Q, "at_least: 3", "answered: ¦yes", "write true or false"),
    "an alias to nothing": (P, "languages: [en, zh]", "languages: ¦*both", "&both"),
}

# how many further findings the mistake rightly brings: references to what is no longer there
FOLLOW = {"an id that starts with a dash": 1}


@pytest.mark.parametrize("case", BROKEN)
def test_one_finding_points_at_the_mistake_and_names_the_remedy(edited, case):
    file, old, new, remedy = BROKEN[case]
    lines = edited.put(file, old, new).mistakes()
    here = [line for line in lines if line.startswith(edited.place + ": ")]
    assert len(here) == 1, lines
    assert remedy in here[0]
    assert len(lines) == 1 + FOLLOW.get(case, 0), lines


def test_every_mistake_of_every_file_is_reported_at_once(edited):
    edited.put("pack.yaml", "BPM: 60", "BPM: 50").put("pack.yaml", "asks: all", "asks: most")
    edited.put("interview.yaml", "for: interviewer", "for: boss")
    edited.put("knowledge.yaml", "questionnaire: knowledge", "questionnaire: know ledge")
    places = [line.split(": ")[0] for line in edited.mistakes()]
    assert places == [
        "interview.yaml:2:6",
        "knowledge.yaml:1:16",
        "pack.yaml:12:5",
        "pack.yaml:20:52",
    ]


def test_a_finding_says_where_in_the_document_it_stands(edited):
    edited.put("interview.yaml", "          5: {en: Very well", "          5: {en: [Very well]")
    (line,) = edited.mistakes()
    assert "sections > #1 > items > BPM-1 > anchors > 5 > en" in line


def test_a_file_that_cannot_be_read_does_not_make_the_others_wrong(edited):
    edited.put("pack.yaml", "languages: [en, zh]", "languages: [en, zh")
    assert len(edited.mistakes()) == 1


def test_the_nearest_right_key_is_one_mistake_with_the_missing_one(edited):
    edited.put("pack.yaml", "{id: ready, from: 75", "{id: ready, form: 75")
    (line,) = edited.mistakes()
    assert "unknown key 'form'" in line
    assert "did you mean 'from'" in line


def test_items_that_wait_for_one_another_are_named_in_a_circle(edited):
    edited.put(
        "interview.yaml",
        "{id: OWN-1, type: rating,",
        "{id: OWN-1, when: {item: BPM-2, answered: true}, type: rating,",
    )
    edited.put(
        "interview.yaml",
        "        anchors:",
        "        when: {not: {item: OWN-1, equals: 1}}\n        anchors:",
    )
    (line,) = edited.mistakes()
    assert "BPM-1 > OWN-1 > BPM-2 > BPM-1" in line


def test_a_comma_inside_braces_is_told_as_one_also_before_a_single_word(edited):
    lines = edited.put(
        "interview.yaml", "title: {en: Interview", "title: {en: Talk, please"
    ).mistakes()
    assert any("a comma inside { } ends the text before 'please'" in line for line in lines)
