"""What ships beside the questions: cards of the work samples, and sample answers for raters."""

from __future__ import annotations

import re

import pytest

from assess.packs import load_pack, shipped_packs

LANGUAGES = ("en", "zh")
WORK_SAMPLES = ("BPM-4", "GAP-3", "MDM-4", "DOC-2", "SYS-3", "COA-2")


@pytest.fixture(scope="module")
def pack():
    return load_pack(shipped_packs()["key-user"])


@pytest.fixture(scope="module")
def samples(pack):
    return pack.calibration.calibration


@pytest.mark.parametrize("name", WORK_SAMPLES)
def test_a_work_sample_has_a_card_for_each_module_with_a_key(pack, name):
    item = pack.items[name]
    for module in pack.modules:
        cards = item.cards_for([module])
        assert len(cards) == 1, module
        for language in LANGUAGES:
            assert len(cards[0].text.say(language)) >= 50
            assert len(cards[0].look_for.say(language)) >= 5


def test_cards_and_keys_are_written_in_both_languages_line_for_line(pack):
    for name in WORK_SAMPLES:
        for card in pack.items[name].cards:
            assert card.text.languages() == card.look_for.languages() == set(LANGUAGES)
            lines = [card.text.say(language).count("\n") for language in LANGUAGES]
            assert lines[0] == lines[1], card.id
            keys = [len(card.look_for.say(language)) for language in LANGUAGES]
            assert keys[0] == keys[1], card.id


def test_both_languages_of_a_card_state_the_same_figures(pack):
    """Texts differ in units (million, 万); codes, dates in ISO form and row numbers do not."""
    codes = re.compile(r"[A-Z]+-\d+|\d{4}-\d{2}-\d{2}|\b[ST]\d+\b")
    for name in WORK_SAMPLES:
        for card in pack.items[name].cards:
            found = [sorted(codes.findall(card.text.say(language))) for language in LANGUAGES]
            assert found[0] == found[1], card.id


def test_the_list_of_master_data_holds_the_errors_that_its_key_names(pack):
    (card,) = pack.items["MDM-4"].cards
    rows = [line for line in card.text.say("en").splitlines() if re.match(r"\d+ \|", line)]
    assert len(rows) == 15
    seeded = card.look_for.say("en")
    assert len(seeded) == 14
    named = {int(number) for line in seeded for number in re.findall(r"\d+", line.split(",")[0])}
    assert named == set(range(1, 16)) - {1, 15}
    code = [row.split(" | ")[1] for row in rows]
    assert code[9] == code[5]
    assert rows[3].split("|")[6] == rows[10].split("|")[6]


def test_every_competency_has_two_sample_answers_at_two_levels(pack, samples):
    levels: dict[str, list[float]] = {name: [] for name in pack.competencies}
    for sample in samples:
        levels[pack.items[sample.item].competency].append(sample.master)
    for competency, masters in levels.items():
        assert len(masters) >= 2, competency
        assert len(set(masters)) >= 2, competency
    given = [sample.master for sample in samples]
    assert set(given) == {1, 2, 3, 4, 5}
    assert max(given.count(level) for level in set(given)) <= len(given) / 2


def test_sample_answers_are_as_long_as_what_somebody_says(samples):
    for sample in samples:
        assert 60 <= len(sample.answer.say("en").split()) <= 120, sample.id
        assert 90 <= len(sample.answer.say("zh")) <= 220, sample.id
        assert re.search(r"\b(I|my|me)\b", sample.answer.say("en")), sample.id
        assert "我" in sample.answer.say("zh"), sample.id


def test_length_does_not_give_the_level_away(samples):
    """Raters must read: a good answer is no longer than a poor one."""
    for language in LANGUAGES:
        sizes = {True: [], False: []}
        for sample in samples:
            sizes[sample.master >= 4].append(len(sample.answer.say(language)))
        good, poor = (sum(sizes[key]) / len(sizes[key]) for key in (True, False))
        assert good <= 1.25 * poor


def test_no_forbidden_topic_is_touched(pack, samples):
    texts = [text for s in samples for text in (s.answer, s.reason)]
    texts += [card.text for name in WORK_SAMPLES for card in pack.items[name].cards]
    for topic in pack.file.forbidden:
        for language in LANGUAGES:
            for word in topic.words.say(language):
                for text in texts:
                    assert word.lower() not in text.say(language).lower(), (topic.id, word)
