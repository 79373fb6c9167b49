"""Decisions on screen: asking, weighing, refusing, recording, and the history."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from results_factory import a_module, a_ranking, a_result
from tui_managers import ManagerApp, managed, settled, title_of
from tui_steps import on_screen, until

from assess.errors import AssessError
from assess.tui.screens.decision_asking import RoleScreen
from assess.tui.screens.decisions import DecisionsScreen
from assess.tui.screens.message import LineScreen, MessageScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.widgets.prose import Line, Prose
from assess.tui.widgets.rows import Rows
from assess.workspace.deciding import decide, decisions, history


@asynccontextmanager
async def opened(workspace, screen=None, size=(100, 30)):
    app = ManagerApp(workspace, screen or DecisionsScreen("COST"))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


def text(app):
    return app.screen.query_one(Rows).text


def line_of(app, module):
    return next(line for line in text(app).splitlines() if line.strip().startswith(module))


def said(app):
    """What a dialogue says, as one line."""
    return " ".join(prose.text.replace("\n", " ") for prose in app.screen.query(Prose))


async def choose(pilot, role, code):
    await until(pilot, lambda: asks(pilot.app, role))
    await pilot.press(*code.lower(), "enter")


def asks(app, role):
    return isinstance(app.screen, RoleScreen) and f"role {role}" in said(app)


async def fill(pilot, asked, typed):
    await until(
        pilot, lambda: isinstance(pilot.app.screen, LineScreen) and asked in said(pilot.app)
    )
    await pilot.press(*typed, "enter")


async def test_without_a_decision_the_plan_proposes_with_scores():
    async with opened(managed()) as (app, _pilot):
        line = line_of(app, "COST")
        assert "A JA Jia 84.2 ±7.1" in line and "B HE Helen 68.4 ±7.1" in line
        assert line.rstrip().endswith("proposed")
        assert "0 of 3 modules decided" in title_of(app)
        assert "nothing was decided yet" in text(app)


async def test_what_is_proposed_is_decided_with_a_name_and_no_reason():
    workspace = managed()
    async with opened(workspace) as (app, pilot):
        await pilot.press("d")
        await choose(pilot, "A", "JA")
        await choose(pilot, "B", "HE")
        await fill(pilot, "Who decides?", "Cheng")
        await fill(pilot, "leaves it out", "")
        await until(pilot, lambda: bool(decisions(workspace)))
        await settled(pilot)
        taken = decisions(workspace)["COST"]
        assert (taken.a, taken.b, taken.name, taken.departs) == ("JA", "HE", "Cheng", ())
        assert "Cheng" in line_of(app, "COST") and "decided" in line_of(app, "COST")
        assert "1 of 3 modules decided" in title_of(app)


async def test_departing_from_the_proposal_asks_why_and_says_in_which_way():
    workspace = managed()
    async with opened(workspace) as (app, pilot):
        await pilot.press("enter")
        await choose(pilot, "A", "HE")
        await choose(pilot, "B", "JA")
        await fill(pilot, "Who decides?", "Cheng")
        await fill(pilot, "role A: HE instead of JA", "")
        assert isinstance(app.screen, LineScreen)
        assert not decisions(workspace)
        await fill(pilot, "role A: HE instead of JA", "leads")
        await until(pilot, lambda: bool(decisions(workspace)))
        await settled(pilot)
        assert "reason: leads" in text(app)
        assert "departs from the proposal: role A: HE instead of JA" in text(app)


async def test_who_decided_last_stands_there_and_gives_way_to_what_is_typed():
    workspace = managed()
    decide(workspace, "COST", a="JA", b="HE", name="Cheng")
    async with opened(workspace) as (app, pilot):
        await pilot.press("enter")
        await choose(pilot, "A", "JA")
        await choose(pilot, "B", "HE")
        await until(pilot, lambda: isinstance(app.screen, LineScreen))
        assert app.screen.query_one(Line).value == "Cheng"
        await fill(pilot, "Who decides?", "Fang")
        await fill(pilot, "leaves it out", "")
        await until(pilot, lambda: decisions(workspace)["COST"].name == "Fang")


@pytest.mark.parametrize(
    "against", [{"release_open": True}, {"gates": {"PROC-G1": False}}], ids=["release", "gate"]
)
async def test_an_open_release_or_gate_refuses_in_the_words_of_the_command(against, monkeypatch):
    workspace = managed(a_ranking([a_module([a_result("JA"), a_result("LU", rank=2, **against)])]))
    item = workspace.pack.items["BPM-1"]
    monkeypatch.setitem(workspace.pack.items, "PROC-G1", item)
    with pytest.raises(AssessError) as refused:
        decide(workspace, "PROC", a="LU", name="Cheng", reason="x")
    async with opened(workspace, DecisionsScreen("PROC")) as (app, pilot):
        await pilot.press("d")
        await choose(pilot, "A", "LU")
        await on_screen(pilot, MessageScreen)
        for words in (refused.value.message, refused.value.title, refused.value.hint):
            assert words in said(app)
    assert not history(workspace)


async def test_role_b_may_stay_empty():
    workspace = managed(a_ranking([a_module([a_result("JA", name="Jia")])]))
    async with opened(workspace, DecisionsScreen("PROC")) as (_app, pilot):
        await pilot.press("d")
        await choose(pilot, "A", "JA")
        await until(pilot, lambda: asks(pilot.app, "B"))
        await pilot.press(*"nobody", "enter")
        await fill(pilot, "Who decides?", "Cheng")
        await fill(pilot, "leaves it out", "")
        await until(pilot, lambda: bool(decisions(workspace)))
        assert decisions(workspace)["PROC"].b is None


async def test_a_later_decision_replaces_the_earlier_which_stays_in_the_history():
    workspace = managed()
    decide(workspace, "COST", a="JA", b="HE", name="Cheng")
    decide(workspace, "COST", a="HE", b="JA", name="Fang", reason="Jia leaves the team")
    async with opened(workspace) as (app, _pilot):
        told = text(app)
        assert "COST: A HE, B JA · Fang · in force" in told
        assert "COST: A JA, B HE · Cheng · replaced" in told
        assert told.index("Fang · in force") < told.index("Cheng · replaced")


async def test_leaving_a_question_records_nothing():
    workspace = managed()
    async with opened(workspace) as (app, pilot):
        await pilot.press("d")
        await choose(pilot, "A", "JA")
        await until(pilot, lambda: asks(app, "B"))
        await pilot.press("escape")
        await on_screen(pilot, DecisionsScreen)
    assert not history(workspace)


async def test_the_ranking_asks_beginning_with_the_candidate_under_the_cursor():
    workspace = managed()
    async with opened(workspace, RankingScreen("COST")) as (app, pilot):
        await pilot.press("down", "d")
        await until(pilot, lambda: asks(app, "A"))
        await pilot.press("enter")
        await until(pilot, lambda: asks(app, "B"))
        await choose(pilot, "B", "JA")
        await fill(pilot, "Who decides?", "Cheng")
        await fill(pilot, "takes a reason", "leads")
        await until(pilot, lambda: bool(decisions(workspace)))
        assert decisions(workspace)["COST"].a == "HE"


async def test_who_may_not_be_appointed_yet_is_said_before_one_chooses():
    async with opened(managed(), DecisionsScreen("PROC")) as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: asks(app, "A"))
        lines = [str(row.line) for row in app.screen.rows()]
        assert any("LU" in line and "not yet: release open" in line for line in lines)


async def test_looks_as_kept(language, size, same_picture):
    workspace = managed()
    decide(workspace, "COST", a="JA", b="HE", name="Cheng")
    decide(
        workspace, "COST", a="HE", b="JA", name="方女士", reason="Helen leads the department 成本部"
    )
    async with opened(workspace, size=size) as (app, _pilot):
        same_picture(app, "decisions")
