"""The interval plot and its columns, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.tui.widgets import interval
from assess.tui.widgets.cells import cell_len, columns, fit, fit_spans, plain
from assess.tui.widgets.interval import ASCII, draw_axis, draw_interval

BANDS = (0, 45, 60, 75)
scores = st.floats(-30, 130)


def drawn(cells, score, ends=None, bands=BANDS):
    return plain(draw_interval(cells, score, ends, bands))


@pytest.fixture
def plain_letters():
    interval.draw_plainly(True)
    yield
    interval.draw_plainly(False)


def test_a_score_stands_in_its_interval_between_the_bands():
    assert drawn(41, 70, (60, 80)) == "··················│·····├───●─┼─┤········"


def test_a_band_inside_the_interval_stays_visible():
    assert "┼" in drawn(41, 60, (50, 80))


def test_without_an_error_only_the_score_is_drawn():
    line = drawn(30, 50)
    assert line.count("●") == 1
    assert "─" not in line and "├" not in line


def test_an_interval_that_leaves_the_axis_says_so():
    assert drawn(30, 96, (88, 104)).endswith("▸")
    assert drawn(30, 3, (-5, 11)).startswith("◂")


def test_an_interval_that_ends_on_the_edge_does_not_leave_the_axis():
    assert drawn(30, 96, (92, 100)).endswith("┤")


def test_plain_terminals_get_plain_letters(plain_letters):
    assert drawn(41, 70, (60, 80)).isascii()
    assert interval.glyphs() is ASCII


@given(st.integers(1, 120), scores, st.floats(0, 40))
def test_a_drawing_takes_its_cells_and_shows_one_score(cells, score, half):
    line = drawn(cells, score, (score - half, score + half))
    assert cell_len(line) == cells
    assert line.count("●") == 1


@given(st.integers(10, 120), st.floats(0, 100), st.floats(0, 100))
def test_the_better_score_is_never_drawn_to_the_left(cells, one, other):
    low, high = sorted((one, other))
    assert drawn(cells, low).index("●") <= drawn(cells, high).index("●")


def test_the_figures_of_the_axis_begin_at_their_marks():
    axis, line = draw_axis(41, BANDS), drawn(41, None)
    for start in ("45", "60", "75"):
        assert line[axis.index(start)] == "│"
    assert axis.startswith("0") and axis.endswith("100")


@given(st.integers(0, 120), st.lists(st.floats(0, 100), max_size=8))
def test_the_figures_of_the_axis_never_touch(cells, bands):
    axis = draw_axis(cells, bands)
    assert cell_len(axis) == cells
    known = {f"{start:g}" for start in bands} | {"0", "100"}
    assert set(axis.split()) <= known


@given(st.text("ab中文…。 ", max_size=30), st.integers(0, 20), st.sampled_from(["left", "right"]))
def test_words_fit_their_cells_in_any_script(text, width, side):
    assert cell_len(fit(text, width, side)) == width


@given(st.lists(st.text("a中 ", max_size=8), max_size=6), st.integers(0, 40))
def test_a_line_takes_exactly_its_width(texts, width):
    assert cell_len(plain(fit_spans([(text, "") for text in texts], width))) == width


def test_what_was_cut_is_marked():
    assert fit("Business-process mastery", 10) == "Business-…"
    assert fit("业务流程精通", 8) == "业务流… "
    assert plain(fit_spans([("Engineering", ""), ("Management", "")], 11)).endswith("…")


def test_columns_align_figures_to_the_right_and_leave_out_those_without_room():
    line = plain(columns([("JA", 4, ""), ("gone", 0, ""), ("84.2", -6, "")]))
    assert line == "JA     84.2"
