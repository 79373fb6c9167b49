"""Packs whose parts do not fit together: findings point there and name the remedy."""

from __future__ import annotations

import pytest

P, Q, K = "pack.yaml", "interview.yaml", "knowledge.yaml"

# what to edit, from what, to what (¦ marks where the finding must point), a part of the remedy
BROKEN = {
    "weights that do not sum to 100": (
        P,
        "weights: {BPM: 60,",
        "¦weights: {BPM: 50,",
        "sum to 100",
    ),
    "a weight of nothing": (P, "OWN: 40}", "¦OWM: 40}", "did you mean 'OWN'"),
    "a minimum below the scale": (
        P,
        "minimums: {BPM: 3.5}",
        "minimums: {BPM: ¦0.5}",
        "from 1 to 5",
    ),
    "a minimum of nothing": (
        P,
        "minimums: {BPM: 3.5}",
        "minimums: {¦BPX: 3.5}",
        "did you mean 'BPM'",
    ),
    "a share above one": (P, "knowledge: {BPM: 0.4}", "knowledge: {BPM: ¦40}", "at most 1"),
    "a share without weight": (
        P,
        "weights: {BPM: 60, OWN: 40}\n    minimums: {BPM: 3.5}\n    knowledge: {BPM: 0.4}",
        "weights: {BPM: 100}\n    knowledge: {¦OWN: 0.4}",
        "give it a weight",
    ),
    "a gate that is not there": (
        P,
        "gates: [PROC-G1]",
        "gates: [¦PROC-G2]",
        "did you mean 'PROC-G1'",
    ),
    "a gate that is a rating": (P, "gates: [PROC-G1]", "gates: [¦BPM-1]", "of type yes_no"),
    "a wave that asks for nothing known": (
        P,
        "asks: [OWN]",
        "asks: [¦OWNER]",
        "did you mean 'OWN'",
    ),
    "a wave that asks for a word": (P, "asks: all", "asks: ¦some", "write all, or a list"),
    "a doubled competency": (P, "{id: OWN, name", "{id: ¦BPM, name", "an id of its own"),
    "a doubled band": (P, "from: 0,", "from: ¦75,", "a number of its own"),
    "a doubled wave": (P, "{id: M1,", "{id: ¦M0,", "an id of its own"),
    "a doubled item": (Q, "{id: OWN-2,", "{id: ¦OWN-1,", "an id of its own"),
    "an item doubled in another file": (
        K,
        "id: K1\n",
        "id: ¦BPM-1\n",
        "first in interview.yaml, line 7",
    ),
    "a former id that is in use": (
        Q,
        "        anchors:",
        "        was: [¦OWN-1]\n        anchors:",
        "an id of its own",
    ),
    "a doubled option": (
        K,
        "{id: B, text: {en: That",
        "{id: ¦A, text: {en: That",
        "an id of its own",
    ),
    "a doubled questionnaire": (
        K,
        "questionnaire: knowledge",
        "questionnaire: ¦interview",
        "an id of its own",
    ),
    "an item of no competency known": (
        Q,
        "{id: OWN-1, type: rating, competency: OWN",
        "{id: OWN-1, type: rating, competency: ¦OWNED",
        "did you mean 'OWN'",
    ),
    "an item of no module known": (Q, "modules: [PROC]", "modules: [¦PRC]", "did you mean 'PROC'"),
    "a rating that counts nowhere": (
        Q,
        "- {id: OWN-1, type: rating, competency: OWN,",
        "- ¦{id: OWN-1, type: rating,",
        "add 'competency:'",
    ),
    "a keyed item that counts nowhere": (
        K,
        "- {id: K4, type: choice, competency: BPM,",
        "- ¦{id: K4, type: choice,",
        "add 'competency:'",
    ),
    "an anchor above the scale": (Q, "          5: {en", "          ¦6: {en", "from 1 to 5"),
    "an anchor that is a word": (Q, "          5: {en", "          ¦best: {en", "write a number"),
    "a key that nobody can earn": (
        K,
        '        options: [{id: A, text: "1", points: 1}, {id: B, text: "2", points: 1}]',
        '        ¦options: [{id: A, text: "1", points: 0}, {id: B, text: "2"}]',
        "points above 0",
    ),
    "bounds upside down": (
        K,
        "bounds: {from: 0, to: 2}",
        "¦bounds: {from: 2, to: 0}",
        "the lower and 'to' the higher",
    ),
    "two bands at one number": (
        K,
        "{from: 10, points: 1}",
        "{from: ¦0, points: 1}",
        "a number of its own",
    ),
    "a condition on no item": (
        Q,
        "{item: BPM-1, at_least: 3}",
        "{item: ¦BPM-9, at_least: 3}",
        "did you mean",
    ),
    "a condition out of the scale": (Q, "at_least: 3", "at_least: ¦7", "from 1 to 5"),
    "a condition on no option": (
        Q,
        "{item: BPM-1, at_least: 3}",
        "{item: K1, equals: ¦C}",
        "here may stand: A, B",
    ),
    "a number asked of options": (
        Q,
        "{item: BPM-1, at_least: 3}",
        "{item: K1, ¦at_least: 3}",
        "equals, in or answered",
    ),
    "a condition on no truth": (
        Q,
        "{item: BPM-1, at_least: 3}",
        "{item: PROC-G1, equals: ¦maybe}",
        "yes or no",
    ),
    "a condition on no module": (
        Q,
        "{item: BPM-1, at_least: 3}",
        "{module: [¦COST]}",
        "here may stand: PROC",
    ),
    "a condition that tests nothing": (
        Q,
        "when: {item: BPM-1, at_least: 3}",
        "¦when: {item: BPM-1}",
        "at_least, equals, in, answered",
    ),
    "a test without its item": (
        Q,
        "when: {item: BPM-1, at_least: 3}",
        "¦when: {at_least: 3}",
        "add 'item:'",
    ),
    "an item that waits for itself": (
        Q,
        "{item: BPM-1, at_least: 3}",
        "{item: ¦BPM-2, at_least: 3}",
        "without this condition",
    ),
    "a rule of no sense": (P, "waves:\n", "policy: {confidence: ¦90}\nwaves:\n", "below 1"),
    "half an item": (P, "waves:\n", "policy: {min_items: ¦1.5}\nwaves:\n", "a whole number"),
    "a floor above the aim": (
        P,
        "waves:\n",
        "phases: [{id: uat, name: Test, floor: ¦80, aim: 50}]\nwaves:\n",
        "the smaller of the two",
    ),
}

# how many further findings the mistake rightly brings: references to what is no longer there
FOLLOW = {"a doubled competency": 4}


@pytest.mark.parametrize("case", BROKEN)
def test_one_finding_points_at_the_mistake_and_names_the_remedy(edited, case):
    file, old, new, remedy = BROKEN[case]
    lines = edited.put(file, old, new).mistakes()
    here = [line for line in lines if line.startswith(edited.place + ": ")]
    assert len(here) == 1, lines
    assert remedy in here[0]
    assert len(lines) == 1 + FOLLOW.get(case, 0), lines
