"""Good packs: what they become, what may be left out, what is only advised."""

from __future__ import annotations

import pytest

from assess.packs import load_pack_files


def loaded(edited):
    assert edited.mistakes() == []
    return load_pack_files(edited.bytes)


def advice(edited):
    findings = edited.findings()
    assert all(finding.advice for finding in findings), findings
    return [str(finding) for finding in findings]


def test_the_small_pack_loads_without_a_word(edited):
    pack = loaded(edited)
    assert advice(edited) == []
    assert list(pack.questionnaires) == ["interview", "knowledge"]
    assert pack.modules["PROC"].weights == {"BPM": 60, "OWN": 40}
    assert pack.items["BPM-1"].anchors[5].say("zh") == "很好"


def test_defaults_stand_in_for_what_is_left_out(edited):
    pack = loaded(edited)
    assert pack.file.policy.min_coverage == 80
    assert pack.file.priors.strength == 4
    assert pack.file.notice is None
    assert pack.development is None
    assert pack.questionnaires["interview"].counting


def test_any_text_may_be_one_string(edited):
    edited.put("pack.yaml", "{en: A small pack, zh: 小题库}", "小题库")
    assert loaded(edited).file.title.say("en") == "小题库"


def test_yes_and_no_stay_texts(edited):
    edited.put("knowledge.yaml", 'text: "3"', "text: yes").put(
        "knowledge.yaml", 'text: "4"', "text: no"
    )
    texts = [option.text.say("en") for option in loaded(edited).items["K4"].options]
    assert texts == ["yes", "no"]


def test_numbers_are_read_as_texts_and_ids_as_they_are_spelled(edited):
    edited.put("knowledge.yaml", '{id: A, text: "3", points: 1}', "{id: 01, text: 3.50, points: 1}")
    option = loaded(edited).items["K4"].options[0]
    assert (option.id, option.text.say("en")) == ("01", "3.50")


def test_ids_in_any_script(edited):
    files = {name: text.replace("PROC", "采购") for name, text in edited.files.items()}
    edited.files = files
    assert list(loaded(edited).modules) == ["采购"]


def test_ids_that_look_the_same_are_the_same(edited):
    composed, decomposed = "Z\u00fcri", "Zu\u0308ri"
    edited.put("pack.yaml", "- id: PROC\n", f"- id: {composed}\n")
    edited.put("interview.yaml", "modules: [PROC]", f"modules: [{decomposed}]")
    assert loaded(edited).items["PROC-G1"].modules == [composed]


def test_weights_sum_to_100_within_rounding(edited):
    edited.put("pack.yaml", "{BPM: 60, OWN: 40}", "{BPM: 33.3333333, OWN: 66.6666667}")
    loaded(edited)


@pytest.mark.parametrize(
    "condition",
    [
        "{item: BPM-1, equals: 3}",
        "{item: K1, in: [A, B]}",
        "{item: K2, equals: A}",
        "{item: PROC-G1, equals: yes}",
        "{item: PROC-G1, equals: true}",
        "{item: K3, at_least: 1000}",
        "{item: BPM-1, answered: false}",
        "{module: [PROC]}",
        "{all: [{item: BPM-1, at_least: 2}, {any: [{module: [PROC]}]}]}",
        "{any: [{not: {item: K1, equals: A}}]}",
        "{item: OWN-2, answered: true, module: [PROC]}",
    ],
)
def test_conditions_of_every_form(edited, condition):
    loaded(edited.put("interview.yaml", "{item: BPM-1, at_least: 3}", condition))


def test_an_item_may_have_a_scale_of_its_own(edited):
    old = "        anchors:\n          1: {en: Lists screens, zh: 只列界面}\n          5:"
    new = (
        "        scale: {from: 0, to: 100}\n        anchors:\n          0: Nothing\n          100:"
    )
    pack = loaded(edited.put("interview.yaml", old, new))
    assert pack.scale_of(pack.items["BPM-1"]).high == 100


def test_a_questionnaire_that_does_not_count_needs_no_competencies(edited):
    edited.write(
        "self.yaml",
        "questionnaire: self\nfor: candidate\ntitle: Self\nsections:\n  - title: Me\n    items:\n"
        "      - {id: S1, type: rating, ask: How?}\n      - {id: S2, type: text, ask: Why?}\n",
    )
    assert not loaded(edited).questionnaires["self"].counting


def test_a_missing_language_is_advice_with_its_place(edited):
    edited.put("interview.yaml", "ask: {en: How?, zh: 怎么做？}", "¦ask: {en: How?}")
    (line,) = advice(edited)
    assert line.startswith(edited.place)
    assert "missing in zh" in line
    assert loaded(edited).items["BPM-1"].ask.say("zh", "en") == "How?"


def test_a_language_that_is_not_the_packs_is_advice(edited):
    edited.put("interview.yaml", "ask: {en: How?, zh: 怎么做？}", "ask: {en: How?, cn: 怎么做？}")
    assert any("'cn' of 1 text is none of the pack's languages" in line for line in advice(edited))


def test_anchors_are_looked_through_for_missing_languages(edited):
    edited.put("interview.yaml", "{en: Very well, zh: 很好}", "{en: Very well}")
    assert len(advice(edited)) == 1


def test_a_weight_that_no_answers_can_fill_is_advice(edited):
    edited.put(
        "interview.yaml",
        "{id: OWN-1, type: rating, competency: OWN,",
        "{id: OWN-1, type: rating, competency: BPM,",
    )
    assert any("only 1 rating item asks for it" in line for line in advice(edited))


def test_a_share_that_can_never_apply_is_advice(edited):
    edited.put("knowledge.yaml", "counts: true", "counts: false")
    assert any("only 0 knowledge items" in line for line in advice(edited))


def test_self_ratings_that_count_are_advice(edited):
    edited.put("interview.yaml", "for: interviewer", "for: candidate\n¦counts: true")
    assert any(line.startswith(edited.place) and "counts: false" in line for line in advice(edited))


def test_a_gate_that_is_never_asked_is_advice(edited):
    second = "  - {id: COST, name: C, weights: {BPM: 60, OWN: 40}, gates: [PROC-G1]}\nbands:\n"
    edited.put("pack.yaml", "bands:\n", second)
    assert any("not asked for this module" in line for line in advice(edited))


def test_a_finding_as_plain_data(edited):
    edited.put("pack.yaml", "BPM: 60", "BPM: 50")
    told = edited.findings()[0].as_json()
    assert told["kind"] == "error"
    assert (told["file"], told["line"]) == ("pack.yaml", 12)
