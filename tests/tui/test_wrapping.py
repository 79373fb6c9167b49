"""Where text breaks into rows."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from assess.tui.widgets.wrapping import NO_END, NO_START, row_starts, wrap

mixed = st.text(st.sampled_from("abc 采购成本管理流程，。（）《》——“”BPM3.5"), max_size=80)


def test_chinese_breaks_between_characters_and_fills_the_row():
    assert wrap("请讲讲过去一年里最棘手的例外情况", 10) == [
        "请讲讲过去",
        "一年里最棘",
        "手的例外情",
        "况",
    ]


def test_a_chinese_run_behind_a_short_word_starts_on_the_same_row():
    assert wrap("BPM 请讲讲过去一年里", 12) == ["BPM 请讲讲过", "去一年里"]


def test_no_row_starts_with_closing_punctuation():
    assert wrap("主要步骤正确。原因", 12) == ["主要步骤正", "确。原因"]


def test_no_row_ends_with_opening_punctuation():
    assert wrap("文档《作业指导书》", 6) == ["文档", "《作业", "指导", "书》"]


def test_a_figure_stays_with_what_it_counts():
    assert wrap("距就绪还差5.9分", 14) == ["距就绪还差", "5.9分"]
    assert wrap("共12个例外，其中3个", 18) == ["共12个例外，其中", "3个"]


def test_words_stay_whole_and_long_ones_are_cut():
    assert wrap("the requirements", 12) == ["the", "requirements"]
    assert wrap("requirements", 5) == ["requi", "remen", "ts"]


def test_lines_of_the_text_stay_lines():
    assert wrap("one\n\ntwo", 20) == ["one", "", "two"]


@example("3。。《 。", 4)  # what is held together is wider than a row, twice
@given(mixed, st.integers(4, 30))
def test_nothing_is_lost_and_no_row_is_too_wide(text, width):
    starts = [0, *row_starts(text, width), len(text)]
    rows = [text[a:b] for a, b in pairwise(starts)]
    assert "".join(rows) == text
    assert all(cell_len(row.rstrip()) <= width for row in rows)


words = st.text(st.sampled_from("采购成本管理"), min_size=2, max_size=5)
quoted = words.map(lambda word: f"《{word}》")
clauses = st.lists(
    st.tuples(st.one_of(words, quoted), st.sampled_from("，。；：")).map("".join), max_size=12
)


@given(clauses.map("".join), st.integers(12, 40))
def test_punctuation_stays_with_its_words(text, width):
    rows = wrap(text, width)
    assert all(row[0] not in NO_START for row in rows if row)
    assert all(row[-1] not in NO_END for row in rows if row)
