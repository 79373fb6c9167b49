"""Home: what waits, and every line leads to the place where it is done."""

from __future__ import annotations

import pytest
from results_factory import a_minimum, a_module, a_ranking, a_result, four_ranked
from tui_home import at_home, line_of, text, with_interviews
from tui_managers import managed, settled

from assess.errors import StoreError
from assess.tui.screens.decisions import DecisionsScreen
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.grid import GridScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.home_targets import TargetsScreen
from assess.tui.screens.message import LineScreen, MessageScreen
from assess.tui.screens.panel import PanelScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.raters import RatersScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.rows import Rows


async def go_to(app, pilot, key):
    app.screen.query_one(Rows).go_to(key)
    await pilot.press("enter")
    await settled(pilot)


async def test_a_module_short_of_a_second_person_is_listed_and_leads_to_its_ranking():
    async with at_home(size=(120, 36)) as (app, pilot):
        assert "fewer than two people to appoint · PLAN" in text(app)
        await go_to(app, pilot, "todo:uncovered")
        assert isinstance(app.screen, RankingScreen)
        assert app.screen.module.module == "PLAN"


async def test_whose_release_is_open_is_listed_and_leads_to_the_decisions():
    held = a_result("LU", name="Lu", release_open=True)
    async with at_home(managed(a_ranking([a_module([held])]))) as (app, pilot):
        assert "1  release or gate open before an appointment · LU in PROC" in text(app)
        assert "release open" in line_of(app, "PROC")
        await go_to(app, pilot, "todo:refused")
        assert isinstance(app.screen, DecisionsScreen)


async def test_actions_past_their_date_and_records_past_theirs_are_listed():
    workspace = managed()
    workspace.add(
        {"kind": "development", "candidate": "HE", "action": "MDM-1", "competency": "MDM",
         "owner": "Jia", "due": "2026-12-01", "state": "planned", "revises": []},
        {"kind": "development", "candidate": "JA", "action": "MDM-1", "competency": "MDM",
         "owner": "Jia", "due": "2026-12-01", "state": "done", "revises": []},
        {"kind": "withdrawn", "candidate": "WE", "revises": []},
    )  # fmt: skip
    async with at_home(workspace, (100, 30)) as (app, _pilot):
        assert "1  action overdue · HE MDM-1" in text(app)
        assert "1  record past its date, to be erased · WE" in text(app)


async def test_half_done_interviews_are_listed_by_rater_and_resumed():
    async with at_home() as (app, pilot):
        assert "3  interviews half done · R2: JA 2/20, WE 2/20 · R4: HE 1/20" in text(app)
        await go_to(app, pilot, "todo:half")
        assert isinstance(app.screen, TargetsScreen)
        await pilot.press(*"r4", "enter")
        await settled(pilot)
        session = app.screen.session
        assert (session.candidate.id, session.rater.id) == ("HE", "R4")


async def test_a_single_half_done_interview_is_resumed_at_once():
    workspace = with_interviews(managed())
    workspace.me = "R4"
    async with at_home(workspace) as (app, pilot):
        await go_to(app, pilot, "todo:half")
        assert app.screen.session.candidate.id == "HE"


async def test_who_works_as_an_interviewer_sees_only_own_half_done_interviews():
    workspace = with_interviews(managed())
    workspace.me = "R4"
    async with at_home(workspace) as (app, _pilot):
        assert "R4: HE 1/20" in text(app) and "R2:" not in text(app)


@pytest.mark.parametrize("key", ["d", "enter"])
async def test_disagreements_lead_to_the_panel(key):
    async with at_home() as (app, pilot):
        assert "2  disagreements to talk over · HE BPM-1, HE BPM-2" in text(app)
        app.screen.query_one(Rows).go_to("todo:disputes")
        await pilot.press(key)
        await settled(pilot)
        assert isinstance(app.screen, PanelScreen)


@pytest.mark.parametrize(
    ("key", "screen"), [("t", GridScreen), ("e", DecisionsScreen), ("r", RatersScreen)]
)
async def test_grid_decisions_and_raters_are_a_key_away(key, screen):
    async with at_home() as (app, pilot):
        await pilot.press(key)
        await settled(pilot)
        assert isinstance(app.screen, screen)


async def test_minimums_on_the_edge_that_decide_nothing_are_not_listed():
    edge = a_minimum("DOC", 3.0, value=3.1, borderline=True)
    idle = a_result("WE", rank=3, minimums=[edge], score=40.0)
    held = [a_result("JA", rank=1), a_result("HE", rank=2)]
    async with at_home(managed(a_ranking([a_module([*held, idle])]))) as (app, _pilot):
        assert "on the edge" not in text(app)


async def test_a_minimum_on_the_edge_leads_to_its_line_in_the_account():
    edge = a_result("HE", minimums=[a_minimum("DOC", 3.0, value=3.1, borderline=True)])
    workspace = with_interviews(managed(a_ranking([a_module([edge, a_result("JA", rank=2)])])))
    async with at_home(workspace) as (app, pilot):
        assert "DOC 3.10 of 3" in text(app)
        await go_to(app, pilot, "todo:edges")
        assert isinstance(app.screen, WhyScreen)
        assert app.screen.candidate == "HE"
        assert app.screen.query_one(Rows).key == "DOC"


async def test_the_incomplete_lead_to_what_is_missing():
    async with at_home() as (app, pilot):
        assert "1  candidate incomplete · TA" in text(app)
        await go_to(app, pilot, "todo:gaps")
        assert isinstance(app.screen, WhyScreen) and app.screen.candidate == "TA"


async def test_dots_show_how_far_the_interviews_are():
    async with at_home() as (app, _pilot):
        assert "●●◐○" in line_of(app, "HE")
        assert "◐○○○" in line_of(app, "WE")
        assert "○○○○" in line_of(app, "QI")
        assert line_of(app, "QI").rstrip().endswith("PLAN PROC")


async def test_find_goes_to_a_candidate_and_enter_opens_why():
    async with at_home() as (app, pilot):
        await pilot.press("slash", *"莫", "enter")
        await pilot.pause()
        assert app.screen.query_one(Rows).key == "candidate:MO"
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, WhyScreen) and app.screen.candidate == "MO"


async def test_find_passes_over_what_waits_with_a_candidate():
    async with at_home() as (app, pilot):
        # HE is named in disagreements above the candidates as well
        await pilot.press("slash", *"he", "enter")
        await pilot.pause()
        assert app.screen.query_one(Rows).key == "candidate:HE"


async def test_x_opens_the_export():
    async with at_home() as (app, pilot):
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(app.screen, ExportScreen)


async def test_a_candidate_is_added_by_one_line():
    workspace = with_interviews(managed())
    async with at_home(workspace) as (app, pilot):
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(app.screen, LineScreen)
        await pilot.press(*"SU, Su Lin, Cost", "enter")
        await settled(pilot)
        assert workspace.candidate("SU").name == "Su Lin"
        assert workspace.candidate("SU").department == "Cost"
        assert app.screen.query_one(Rows).key == "candidate:SU"


@pytest.mark.parametrize(("typed", "told"), [("HE", "already"), ("-x", "cannot be")])
async def test_a_bad_or_taken_code_is_refused_in_words(typed, told):
    workspace = managed()
    async with at_home(workspace) as (app, pilot):
        before = dict(workspace.candidates())
        await pilot.press("a")
        await settled(pilot)
        await pilot.press(*typed, "enter")
        await settled(pilot)
        assert isinstance(app.screen, MessageScreen)
        assert told in app.screen.query_one("#message").text
        assert workspace.candidates() == before


async def test_without_an_interview_the_first_is_proposed():
    async with at_home(managed()) as (app, _pilot):
        assert "no interview yet" in text(app)


async def test_a_new_answer_is_seen_on_coming_back():
    workspace = with_interviews(managed())
    async with at_home(workspace) as (app, pilot):
        await pilot.press("m")
        await settled(pilot)
        workspace.ranking = a_ranking([a_module(four_ranked()[:2], module="COST")])
        await pilot.press("escape")
        await settled(pilot)
        assert "QI 71 ±7" in line_of(app, "COST")


async def test_a_store_that_fails_is_told_and_home_goes_on(monkeypatch):
    workspace = with_interviews(managed())

    def fail(*_args):
        raise StoreError("cannot read the workspace")

    monkeypatch.setattr(workspace, "rank", fail)
    async with at_home(workspace) as (app, pilot):
        assert isinstance(app.screen, MessageScreen)
        await pilot.press("escape")
        await pilot.pause()
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "could not be measured" in text(app)


@pytest.mark.parametrize("measurable", [True, False])
async def test_a_damaged_interview_is_listed_even_where_nothing_can_be_measured(
    monkeypatch, measurable
):
    def fail(*_a, **_k):
        raise StoreError("nothing can be read")

    workspace = managed()
    monkeypatch.setattr(workspace.store, "damaged", lambda: {"0123456789abcdef": "it is torn"})
    if not measurable:
        monkeypatch.setattr(workspace, "rank", fail)
    async with at_home(workspace) as (app, pilot):
        if not measurable:
            await pilot.press("escape")
            await settled(pilot)
        told = [line for line in text(app).splitlines() if "0123456789ab: it is torn" in line]
        assert len(told) == 1 and "assess verify" in told[0]
