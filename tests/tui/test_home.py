"""Home: the engagement at a glance, the last known figures first."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest
from results_factory import a_module, a_ranking, a_result
from tui_home import at_home, line_of, opened, text, with_interviews
from tui_managers import managed, nobody_yet, settled, three_modules, title_of
from tui_memory import MemoryStore

from assess.tui.screens.home import HomeScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.widgets.rows import Rows
from assess.workspace.deciding import decide
from assess.workspace.workspace import Workspace


async def test_the_top_line_says_which_engagement_when_and_where_it_stands():
    async with at_home() as (app, _pilot):
        for words in ("Riverside", "go-live 2027-03-01", "phase: blueprint"):
            assert words in title_of(app)


async def test_a_module_shows_who_is_proposed_for_a_and_b_with_readiness():
    async with at_home() as (app, _pilot):
        line = line_of(app, "COST")
        assert "A JA 84 ±7" in line and "B HE 68 ±7" in line
        assert line.rstrip().endswith("proposed")
        assert "!" not in line


async def test_a_wide_window_adds_names_and_status_in_words():
    async with at_home(size=(120, 36)) as (app, _pilot):
        assert "A JA Jia 84 ±7 ready" in line_of(app, "COST")
        assert "B HE Helen 68 ±7 ready with plan" in line_of(app, "COST")


async def test_who_was_decided_takes_the_place_of_who_is_proposed():
    workspace = managed()
    decide(workspace, "COST", a="HE", b="JA", name="Cheng", reason="Helen leads the department")
    async with at_home(workspace) as (app, _pilot):
        assert "A HE 68 ±7" in line_of(app, "COST") and "B JA 84 ±7" in line_of(app, "COST")
        assert line_of(app, "COST").rstrip().endswith("decided")
        assert "proposed" in line_of(app, "PLAN")


async def test_a_module_with_a_red_flag_is_marked_and_says_which():
    async with at_home(size=(120, 36)) as (app, _pilot):
        assert line_of(app, "PLAN").startswith(" !")
        assert "single holder" in line_of(app, "PLAN")


async def test_a_module_without_anybody_for_role_b_says_so():
    async with at_home(managed(a_ranking([a_module([a_result("JA", name="Jia")])]))) as (
        app,
        _pilot,
    ):
        assert line_of(app, "PROC").startswith(" !")
        assert "B –" in line_of(app, "PROC") and "no role B" in line_of(app, "PROC")


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_best_of_all_modules_stand_in_columns(width):
    async with at_home(size=(width, 30)) as (app, _pilot):
        ends = [line_of(app, code).index("±") for code in ("COST", "PLAN", "PROC")]
        assert len(set(ends)) == 1


async def test_a_module_opens_its_ranking():
    async with at_home() as (app, pilot):
        await pilot.press("down", "m")
        await settled(pilot)
        assert isinstance(app.screen, RankingScreen)
        assert app.screen.module.module == "PLAN"


async def test_a_click_opens_the_line():
    async with at_home() as (app, pilot):
        await pilot.click(Rows, offset=(10, 3))
        await settled(pilot)
        assert isinstance(app.screen, RankingScreen)
        assert app.screen.module.module == "PROC"


async def test_nothing_to_do_is_said():
    calm = [a_result("JA"), a_result("HE", rank=2)]
    workspace = managed(a_ranking([a_module(calm, module="COST")]))
    interview = workspace.interview("JA", "R1")
    interview.answer("BPM-1", 4)
    interview.submit()
    async with at_home(workspace) as (app, _pilot):
        assert "nothing waits" in text(app)


async def test_without_candidates_it_says_how_to_get_some():
    async with at_home(nobody_yet()) as (app, pilot):
        assert "assess import roster FILE" in text(app)
        await pilot.press("i")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert [one.message for one in app._notifications] == [
            "There is nobody to interview yet: a adds the first candidate."
        ]


async def test_without_an_engagement_it_says_how_to_start_one():
    async with at_home(Workspace(MemoryStore(), place="/somewhere")) as (app, pilot):
        assert "assess init --name NAME" in text(app) and "/somewhere" in text(app)
        await pilot.press("m", "x", "a", "i", "slash", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_the_last_figures_are_shown_dated_while_new_ones_are_measured(tmp_path, monkeypatch):
    workspace = with_interviews(managed())
    workspace.store.cache = tmp_path
    async with opened(workspace).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
    assert "Helen" not in (tmp_path / "overview.json").read_text()

    later = replace(three_modules(), modules=[])
    monkeypatch.setattr(HomeScreen, "measure_again", lambda _self: None)
    workspace.ranking = later
    async with at_home(workspace) as (app, pilot):
        assert "A JA 84 ±7" in line_of(app, "COST")
        assert "figures of 2027-01-04" in text(app) and "measuring" in text(app)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": 1, "key": []}', "\x00"])
async def test_broken_saved_figures_are_measured_anew(tmp_path, content):
    (tmp_path / "overview.json").write_text(content)
    workspace = with_interviews(managed())
    workspace.store.cache = tmp_path
    async with at_home(workspace) as (app, _pilot):
        assert "JA 84 ±7" in line_of(app, "COST")


def test_the_first_screen_and_its_help_load_neither_models_nor_numpy(riverside):
    """In a process of its own: what it takes to show home before anything is measured."""
    subprocess.run([sys.executable, "-m", "assess", "explain", "JA", "COST", "--workspace",
                    str(riverside)], check=True, capture_output=True)  # fmt: skip
    code = """
        import asyncio, sys
        from assess.terminal import prepare
        prepare()
        from assess.tui.app import AssessApp
        from assess.tui.screens.home import HomeScreen
        from assess.workspace.workspace import Workspace
        HomeScreen.measure_again = lambda self: None
        async def main():
            app = AssessApp(Workspace.open(sys.argv[1]))
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                assert "Cost management" in app.screen.query_one("#lines").text
                await pilot.press("question_mark")
                assert app.screen.query("#commands")
        asyncio.run(main())
        loaded = {"numpy", "scipy", "pydantic", "tinydb", "yaml"} & sys.modules.keys()
        assert not loaded, loaded
    """
    words = [sys.executable, "-c", textwrap.dedent(code), str(riverside)]
    subprocess.run(words, check=True)


async def test_measuring_happens_away_from_the_screen(monkeypatch):
    import threading

    workspace = with_interviews(managed())
    threads = []
    before = workspace.rank
    monkeypatch.setattr(
        workspace,
        "rank",
        lambda *a, **k: threads.append(threading.current_thread()) or before(*a, **k),
    )
    async with opened(workspace).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
    assert threads and threading.main_thread() not in threads


async def test_looks_as_kept(language, size, same_picture):
    async with at_home(size=size) as (app, _pilot):
        same_picture(app, "home")


async def test_an_empty_workspace_looks_as_kept(language, size, same_picture):
    async with at_home(Workspace(MemoryStore(), place="/home/me/assess"), size) as (app, _pilot):
        same_picture(app, "home-empty")
