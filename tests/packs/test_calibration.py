"""Sample answers with a master rating: checked against the items that they are answers to."""

from __future__ import annotations

import pytest

from assess.packs import load_pack_files

C = "calibration.yaml"
SAMPLES = """\
calibration:
  - id: CAL-BPM-1
    item: BPM-1
    answer: {en: I asked the system., zh: 我查了系统。}
    master: 3
    reason: {en: A concrete case., zh: 有具体事例。}
  - id: CAL-OWN-1
    item: OWN-1
    answer: {en: I finished it., zh: 我做完了。}
    master: 4.5
    reason: {en: Own part is clear., zh: 本人作用清楚。}
"""

BROKEN = {
    "an item that is not there": ("item: BPM-1", "item: ¦BPM-7", "Here may stand: BPM-1, BPM-2"),
    "an item that is not rated": ("item: BPM-1", "item: ¦K1", "an item of type rating"),
    "a master above the scale": ("master: 3\n", "master: ¦6\n", "from 1 to 5"),
    "a master that is a word": ("master: 3\n", "master: ¦good\n", "write a number"),
    "a doubled id": ("- id: CAL-OWN-1", "- id: ¦CAL-BPM-1", "an id of its own"),
    "an unknown key": ("    master: 4.5\n", "    master: 4.5\n    ¦level: 4\n", "here may stand"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_one_finding_points_at_the_mistake_and_names_the_remedy(edited, case):
    old, new, remedy = BROKEN[case]
    lines = edited.write(C, SAMPLES).put(C, old, new).mistakes()
    assert len(lines) == 1, lines
    assert lines[0].startswith(edited.place + ": ")
    assert remedy in lines[0]


def test_the_samples_come_in_the_order_of_the_file(edited):
    pack = load_pack_files(edited.write(C, SAMPLES).bytes)
    assert [one.id for one in pack.calibration.calibration] == ["CAL-BPM-1", "CAL-OWN-1"]
    assert [one.master for one in pack.calibration.calibration] == [3, 4.5]


def test_a_master_is_held_to_the_scale_of_its_own_item(edited):
    edited.write(C, SAMPLES).put(
        "interview.yaml",
        "{id: OWN-1, type: rating,",
        "{id: OWN-1, type: rating, scale: {from: 0, to: 4},",
    ).put("interview.yaml", "5: {en: Named,", "4: {en: Named,")
    assert ["from 0 to 4" in line for line in edited.mistakes()] == [True]


def test_samples_of_an_item_without_a_competency_are_refused(edited):
    edited.put("interview.yaml", "for: interviewer\n", "for: interviewer\ncounts: false\n")
    edited.put(
        "interview.yaml", "{id: OWN-1, type: rating, competency: OWN,", "{id: OWN-1, type: rating,"
    )
    mistakes = edited.write(C, SAMPLES).mistakes()
    assert ["an item without a competency" in line for line in mistakes] == [True]


def test_a_pack_without_the_file_has_no_samples(edited):
    assert load_pack_files(edited.bytes).calibration is None


def test_a_text_in_one_language_only_is_advised_on(edited):
    text = SAMPLES.replace(
        "answer: {en: I asked the system., zh: 我查了系统。}", "answer: {en: I asked.}"
    )
    advice = [str(one) for one in edited.write(C, text).findings() if one.file == C]
    assert ["missing in zh" in line for line in advice] == [True]
