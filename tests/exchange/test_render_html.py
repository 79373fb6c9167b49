"""Reports as pages: nothing is loaded, nothing runs, nothing that people wrote is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hostile import ALL, FORMULAS, TEXTS

from assess import i18n
from assess.exchange.figures import (
    Axis,
    BandOfScores,
    ComparedRow,
    ComparedValue,
    ComparisonPlot,
    OrderPlot,
    OrderRow,
)
from assess.exchange.report import Column, Fact, Passage, Report, Sheet, basis, render
from assess.exchange.safe import clean
from assess.model.pack import PackRef

FACTS = basis("M1", PackRef(id="key-user", version="1.2.0", hash="f" * 64), "2026-05-01T10:00:00Z")
POINTS = Axis(0, 100, [0, 45, 75, 100])
BANDS = [BandOfScores(0, 45, "Not yet"), BandOfScores(45, 75, "Backup"), BandOfScores(75, 100, "R")]


class Page(HTMLParser):
    """Elements with their attributes, and the text of each table cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.text = ""
        self._in_cell = False
        self._in_style = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._in_style = tag == "style"
        if tag in ("td", "th"):
            self._in_cell = True
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._in_cell = False
        self._in_style = False

    def handle_data(self, data):
        if not self._in_style:
            self.text += data
        if self._in_cell:
            self.cells[-1] += data


def order(text="JA", low=60.0, high=75.0, score=67.5):
    row = OrderRow(
        code="K1", name=text, department=text, place="1", score=score, low=low, high=high,
        score_words="67.5 ±7.5", ranks="1–2", chance="87 %", coverage="100 %", status=text,
        remarks=[text], listed=True, closes=True,
    )  # fmt: skip
    return OrderPlot(text, ["", *("abcdef")], POINTS, BANDS, [row], [text])


def comparison(text="JA", codes=("K1", "K2")):
    values = [ComparedValue(code, 3.0 + at / 10, 0.5, "3.0 ±0.5") for at, code in enumerate(codes)]
    row = ComparedRow("BPM", text, values, text)
    axis = Axis(1, 5, [1, 2, 3, 4, 5])
    return ComparisonPlot(text, ["a", "b", "c"], axis, codes, [text] * len(codes), [row], [text])


def page(*parts, title="T", facts=FACTS) -> str:
    return render(Report(title, facts, parts), "html").decode("utf-8")


def full(text):
    return page(
        order(text),
        comparison(text),
        Sheet(text, [Column("name", text)], [[text]]),
        Passage(text, [text]),
        Passage(text, [text], listed=True),
        title=text,
        facts=[*FACTS, Fact("purpose", text, text)],
    )


@pytest.mark.parametrize("text", ALL)
def test_what_people_wrote_is_text_and_adds_no_element(text):
    hostile, harmless = Page(full(text)), Page(full("plain"))
    assert [tag for tag, _attrs in hostile.elements] == [tag for tag, _attrs in harmless.elements]
    assert [set(attrs) for _tag, attrs in hostile.elements] == [
        set(attrs) for _tag, attrs in harmless.elements
    ]
    assert clean(text).replace("\r", "\n").strip() in hostile.text.replace("\r", "\n")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_with_what_a_spreadsheet_runs(text):
    found = [cell for cell in Page(full(text)).cells if text.strip() in cell]
    assert found
    assert not [cell for cell in found if cell.strip()[:1] in tuple("=+-@＝")]


def test_a_page_asks_the_network_for_nothing_and_runs_nothing():
    text = page(order(), comparison(), Sheet("S", [Column("a", "A")], [["x"]]), Passage("P", ["p"]))
    assert not re.search(r"https?:|//|url\(|@import|javascript:", text, re.IGNORECASE)
    tags = {tag for tag, _attrs in Page(text).elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "a", "form", "base"}
    for _tag, attrs in Page(text).elements:
        assert not {name for name in attrs if name.startswith("on")}
        assert not set(attrs) & {"src", "href", "xlink:href", "action", "data", "srcset"}
    assert "default-src 'none'" in text


def test_interval_and_mark_lie_where_the_figures_say():
    text = page(order(low=60.0, high=75.0, score=67.5))
    assert re.search(r'<line class="whisker"[^>]* x1="60.0%" x2="75.0%"', text)
    assert '<svg x="67.5%"' in text


def test_what_lies_outside_the_axis_is_drawn_at_its_end():
    text = page(order(low=-5.0, high=112.0, score=101.0))
    assert re.search(r'<line class="whisker"[^>]* x1="0.0%" x2="100.0%"', text)
    assert "-5" not in re.sub(r"(?s)<style>.*</style>", "", text).replace("M-5", "")


def test_without_a_score_there_is_no_mark():
    text = page(order(low=None, high=None, score=None))
    assert 'class="whisker"' not in text


@pytest.mark.parametrize("n", [2, 5, 9])
def test_as_many_as_are_compared_are_drawn(n):
    text = page(comparison(codes=[f"K{at}" for at in range(n)]))
    # a line and its two ends each
    assert text.count('class="whisker"') == 3 * n


def test_five_people_have_five_shapes():
    text = page(comparison(codes=[f"K{at}" for at in range(5)]))
    key = text[text.index('<p class="key">') : text.index("<table")]
    assert len(set(re.findall(r' d="([^"]+)"', key))) == 5


def test_sums_are_the_last_row_and_numbers_are_set_apart():
    text = page(Sheet("S", [Column("a", "A"), Column("b", "B", 1)], [["x", 1.26]], sums=["sum", 2]))
    assert '<td class="n"><bdi>1.3</bdi></td>' in text
    assert re.search(r'<tr class="sums"><td><bdi>sum</bdi></td><td class="n"><bdi>2.0<', text)


def test_the_page_says_its_language():
    with i18n.speaking("zh"):
        assert '<html lang="zh-CN">' in page()
    assert '<html lang="en">' in page()


def test_the_same_report_gives_the_same_bytes():
    assert full(TEXTS[0]) == full(TEXTS[0])


def test_facts_that_are_not_known_are_a_dash():
    assert "<dt>Ends</dt><dd><bdi>–</bdi></dd>" in page(facts=[*FACTS, Fact("ends", "Ends", None)])
