"""Advice from the craft of item writing: where it stands, and where it keeps silent."""

from __future__ import annotations

import pytest

P, Q, K = "pack.yaml", "interview.yaml", "knowledge.yaml"
CHOICE = """\
      - id: {id}
        type: choice
        competency: BPM
        ask: {{en: Which step is next?, zh: 下一步做什么？}}
        options:
"""


def check(*keyed, texts=("one", "two", "three", "four"), ask=None):
    """A knowledge questionnaire; ``keyed`` says for each item which option (0-3) is right."""
    text = "questionnaire: more\nfor: candidate\ncounts: true\ntitle: {en: More, zh: 更多}\n"
    text += "sections:\n  - title: {en: More, zh: 更多}\n    items:\n"
    for number, right in enumerate(keyed):
        item = CHOICE.format(id=f"M{number}")
        text += item.replace("{en: Which step is next?, zh: 下一步做什么？}", ask) if ask else item
        for at, option in enumerate(texts):
            words = option(right == at) if callable(option) else option
            points = ", points: 1" if at == right else ""
            text += f'          - {{id: {"ABCD"[at]}, text: "{words}"{points}}}\n'
    return text


def rules(edited):
    """The rules that find something, with where they point."""
    findings = edited.findings()
    assert all(finding.advice for finding in findings), [str(f) for f in findings]
    return {(f.rule, f"{f.file}:{f.line}:{f.column}") for f in findings}


# the rule, what to edit, from what, to what; ¦ marks where the advice must point
FOUND = {
    "two questions with one answer": (
        "double_barrelled",
        Q,
        "ask: {en: Declared?, zh: 已申报？}",
        "ask: {en: ¦Declared? And signed?, zh: 已申报？}",
    ),
    "two questions joined by and": (
        "double_barrelled",
        Q,
        "ask: {en: Declared?, zh: 已申报？}",
        "ask: {en: ¦Do you know it and can you teach it?, zh: 已申报？}",
    ),
    "two questions in Chinese": (
        "double_barrelled",
        Q,
        "ask: {en: Declared?, zh: 已申报？}",
        "ask: {en: Declared?, zh: ¦是否已申报，且是否已签字？}",
    ),
    "what is not so": (
        "negation",
        K,
        "ask: {en: Which?, zh: 哪个？}",
        "ask: {en: ¦Which of these is not a document?, zh: 哪个？}",
    ),
    "what is not so in Chinese": (
        "negation",
        K,
        "ask: {en: Which?, zh: 哪个？}",
        "ask: {en: Which?, zh: ¦下列哪项不属于单据？}",
    ),
    "anchors that differ in how often": (
        "anchors_adverbs",
        Q,
        "          5: {en: Very well, zh: 很好}",
        "          3: {en: Sometimes draws the flow, zh: 画流程}\n"
        "          ¦5: {en: Always draws the flow, zh: 画出流程}",
    ),
    "anchors that differ in how often, in Chinese": (
        "anchors_adverbs",
        Q,
        "          5: {en: Very well, zh: 很好}",
        "          3: {en: Draws, zh: 有时能画出流程}\n"
        "          ¦5: {en: Explains, zh: 总是能画出流程}",
    ),
    "no anchor at the upper end": (
        "anchors_ends",
        Q,
        "        anchors:\n          1: {en: Lists screens, zh: 只列界面}\n          5:",
        "        ¦anchors:\n          1: {en: Lists screens, zh: 只列界面}\n          3:",
    ),
    "no anchors at all": (
        "anchors_ends",
        Q,
        "{id: OWN-1, type: rating, competency: OWN, ask: {en: Whose?, zh: 谁的？},\n"
        '         "anchors": {1: {en: Others, zh: 别人的}, 5: {en: Named, zh: 点名道姓}}}',
        "{¦id: OWN-1, type: rating, competency: OWN, ask: {en: Whose?, zh: 谁的？}}",
    ),
    "a competency with one item": (
        "competency_items",
        Q,
        "{id: OWN-1, type: rating, competency: OWN,",
        "{id: OWN-1, type: rating, competency: BPM,",
    ),
    "a competency that no module weighs": (
        "competency_unused",
        P,
        "modules:\n  - id",
        "  - {id: ¦NEW, name: {en: New, zh: 新}}\nmodules:\n  - id",
    ),
    "an item that no module uses": (
        "item_unused",
        P,
        "knowledge: {BPM: 0.4}",
        "knowledge: {}",
    ),
    "a question on a topic of the pack's own": (
        "forbidden_topic",
        P,
        "waves:\n",
        "forbidden: [{id: F1, topic: {en: Clubs, zh: 社团}, words: {en: [whose], zh: [社团]}}]\n"
        "waves:\n",
    ),
    "a question on a topic that no pack may ask": (
        "forbidden_topic",
        Q,
        "en: Until when?",
        "en: ¦Until when are you pregnant?",
    ),
    "a sentence too long to follow": (
        "reading",
        Q,
        "en: Until when?",
        "en: ¦" + "word " * 31 + "end?",
    ),
    "a sentence too long to follow in Chinese": (
        "reading",
        Q,
        "zh: 到何时？",
        "zh: ¦" + "长" * 61 + "？",
    ),
    "an option that speaks of the others": (
        "all_of_the_above",
        K,
        "text: {en: This, zh: 这个}",
        "text: {en: ¦All of the above, zh: 这个}",
    ),
    "an option that speaks of the others in Chinese": (
        "all_of_the_above",
        K,
        "text: {en: This, zh: 这个}",
        "text: {en: This, zh: ¦以上都是}",
    ),
    "a missing translation": (
        "translation",
        Q,
        "title: {en: Interview, zh: 访谈}",
        "¦title: {en: Interview}",
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_advice_names_its_rule_and_points_there(edited, case):
    rule, file, old, new = FOUND[case]
    found = rules(edited.put(file, old, new))
    assert rule in {name for name, _place in found}, found
    if edited.place:
        assert (rule, edited.place) in found


SILENT = {
    "an interviewer may ask two things": (Q, "en: How?", "en: How? And why is that?"),
    "a not in the case is no negated question": (
        K,
        "ask: {en: Which?, zh: 哪个？}",
        "ask: {en: The invoice is not there. Which step is next?, zh: 没有发票。下一步做哪个？}",
    ),
    "capitals are not overlooked": (
        K,
        "ask: {en: Which?, zh: 哪个？}",
        "ask: {en: Which of these is NOT a document?, zh: 哪个？}",
    ),
    "thirty words are no more than one breath": (Q, "en: Until when?", "en: " + "word " * 30),
    "both sides of a contract are no option on others": (
        K,
        "text: {en: This, zh: 这个}",
        "text: {en: Both parties sign, zh: 双方都签字}",
    ),
}


@pytest.mark.parametrize("case", SILENT)
def test_good_questions_raise_no_alarm(edited, case):
    assert rules(edited.put(*SILENT[case])) == set()


def test_words_for_the_ends_of_the_scale_stand_in_for_anchors_that_an_item_lacks(edited):
    edited.put(
        P, "scale: {from: 1, to: 5}", "scale: {from: 1, to: 5, levels: {1: Not shown, 5: Shown}}"
    )
    edited.put(Q, *FOUND["no anchors at all"][2:])
    assert rules(edited) == set()


def test_a_key_by_far_the_longest_is_named_at_its_option(edited):
    texts = (lambda right: "a" * (60 if right else 20), "b" * 20, "c" * 20, "d" * 20)
    edited.write("more.yaml", check(0, texts=texts))
    assert ("key_longest", "more.yaml:13:21") in rules(edited)


@pytest.mark.parametrize(("longest", "told"), [(2, False), (3, True)])
def test_keys_that_are_often_the_longest_are_advice_on_the_questionnaire(edited, longest, told):
    """Six items: two of them are a third, three are more."""
    items = [check(0, texts=("aaaa", "bbb", "ccc", "ddd"))] * longest
    items += [check(0, texts=("aaa", "bbbb", "ccc", "ddd"))] * (6 - longest)
    head, first = items[0].split("    items:\n")
    parts = [first, *(item.split("    items:\n")[1] for item in items[1:])]
    body = "".join(part.replace("id: M0", f"id: M{at}") for at, part in enumerate(parts))
    edited.write("more.yaml", f"{head}    items:\n{body}")
    assert (("key_longest_share", "more.yaml:1:1") in rules(edited)) is told


@pytest.mark.parametrize(
    ("keyed", "told"), [([0, 1, 2, 3] * 3, False), ([1] * 8 + [0, 2, 3, 0], True)]
)
def test_keys_that_prefer_a_place_are_advice(edited, keyed, told):
    edited.write("more.yaml", check(*keyed, texts=("same",) * 4))
    assert (("key_positions", "more.yaml:1:1") in rules(edited)) is told


def test_a_check_that_takes_more_than_an_hour_is_advice(edited):
    edited.write("more.yaml", check(*[0, 1, 2, 3] * 14, texts=("same",) * 4))
    assert ("hour", "more.yaml:1:1") in rules(edited)
    edited.write("more.yaml", check(*[0, 1, 2, 3] * 10, texts=("same",) * 4))
    assert rules(edited) == set()


def test_advice_as_plain_data_has_its_rule_and_a_mistake_has_none(edited):
    edited.put(Q, "title: {en: Interview, zh: 访谈}", "title: {en: Interview}")
    (told,) = [finding.as_json() for finding in edited.findings()]
    assert (told["kind"], told["rule"]) == ("advice", "translation")
    edited.put(P, "BPM: 60", "BPM: 50")
    assert {"rule"} - edited.findings()[0].as_json().keys() == {"rule"}


def test_a_wrong_language_code_in_many_texts_is_one_piece_of_advice_that_names_it(edited):
    edited.files[Q] = edited.files[Q].replace(" zh: ", " zn: ")
    (told,) = [finding.as_json() for finding in edited.findings()]
    count = edited.files[Q].count(" zn: ")
    assert count > 3
    assert told["rule"] == "language"
    assert told["what"] == f"'zn' of {count} texts is none of the pack's languages"
