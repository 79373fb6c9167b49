"""Exports of an engagement: the figures of the ranking, whatever the format."""

from __future__ import annotations

import json
import re
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

from assess.errors import BadInput
from assess.workspace import wording
from assess.workspace.account import account_of
from assess.workspace.exporting import EXPORTS, FORMATS, Wanted, build, export, render
from assess.workspace.workspace import Workspace


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
