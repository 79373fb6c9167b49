"""``assess export`` and ``assess fairness`` as they are typed."""

from __future__ import annotations

import json

import pytest


def test_an_export_goes_to_standard_output_where_no_file_is_named(assess, riverside):
    done = assess("export", "scores", "--workspace", riverside)
    assert done.code == 0
    assert done.out.startswith("\ufeffmodule,")
    assert done.err == ""


def test_a_feedback_sheet_is_written_to_a_file(assess, riverside, tmp_path):
    path = tmp_path / "he.html"
    done = assess(
        "export", "feedback", "HE", "--format", "html", "-o", path, "--workspace", riverside
    )
    assert (done.code, done.out) == (0, "")
    assert str(path) in done.err
    assert path.read_text("utf-8").lstrip().startswith("<!doctype html>")


def test_pseudonyms_from_the_command(assess, riverside):
    done = assess("export", "scores", "--pseudonyms", "--workspace", riverside)
    assert done.code == 0
    assert "Helen" not in done.out
    assert "\nCOST,Cost management,4,HE," in done.out.replace("\r", "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("feedback",), "assess export feedback CANDIDATE"),
        (("shortlist", "HE"), "leave HE out"),
        (("shortlist", "--top", "0"), "at least one place"),
        (("shorlist",), "did you mean 'shortlist'"),
        (("scores", "-o", "/nowhere/at/all.csv"), "does not exist"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(assess, riverside, words, message):
    done = assess("export", *words, "--workspace", riverside)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.fixture
def groups(tmp_path):
    path = tmp_path / "groups.csv"
    rows = [f"{code},{'a' if at < 5 else 'b'}" for at, code in
            enumerate(("JA", "LU", "WE", "HE", "QI", "AN", "FE", "MO", "RO"))]  # fmt: skip
    path.write_text("candidate,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_fairness_as_json(assess, riverside, groups):
    done = assess("fairness", groups, "--module", "PLAN", "--json", "--workspace", riverside)
    assert done.code == 0
    found = json.loads(done.out)
    assert found["selected"] == {"by": "top", "k": 3}
    assert found["groups"] == [
        {"group": "a", "too_few": False, "n": 5, "selected": 3, "rate": 0.6,
         "ratio": None, "p": None},
        {"group": "b", "too_few": True, "n": None, "selected": None, "rate": None,
         "ratio": None, "p": None},
    ]  # fmt: skip


def test_fairness_in_words_says_who_counts_as_selected_and_what_is_too_few(
    assess, riverside, groups
):
    done = assess("fairness", groups, "--module", "PLAN", "--workspace", riverside)
    assert done.code == 0
    assert "selected: the best 3 of the order" in done.out
    assert "too few" in done.out
    assert "fewer than 5" in done.err


def test_fairness_needs_a_module(assess, riverside, groups):
    assert assess("fairness", groups, "--workspace", riverside).code == 2
