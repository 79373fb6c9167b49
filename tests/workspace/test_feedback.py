"""The feedback sheet: one's own result, in one's own language, and what to do next."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from assess import i18n
from assess.workspace.exporting import render
from assess.workspace.feedback_words import actions_for, contact_passage, strengths_and_gaps
from assess.workspace.results import CandidateResult, Line
from assess.workspace.workspace import Workspace


def sheet(workspace: Workspace, candidate: str, **options):
    return json.loads(render(workspace, "feedback", format="json", candidate=candidate, **options))


def result(workspace: Workspace, **values: float) -> CandidateResult:
    """A result with these values of competencies, all of the same weight, no minimum missed."""
    one = workspace.rank(["COST"]).modules[0].candidates[0]
    lines = [
        Line(code, 100 / len(values), value, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for code, value in values.items()
    ]
    return replace(one, lines=lines, minimums=[replace(m, state="met") for m in one.minimums])


def test_strengths_are_the_highest_and_gaps_the_lowest_two(reading):
    one = result(reading, BPM=3.0, XFV=4.5, GAP=2.0, MDM=4.0, DOC=3.5, SYS=1.5)
    strengths, gaps = strengths_and_gaps(reading.pack, [one])
    assert strengths == ["XFV", "MDM", "DOC"]
    assert gaps == ["SYS", "GAP"]


def test_a_missed_minimum_comes_before_what_is_lower(reading):
    one = result(reading, BPM=3.4, GAP=2.0, MDM=2.5, SYS=1.5)
    missed = [replace(m, state="missed") if m.competency == "BPM" else m for m in one.minimums]
    _strengths, gaps = strengths_and_gaps(reading.pack, [replace(one, minimums=missed)])
    assert gaps == ["BPM", "SYS"]


def test_arrangements_are_no_strength_and_no_gap_of_a_person(reading):
    for value in (1.0, 5.0):
        one = result(reading, AVL=value, BPM=3.0, GAP=3.5, MDM=4.0)
        strengths, gaps = strengths_and_gaps(reading.pack, [one])
        assert "AVL" not in strengths + gaps


def test_the_top_of_the_scale_is_no_gap(reading):
    strengths, gaps = strengths_and_gaps(reading.pack, [result(reading, BPM=5, GAP=5, MDM=5)])
    assert gaps == []
    assert len(strengths) == 3


@pytest.mark.parametrize("values", [{}, {"BPM": 2.0}, {"BPM": 2.0, "GAP": 3.0}])
def test_with_little_asked_nothing_is_both_a_strength_and_a_gap(reading, values):
    strengths, gaps = strengths_and_gaps(reading.pack, [result(reading, **values)])
    assert not set(strengths) & set(gaps)
    assert len(strengths) == min(1, len(values))


@pytest.mark.parametrize(
    ("value", "level"), [(1.0, "L"), (2.49, "L"), (2.5, "M"), (3.99, "M"), (4.0, "H"), (5.0, "H")]
)
def test_actions_are_those_of_the_level_reached(reading, value, level):
    module = reading.rank(["COST"]).modules[0]
    actions = actions_for(reading.pack, "BPM", [(module, result(reading, BPM=value))])
    assert [action.id for action in actions] == [f"BPM-{level}1", f"BPM-{level}2"]


def test_no_level_below_the_lowest(reading):
    assert reading.pack.development is not None
    assert reading.pack.development.level(0.2) == "L"


def test_the_figures_are_those_of_the_ranking(reading):
    ranking = {m.module: m.of("HE") for m in reading.rank().modules}
    rows = sheet(reading, "HE")["sheets"][0]["rows"]
    assert {row["module"]: row["score"] for row in rows} == {
        module: one.score for module, one in ranking.items()
    }
    text = render(reading, "feedback", format="html", candidate="HE").decode("utf-8")
    for one in ranking.values():
        assert f"{one.score:.1f}" in text


@pytest.mark.parametrize("format", ["csv", "html", "md", "json"])
def test_nobody_else_is_in_it_and_no_rank(reading, format):
    text = render(reading, "feedback", format=format, candidate="HE").decode("utf-8")
    style = text.index("</style>") if "</style>" in text else 0
    text = text[style:]
    for other in reading.candidates().values():
        if other.id != "HE":
            assert not re.search(rf"\b({other.id}|{other.name})\b", text), other.id
    for rater in reading.raters().values():
        assert not re.search(rf"\b({rater.id}|{rater.name})\b", text)
    assert not re.search(r"\b(rank|ranks|tie_group|p_top)\b", text)


def test_it_is_in_the_candidate_s_language_whoever_asks(reading):
    assert reading.candidates()["HE"].language == "en"
    assert reading.candidates()["JA"].language == "zh"
    for asking in ("en", "zh"):
        i18n.use(asking)
        chinese = render(reading, "feedback", format="html", candidate="JA").decode("utf-8")
        english = render(reading, "feedback", format="html", candidate="HE").decode("utf-8")
        assert '<html lang="zh-CN">' in chinese
        assert "成本管理" in chinese
        assert "What the result means" in english
        assert "成本管理" not in english
        assert i18n.language() == asking


def test_who_has_no_language_gets_the_one_in_use(riverside):
    workspace = Workspace.open(riverside)
    workspace.put_people([workspace.candidate("HE").model_copy(update={"language": "fr"})])
    i18n.use("zh")
    text = render(workspace, "feedback", format="html", candidate="HE").decode("utf-8")
    assert '<html lang="zh-CN">' in text


def test_a_sheet_says_whom_to_ask_and_leaves_room_to_answer(reading):
    texts = sheet(reading, "HE")["texts"]
    assert any("fang@example.com" in line for text in texts for line in text["lines"])
    told = sheet(reading, "HE", contact="Mr Li, 4711")["texts"]
    assert any("Mr Li, 4711" in line for text in told for line in text["lines"])
    page = render(reading, "feedback", format="html", candidate="HE").decode("utf-8")
    assert page.count('class="line"') == 4


def test_without_a_contact_there_is_a_line_to_fill_in():
    assert any("____" in line for line in contact_passage(" ").lines)


def test_one_module_may_be_chosen(reading):
    rows = sheet(reading, "HE", modules=["PLAN"])["sheets"][0]["rows"]
    assert [row["module"] for row in rows] == ["PLAN"]


def test_who_was_asked_nothing_is_told_so(riverside):
    workspace = Workspace.open(riverside)
    fresh = workspace.candidate("HE").model_copy(update={"id": "NEW", "name": "New"})
    workspace.put_people([fresh])
    told = sheet(workspace, "NEW")
    assert all(row["score"] is None for row in told["sheets"][0]["rows"])
    lines = [line for text in told["texts"] for line in text["lines"]]
    assert any("no result yet" in line for line in lines)
    assert any("Too little has been asked" in line for line in lines)
