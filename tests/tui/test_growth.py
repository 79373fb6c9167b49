"""Growth: gaps and actions of one candidate, waves side by side, the pool's training plan."""

from __future__ import annotations

import pytest
from small_pack import two_waves
from tui_cover import covered
from tui_managers import ManagerApp, title_of
from tui_steps import on_screen, until
from tui_steps import settled as drawn

from assess.tui.screens.cover import CoverScreen
from assess.tui.screens.form import FormScreen
from assess.tui.screens.growth import GrowthScreen
from assess.tui.screens.growth_pool import PoolScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.rows import Rows
from assess.workspace.agreed import agreed_actions, put_action
from assess.workspace.pool import pool
from assess.workspace.workspace import Workspace


@pytest.fixture
def workspace():
    return covered()


def told(app):
    return " ".join(app.screen.query_one(Rows).text.split())


async def shown(pilot, words):
    await until(pilot, lambda: words in told(pilot.app))


def actions(workspace, candidate):
    return {a.action: a for a in agreed_actions(workspace) if a.candidate == candidate}


# -- one candidate


@pytest.mark.usefixtures("language")
async def test_looks_as_kept(workspace, size, same_picture):
    app = ManagerApp(workspace, GrowthScreen("MO"))
    async with app.run_test(size=size) as pilot:
        await shown(pilot, "BPM-L1")
        await drawn(pilot)
        same_picture(app, "growth")


@pytest.mark.usefixtures("language")
async def test_the_pool_looks_as_kept(workspace, size, same_picture):
    app = ManagerApp(workspace, PoolScreen())
    async with app.run_test(size=size) as pilot:
        await shown(pilot, "MO")
        await drawn(pilot)
        same_picture(app, "growth-pool")


async def test_the_missed_minimum_comes_first_and_two_are_proposed_at_most(workspace):
    app = ManagerApp(workspace, GrowthScreen("MO"))
    async with app.run_test(size=(120, 36)) as pilot:
        await shown(pilot, "Gaps")
        gaps = told(app)[told(app).index("Gaps") : told(app).index("Agreed")]
        assert gaps.index("BPM") < gaps.index("GAP")
        assert "under the minimum: PROC -0.70" in gaps
        assert "before the next milestone" in gaps
        assert gaps.count("▸ ") <= 3  # the cursor's mark is one of them
        assert "role B with: BPM from 2.30 to 2.50" in told(app)


async def test_an_action_is_agreed_with_owner_date_and_proof(workspace):
    app = ManagerApp(workspace, GrowthScreen("QI"))
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, "Gaps")
        app.screen.query_one(Rows).go_to("gap:MDM")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.__class__.__name__ == "ChoiceScreen")
        await pilot.press("enter")
        form = await on_screen(pilot, FormScreen)
        refused = form.query_one("#refused", Prose)
        await pilot.press("enter", *"2027-02-28", "enter", "enter", "enter")
        await until(pilot, lambda: "owner" in refused.text)
        assert form.texts["due"] == "2027-02-28"  # nothing typed is lost
        await pilot.press("up", "up", "up", *"Shen", "enter", "enter", *"list", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, GrowthScreen))
        await shown(pilot, "Shen")
    one = actions(workspace, "QI")["MDM-M1"]
    assert (one.owner, one.due, one.proof, one.state) == ("Shen", "2027-02-28", "list", "planned")


async def test_a_third_competency_in_one_phase_is_refused(workspace):
    for action in ("BPM-M1", "GAP-M1"):
        put_action(workspace, "QI", action, owner="Shen", due="2027-02-28")
    app = ManagerApp(workspace, GrowthScreen("QI"))
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, "Gaps")
        app.screen.query_one(Rows).go_to("gap:MDM")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.__class__.__name__ == "ChoiceScreen")
        await pilot.press("enter")
        form = await on_screen(pilot, FormScreen)
        await pilot.press("enter", *"2027-02-28", "enter", "enter", "enter")
        refused = form.query_one("#refused", Prose)
        await until(pilot, lambda: "at most two" in refused.text)
    assert "MDM-M1" not in actions(workspace, "QI")


async def test_done_takes_a_proof_and_is_no_longer_overdue(workspace):
    app = ManagerApp(workspace, GrowthScreen("MO", at="BPM-L1"))
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, "planned, overdue")
        await until(pilot, lambda: app.screen.query_one(Rows).key == "agreed:MO:BPM-L1")
        await pilot.press("s")
        await until(pilot, lambda: app.screen.__class__.__name__ == "ChoiceScreen")
        await pilot.press(*"done", "enter")
        await on_screen(pilot, FormScreen)
        await pilot.press(*"walk-through signed", "enter")
        await until(pilot, lambda: isinstance(app.screen, GrowthScreen))
        await shown(pilot, "proof: walk-through signed")
        assert "overdue" not in told(app)
    assert actions(workspace, "MO")["BPM-L1"].state == "done"


async def test_from_why_and_on_to_the_next_candidate(workspace):
    app = ManagerApp(workspace, WhyScreen("LU"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "LU" in title_of(app))
        await pilot.press("a")
        growth = await on_screen(pilot, GrowthScreen)
        assert growth.candidate == "LU"
        await shown(pilot, "Gaps")
        await pilot.press("n")
        await until(pilot, lambda: growth.candidate == "MO" and "Gaps" in told(app))
        assert "莫莉" in title_of(app)


# -- waves


@pytest.fixture
def rated_twice(assess, tmp_path):
    """X at two waves, OWN rated first so, then so."""
    return lambda before, after: Workspace.open(two_waves(assess, tmp_path, before, after))


async def test_a_drop_beyond_error_is_marked_and_asked_as_a_question(rated_twice):
    app = ManagerApp(rated_twice(4, 2), GrowthScreen("X"))
    async with app.run_test(size=(120, 36)) as pilot:
        await shown(pilot, "Waves side by side")
        lines = app.screen.query_one(Rows).text.splitlines()
        marked = [line for line in lines if line.rstrip().endswith("beyond error")]
        assert any("OWN" in line for line in marked)
        assert not any("AVL" in line for line in marked)
        assert "? OWN Ownership lower than at First: which time, training or tool" in told(app)


async def test_no_change_is_within_error_and_asks_nothing(rated_twice):
    app = ManagerApp(rated_twice(4, 4), GrowthScreen("X"))
    async with app.run_test(size=(120, 36)) as pilot:
        await shown(pilot, "within error")
        assert "?" not in told(app)


async def test_growth_is_read_at_an_earlier_wave(rated_twice):
    app = ManagerApp(rated_twice(4, 2), GrowthScreen("X"))
    async with app.run_test(size=(120, 36)) as pilot:
        await shown(pilot, "lower than at First")
        await pilot.press("v")
        await until(pilot, lambda: app.screen.__class__.__name__ == "ChoiceScreen")
        await pilot.press(*"first", "enter")
        await shown(pilot, "rated at one wave only so far")
        assert "First" in title_of(app)


# -- the pool


async def test_from_home_to_what_is_overdue_and_what_lifts_the_cover(workspace):
    expected = pool(workspace)
    app = ManagerApp(workspace, HomeScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "action overdue" in told(app))
        await pilot.press("g")
        await on_screen(pilot, PoolScreen)
        await shown(pilot, "These actions lift the cover most")
        said = told(app)
        assert said.index("Overdue") < said.index("BPM-L1") < said.index("These actions")
        for at, one in enumerate(expected.lifts, 1):
            assert f"{at}. {one.candidate} {one.competency}" in said
            assert f"cover {one.cover:.1f}" in said
        assert "PROC MO role B with: BPM from 2.30 to 2.50" in said
        await pilot.press("enter")
        growth = await on_screen(pilot, GrowthScreen)
        assert growth.candidate == "MO"


async def test_from_the_pool_to_the_cover_and_to_growth_from_there(workspace):
    app = ManagerApp(workspace, PoolScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, "These actions")
        await pilot.press("c")
        cover = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: cover.worst is not None)
        await pilot.press("g")
        await on_screen(pilot, PoolScreen)
