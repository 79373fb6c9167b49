"""The cover: what is shown, and why each choice was made."""

from __future__ import annotations

import pytest
from results_factory import a_module, a_ranking
from small_pack import interview_rows, write_pack, write_ratings
from tui_cover import covered
from tui_cover_screen import below, cover_shown, go, ready, rows_of
from tui_managers import ManagerApp, title_of
from tui_steps import on_screen, until
from tui_steps import settled as drawn

from assess import i18n
from assess.tui.screens.cover import CoverScreen
from assess.tui.screens.cover_why import CoverWhyScreen, FormulaScreen, WorstScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.why import WhyScreen
from assess.workspace.workspace import Workspace


@pytest.mark.usefixtures("language")
async def test_looks_as_kept(size, same_picture):
    async with cover_shown(size) as (app, pilot, _screen):
        await drawn(pilot)
        same_picture(app, "cover")


@pytest.mark.usefixtures("language")
async def test_a_departure_looks_as_kept(size, same_picture):
    async with cover_shown(size) as (app, pilot, screen):
        await go(pilot, screen, "person:JA")
        await pilot.press("t")
        await until(pilot, lambda: screen.left is not None)
        await drawn(pilot)
        same_picture(app, "cover-leaving")


@pytest.mark.usefixtures("language")
async def test_why_looks_as_kept(size, same_picture):
    async with cover_shown(size) as (app, pilot, _screen):
        await pilot.press("enter")
        await on_screen(pilot, CoverWhyScreen)
        await drawn(pilot)
        same_picture(app, "cover-why")


async def test_everything_is_said_in_the_language_switched_to():
    async with cover_shown() as (app, pilot, screen):
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "方案" in title_of(app))
        assert "假如他们离任" in below(screen)
        assert i18n.language() == "zh"


async def test_the_formula_is_printed_with_the_figures_that_add_up():
    async with cover_shown((120, 36)) as (app, pilot, screen):
        plan = screen.plan
        await pilot.press("o")
        await on_screen(pilot, FormulaScreen)
        told = rows_of(app)
        assert "100 × Σ P(S ≥ 60)·S" in told
        seats = [seat for m in plan.modules for seat in (m.a, m.b) if seat]
        assert sum(seat.value for seat in seats) / 6 == pytest.approx(plan.cover)
        for seat in seats:
            assert f"{seat.chance:.3f} × {seat.score:.1f} = {seat.value:.1f}" in told


async def test_why_says_what_each_choice_rests_on_and_what_the_next_best_costs():
    async with cover_shown() as (app, pilot, screen):
        plan = screen.plan
        await pilot.press("enter")
        await on_screen(pilot, CoverWhyScreen)
        told = rows_of(app)
        for reason in (*plan.modules[0].a.why, *plan.modules[0].b.why):
            assert " ".join(reason.split()) in told
        assert plan.next_best is not None
        assert "Next best plan" in told
        await pilot.press("right")
        assert title_of(app).startswith("PLAN")


async def test_the_most_painful_are_listed_and_as_bad_as_they_say():
    async with cover_shown((120, 36)) as (app, pilot, screen):
        assert "all 21 tried" in below(screen)  # six, and fifteen pairs of them
        await pilot.press("u")
        worst = await on_screen(pilot, WorstScreen)
        assert worst.found.tried == 21
        first = worst.found.singles[0]
        assert first.people[0] in rows_of(app)


async def test_the_ranking_and_why_are_read_at_the_same_wave_as_the_cover(assess, tmp_path):
    place = tmp_path / "workspace"
    folder = write_pack(tmp_path / "pack")
    assess("init", "--name", "T", "--pack", folder, "--modules", "PROC", "--workspace", place)
    for wave, value in (("M0", 5), ("M1", 3)):
        rows = interview_rows("X", "R1", BPM=5, OWN=value, AVL=value)
        path = write_ratings(tmp_path / "r.csv", *rows)
        words = ("--create", "--wave", wave, "--workspace", place)
        assert assess("import", "ratings", path, *words).code == 0
    app = ManagerApp(Workspace.open(place), RankingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Second" in title_of(app) and app.screen.result is not None)
        assert app.screen.result.score < 90
        await pilot.press("v")
        await until(pilot, lambda: app.screen.__class__.__name__ == "ChoiceScreen")
        await pilot.press(*"first", "enter")
        await until(pilot, lambda: "First" in title_of(app) and app.screen.result is not None)
        assert app.screen.result.score == pytest.approx(100)
        await pilot.press("enter")
        why = await on_screen(pilot, WhyScreen)
        await until(pilot, lambda: why.result is not None)
        assert why.result.score == pytest.approx(100)
        app.push_screen(CoverScreen())
        await ready(pilot)
        await until(pilot, lambda: "First" in title_of(app))


async def test_an_engagement_without_anybody_has_an_empty_cover():
    workspace = covered()
    workspace.ranking = a_ranking([a_module([], module=m) for m in ("COST", "PLAN", "PROC")])
    async with cover_shown(workspace=workspace) as (app, pilot, screen):
        assert screen.plan.cover == 0
        assert "no candidate stands for it" in rows_of(app)
        await pilot.press("enter", "escape", "o", "escape", "u", "escape")
        await on_screen(pilot, CoverScreen)
