"""A private pack on top of another: one merged pack, and mistakes named in the file they are in."""

from __future__ import annotations

import pytest
from edited_pack import small_files

from assess.errors import BadInput
from assess.packs import check_pack, load_pack, load_pack_files, read_pack_folder

TOP = """\
pack: private
version: 2.0.0
extends: ../below
title: Ours
policy: {top: 5}
modules:
  - id: PROC
    weights: {BPM: 50, OWN: 50}
  - {id: COST, name: Cost, weights: {BPM: 100}}
retired: [OLD-1]
without: {items: [K1, BPM-2], waves: [M1]}
"""
CHECK = """\
questionnaire: knowledge
sections:
  - title: {en: Procurement, de: Einkauf}
    items:
      - {id: K4, ask: {en: Whether?, zh: 是不是？}}
      - id: OURS-1
        type: choice
        competency: BPM
        ask: {en: Ours?, zh: 我们的？}
        options: [{id: A, text: "5", points: 1}, {id: B, text: "6"}]
  - title: Cost
    items:
      - {id: OURS-2, type: number, competency: BPM, ask: {en: N?, zh: 几？},
         bands: [{from: 0, points: 1}]}
"""


@pytest.fixture
def lay(tmp_path):
    """Write the small pack and one on top of it; gives the folder of the upper one."""

    def run(below=None, **files):
        for name, texts in (("below", below or small_files()), ("top", files)):
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            for file, text in texts.items():
                own = file if file.endswith(".yaml") else f"{file}.yaml"
                (folder / own).write_text(text, encoding="utf-8")
        return tmp_path / "top"

    return run


def mistakes(folder):
    with pytest.raises(BadInput) as caught:
        load_pack(folder)
    assert caught.value.exit_code == 2
    return [line.replace(str(folder.parent) + "/", "") for line in caught.value.findings]


def test_the_two_are_one_pack_with_an_id_and_a_content_of_its_own(lay):
    folder = lay(pack=TOP, ours=CHECK)
    pack, below = load_pack(folder), load_pack(folder.parent / "below")
    assert (pack.ref.id, pack.ref.version) == ("private", "2.0.0")
    assert pack.hash != below.hash
    assert pack.file.policy.top == 5
    assert pack.file.policy.discuss_at == below.file.policy.discuss_at
    assert pack.competencies == below.competencies


def test_an_entry_of_the_same_id_replaces_the_keys_that_it_names(lay):
    pack = load_pack(lay(pack=TOP, ours=CHECK))
    assert pack.modules["PROC"].weights == {"BPM": 50, "OWN": 50}
    assert pack.modules["PROC"].gates == ["PROC-G1"]
    assert list(pack.modules) == ["PROC", "COST"]
    assert pack.items["K4"].ask.say("en") == "Whether?"
    assert [option.text.say("en") for option in pack.items["K4"].options] == ["3", "4"]


def test_new_items_stand_in_the_section_of_the_same_title_or_in_one_of_their_own(lay):
    pack = load_pack(lay(pack=TOP, ours=CHECK))
    sections = pack.questionnaires["knowledge"].sections
    assert [[item.id for item in section.items] for section in sections] == [
        ["K2", "K3", "K4", "OURS-1"],
        ["OURS-2"],
    ]


def test_what_is_left_out_is_gone_and_the_rest_stays(lay):
    pack = load_pack(lay(pack=TOP, ours=CHECK))
    assert set(pack.items) == {
        *("BPM-1", "OWN-1", "OWN-2", "PROC-G1"),
        *("K2", "K3", "K4", "OURS-1", "OURS-2"),
    }
    assert list(pack.waves) == ["M0"]


def test_a_new_questionnaire_comes_with_its_file_whatever_that_is_called(lay):
    own = "questionnaire: own\nfor: candidate\ntitle: Own\nsections:\n- title: A\n  items:\n"
    own += "  - {id: OWN-T, type: text, ask: What?}\n"
    pack = load_pack(lay(pack=TOP, knowledge=own))
    assert set(pack.questionnaires) == {"interview", "knowledge", "own"}


def test_all_layers_are_kept_together_and_read_as_the_same_pack(lay, tmp_path):
    folder = lay(pack=TOP, ours=CHECK)
    files = read_pack_folder(folder)
    assert {"pack.yaml", "ours.yaml", "extends/pack.yaml", "extends/interview.yaml"} <= set(files)
    assert load_pack_files(files) == load_pack(folder)
    kept = tmp_path / "somewhere" / "else"
    for name, content in files.items():
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        (kept / name).write_bytes(content)
    assert load_pack(kept) == load_pack(folder)


def test_a_change_below_is_another_content(lay):
    folder = lay(pack=TOP, ours=CHECK)
    before = load_pack(folder).hash
    changed = small_files()
    changed["interview.yaml"] = changed["interview.yaml"].replace("How?", "How so?")
    assert load_pack(lay(below=changed, pack=TOP, ours=CHECK)).hash != before


def test_three_layers(lay, tmp_path):
    lay(pack=TOP, ours=CHECK)
    third = tmp_path / "third"
    third.mkdir()
    (third / "pack.yaml").write_text("pack: third\nversion: 1.0.0\nextends: ../top\n")
    pack = load_pack(third)
    assert (pack.ref.id, pack.file.policy.top) == ("third", 5)
    assert load_pack_files(read_pack_folder(third)) == pack


MISTAKES = {
    "in the upper pack": (
        {"pack": TOP.replace("{top: 5}", "{top: five}")},
        "top/pack.yaml:5:15: policy > top: 'five' is no whole number",
    ),
    "in an item of the upper pack": (
        {"pack": TOP, "ours": CHECK.replace("id: OURS-2, type: number", "id: OURS-2, type: num")},
        "top/ours.yaml:13:28: sections > #2 > items > OURS-2 > type: unknown type 'num'",
    ),
    "weights changed so that they no longer fit": (
        {"pack": TOP.replace("OWN: 50", "OWN: 40")},
        "top/pack.yaml:8:5: modules > PROC > weights: the weights sum to 90",
    ),
    "an entry that is new and not whole": (
        {"pack": TOP.replace("name: Cost, ", "")},
        "top/pack.yaml:9:5: modules > COST: the key 'name' is missing",
    ),
    "what is left out is still read below": (
        {"pack": TOP.replace("BPM-2]", "BPM-1]")},
        "below/interview.yaml:18:22: sections > #1 > items > BPM-2 > when > item: there is no item",
    ),
    "what is left out is not there": (
        {"pack": TOP.replace("BPM-2]", "BPM-9]")},
        "top/pack.yaml:11:23: without > items > #2: the pack below has no 'BPM-9'",
    ),
    "an item that another questionnaire below asks": (
        {"pack": TOP, "ours": CHECK.replace("id: OURS-1", "id: OWN-1")},
        "top/ours.yaml:6:13: sections > #1 > items > OWN-1 > id: 'OWN-1' is given twice",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_named_in_the_file_of_the_layer_where_it_is(lay, case):
    files, line = MISTAKES[case]
    found = mistakes(lay(**files))
    assert [one for one in found if line in one], found
    assert len(found) == 1, found


def test_a_mistake_in_the_pack_below_is_named_there(lay):
    below = small_files()
    below["interview.yaml"] = below["interview.yaml"].replace("for: interviewer", "for: boss")
    assert [line.split(": ")[0] for line in mistakes(lay(below=below, pack=TOP))] == [
        "below/interview.yaml:2:6"
    ]


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("nowhere", "top/pack.yaml:3:10: extends: there is no pack 'nowhere'"),
        ("../top", "the packs extend one another in a circle"),
        ("[a, b]", "the pack that this one extends is not here"),
        ("key-usr", "did you mean 'key-user'"),
    ],
)
def test_a_pack_below_that_is_not_there_is_the_only_mistake(lay, base, said):
    (line,) = mistakes(lay(pack=TOP.replace("../below", base)))
    assert said in line


def test_files_without_the_pack_below_say_so():
    with pytest.raises(BadInput) as caught:
        load_pack_files({"pack.yaml": TOP.encode()})
    (line,) = caught.value.findings
    assert line.startswith("pack.yaml:3:10: extends: ")


def test_the_shipped_pack_can_be_extended_by_its_id(lay):
    folder = lay(pack="pack: acme\nversion: 1.0.0\nextends: key-user\ntitle: Acme\n")
    pack = load_pack(folder)
    assert (pack.ref.id, pack.file.title.say("en")) == ("acme", "Acme")
    assert check_pack(folder) == []
