"""A manager's way through the demonstration engagement, on real figures."""

from __future__ import annotations

import pytest
from tui_managers import ManagerApp, settled, title_of

from assess import demo
from assess.tui.screens.compare import CompareScreen
from assess.tui.screens.decisions import DecisionsScreen
from assess.tui.screens.grid import GridScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.raters import RatersScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.screens.why_evidence import EvidenceScreen
from assess.tui.widgets.rows import Rows
from assess.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def riverside(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ASSESS_CACHE", str(tmp_path_factory.mktemp("cache")))
        patched.setenv("ASSESS_HOME", str(tmp_path_factory.mktemp("home")))
        workspace = Workspace.open(tmp_path_factory.mktemp("riverside") / "w", create=True)
        demo.build(workspace)
        yield workspace
        workspace.close()


async def test_the_figures_of_the_last_time_are_there_before_anything_is_measured(
    riverside, monkeypatch
):
    async with ManagerApp(riverside, HomeScreen()).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        measured = text(pilot.app).splitlines()[1:]
    monkeypatch.setattr(HomeScreen, "measure_again", lambda _self: None)
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert text(app).splitlines()[1:] == measured


def text(app):
    return app.screen.query_one(Rows).text


async def test_from_home_to_the_notes_under_a_score(riverside):
    ranking = riverside.rank()
    best = ranking.modules[0].candidates[0]
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert f"{best.candidate} {best.name} {best.score:.0f} ±" in text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, RankingScreen)
        for result in ranking.modules[0].candidates:
            assert result.candidate in text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen)
        assert f"{best.score:.1f}" in title_of(app)
        assert "what would change it" in text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, EvidenceScreen)
        notes = [one.note for one in riverside.evidence(best.candidate, "BPM", "COST") if one.note]
        assert notes and notes[0][:30] in text(app)


async def test_two_candidates_side_by_side(riverside):
    app = ManagerApp(riverside, RankingScreen("PROC"))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("space", "down", "space", "c")
        await settled(pilot)
        assert isinstance(app.screen, CompareScreen)
        for competency in ("BPM", "GAP", "AVL"):
            assert competency in text(app)


@pytest.mark.parametrize("module", ["COST", "PLAN", "PROC"])
async def test_every_candidate_of_every_module_can_be_explained(riverside, module):
    found = next(m for m in riverside.rank().modules if m.module == module)
    app = ManagerApp(riverside, WhyScreen(found.candidates[0].candidate, module))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for result in found.candidates:
            assert app.screen.candidate == result.candidate
            if result.score is not None:
                assert f"{result.score:.1f}" in text(app)
            await pilot.press("n")
            await settled(pilot)


async def test_the_grid_holds_the_scores_of_every_module(riverside):
    ranking = riverside.rank()
    app = ManagerApp(riverside, GridScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        lines = {line.split()[0]: line for line in text(app).splitlines()}
        for module in ranking.modules:
            for one in module.candidates:
                assert f"{one.score:.0f}" in lines[one.candidate]


async def test_decisions_propose_what_the_plan_proposes(riverside):
    from assess.workspace.covering import plan

    proposed = plan(riverside, decided=True, explain=False)
    app = ManagerApp(riverside, DecisionsScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for module in proposed.modules:
            line = next(row for row in text(app).splitlines() if row[3:].startswith(module.module))
            assert f"A {module.a.candidate} " in line and f"B {module.b.candidate} " in line


async def test_raters_and_a_feedback_page(riverside):
    app = ManagerApp(riverside, RatersScreen())
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        assert "R3" in text(app) and "rates lower" in text(app)
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        assert "lower than the others" in text(app)
        assert "to talk over, where a rating lies far from yours" in text(app)
