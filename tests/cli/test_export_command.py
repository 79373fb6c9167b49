"""``assess export`` and ``assess fairness`` as they are typed."""

from __future__ import annotations

import json

import pytest

from assess.workspace.exports import EXPORTS


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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("plan --top 3", "export plan does not take --top; these do: shortlist"),
        ("plan --top 0", "--top"),
        ("ratings --module COST", "these do: shortlist, scores, feedback, form, method"),
        ("kit --without JA --decided", "--decided"),
        ("plan --without-team Buying", "--without-team; these do: kit"),
        ("person HE --contact me", "--contact; these do: feedback"),
        ("scores --bilingual", "--bilingual; these do: form"),
    ],
)
def test_an_option_that_would_go_unheeded_is_refused(assess, riverside, words, message):
    done = assess("export", *words.split(), "--workspace", riverside)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


HEEDED = {
    "module": "--module COST",
    "top": "--top 1",
    "pseudonyms": "--pseudonyms",
    "contact": "--contact somebody",
    "phase": "--phase hypercare",
    "pin": "--pin PLAN.b=MO",
    "bar": "--bar JA",
    "decided": "--decided",
    "without": "--without LU",
    "without_team": "--without-team Procurement",
    "told_on": "--told-on 2030-01-01",
    "questionnaire": "--questionnaire knowledge",
    "bilingual": "--bilingual",
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_option_that_an_export_takes_changes_it(assess, riverside, kind):
    who = {"feedback": ["HE"], "person": ["HE"], "form": ["HE"], "kit": ["--without", "JA"]}
    words = ["export", kind, *who.get(kind, []), "--format", "json", "--workspace", riverside]
    decided = ("decide", "COST", "--a", "HE", "--by", "Cheng", "--reason", "no other was free")
    assert assess(*decided, "--workspace", riverside).code == 0
    plain = assess(*words).out
    assert plain
    for option in EXPORTS[kind].takes:
        done = assess(*words, *HEEDED[option].split())
        assert done.code == 0, done.err
        assert done.out != plain, option


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("plan --decided --without JA", "--decided does not go with --without"),
        ("plan --told-on 2030-01-01", "--told-on belongs to --without"),
        ("develop --module COST", "--module belongs to one candidate"),
        ("facts COST --source Cheng", "belong to facts"),
        ("interview HE --rater R1 --notice-given", "--notice-given belongs to --plain"),
    ],
)
def test_other_commands_leave_no_option_unheeded_either(assess, riverside, words, message):
    done = assess(*words.split(), "--workspace", riverside)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_what_is_overdue_of_one_person_is_that_persons(assess, riverside):
    place = ("--workspace", riverside)
    for who in ("JA", "LU"):
        added = ("--add", "BPM-M1", "--owner", "Shen", "--due", "2020-01-31")
        assert assess("develop", who, *added, *place).code == 0
    found = assess("develop", "LU", "--overdue", "--json", *place).json["overdue"]
    assert [one["candidate"] for one in found] == ["LU"]


def test_a_form_without_names_has_room_for_notes_all_the_same(assess, riverside):
    done = assess("export", "form", "HE", "--pseudonyms", "--workspace", riverside)
    assert ",value,note," in done.out
    assert "Helen" not in done.out


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
