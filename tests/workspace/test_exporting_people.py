"""What exports say of people, to whom, and what hostile names and notes do there: nothing."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from exports_read import (
    WANTED,
    as_csv,
    as_workbook,
    each_format,
    in_words,
    number,
    ranked,
    write_note,
)
from hostile import ALL

from assess.exchange.safe import clean, restore
from assess.model.people import Candidate, Rater
from assess.workspace.exporting import render
from assess.workspace.workspace import Workspace

ABOUT_ALL = ("shortlist", "scores", "ratings", "method")


def test_an_interviewer_exports_no_answer_that_is_hidden_from_them(riverside_once):
    mine = Workspace.open(riverside_once, me="R4")
    seen = {(r.candidate, r.rater) for r in mine.visible()}
    everything = {(r.candidate, r.rater) for r in mine.readings()}
    assert seen < everything
    rows = as_csv(render(mine, "ratings"))
    assert {(row["candidate"], row["rater"]) for row in rows} <= seen
    for what in ("shortlist", "scores"):
        sheets = json.loads(render(mine, what, format="json"))["sheets"]
        evidence = next(s["rows"] for s in sheets if s["name"] == "Evidence")
        assert {(row["candidate"], row["rater"]) for row in evidence} <= seen
    scores = {(r["module"], r["candidate"]): r for r in as_csv(render(mine, "scores"))}
    for key, one in ranked(mine).items():
        assert number(scores[key]["score"]) == one["score"]
    hidden = next(c for c, _r in everything if c not in {c for c, _r in seen})
    told = json.loads(render(mine, "feedback", format="json", candidate=hidden))
    assert all(row["score"] is None for row in told["sheets"][0]["rows"])


FIELDS = ("name", "department", "team", "manager", "role")


@pytest.fixture(scope="module")
def marked(riverside_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Everything that says who somebody is, and a note, carries a mark."""
    place = tmp_path_factory.mktemp("marked") / "workspace"
    workspace = Workspace.open(shutil.copytree(riverside_once, place))
    for person in workspace.candidates().values():
        words = {field: f"Zz{field}{person.id}zZ" for field in FIELDS}
        workspace.put_people([person.model_copy(update=words | {"email": "zz@zz.example"})])
    workspace.put_people([Rater(id="R1", name="ZzraterzZ")])
    write_note(workspace, "ZznotezZ")
    return workspace


@each_format()
@pytest.mark.parametrize("what", [*ABOUT_ALL, "feedback"])
def test_pseudonyms_leave_codes_and_nothing_that_says_who_it_is(marked, what, format):
    options = WANTED.get(what, {})
    coded = in_words(render(marked, what, format=format, **options, pseudonyms=True), format)
    assert "Zz" not in coded
    assert "zz.example" not in coded
    if what != "method":
        assert re.search(r"\b(JA|HE)\b", coded)


def test_names_and_notes_are_there_unless_they_are_left_out(marked):
    text = in_words(render(marked, "ratings", format="html"), "html")
    assert "ZzraterzZ" in text
    assert "ZznotezZ" in text
    for what in ("shortlist", "scores", "feedback"):
        options = WANTED.get(what, {})
        assert "Zzname" in in_words(render(marked, what, format="html", **options), "html")


STORABLE = [text for text in ALL if "\ud800" not in text]


@pytest.fixture
def hostile(workspace: Workspace) -> Workspace:
    """Every name, department, rater and note a text made to harm."""
    texts = iter(STORABLE * 3)
    people = [
        Candidate(id=p.id, name=next(texts), department=next(texts), modules=p.modules)
        for p in workspace.candidates().values()
    ]
    workspace.put_people([*people, *(Rater(id=r, name=next(texts)) for r in workspace.raters())])
    session = workspace.interview("HE", "R9")
    for item, text in zip(session.items, STORABLE, strict=False):
        session.mark(item.id, "not_observed")
        session.note(item.id, text)
    return workspace


@pytest.mark.parametrize("what", ["shortlist", "scores", "ratings"])
def test_hostile_names_and_notes_are_inert_everywhere(hostile, what):
    people = hostile.candidates()
    for row in as_csv(render(hostile, what)):
        assert restore(row["name"]) == clean(people[row["candidate"]].name)
        for cell in row.values():
            assert not re.match(r"[\s\u200b]*[=+@＝]|\t|\r|-(?![\d.])", cell or "")
    book = render(hostile, what, format="xlsx")
    for rows in as_workbook(book).values():
        assert not any(isinstance(c, str) and "#NAME" in c for row in rows for c in row)
    page = render(hostile, what, format="html").decode("utf-8")
    assert not re.search(r"<(script|img|svg onload)|</style><b>", page)
    for cell in re.findall(r"<td[^>]*>(?:<bdi>)?([^<]*)", page):
        assert not re.match(r"\s*[=@＝]|\s*[+-](?![\d.])", cell)
    for line in render(hostile, what, format="md").decode("utf-8").splitlines():
        assert "<script" not in line
    objects = json.loads(render(hostile, what, format="json"))
    row = objects["sheets"][0]["rows"][0]
    assert row["name"] == clean(people[row["candidate"]].name)


@each_format()
def test_a_feedback_sheet_takes_any_name(hostile, format):
    for code in list(hostile.candidates())[::2]:
        assert render(hostile, "feedback", format=format, candidate=code)
