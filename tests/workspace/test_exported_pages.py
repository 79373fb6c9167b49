"""Exports of an engagement as they leave the house: pages that ask for nothing, figures that agree.

What single renderers do with hostile text is tested beside them; here whole exports are looked at.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from hostile import FORMULAS
from python_calamine import CalamineWorkbook

from assess import i18n
from assess.workspace import shapes
from assess.workspace.exporting import EXPORTS, FORMATS, render
from assess.workspace.privacy import change_engagement
from assess.workspace.workspace import Workspace

WANTED = {
    "feedback": {"candidate": "HE"},
    "person": {"candidate": "HE"},
    "kit": {"without": ["JA"]},
}
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    i18n.use("en")


class Requests(HTMLParser):
    """Everything in a page that a browser would fetch, open or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._style = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._style = tag == "style"
        if tag in ("script", "link", "iframe", "object", "embed", "img", "audio", "video", "base"):
            self.found.append(tag)
        for name, given in attrs:
            value = given or ""
            if name.startswith("on"):
                self.found.append(f"{name}={value}")
            if name in ("src", "href", "xlink:href", "action", "srcset", "data", "poster"):
                if not value.startswith("#"):
                    self.found.append(f"{name}={value}")
            elif re.search(r"//|url\(|javascript:", value) and value not in NAMESPACES:
                self.found.append(f"{name}={value}")

    def handle_endtag(self, tag):
        self._style = False

    def handle_data(self, data):
        if self._style:
            self.found += re.findall(r"url\([^)]*\)|@import[^;]*|https?:[^\s;]*", data)


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("what", EXPORTS)
def test_no_page_requests_anything(reading, what, spoken):
    i18n.use(spoken)
    page = render(reading, what, format="html", **WANTED.get(what, {})).decode("utf-8")
    assert Requests(page).found == []
    assert "default-src 'none'" in page


def test_the_check_sees_what_a_page_could_request():
    page = """<img src="https://x.example/a.png"><a href="//x">x</a><p onclick="x()">
    <style>@import "x.css"; p { background: url(http://x.example) }</style>"""
    assert len(Requests(page).found) >= 5


def test_addresses_in_names_and_notes_stay_text(riverside_once, tmp_path):
    workspace = Workspace.open(shutil.copytree(riverside_once, tmp_path / "w"))
    address = 'https://x.example/"><img src=//x.example/a.png>'
    person = workspace.candidate("HE")
    workspace.put_people([person.model_copy(update={"name": address, "department": address})])
    session = workspace.interview("HE", "R9")
    session.answer(session.items[0].id, 3)
    session.note(session.items[0].id, address)
    for what in ("shortlist", "scores", "ratings", "feedback"):
        page = render(workspace, what, format="html", **WANTED.get(what, {})).decode("utf-8")
        assert Requests(page).found == []


# -- figures


def ranked(workspace: Workspace) -> dict[tuple[str, str], dict]:
    return {
        (module["module"], one["candidate"]): one
        for module in shapes.ranking(workspace.rank())["modules"]
        for one in module["candidates"]
    }


def number(value):
    return None if value in ("", None) else float(value)


def test_a_shortlist_has_the_figures_of_the_ranking_as_json_and_in_the_workbook(reading):
    expected = ranked(reading)
    sheets = json.loads(render(reading, "shortlist", format="json", top=2))["sheets"]
    rows = [*sheets[0]["rows"], *sheets[1]["rows"]]
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(render(reading, "shortlist", format="xlsx", top=2))
    )
    labels = {c["label"]: c["code"] for c in sheets[0]["columns"]}
    for name in book.sheet_names[:2]:
        header, *lines = book.get_sheet_by_name(name).to_python()
        rows += [dict(zip([labels[h] for h in header], line, strict=True)) for line in lines]
    assert len(rows) == 2 * len(expected)
    for row in rows:
        one = expected[row["module"], row["candidate"]]
        for code in ("score", "se", "low", "high", "coverage", "rank"):
            assert number(row[code]) == pytest.approx(one[code], abs=1e-9), code
        assert row["status"] == one["status"]


def test_weights_carry_no_noise_of_the_machine(reading):
    for format in ("csv", "json"):
        text = render(reading, "feedback", format=format, candidate="HE").decode("utf-8")
        assert not re.search(r"\b\d+\.0{6,}\d|\b\d+\.9{6,}\d", text)


# -- words


def test_a_chinese_document_speaks_chinese_to_people_and_codes_to_programs(reading):
    i18n.use("zh")
    told = render(reading, "scores", format="md").decode("utf-8")
    facts, table = told.split("##", 1)
    assert ": " not in facts.replace("key-user", "").split("目的")[0]
    cells = {cell.strip() for line in table.splitlines() for cell in line.split("|")}
    assert not cells & {"yes", "no", "estimated", "assumed"}
    assert {"否", "估计"} <= cells
    objects = json.loads(render(reading, "scores", format="json"))
    assert {row["severity"] for row in objects["sheets"][0]["rows"]} == {"estimated"}


# -- formulas where an engagement is described


@pytest.mark.parametrize("format", FORMATS)
def test_formulas_in_purpose_and_readers_do_nothing(riverside_once, tmp_path, format):
    workspace = Workspace.open(shutil.copytree(riverside_once, tmp_path / "w"))
    for payload in FORMULAS[:5]:
        change_engagement(workspace, {"purpose": payload, "readers": payload})
        data = render(workspace, "shortlist", format=format)
        if format == "xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            cells = [
                cell
                for name in book.sheet_names
                for row in book.get_sheet_by_name(name).to_python()
                for cell in row
            ]
            assert payload.strip() in [str(cell).strip() for cell in cells]
        elif format == "csv":
            for cell in re.findall(r'(?:^|,)"?([^",\r\n]+)', data.decode("utf-8-sig")):
                assert not re.match(r"[=+@\t]|-(?![\d.])", cell)
