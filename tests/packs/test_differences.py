"""What two versions of a pack differ in, as authors are told it."""

from __future__ import annotations

from copy import deepcopy

import pytest

from assess.packs.diff import differences
from assess.packs.load import load_pack_files
from assess.packs.xlsform_yaml import yaml_bytes

MAIN = {
    "pack": "p",
    "version": "1.0.0",
    "languages": ["en"],
    "title": "T",
    "scale": {"from": 1, "to": 5},
    "competencies": [{"id": "C", "name": "C"}, {"id": "D", "name": "D"}],
    "modules": [
        {"id": "M", "name": "M", "weights": {"C": 60, "D": 40}},
        {"id": "N", "name": "N", "weights": {"C": 100}},
    ],
    "bands": [{"id": "b", "from": 0, "name": "b"}],
    "waves": [{"id": "W", "name": "W"}, {"id": "X", "name": "X"}],
    "notice": "Old words",
}
ASKED = {
    "questionnaire": "q",
    "for": "interviewer",
    "title": "q",
    "sections": [
        {
            "title": "s",
            "items": [
                {"id": "r", "type": "rating", "competency": "C", "ask": "How well?"},
                {"id": "d", "type": "rating", "competency": "D", "ask": "And that?"},
                {"id": "g", "type": "yes_no", "ask": "Freed?"},
                {"id": "n", "type": "number", "ask": "Years?", "range": {"from": 0, "to": 9}},
                {
                    "id": "k",
                    "type": "choice",
                    "competency": "C",
                    "ask": "Which?",
                    "options": [
                        {"id": "a", "text": "A", "points": 1},
                        {"id": "b", "text": "B", "points": 0},
                    ],
                },
            ],
        }
    ],
}


def told(change):
    """(effect, kind, subject, text) of what differs after ``change``, and the version's number."""
    main, asked = deepcopy(MAIN), deepcopy(ASKED)
    items = {item["id"]: item for item in asked["sections"][0]["items"]}
    change(main, asked, items)
    main["version"] = "1.1.0"
    old, new = (
        load_pack_files({"pack.yaml": yaml_bytes(one), "q.yaml": yaml_bytes(two)})
        for one, two in ((MAIN, ASKED), (main, asked))
    )
    return [(one.effect, one.kind, one.subject, one.text) for one in differences(old, new)]


CHANGES = {
    "competency": (
        lambda m, q, i: i["r"].update(competency="D"),
        ("counts", "competency", "r", "counts for D instead of C"),
    ),
    "modules": (
        lambda m, q, i: i["r"].update(modules=["N"]),
        ("counts", "modules", "r", "is asked for the modules N instead of all"),
    ),
    "condition": (
        lambda m, q, i: i["d"].update(when={"item": "g", "equals": True}),
        (
            *("counts", "condition", "d"),
            "is asked under another condition; an answer to a hidden item counts nowhere",
        ),
    ),
    "points": (
        lambda m, q, i: i["k"]["options"][1].update(points=0.5),
        ("counts", "points", "k", "earns other points: a 1, b 0.5 instead of a 1, b 0"),
    ),
    "required": (
        lambda m, q, i: i["r"].update(required=True),
        ("asked", "required", "r", "must be answered now"),
    ),
    "range": (
        lambda m, q, i: i["n"].update(range={"from": 0, "to": 40}),
        ("refused", "range", "n", "takes numbers from 0 to 40 instead of 0 to 9"),
    ),
    "scale": (
        lambda m, q, i: i["r"].update(scale={"from": 0, "to": 4}),
        (
            *("refused", "scale", "r"),
            "is rated from 0 to 4 instead of 1 to 5: give it a new id and retire this one",
        ),
    ),
    "options": (
        lambda m, q, i: i["k"]["options"][1].update(id="c"),
        (
            *("refused", "options", "k"),
            "no longer has the option b: keep it, or give the question a new id",
        ),
    ),
    "kind": (
        lambda m, q, i: m["competencies"][1].update(kind="arrangement"),
        ("counts", "kind", "D", "is of the kind arrangement instead of person"),
    ),
    "counts": (
        lambda m, q, i: q.update(counts=False),
        ("counts", "questionnaire", "q", "counts no longer"),
    ),
    "weights": (
        lambda m, q, i: m["modules"][0].update(weights={"C": 50, "D": 50}),
        ("counts", "weights", "M", "other weights: C 60 → 50, D 40 → 50"),
    ),
    "gates": (
        lambda m, q, i: m["modules"][0].update(gates=["g"]),
        ("counts", "gates", "M", "other gates: g instead of –"),
    ),
    "a module less": (
        lambda m, q, i: m["modules"].pop(),
        ("refused", "module_vanished", "N", "the module is gone"),
    ),
    "a module more": (
        lambda m, q, i: m["modules"].append({"id": "O", "name": "O", "weights": {"D": 100}}),
        ("asked", "module_added", "O", "a new module"),
    ),
    "a milestone less": (
        lambda m, q, i: m["waves"].pop(),
        ("refused", "wave_vanished", "X", "the milestone is gone"),
    ),
    "a milestone more": (
        lambda m, q, i: m["waves"].append({"id": "Y", "name": "Y"}),
        ("asked", "wave_added", "Y", "a new milestone"),
    ),
    "notice": (
        lambda m, q, i: m.update(notice="New words"),
        ("words", "notice", "notice", "another notice"),
    ),
    "an option's words": (
        lambda m, q, i: i["k"]["options"][0].update(text="Aha"),
        (
            *("words", "words", "k"),
            "other words in options > a; answers keep the words they were given under",
        ),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_with_its_effect(name):
    change, expected = CHANGES[name]
    first, *others = told(change)
    assert first == expected
    assert [one[1] for one in others] == (["points"] if name == "options" else [])


def test_nothing_differs_in_another_version_of_the_same():
    assert told(lambda *_: None) == []


def test_the_gravest_comes_first():
    def change(main, _asked, items):
        main["notice"] = "New words"
        items["r"]["required"] = True
        items["n"]["range"] = {"from": 0, "to": 40}

    assert [one[0] for one in told(change)] == ["refused", "words", "asked"]
