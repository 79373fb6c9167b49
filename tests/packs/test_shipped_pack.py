"""The pack that ships: complete, in both languages, and true to its own rules."""

from __future__ import annotations

import re

import pytest

from assess.model.items import ChoiceItem, RatingItem, YesNoItem
from assess.packs import check_pack, load_pack, shipped_packs

FOLDER = shipped_packs()["key-user"]


@pytest.fixture(scope="module")
def pack():
    return load_pack(FOLDER)


def test_the_check_finds_nothing_not_even_advice():
    assert check_pack(FOLDER) == []


def test_it_is_called_as_its_folder(pack):
    assert pack.ref.id == FOLDER.name


def test_it_asks_for_all_it_promises(pack):
    interview, knowledge = pack.questionnaires["interview"], pack.questionnaires["knowledge"]
    assert len([item for item in interview.items if isinstance(item, RatingItem)]) == 36
    assert len(knowledge.items) == 76
    assert (len(pack.competencies), len(pack.modules), len(pack.waves)) == (10, 10, 7)
    assert len(pack.development.actions) == 60
    assert len(pack.continuity.facts) == 9
    assert len(pack.file.forbidden) == 14


def test_every_interview_question_is_anchored_probed_and_says_what_to_note(pack):
    for item in pack.questionnaires["interview"].items:
        if isinstance(item, RatingItem):
            assert sorted(item.anchors) == [1, 3, 5], item.id
            assert item.probes, item.id
            assert len(item.probes.say("en")) == len(item.probes.say("zh")) >= 2, item.id
        assert item.evidence, item.id


def test_every_knowledge_item_has_one_best_answer_of_four_and_a_reason(pack):
    for item in pack.questionnaires["knowledge"].items:
        assert isinstance(item, ChoiceItem)
        assert [option.id for option in item.options] == ["A", "B", "C", "D"]
        assert [option.points for option in item.options if option.points is not None] == [1]
        assert item.reason, item.id


def test_reasons_name_options_by_content_and_not_by_letter(pack):
    cited = re.compile(
        r"(?<![A-Za-z.])[B-D](?![A-Za-z0-9.])|\bA(?= (is|and|or|evades|breaks)\b)|A、"
    )
    for item in pack.questionnaires["knowledge"].items:
        for language in ("en", "zh"):
            assert not cited.search(item.reason.say(language)), item.id


def test_the_knowledge_check_counts_for_process_mastery_and_the_self_assessment_never(pack):
    knowledge = pack.questionnaires["knowledge"]
    assert knowledge.counting
    assert {item.competency for item in knowledge.items} == {"BPM"}
    assert not pack.questionnaires["self"].counting


def test_items_that_rest_on_chinese_law_are_tagged(pack):
    tagged = {key for key, item in pack.items.items() if "china" in item.tags}
    assert tagged == {"PROC-K1", "PROC-K2", "PROC-K3", "PROC-K4", "PROC-K8"}


def test_every_module_demands_ownership_release_and_process_mastery(pack):
    for module in pack.modules.values():
        assert module.minimums["OWN"] == 2.5
        assert module.minimums["AVL"] == 3
        assert module.minimums["BPM"] >= 3
    assert pack.competencies["AVL"].kind == "arrangement"


def test_gates_are_asked_for_their_modules_alone(pack):
    gates = {gate: name for name, module in pack.modules.items() for gate in module.gates}
    assert gates == {"PROC-G1": "PROC", "HRP-G1": "HRP"}
    for gate, module in gates.items():
        assert isinstance(pack.items[gate], YesNoItem)
        assert pack.items[gate].modules == [module]


def test_the_release_floors_are_those_that_the_anchors_cite(pack):
    phases = {phase.id: phase for phase in pack.file.phases}
    anchors = pack.items["AVL-1"].anchors
    for phase in phases.values():
        assert f"{phase.floor:g} %" in anchors[3].say("en")
        assert f"{phase.floor:g}%" in anchors[3].say("zh")
        if phase.id != "cutover":  # full release, in words
            assert f"{phase.aim:g} %" in anchors[5].say("en")
            assert f"{phase.aim:g}%" in anchors[5].say("zh")


def test_every_competency_has_actions_at_every_level(pack):
    levels = {(action.competency, action.level) for action in pack.development.actions}
    assert levels == {(name, level) for name in pack.competencies for level in "LMH"}


def test_voluntary_questions_are_asked_in_the_same_words_under_the_same_ids(pack):
    for fact in pack.continuity.facts:
        if fact.kind == "voluntary":
            assert fact.ask.say("en").startswith(pack.items[fact.id].ask.say("en"))
            assert fact.ask.say("zh").startswith(pack.items[fact.id].ask.say("zh"))


def test_what_must_not_be_noted_is_no_word_of_the_pack_itself(pack):
    """Words of the questions will stand in notes: warning of them would be a false alarm."""
    asked = {
        language: "\n".join(
            text.say(language)
            for item in pack.items.values()
            for text in (item.ask, *getattr(item, "anchors", {}).values())
        ).lower()
        for language in ("en", "zh")
    }
    for topic in pack.file.forbidden:
        for language in ("en", "zh"):
            for word in topic.words.say(language):
                assert word.lower() not in asked[language], (topic.id, word)
