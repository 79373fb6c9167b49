"""What a candidate answers alone: stored with consent only, seen by few, counted nowhere."""

from __future__ import annotations

import pytest
from tui_memory import memory_workspace, pack_files

from assess.errors import BadInput
from assess.model.people import Candidate
from assess.workspace.evidence import evidence
from assess.workspace.selftest import profile, self_test
from assess.workspace.selftest_words import profile_lines

SELF = b"""\
questionnaire: self
for: candidate
counts: false
title: Self
sections:
  - title: Me
    items:
      - {id: S-BPM, type: rating, competency: BPM, ask: How well}
      - {id: S-DOC, type: rating, competency: DOC, ask: How tidy}
"""
CHECK = b"""\
questionnaire: knowledge
for: candidate
counts: true
title: Knowledge
sections:
  - title: Procurement
    items:
      - id: PK-1
        type: choice
        competency: BPM
        modules: [PROC]
        ask: Which
        options: [{id: A, text: one}, {id: B, text: two, points: 1}]
  - title: Cost
    items:
      - id: CK-1
        type: choice
        competency: BPM
        modules: [COST]
        ask: Which
        options: [{id: A, text: one, points: 1}, {id: B, text: two}]
"""


@pytest.fixture
def workspace():
    return memory_workspace(pack_files() | {"self.yaml": SELF, "knowledge.yaml": CHECK})


def taken(workspace, candidate, rating, option, *, store=True):
    session = self_test(workspace, candidate)
    if store:
        session.agree()
    session.answer("S-BPM", rating)
    session.answer("PK-1", option)
    session.submit()
    return session


def test_it_asks_the_own_questionnaire_and_the_knowledge_of_the_candidates_modules(workspace):
    assert [item.id for item in self_test(workspace, "HE").items] == ["S-BPM", "S-DOC", "PK-1"]
    assert [item.id for item in self_test(workspace, "QI").items][2:] == ["PK-1", "CK-1"]


def test_without_consent_nothing_is_stored_and_the_profile_is_shown_all_the_same(workspace):
    before = {stream: list(kept) for stream, kept in workspace.store.records.items()}
    session = taken(workspace, "HE", 3, "B", store=False)
    assert {s: list(kept) for s, kept in workspace.store.records.items()} == before
    assert workspace.store.logged[-1]["what"] != "submitted"
    found = profile(workspace, session)
    assert (found.ratings[0].value, found.knowledge[0].earned) == (3, 1)
    assert any("stored" in line for line in profile_lines(session, found))


def test_with_consent_it_is_stored_with_when_and_goes_on_where_it_stopped(workspace):
    session = self_test(workspace, "HE")
    assert session.consent_due
    session.agree()
    session.answer("S-BPM", 2)
    again = self_test(workspace, "HE")
    assert not again.consent_due
    assert again.answers["S-BPM"].value == 2
    opened = workspace.store.read(session.id)[0]
    assert (opened["form"], opened["consent"]["language"]) == ("self", "en")


def test_a_low_rating_of_oneself_needs_no_evidence(workspace):
    session = self_test(workspace, "HE")
    session.answer("S-BPM", 1)
    assert not session.note_due("S-BPM")
    assert session.review().notes_due == []


def test_the_candidate_does_not_become_a_rater(workspace):
    taken(workspace, "HE", 3, "B")
    assert list(workspace.raters()) == ["R1", "R2"]


def test_it_changes_no_ranking(workspace):
    workspace.interview("HE", "R1").answer("BPM-1", 3)
    before = workspace.rank().modules
    taken(workspace, "HE", 5, "B")
    taken(workspace, "QI", 5, "B")
    assert workspace.rank().modules == before


def test_interviewers_do_not_see_it_and_it_opens_no_eyes_to_others_ratings(workspace):
    workspace.interview("HE", "R1").answer("BPM-1", 3)
    taken(workspace, "HE", 5, "B")
    for me in ("R1", "R2", "HE"):
        workspace.me = me
        seen = {(one.rater, one.questionnaire) for one in evidence(workspace, "HE")}
        assert seen == ({("R1", "interview")} if me == "R1" else set())
        hidden = {one.rater for one in workspace.interviews() if one.hidden}
        assert "HE" in hidden


def test_nobody_opens_it_as_an_interview(workspace):
    taken(workspace, "HE", 5, "B")
    with pytest.raises(BadInput, match="self-test"):
        workspace.interview("HE", "HE", "self")


def test_where_one_stands_is_told_from_the_tenth_on_and_without_names(workspace):
    workspace.put_people([Candidate(id=f"C{n}", modules=["PROC"]) for n in range(9)])
    for n in range(8):
        taken(workspace, f"C{n}", 1 + n % 4, "B" if n % 2 else "A")
    mine = taken(workspace, "HE", 3, "B")
    found = profile(workspace, mine)
    assert (found.takers, found.ratings[0].place) == (9, None)
    taken(workspace, "C8", 5, "A")
    found = profile(workspace, mine)
    place = found.ratings[0].place
    assert (place.lower, place.equal, place.higher) == (4, 2, 3)
    known = found.knowledge[0].place
    assert (known.lower, known.equal, known.higher) == (5, 4, 0)
    told = "\n".join(profile_lines(mine, found))
    assert not any(f"C{n}" in told for n in range(9))


def test_the_shipped_pack_asks_every_competency_and_the_knowledge_of_the_modules():
    from pathlib import Path

    root = Path(__file__).parents[2] / "questionnaires" / "key-user"
    from assess.model.forms import self_questionnaire, sheet_of
    from assess.packs import load_pack

    pack = load_pack(root)
    sheet = sheet_of(pack, self_questionnaire(pack), "self", ["PROC"])
    rated = {item.competency for item in sheet.items if item.type == "rating"}
    assert rated - {None} == set(pack.competencies)
    assert any(item.id.startswith("PROC-K") for item in sheet.items)
