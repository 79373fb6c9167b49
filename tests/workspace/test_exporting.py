"""Exports of an engagement: the figures of the ranking, whatever the format and for whom."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from hostile import ALL
from python_calamine import CalamineWorkbook

from assess.errors import BadInput
from assess.exchange.safe import clean, restore
from assess.model.people import Candidate, Rater
from assess.workspace import shapes, wording
from assess.workspace.account import account_of
from assess.workspace.exporting import EXPORTS, FORMATS, Wanted, build, export, render
from assess.workspace.workspace import Workspace

WANTED = {
    "feedback": {"candidate": "HE"},
    "person": {"candidate": "HE"},
    "kit": {"without": ["JA"], "told_on": "2026-11-30"},
}
ABOUT_ALL = ("shortlist", "scores", "ratings", "method")


@pytest.fixture
def workspace(riverside: Path) -> Workspace:
    return Workspace.open(riverside)


@pytest.fixture(scope="module")
def reading(riverside_once: Path) -> Workspace:
    """The demonstration, only read."""
    return Workspace.open(riverside_once)


def as_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_workbook(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def in_words(data: bytes, format: str) -> str:
    if format == "xlsx":
        return "\n".join(str(c) for rows in as_workbook(data).values() for r in rows for c in r)
    return data.decode("utf-8")


def each_format():
    return pytest.mark.parametrize("format", FORMATS)


def ranked(workspace: Workspace) -> dict[tuple[str, str], dict]:
    return {
        (module["module"], one["candidate"]): one
        for module in shapes.ranking(workspace.rank())["modules"]
        for one in module["candidates"]
    }


# -- figures


def test_scores_as_csv_and_json_and_workbook_are_those_of_the_ranking(reading):
    expected = ranked(reading)
    table = as_csv(render(reading, "scores", format="csv"))
    objects = json.loads(render(reading, "scores", format="json"))["sheets"][0]["rows"]
    header, *rows = as_workbook(render(reading, "scores", format="xlsx"))["Scores"]
    labels = {column.label: column.code for column in sheet_of(reading).columns}
    book = [dict(zip(map(labels.__getitem__, header), row, strict=True)) for row in rows]
    for found in (table, objects, book):
        assert {(row["module"], row["candidate"]) for row in found} == set(expected)
        for row in found:
            one = expected[row["module"], row["candidate"]]
            for code in ("score", "se", "low", "high", "coverage", "rank", "tie_group"):
                assert number(row[code]) == pytest.approx(one[code], abs=1e-9), code
            assert number(row["p_top"]) == pytest.approx(one["p_top"]["p"], abs=1e-12)
            assert row["status"] == one["status"]


def sheet_of(workspace):
    return build(workspace, "scores", Wanted()).sheets()[0]


def number(value):
    return None if value in ("", None) else float(value)


@pytest.mark.parametrize("format", ["html", "md"])
def test_pages_show_the_digits_of_every_screen(reading, format):
    text = in_words(render(reading, "scores", format=format), format)
    for module in reading.rank().modules:
        for one in module.candidates:
            if one.score is not None:
                shown = wording.score(one) if format == "html" else wording.number(one.score)
                assert shown in text


def test_the_digits_of_an_account_add_up_to_the_score_as_printed(reading):
    accounts: dict[tuple[str, str], list[list[str]]] = {}
    text = render(reading, "scores", format="md").decode("utf-8")
    for line in text[text.index("## Account") :].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 14 and re.fullmatch("COST|PLAN|PROC", cells[0]):
            accounts.setdefault((cells[0], cells[1]), []).append(cells[5:13])
    results = {(m.module, o.candidate): o for m in reading.rank().modules for o in m.candidates}
    assert set(accounts) == {key for key, one in results.items() if one.lines}
    for key, lines in accounts.items():
        for weight_value_parts in lines:
            *parts, points = [float(cell or 0) for cell in weight_value_parts[2:]]
            assert sum(parts) == pytest.approx(points, abs=1e-6)
        total = sum(float(cells[-1]) for cells in lines)
        assert wording.number(total) == wording.number(results[key].score)


def test_the_account_of_a_page_ends_with_its_sums(reading):
    text = render(reading, "shortlist", format="html", modules=["COST"], top=1).decode("utf-8")
    (one,) = [o for o in reading.rank(["COST"]).modules[0].candidates if o.rank == 1]
    sums = re.search(r'<tr class="sums">(.*?)</tr>', text)
    assert sums is not None
    assert wording.number(account_of(one).points) in sums[1]
    assert wording.number(one.score) == wording.number(account_of(one).points)


def test_a_shortlist_holds_the_best_and_everybody_else_with_the_reason(reading):
    sheets = json.loads(render(reading, "shortlist", format="json", top=2))["sheets"]
    chosen, others = sheets[0]["rows"], sheets[1]["rows"]
    for module in reading.rank().modules:
        listed = [row["candidate"] for row in chosen if row["module"] == module.module]
        rest = [row["candidate"] for row in others if row["module"] == module.module]
        assert listed == [one.candidate for one in module.candidates[:2]]
        assert sorted(listed + rest) == sorted(one.candidate for one in module.candidates)
    below = next(row for row in others if row["status"] == "below_minimum")
    assert "2.85 of 3.5" in below["status_name"]


def test_a_shortlist_of_one_compares_nobody(reading):
    text = render(reading, "shortlist", format="html", top=1).decode("utf-8")
    assert 'class="order"' in text
    assert 'class="comparison"' not in text


def test_evidence_is_what_counts_for_those_on_the_list(reading):
    report = build(reading, "shortlist", Wanted(modules=["COST"], top=1))
    evidence = next(sheet for sheet in report.sheets() if sheet.name == "Evidence")
    at = {column.code: n for n, column in enumerate(evidence.columns)}
    assert {row[at["candidate"]] for row in evidence.rows} == {"JA"}
    expected = {
        (e.item, e.rater, e.value)
        for e in reading.evidence("JA")
        if reading.pack.questionnaires[e.questionnaire].counting and e.state == "answered"
        and not isinstance(e.value, list)
    }  # fmt: skip
    found = {(row[at["item"]], row[at["rater"]], row[at["value"]]) for row in evidence.rows}
    assert expected <= found


# -- what every export says


@each_format()
@pytest.mark.parametrize("what", EXPORTS)
def test_every_export_names_wave_pack_version_and_newest_record(reading, what, format):
    text = in_words(render(reading, what, format=format, **WANTED.get(what, {})), format)
    for words in ("M0", "key-user", "1.1.0", "2026-1"):
        assert words in text


@pytest.mark.parametrize(
    ("what", "format"),
    [*(("shortlist", format) for format in FORMATS), ("ratings", "csv"), ("method", "xlsx"),
     ("feedback", "html"), ("feedback", "xlsx")],
)  # fmt: skip
def test_the_same_records_give_the_same_bytes(riverside_once, reading, what, format):
    again = Workspace.open(riverside_once)
    options = WANTED.get(what, {})
    assert render(reading, what, format=format, **options) == render(
        again, what, format=format, **options
    )


def test_a_workbook_has_a_sheet_each_for_order_account_evidence_and_method(reading):
    book = as_workbook(render(reading, "shortlist", format="xlsx"))
    assert next(iter(book)) == "Shortlist"
    assert {"Account", "Evidence", "Method"} <= set(book)
    told = {row[0]: row[1] for row in book["Method"] if row[0]}
    engagement = reading.engagement
    assert told["Pack version"] == "1.1.0"
    assert told["Purpose"] == engagement.purpose
    assert told["Readers"] == engagement.readers
    assert told["To be erased by"] == "2028-03-01"
    assert any("Minimums never enter the score" in str(row[1]) for row in book["Method"])


def test_the_method_statement_holds_weights_that_sum_and_names_nobody(reading):
    report = json.loads(render(reading, "method", format="json"))
    weights = next(s["rows"] for s in report["sheets"] if s["name"] == "Weights and minimums")
    for module in reading.modules:
        assert sum(row["weight"] for row in weights if row["module"] == module.id) == 100
    text = render(reading, "method", format="json").decode("utf-8")
    for person in reading.candidates().values():
        assert f'"{person.name}"' not in text


# -- who sees what


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


def write_note(workspace: Workspace, note: str) -> None:
    session = workspace.interview("HE", "R9")
    session.answer(session.items[0].id, 3)
    session.note(session.items[0].id, note)


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


# -- texts that people wrote


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


def test_ratings_written_out_are_read_back_as_stored_already(workspace, assess, tmp_path):
    write_note(workspace, "=1+1")
    workspace.close()
    for format in ("csv", "xlsx"):
        path = tmp_path / f"ratings.{format}"
        place = workspace.place
        assert assess("export", "ratings", "-o", path, "--workspace", place).code == 0
        before = assess("export", "ratings", "--workspace", place).out
        done = assess("import", "ratings", path, "--workspace", place)
        assert done.code == 0, done.err
        assert assess("export", "ratings", "--workspace", place).out == before


# -- files, progress, mistakes


def test_the_file_decides_the_format_and_the_log_says_what_went_out(workspace, tmp_path):
    path = export(workspace, "shortlist", target=tmp_path / "s.xlsx", modules=["COST"])
    assert path is not None
    assert path.read_bytes()[:2] == b"PK"
    export(workspace, "feedback", target=tmp_path / "f.html", candidate="HE")
    log = (Path(workspace.place) / "audit.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in log if '"exported"' in line]
    assert [(one["export"], one["format"]) for one in told] == [
        ("shortlist", "xlsx"),
        ("feedback", "html"),
    ]
    assert "HE" not in json.dumps(told[1])


@each_format()
def test_progress_rises_to_the_whole(reading, format):
    told: list[float] = []
    render(reading, "scores", format=format, progress=lambda d, t: told.append(d / t))
    assert told == sorted(told)
    assert 0 < told[0] < 0.5


def test_work_that_is_stopped_writes_nothing(workspace, tmp_path):
    class Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise Stop

    target = tmp_path / "s.xlsx"
    target.write_text("before")
    with pytest.raises(Stop):
        export(workspace, "scores", target=target, progress=stop)
    assert target.read_text() == "before"
    assert list(tmp_path.glob("*.tmp")) == []


@pytest.mark.parametrize(
    ("what", "options", "message"),
    [
        ("nothing", {}, "known are shortlist"),
        ("shortlist", {"top": 0}, "at least one place"),
        ("shortlist", {"candidate": "HE"}, "leave HE out"),
        ("feedback", {}, "assess export feedback CANDIDATE"),
        ("feedback", {"candidate": "XX"}, "there is no candidate XX"),
        ("feedback", {"candidate": "TA", "modules": ["COST"]}, "TA does not stand for COST"),
        ("scores", {"modules": ["FIN"]}, "there is no module FIN"),
        ("scores", {"wave": "M9"}, "no wave M9"),
        ("scores", {"format": "pdf"}, "'pdf' is no format"),
    ],
)
def test_what_cannot_be_exported_says_what_can(reading, what, options, message):
    with pytest.raises(BadInput, match=re.escape(message)):
        render(reading, what, **options)
