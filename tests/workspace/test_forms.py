"""The short form: two ratings a competency for each module, chosen when an interview is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui_memory import memory_workspace

from assess.errors import BadInput
from assess.model.forms import sheet_of
from assess.packs import load_pack


@pytest.fixture
def workspace():
    return memory_workspace()


def test_it_asks_two_ratings_of_each_competency_in_the_order_of_the_full_one():
    pack = load_pack(Path(__file__).parents[2] / "questionnaires" / "key-user")
    whole = pack.questionnaires["interview"]
    short = sheet_of(pack, whole, "short", list(pack.modules))
    ids = [item.id for item in short.items]
    assert ids == [item.id for item in whole.items if item.id in set(ids)]
    assert {"BPM-1", "BPM-2", "AVL-1"} <= set(ids)
    for module in pack.modules:
        one = sheet_of(pack, whole, "short", [module])
        for competency in pack.modules[module].weights:
            asked = [i for i in one.items if i.type == "rating" and i.competency == competency]
            mine = [i for i in asked if i.modules is None or module in i.modules]
            of_all = [
                i
                for i in whole.items
                if i.type == "rating"
                and i.competency == competency
                and (i.modules is None or module in i.modules)
            ]
            assert len(mine) >= min(2, len(of_all)), (module, competency)
    assert all(item.id in ids for item in whole.items if item.required)


def test_what_a_condition_reads_is_asked_too(workspace):
    session = workspace.interview("HE", "R1", form="short")
    assert [item.id for item in session.items] == ["BPM-1", "BPM-2", "DOC-1"] + [
        item.id for item in session.items[3:]
    ]
    session.answer("DOC-1", True)
    assert "DOC-2" in [item.id for item in session.items]
    assert "K-1" not in [item.id for item in session.items]


def test_the_form_is_kept_with_the_interview_and_cannot_change(workspace):
    workspace.interview("HE", "R1", form="short").answer("BPM-1", 3)
    assert workspace.interview("HE", "R1").form == "short"
    assert [one.form for one in workspace.interviews()] == ["short"]
    with pytest.raises(BadInput, match="short"):
        workspace.interview("HE", "R1", form="full")


def test_how_far_a_short_interview_is_counts_its_own_items(workspace):
    short = workspace.interview("HE", "R1", form="short")
    short.answer("BPM-1", 3)
    (one,) = workspace.interviews()
    assert (one.answered, one.asked) == (1, len(short.items))
