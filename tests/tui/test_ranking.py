"""The ranking screen: what a row says, and what the keys do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from results_factory import a_minimum, a_module, a_ranking, a_result, without_error
from tui_managers import ManagerApp, managed, settled, title_of

from assess import i18n
from assess.tui.screens.compare import CompareScreen
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.find import FindLine
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.rows import Rows


def opened(module="PROC", ranking=None):
    return ManagerApp(managed(ranking), RankingScreen(module))


def with_(*candidates, **fields):
    return a_ranking([a_module(list(candidates), **fields)])


def lines(app):
    return app.screen.query_one(Rows).text


def line_of(app, code):
    return next(line for line in lines(app).splitlines() if f" {code} " in line)


def foot(app):
    return app.screen.query_one("#foot", Caption).text


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


@pytest.mark.parametrize("keys", [["1"], ["right"], ["left", "left"]])
async def test_digits_and_arrows_switch_the_module(keys):
    app = opened("PROC")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        assert app.screen.module.module == "COST"
        assert "QI" not in lines(app)


async def test_a_click_on_a_tab_switches_the_module():
    app = opened("PROC")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click("#head", offset=(12, 0))
        await pilot.pause()
        assert app.screen.module.module == "PLAN"


async def test_sorting_by_name_says_so_and_keeps_the_cursor_on_its_candidate():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "s")
        await pilot.pause()
        names = [line.split()[1] for line in lines(app).splitlines()[:5]]
        assert names == sorted(names)
        assert "sorted by name" in foot(app)
        assert app.screen.query_one(Rows).key == "QI"


async def test_hidden_names_leave_only_codes_everywhere():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await pilot.pause()
        shown = lines(app) + foot(app)
        assert "Helen" not in shown and "Engineering" not in shown
        await pilot.press("enter")
        await settled(pilot)
        assert "Jia" not in title_of(app)


async def test_find_goes_to_the_candidate_as_one_types():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"hel")
        await pilot.pause()
        assert app.screen.query_one(Rows).key == "HE"
        await pilot.press("enter")
        await pilot.pause()
        assert not app.screen.query_one(FindLine).has_class("open")
        assert app.screen.query_one(Rows).has_focus


@pytest.mark.parametrize("key", ["enter", "w"])
async def test_a_candidate_opens_why(key):
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", key)
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert (app.screen.candidate, app.screen.module) == ("QI", "PROC")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.query_one(Rows).key == "QI"


async def test_a_click_on_a_row_opens_why():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click(Rows, offset=(5, 2))
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen) and app.screen.candidate == "HE"


async def test_marked_candidates_are_compared(monkeypatch):
    monkeypatch.setattr(CompareScreen, "measure", _nothing)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("space", "space")
        await pilot.pause()
        assert "■" in line_of(app, "JA") and "■" not in line_of(app, "HE")
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, CompareScreen)
        assert app.screen._candidates == ["JA", "QI"]


async def _nothing(_self):
    return None


async def test_no_more_than_five_are_marked():
    many = [a_result(f"C{n}", rank=n) for n in range(1, 8)]
    app = opened(ranking=with_(*many))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*["space"] * 7)
        await pilot.pause()
        assert lines(app).count("■") == 5


async def test_comparing_nobody_says_how_to_mark():
    app = opened(ranking=with_(a_result("HE")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, RankingScreen)
        assert any("space" in note.message for note in app._notifications)


async def test_export_opens_on_the_module_in_sight():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "x")
        await settled(pilot)
        assert isinstance(app.screen, ExportScreen)
        assert app.screen.choices.chosen["module"] == "PLAN"


async def test_five_thousand_candidates_are_walked_without_drawing_them_all(monkeypatch):
    many = [a_result(f"C{n:05}", name=f"Name {n}", rank=n, lines=[]) for n in range(1, 5001)]
    drawn = []
    app = opened(ranking=with_(*many))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        rows = app.screen.query_one(Rows)
        before = rows.render_line
        monkeypatch.setattr(rows, "render_line", lambda y: drawn.append(y) or before(y))
        await pilot.press("end")
        await pilot.pause()
        assert rows.key == "C05000"
        await pilot.press("pageup", "up")
        await pilot.pause()
        assert 4900 < int(rows.key[1:]) < 5000
        assert len(drawn) < 500


async def test_a_ranking_that_changed_is_seen_on_coming_back():
    workspace = managed()
    app = ManagerApp(workspace, RankingScreen("PROC"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        better = [replace(r, score=91.5) if r.candidate == "QI" else r
                  for r in workspace.ranking.modules[2].candidates]  # fmt: skip
        workspace.ranking = a_ranking([a_module(better)])
        await pilot.press("escape")
        await settled(pilot)
        assert "91.5" in line_of(app, "QI")


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
