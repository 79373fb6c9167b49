"""Thirty broken packs: what an author might do to a new pack, what is told, and what mends it.

Each case: file, text, what the author wrote instead, the message, and how following it mends it
(what stands there, what it becomes).
"""

from __future__ import annotations

P, Q, K = "pack.yaml", "interview.yaml", "knowledge.yaml"

BROKEN: dict[str, tuple[str, str, str, str, str, str]] = {
    "weights that do not sum to 100": (
        P,
        "{BPM: 50, COA: 30, AVL: 20}",
        "{BPM: 50, COA: 30, AVL: 10}",
        ("p/pack.yaml:52:5: modules > PROC > weights: the weights sum to 90, make them sum to 100"),
        "AVL: 10}",
        "AVL: 20}",
    ),
    "a weight on a competency that there is not": (
        P,
        "{BPM: 50, COA: 30, AVL: 20}",
        "{BPM: 50, COACH: 30, AVL: 20}",
        (
            "p/pack.yaml:52:24: modules > PROC > weights > COACH: 'COACH' is unknown, did "
            "you mean 'COA'? Here may stand: BPM, COA, AVL"
        ),
        "COACH: 30",
        "COA: 30",
    ),
    "a percentage sign": (
        P,
        "knowledge: {BPM: 0.3}",
        "knowledge: {BPM: 30%}",
        (
            "p/pack.yaml:54:22: modules > PROC > knowledge > BPM: '30%' is no number, "
            "leave the sign out: 0.3 for a share of 30 %, 30 for a weight of 30 %"
        ),
        "30%",
        "0.3",
    ),
    "a share in percent": (
        P,
        "knowledge: {BPM: 0.3}",
        "knowledge: {BPM: 30}",
        (
            "p/pack.yaml:54:22: modules > PROC > knowledge > BPM: '30' is too large, write "
            "at most 1: a share of 30 % is 0.3"
        ),
        "BPM: 30}",
        "BPM: 0.3}",
    ),
    "a minimum outside the scale": (
        P,
        "minimums: {BPM: 3, AVL: 3}",
        "minimums: {BPM: 60, AVL: 3}",
        (
            "p/pack.yaml:53:21: modules > PROC > minimums > BPM: 60 is outside the scale, "
            "write a number from 1 to 5"
        ),
        "BPM: 60, A",
        "BPM: 3, A",
    ),
    "a gate that is no yes or no": (
        P,
        "gates: [PROC-G1]",
        "gates: [BPM-1]",
        (
            "p/pack.yaml:55:13: modules > PROC > gates > #1: the gate 'BPM-1' is an item "
            "of type rating, a gate is an item of type yes_no"
        ),
        "[BPM-1]",
        "[PROC-G1]",
    ),
    "a gate that nobody asks": (
        P,
        "gates: [PROC-G1]",
        "gates: [PROC-G2]",
        (
            "p/pack.yaml:55:13: modules > PROC > gates > #1: there is no item 'PROC-G2', "
            "did you mean 'PROC-G1'? Here may stand: PROC-G1"
        ),
        "PROC-G2",
        "PROC-G1",
    ),
    "a version of two numbers": (
        P,
        "version: 1.0.0",
        "version: 1.0",
        ("p/pack.yaml:13:10: version: '1.0' is no version, write three numbers such as 1.0.0"),
        "version: 1.0 ",
        "version: 1.0.0 ",
    ),
    "a language by its name": (
        P,
        "languages: [en, zh]",
        "languages: [English, zh]",
        (
            "p/pack.yaml:14:13: languages > #1: 'English' is no language code, write a "
            "code of small letters such as en or zh"
        ),
        "English",
        "en",
    ),
    "a scale that runs down": (
        P,
        "  from: 1\n  to: 5\n",
        "  from: 5\n  to: 1\n",
        (
            "p/pack.yaml:18:1: scale: 'to' is not above 'from', let 'from' be the lower "
            "and 'to' the higher number"
        ),
        "  from: 5\n  to: 1\n",
        "  from: 1\n  to: 5\n",
    ),
    "two bands that begin at the same score": (
        P,
        "{id: backup, from: 45,",
        "{id: backup, from: 60,",
        (
            "p/pack.yaml:81:24: bands > backup > from: two bands begin at 60, the other in "
            "line 80, let each band begin at a number of its own"
        ),
        "{id: backup, from: 60,",
        "{id: backup, from: 50,",
    ),
    "a milestone that asks for what there is not": (
        P,
        "asks: [BPM, COA]",
        "asks: [BPM, CAO]",
        (
            "p/pack.yaml:87:63: waves > M1 > asks > #2: 'CAO' is unknown, did you mean "
            "'COA'? Here may stand: BPM, COA, AVL"
        ),
        "CAO",
        "COA",
    ),
    "an id with a blank": (
        P,
        "{id: ready_with_plan,",
        "{id: ready with plan,",
        (
            "p/pack.yaml:80:10: bands > ready with plan > id: 'ready with plan' is no id, "
            "write 1-64 letters of any script, digits, '.', '_' or '-', not starting with "
            "'.' or '-'"
        ),
        "{id: ready with plan,",
        "{id: ready_with_plan,",
    ),
    "an id in use": (
        Q,
        "id: BPM-2",
        "id: BPM-1",
        (
            "p/interview.yaml:36:13: sections > #1 > items > BPM-1 > id: 'BPM-1' is given "
            "twice, first in p/interview.yaml, line 17, give each an id of its own"
        ),
        (
            "      - id: BPM-1\n        type: rating\n        competency: BPM\n        ask:\n  "
            "        en: Tell"
        ),
        (
            "      - id: BPM-2\n        type: rating\n        competency: BPM\n        ask:\n  "
            "        en: Tell"
        ),
    ),
    "a misspelt key": (
        Q,
        "        evidence: ",
        "        evidense: ",
        (
            "p/interview.yaml:32:9: sections > #1 > items > BPM-1 > evidense: unknown key "
            "'evidense', did you mean 'evidence'? Here may stand: id, ask, competency, "
            "modules, also, method, tags, probes, evidence, cards, required, when, was, "
            "reason, type, scale, anchors"
        ),
        "evidense",
        "evidence",
    ),
    "a misspelt type": (
        Q,
        "type: yes_no",
        "type: yes/no",
        (
            "p/interview.yaml:51:15: sections > #1 > items > PROC-G1 > type: unknown type "
            "'yes/no' of an item, did you mean 'yes_no'? Here may stand: rating, choice, "
            "choices, yes_no, number, text"
        ),
        "yes/no",
        "yes_no",
    ),
    "a type left out": (
        Q,
        "        type: yes_no\n",
        "",
        (
            "p/interview.yaml:50:9: sections > #1 > items > PROC-G1: the key 'type' is "
            "missing, add 'type:' with one of rating, choice, choices, yes_no, number, text"
        ),
        "        modules: [PROC]         #",
        "        type: yes_no\n        modules: [PROC]         #",
    ),
    "yes where true is meant": (
        Q,
        "required: true",
        "required: yes",
        (
            "p/interview.yaml:56:19: sections > #1 > items > PROC-G1 > required: 'yes' is "
            "neither true nor false, write true or false"
        ),
        "required: yes",
        "required: true",
    ),
    "an anchor outside the scale": (
        Q,
        "          1: {en: Nobody,",
        "          0: {en: Nobody,",
        (
            "p/interview.yaml:105:11: sections > #3 > items > AVL-2 > anchors > 0: 0 is "
            "outside the scale, write a number from 1 to 5"
        ),
        "          0: {en: Nobody,",
        "          1: {en: Nobody,",
    ),
    "a condition on an item that there is not": (
        Q,
        "when: {item: AVL-1,",
        "when: {item: AVL-9,",
        (
            "p/interview.yaml:108:22: sections > #3 > items > AVL-2 > when > item: there "
            "is no item 'AVL-9', did you mean 'AVL-1'? Here may stand: BPM-1, BPM-2, "
            "PROC-G1, COA-1, COA-2, AVL-1, PROC-K1, PROC-K2, PROC-K3, PROC-K4"
        ),
        "AVL-9",
        "AVL-1",
    ),
    "a condition that no answer fulfils": (
        Q,
        "at_least: 2}",
        "at_least: 7}",
        (
            "p/interview.yaml:108:39: sections > #3 > items > AVL-2 > when > at_least: "
            "'AVL-1' is never answered by 7, write a number from 1 to 5"
        ),
        "at_least: 7}",
        "at_least: 2}",
    ),
    "a condition without a test": (
        Q,
        "{item: AVL-1, at_least: 2}",
        "{item: AVL-1}",
        (
            "p/interview.yaml:108:9: sections > #3 > items > AVL-2 > when: the condition "
            "tests nothing, give 'item' with one of at_least, equals, in, answered; or "
            "give all, any, not or module"
        ),
        "{item: AVL-1}",
        "{item: AVL-1, answered: true}",
    ),
    "an item that counts for nothing": (
        Q,
        "        competency: COA\n        ask:\n          en: Whom",
        "        ask:\n          en: Whom",
        (
            "p/interview.yaml:60:9: sections > #2 > items > COA-1: the item counts and "
            "names no competency, add 'competency:' with one of BPM, COA, AVL, or 'counts: "
            "false' to the questionnaire"
        ),
        "        ask:\n          en: Whom",
        "        competency: COA\n        ask:\n          en: Whom",
    ),
    "a module that there is not": (
        Q,
        "modules: [PROC]",
        "modules: [PURCHASING]",
        (
            "p/interview.yaml:52:19: sections > #1 > items > PROC-G1 > modules > #1: "
            "'PURCHASING' is unknown, here may stand: PROC, STOCK"
        ),
        "PURCHASING",
        "PROC",
    ),
    "a colon in a text": (
        Q,
        "en: Is a declaration of interests on file for this person?",
        "en: Declaration: is it on file?",
        (
            "p/interview.yaml:54:26: sections > #1 > items > PROC-G1 > ask: a colon stands "
            "inside a text, put the whole text in quotation marks, or begin it with '>-' "
            "on a line of its own"
        ),
        "en: Declaration: is it on file?",
        "en: 'Declaration: is it on file?'",
    ),
    "a tab": (
        Q,
        "        probes:  ",
        "		probes:  ",
        (
            "p/interview.yaml:23:1: sections > #1 > items > BPM-1 > ask > zh: a tab stands "
            "where YAML wants spaces, indent with spaces only"
        ),
        "		probes:  ",
        "        probes:  ",
    ),
    "an option without an id": (
        K,
        "- {id: C, text: {en: Change the receipt to fit,",
        "- {text: {en: Change the receipt to fit,",
        (
            "p/knowledge.yaml:25:13: sections > #1 > items > PROC-K1 > options > #3: the "
            "key 'id' is missing, add 'id: …'"
        ),
        "- {text: {en: Change",
        "- {id: C, text: {en: Change",
    ),
    "an option twice": (
        K,
        "- {id: C, text: {en: Change the receipt to fit,",
        "- {id: B, text: {en: Change the receipt to fit,",
        (
            "p/knowledge.yaml:25:18: sections > #1 > items > PROC-K1 > options > B > id: "
            "'B' is given twice, first in p/knowledge.yaml, line 24, give each an id of "
            "its own"
        ),
        "- {id: B, text: {en: Change",
        "- {id: C, text: {en: Change",
    ),
    "a key that earns nothing": (
        K,
        "zh: 冻结并询问采购员}, points: 1}",
        "zh: 冻结并询问采购员}, points: 0}",
        (
            "p/knowledge.yaml:22:9: sections > #1 > items > PROC-K1 > options: no answer "
            "to this item can earn a point, give the right answers points above 0"
        ),
        "points: 0}",
        "points: 1}",
    ),
    "an audience that there is not": (
        K,
        "for: candidate",
        "for: candidates",
        (
            "p/knowledge.yaml:9:6: for: 'candidates' cannot stand here, did you mean "
            "'candidate'? Here may stand: interviewer, candidate, manager"
        ),
        "candidates",
        "candidate",
    ),
    "a quotation mark left open": (
        P,
        "title: {en: Key users of our roll-out,",
        "title: {en: 'Key users of our roll-out,",
        (
            "p/pack.yaml:15:8: title: the mapping that begins here with '{' is not closed, "
            "end it with '}' and put ',' between its parts"
        ),
        "{en: 'Key users",
        "{en: Key users",
    ),
    "a retired item that is still asked": (
        P,
        "languages: [en, zh] ",
        "retired: [BPM-2]\nlanguages: [en, zh] ",
        (
            "p/pack.yaml:14:11: retired > #1: the item 'BPM-2' is retired and still asked, "
            "take it out of 'retired', or take the item out"
        ),
        "retired: [BPM-2]\n",
        "",
    ),
    "a pack below that is not there": (
        P,
        "languages: [en, zh] ",
        "extends: ../base\nlanguages: [en, zh] ",
        (
            "p/pack.yaml:14:10: extends: there is no pack '../base', give the way to its "
            "folder from this one, or the id of a pack: here may stand: key-user"
        ),
        "extends: ../base",
        "extends: key-user",
    ),
}
