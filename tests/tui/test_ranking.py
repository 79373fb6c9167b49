"""The ranking: what its rows and the line under them say."""

from __future__ import annotations

import pytest
from results_factory import a_minimum, a_result, without_error
from tui_managers import settled
from tui_ranking import foot, line_of, opened, with_

from assess import i18n
from assess.tui.widgets.rows import Rows


async def test_a_row_says_score_places_chance_and_status_and_draws_the_interval():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        line = line_of(app, "QI")
        assert all(part in line for part in ("Qi", "71.0", "1–4", "78 %", "ready with plan"))
        assert line.count("●") == 1 and "├" in line and "┤" in line


async def test_a_wide_window_adds_errors_and_departments():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "71.0 ±7.1" in line_of(app, "QI")
        assert "Procurement" in line_of(app, "QI")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_no_row_is_cut_and_all_plots_begin_in_one_column(size, spoken):
    i18n.use(spoken)
    app = opened()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        ranked = [line_of(app, code) for code in ("JA", "QI", "HE", "LU", "WE")]
        assert not any("…" in line for line in ranked)
        assert len({line.index("·") for line in ranked}) == 1


async def test_those_below_a_minimum_are_listed_with_reason_shortfall_and_what_to_develop():
    app = opened()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        line = line_of(app, "MO")
        assert "BPM 2.90 of 3.5" in line and "0.6 short" in line and "4 %" in line
        assert "develop: BPM" in line and "DOC" not in line


async def test_the_incomplete_are_listed_with_what_to_ask_next_heaviest_first():
    app = opened()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "62 % of the weight" in line_of(app, "TA")
        assert "ask next: DOC, MDM (1 of 2)" in line_of(app, "TA")


async def test_those_who_cannot_be_told_apart_are_tied_by_a_bracket():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert line_of(app, "HE").startswith(" ┌")
        assert line_of(app, "LU").startswith(" └")
        assert line_of(app, "JA").startswith("   ")
        assert "tie" in foot(app)


async def test_without_ties_no_tie_is_explained():
    app = opened(ranking=with_(a_result("HE")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "tie" not in foot(app)


async def test_scores_without_errors_are_shown_alone_and_said_to_be():
    app = opened(
        ranking=with_(without_error(a_result("HE")), without_error(a_result("JA", rank=2)))
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "66.3" in line_of(app, "HE") and "±" not in line_of(app, "HE")
        assert "├" not in line_of(app, "HE")
        assert "errors are not known yet" in foot(app)


async def test_assumed_severity_is_said():
    app = opened(ranking=with_(a_result("HE", severity="assumed"), severity="assumed"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert foot(app).count("assumed, not estimated") == 2


async def test_the_row_under_the_cursor_is_read_out_with_what_to_look_at():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("down", "down", "down")
        await pilot.pause()
        assert "Lu (LU): 65.1 ±7.1" in foot(app)
        assert "release open" in foot(app)
        assert line_of(app, "LU").rstrip().endswith("!")


async def test_a_partly_counted_score_says_how_much_counts():
    ranking = with_(a_result("HE", coverage=88.0), a_result("JA", rank=2))
    app = opened(ranking=ranking)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "88 %" in line_of(app, "HE")
        assert "88 % of the weight counted" in foot(app)


async def test_what_stands_against_an_appointment_is_named():
    result = a_result(
        "HE",
        gates={"PROC-G1": False},
        open_interviews=2,
        minimums=[a_minimum(borderline=True)],
        block=2,
    )
    app = opened(ranking=with_(result, blocks=2))
    async with app.run_test(size=(160, 36)) as pilot:
        await settled(pilot)
        for words in (
            "PROC-G1 says no",
            "2 interviews not submitted",
            "met with 71 %",
            "group 2 of 2",
        ):
            assert words in foot(app)


async def test_the_language_changes_while_the_cursor_stays():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "ctrl+l")
        await pilot.pause()
        assert "就绪" in line_of(app, "JA")
        assert app.screen.query_one(Rows).key == "QI"


async def test_looks_as_kept(language, size, same_picture):
    app = opened()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("down", "down", "down")
        await pilot.pause()
        same_picture(app, "ranking")
