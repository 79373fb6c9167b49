"""Why: an account that adds up, down to answers and notes, and what would change it."""

from __future__ import annotations

import re

import pytest
from results_factory import a_module, a_ranking, a_result, below, incomplete, ten_lines
from tui_managers import ManagerApp, managed, settled, title_of

from assess import i18n
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.screens.why_evidence import EvidenceScreen
from assess.tui.widgets.rows import Rows


def opened(candidate="HE", module="PROC", ranking=None, **fields):
    return ManagerApp(managed(ranking), WhyScreen(candidate, module, **fields))


def of(result):
    return a_ranking([a_module([result])])


def text(app):
    return app.screen.query_one(Rows).text


def line_of(app, start):
    return next(line for line in text(app).splitlines() if line.strip().startswith(start))


def figures_of(line):
    return [float(figure) for figure in re.findall(r"[+-]?\d+\.\d", line)]


async def test_lines_add_up_to_their_points_and_points_to_the_score():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        points = 0.0
        for line in ten_lines():
            *parts, shown = figures_of(line_of(app, line.competency + " "))
            assert sum(parts) == pytest.approx(shown, abs=1e-6)
            points += shown
        *sums, total = figures_of(line_of(app, "sum"))
        assert points == pytest.approx(66.3) == pytest.approx(total)
        assert sum(sums) == pytest.approx(total)
        assert "66.3 ±7.1" in title_of(app)


async def test_a_correction_that_was_not_made_is_a_dash():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "–" in line_of(app, "XFV")
        assert "–" not in line_of(app, "sum")


async def test_agreed_values_get_a_column_only_where_there_are_any():
    agreed = [line if line.competency != "BPM" else _agreed(line) for line in ten_lines()]
    app = opened(ranking=of(a_result("HE", lines=agreed, score=65.0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "agreed" in text(app).splitlines()[0]
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "agreed" not in text(app).splitlines()[0]


def _agreed(line):
    from dataclasses import replace

    return replace(line, agreed=-1.5, points=line.points - 1.5)


async def test_a_wide_window_adds_value_items_and_raters():
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "value" in text(app) and "3.40" in line_of(app, "BPM")


async def test_minimums_are_told_with_their_probability_and_a_missed_one_with_what_to_develop():
    app = opened("MO", ranking=of(below("MO")))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "BPM 3.5: 2.90 missed (met with 4 %)" in text(app)
        assert "develop: BPM" in text(app)
        assert "below a minimum" in title_of(app)


async def test_what_is_not_counted_is_named_with_the_bounds():
    app = opened("TA", ranking=of(incomplete("TA")))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert "ask next: DOC, MDM (1 of 2)" in text(app)
        assert "between 40.0 and 78.0" in text(app)
        assert "counted 62 %" in title_of(app)


async def test_gates_and_an_open_release_are_told():
    gates = {"BPM-1": False}
    app = opened(ranking=of(a_result("HE", gates=gates, release_open=True)))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert "gate BPM-1: no" in text(app)
        assert "release open" in text(app)


async def test_what_would_change_it_is_told():
    app = opened()
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert "Master-data discipline at 3.40 → 69.1" in text(app)
        assert "another interviewer would narrow ±7.1 to about ±5.9" in text(app)


async def test_without_answers_it_says_so():
    nobody = incomplete("TA", score=None, lines=[], coverage=0.0)
    app = opened("TA", ranking=of(nobody))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "No answers yet" in text(app)


async def test_a_competency_opens_the_answers_and_notes_of_every_rater():
    workspace = managed()
    for rater, value, note in (("R1", 4, "Stopped the payment herself."), ("R2", 2, "")):
        interview = workspace.interview("HE", rater)
        interview.answer("BPM-1", value)
        if note:
            interview.note("BPM-1", note)
    interview.mark("BPM-2", "not_observed")
    workspace.agree("HE", "BPM-1", 3, "the case was hers, the fix was not")
    app = ManagerApp(workspace, WhyScreen("HE", "PROC"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, EvidenceScreen)
        assert "R1: 4" in text(app) and "Stopped the payment herself." in text(app)
        assert "R2: 2 · not submitted" in text(app) and "no note" in text(app)
        assert "R2: not observed" in text(app)
        told = text(app).split("agreed by the panel: 3", 1)[1]
        assert told.split("─")[0].strip() == "the case was hers, the fix was not"


async def test_others_answers_stay_hidden_until_ones_own_is_submitted():
    workspace = managed()
    other = workspace.interview("HE", "R1")
    other.answer("BPM-1", 5)
    other.note("BPM-1", "secret so far")
    other.submit()
    workspace.me = "R2"
    app = ManagerApp(workspace, WhyScreen("HE", "PROC"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "secret so far" not in text(app)
        assert "hidden until you have submitted" in text(app)
        own = workspace.interview("HE", "R2")
        own.answer("BPM-1", 3)
        own.submit()
        await pilot.press("right", "left")
        await settled(pilot)
        assert "secret so far" in text(app)


async def test_leafing_through_competencies_comes_back_to_the_last_one_read():
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter", "right", "right")
        await settled(pilot)
        assert "GAP" in title_of(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert app.screen.query_one(Rows).key == "GAP"


async def test_arrows_and_digits_go_through_the_candidates_modules():
    app = opened("HE", "COST")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "68.4" in title_of(app)
        await pilot.press("left")
        await settled(pilot)
        assert app.screen.module == "PROC" and "66.3" in title_of(app)
        await pilot.press("1")
        await settled(pilot)
        assert app.screen.module == "COST"


async def test_n_and_p_go_through_the_candidates_in_their_order():
    app = opened("QI")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert app.screen.candidate == "HE"
        await pilot.press("p", "p", "p", "p")
        await settled(pilot)
        assert app.screen.candidate == "JA"


async def test_x_opens_the_export_at_the_candidates_own_sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ExportScreen, "_look", lambda _self: None)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await settled(pilot)
        chosen = app.screen.choices.chosen
        assert (chosen["what"], chosen["candidate"]) == ("feedback", "HE")


async def test_without_a_module_the_candidates_first_is_shown():
    app = opened("LU", None, _everywhere("LU"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.module == "COST"


def _everywhere(code):
    return a_ranking([a_module([a_result(code)], module=one) for one in ("COST", "PLAN", "PROC")])


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_the_figures_stand_in_columns(size, spoken):
    i18n.use(spoken)
    app = opened()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        from rich.cells import cell_len

        ends = {
            cell_len(line_of(app, code + " ").rstrip(" ▸")) for code in ("BPM", "XFV", "DOC", "AVL")
        }
        assert len(ends) == 1


async def test_looks_as_kept(language, size, same_picture):
    app = opened()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        same_picture(app, "why")


async def test_evidence_looks_as_kept(language, size, same_picture):
    workspace = managed()
    for rater, value, note in (
        ("R1", 4, "March: retention released without the final account. Stopped it herself."),
        (
            "R2",
            2,
            "三月份：未办决算即申请支付质保金，本人叫停，找合约负责人签字；此后表单增加了复选框。",
        ),
    ):
        interview = workspace.interview("HE", rater)
        interview.answer("BPM-1", value)
        interview.note("BPM-1", note)
    app = ManagerApp(workspace, EvidenceScreen("HE", "PROC", "BPM", among=["BPM"], called="HE"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        same_picture(app, "evidence")
