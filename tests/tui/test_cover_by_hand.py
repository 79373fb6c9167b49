"""The cover set by hand: pins, bars, phases, days, facts and decisions."""

from __future__ import annotations

import pytest
from tui_cover import covered
from tui_cover_screen import below, cover_shown, go, ready, rows_of
from tui_managers import title_of
from tui_steps import on_screen, until

from assess.tui.screens.cover import CoverScreen
from assess.tui.screens.cover_facts import FactsScreen
from assess.tui.screens.decisions import DecisionsScreen
from assess.tui.screens.form import FormScreen
from assess.tui.screens.message import MessageScreen
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.rows import Rows
from assess.workspace.deciding import decide
from assess.workspace.facts import facts_of


async def anew(pilot, screen, do):
    """Do something that plans anew and wait for that plan."""
    before = screen.plan
    await do()
    await until(pilot, lambda: screen.plan is not before and pilot.app.screen is screen)
    await until(pilot, lambda: screen.worst is not None)


def held(screen):
    return {
        m.module: [seat.candidate if seat else None for seat in (m.a, m.b)]
        for m in screen.plan.modules
    }


async def test_a_pin_is_kept_shown_and_taken_away_again():
    async with cover_shown() as (app, pilot, screen):
        await go(pilot, screen, "person:WE")

        async def pin():
            await pilot.press("p")
            await until(pilot, lambda: app.screen is not screen)
            await pilot.press(*"plan", "space", "b", "enter")

        await anew(pilot, screen, pin)
        assert held(screen)["PLAN"][1] == "WE"
        assert "pinned: PLAN B WE" in rows_of(app)
        assert "WE*" in rows_of(app)
        await anew(pilot, screen, pin)
        assert "pinned" not in rows_of(app)


async def test_who_is_barred_holds_no_role_until_the_bar_is_lifted():
    async with cover_shown() as (app, pilot, screen):
        await go(pilot, screen, "person:JA")

        async def bar():
            await pilot.press("b")
            await until(pilot, lambda: app.screen is not screen)
            await pilot.press("enter")

        await anew(pilot, screen, bar)
        assert all("JA" not in pair for pair in held(screen).values())
        assert "barred: JA" in rows_of(app)
        await go(pilot, screen, "person:JA")
        await anew(pilot, screen, bar)
        assert any("JA" in pair for pair in held(screen).values())


async def test_a_pin_against_a_bar_is_refused_and_nothing_changes():
    async with cover_shown() as (app, pilot, screen):
        screen.choices.bars = ["JA"]
        await go(pilot, screen, "person:JA")
        await pilot.press("p")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press("enter")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape")
        assert screen.choices.pins == []


async def test_another_phase_takes_another_load_and_open_roles_name_the_rule():
    async with cover_shown() as (app, pilot, screen):

        async def phase():
            await pilot.press("f")
            await until(pilot, lambda: app.screen is not screen)
            await pilot.press("down", "enter")

        await anew(pilot, screen, phase)
        assert "cut-over" in title_of(app)
        assert screen.plan.load_a == pytest.approx(0.8)
        told = rows_of(app)
        assert "! " in told
        assert "smallest way out" in told
        assert "capacity from" in told


async def test_what_was_chosen_is_there_when_one_comes_back():
    async with cover_shown() as (app, pilot, screen):
        await go(pilot, screen, "person:JA")
        await pilot.press("space")
        await until(pilot, lambda: screen.left is not None)
        app.push_screen(CoverScreen())
        again = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: again.left is not None)
        assert again.choices.marked == ["JA"]


async def test_what_was_decided_is_kept_when_asked_for():
    workspace = covered()
    decide(workspace, "PROC", a="WE", b="QI", name="Cheng", reason="knows the suppliers")
    async with cover_shown((120, 36), workspace) as (app, pilot, screen):
        assert "decided: PROC; l keeps to that" in rows_of(app)
        assert "the plan differs" in rows_of(app)
        await go(pilot, screen, "person:JA")
        await pilot.press("space")
        assert "JA · with what was decided kept" in below(screen)

        async def keep():
            await pilot.press("l")

        await anew(pilot, screen, keep)
        assert held(screen)["PROC"] == ["WE", "QI"]
        assert "decided kept" in title_of(app)
        assert "l keeps" not in rows_of(app)
        assert "with what was decided kept" not in below(screen)


async def test_a_decision_is_taken_at_the_module_under_the_cursor():
    async with cover_shown() as (app, pilot, screen):
        await go(pilot, screen, "module:PLAN")
        await pilot.press("d")
        await on_screen(pilot, DecisionsScreen)
        await until(pilot, lambda: app.screen.query_one(Rows).key == "PLAN")


async def test_the_past_is_read_and_not_written():
    async with cover_shown() as (app, pilot, screen):
        await pilot.press("v")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"as of", "enter")
        await pilot.pause()
        await pilot.press(*"2027-01-02", "enter")
        await until(pilot, lambda: "as of 2027-01-02" in title_of(app))
        assert screen.check_action("decide_module", ()) is False
        assert screen.check_action("open_facts", ()) is False
        assert "hand-over 63 d" not in rows_of(app)  # the facts were entered later


async def test_what_is_no_day_is_said_and_the_plan_stays():
    async with cover_shown() as (app, pilot, screen):
        await pilot.press("v")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"as of", "enter")
        await pilot.pause()
        await pilot.press(*"yesterday", "enter")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape")
        await ready(pilot)
        assert screen.choices.as_of is None


async def test_a_fact_is_entered_with_day_and_source_and_colours_the_module():
    workspace = covered()
    async with cover_shown(workspace=workspace) as (app, pilot, screen):
        await go(pilot, screen, "module:PROC")
        await pilot.press("e")
        facts = await on_screen(pilot, FactsScreen)
        facts.rows.go_to("handover_days")
        await pilot.press("enter")
        form = await on_screen(pilot, FormScreen)
        await pilot.press(*"long", "enter", "enter", "enter")
        refused = form.query_one("#refused", Prose)
        await until(pilot, lambda: "a number" in refused.text)
        await pilot.press("up", "up", "end", *["backspace"] * 4, *"50", "enter")
        await pilot.press(*"2026-12-24", "enter", *"Cheng", "enter")
        await until(pilot, lambda: app.screen is facts)
        fact = facts_of(workspace, "PROC")["handover_days"]
        assert (fact.value, fact.date, fact.source) == (50, "2026-12-24", "Cheng")
        assert "2026-12-24 · Cheng" in rows_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: rows_of(app).count("hand-over") == 3)
