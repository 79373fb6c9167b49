"""The cover: what is shown, what is set by hand, what is worked out and how it is stopped."""

from __future__ import annotations

import threading

import pytest
from results_factory import a_module, a_ranking
from small_pack import interview_rows, write_pack, write_ratings
from tui_cover import covered
from tui_managers import ManagerApp, title_of
from tui_steps import on_screen, until
from tui_steps import settled as drawn

from assess import i18n
from assess.cover.watching import StoppedError
from assess.tui.screens.cover import CoverScreen
from assess.tui.screens.cover_facts import FactsScreen
from assess.tui.screens.cover_why import CoverWhyScreen, FormulaScreen, WorstScreen
from assess.tui.screens.decisions import DecisionsScreen
from assess.tui.screens.departures import DepartureScreen
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.form import FormScreen
from assess.tui.screens.message import MessageScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.prose import Line, Prose
from assess.tui.widgets.rows import Rows
from assess.workspace.deciding import decide
from assess.workspace.facts import facts_of
from assess.workspace.workspace import Workspace


@pytest.fixture
def workspace():
    return covered()


def rows_of(app):
    return " ".join(app.screen.query_one(Rows).text.split())


def below(screen):
    return " ".join(screen.query_one("#below", Caption).text.split())


async def ready(pilot):
    screen = await on_screen(pilot, CoverScreen)
    await until(pilot, lambda: screen.plan is not None and screen.worst is not None)
    return screen


async def anew(pilot, screen, do):
    """Do something that plans anew and wait for that plan."""
    before = screen.plan
    await do()
    await until(pilot, lambda: screen.plan is not before and pilot.app.screen is screen)
    await until(pilot, lambda: screen.worst is not None)


async def go(pilot, screen, key):
    screen.query_one(Rows).go_to(key)
    await pilot.pause()


def held(screen):
    return {
        m.module: [seat.candidate if seat else None for seat in (m.a, m.b)]
        for m in screen.plan.modules
    }


# -- what is shown


@pytest.mark.usefixtures("language")
async def test_looks_as_kept(workspace, size, same_picture):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await drawn(pilot)
        same_picture(app, "cover")


@pytest.mark.usefixtures("language")
async def test_a_departure_looks_as_kept(workspace, size, same_picture):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=size) as pilot:
        screen = await ready(pilot)
        await go(pilot, screen, "person:JA")
        await pilot.press("t")
        await until(pilot, lambda: screen.left is not None)
        await drawn(pilot)
        same_picture(app, "cover-leaving")


@pytest.mark.usefixtures("language")
async def test_the_kit_looks_as_kept(workspace, size, same_picture):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=size) as pilot:
        screen = await ready(pilot)
        await go(pilot, screen, "person:JA")
        await pilot.press("k")
        kit = await on_screen(pilot, DepartureScreen)
        await until(pilot, lambda: kit.left is not None)
        await drawn(pilot)
        same_picture(app, "departure-kit")


@pytest.mark.usefixtures("language")
async def test_why_looks_as_kept(workspace, size, same_picture):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await on_screen(pilot, CoverWhyScreen)
        await drawn(pilot)
        same_picture(app, "cover-why")


async def test_everything_is_said_in_the_language_switched_to(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "方案" in title_of(app))
        assert "假如他们离任" in below(screen)
        assert i18n.language() == "zh"


async def test_the_formula_is_printed_with_the_figures_that_add_up(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await ready(pilot)
        plan = screen.plan
        await pilot.press("o")
        await on_screen(pilot, FormulaScreen)
        told = rows_of(app)
        assert "100 × Σ P(S ≥ 60)·S" in told
        seats = [seat for m in plan.modules for seat in (m.a, m.b) if seat]
        assert sum(seat.value for seat in seats) / 6 == pytest.approx(plan.cover)
        for seat in seats:
            assert f"{seat.chance:.3f} × {seat.score:.1f} = {seat.value:.1f}" in told


async def test_why_says_what_each_choice_rests_on_and_what_the_next_best_costs(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
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


async def test_the_most_painful_are_listed_and_as_bad_as_they_say(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await ready(pilot)
        assert "all 21 tried" in below(screen)  # six, and fifteen pairs of them
        await pilot.press("u")
        worst = await on_screen(pilot, WorstScreen)
        assert worst.found.tried == 21
        first = worst.found.singles[0]
        assert first.people[0] in rows_of(app)


# -- set by hand


async def test_a_pin_is_kept_shown_and_taken_away_again(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
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


async def test_who_is_barred_holds_no_role_until_the_bar_is_lifted(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
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


async def test_a_pin_against_a_bar_is_refused_and_nothing_changes(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        screen.choices.bars = ["JA"]
        await go(pilot, screen, "person:JA")
        await pilot.press("p")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press("enter")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape")
        assert screen.choices.pins == []


async def test_another_phase_takes_another_load_and_open_roles_name_the_rule(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)

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


async def test_what_was_chosen_is_there_when_one_comes_back(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await go(pilot, screen, "person:JA")
        await pilot.press("space")
        await until(pilot, lambda: screen.left is not None)
        app.push_screen(CoverScreen())
        again = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: again.left is not None)
        assert again.choices.marked == ["JA"]


async def test_what_was_decided_is_kept_when_asked_for(workspace):
    decide(workspace, "PROC", a="WE", b="QI", name="Cheng", reason="knows the suppliers")
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await ready(pilot)
        assert "decided: PROC" in rows_of(app)
        assert "the plan differs" in rows_of(app)

        async def keep():
            await pilot.press("l")

        await anew(pilot, screen, keep)
        assert held(screen)["PROC"] == ["WE", "QI"]
        assert "decided kept" in title_of(app)


async def test_a_decision_is_taken_at_the_module_under_the_cursor(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await go(pilot, screen, "module:PLAN")
        await pilot.press("d")
        await on_screen(pilot, DecisionsScreen)
        await until(pilot, lambda: app.screen.query_one(Rows).key == "PLAN")


# -- waves and days


async def test_the_past_is_read_and_not_written(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)

        await pilot.press("v")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"as of", "enter")
        await pilot.pause()
        await pilot.press(*"2027-01-02", "enter")
        await until(pilot, lambda: "as of 2027-01-02" in title_of(app))
        assert screen.check_action("decide_module", ()) is False
        assert screen.check_action("open_facts", ()) is False
        assert "hand-over 63 d" not in rows_of(app)  # the facts were entered later


async def test_what_is_no_day_is_said_and_the_plan_stays(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("v")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"as of", "enter")
        await pilot.pause()
        await pilot.press(*"yesterday", "enter")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape")
        await ready(pilot)
        assert screen.choices.as_of is None


# -- facts


async def test_a_fact_is_entered_with_day_and_source_and_colours_the_module(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
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


# -- what takes longer


@pytest.fixture
def slow(monkeypatch):
    """Work that says it is at 40 % and goes on until it is stopped or let go."""

    def install(place, stage, result):
        let_go = threading.Event()

        def work(*_args, watch, **_options):
            while not let_go.wait(0.01):
                if not watch(stage, 0.4):
                    raise StoppedError(stage)
            return result(_args, _options)

        monkeypatch.setattr(place, work)
        return let_go

    return install


async def test_a_plan_gives_signs_of_life_and_can_be_stopped(workspace, slow, monkeypatch):
    from assess.workspace import covering

    real = covering.plan
    slow("assess.workspace.covering.plan", "value", lambda _a, _o: None)
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: "planning 40 %" in rows_of(app))
        assert "esc stops" in rows_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: "stopped" in rows_of(app))
        assert app.screen is screen
        monkeypatch.setattr("assess.workspace.covering.plan", real)
        screen.measure_again()
        await ready(pilot)


async def test_trying_all_departures_shows_how_far_it_is_and_can_be_stopped(workspace, slow):
    let_go = slow("assess.workspace.departing.worst_departures", "departures", lambda _a, _o: None)
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await on_screen(pilot, CoverScreen)
        await until(pilot, lambda: "trying departures 40 %" in below(screen))
        await go(pilot, screen, "person:JA")
        await pilot.press("space")  # meanwhile everything else goes on
        await until(pilot, lambda: screen.left is not None)
        await pilot.press("escape")
        await until(pilot, lambda: "u tries the departure" in below(screen))
        await pilot.press("u")
        await until(pilot, lambda: "trying departures" in below(screen))
        let_go.set()


async def test_a_later_mark_takes_the_place_of_what_is_worked_out(workspace, monkeypatch):
    from assess.workspace import departing

    real, asked, first = departing.leaving, [], threading.Event()

    def leaving(view, people, *, watch, **options):
        asked.append(tuple(people))
        if people == ["JA"]:
            while watch("roles", None):
                first.wait(0.01)
            raise StoppedError("roles")
        return real(view, people, watch=watch, **options)

    monkeypatch.setattr("assess.workspace.departing.leaving", leaving)
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await go(pilot, screen, "person:JA")
        await pilot.press("space")
        await until(pilot, lambda: asked == [("JA",)])
        await go(pilot, screen, "person:HE")
        await pilot.press("space")
        await until(pilot, lambda: screen.left is not None)
        assert screen.left.people == ("JA", "HE")


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
        await until(pilot, lambda: "Second" in title_of(app))
        newest = app.screen.result.score
        await pilot.press("v")
        await until(pilot, lambda: app.screen.__class__.__name__ == "ChoiceScreen")
        await pilot.press(*"first", "enter")
        await until(pilot, lambda: "First" in title_of(app))
        assert app.screen.result.score == pytest.approx(100)
        assert newest < 90
        await pilot.press("enter")
        why = await on_screen(pilot, WhyScreen)
        await until(pilot, lambda: why.result is not None)
        assert why.result.score == pytest.approx(100)
        app.push_screen(CoverScreen())
        await ready(pilot)
        assert "First" in title_of(app)


# -- the departure kit


async def kit_of(pilot, code):
    screen = await ready(pilot)
    await go(pilot, screen, f"person:{code}")
    await pilot.press("k")
    kit = await on_screen(pilot, DepartureScreen)
    await until(pilot, lambda: kit.left is not None)
    return kit


async def test_all_dates_follow_the_day_from_which_the_notice_runs(workspace):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        kit = await kit_of(pilot, "JA")
        assert "last day 2027-02-03" in rows_of(app)
        await pilot.press("n")
        form = await on_screen(pilot, FormScreen)
        await pilot.press("end", *["backspace"] * 10, *"soon", "enter")
        await until(pilot, lambda: "no day" in form.query_one("#refused", Prose).text)
        await pilot.press("end", *["backspace"] * 4, *"2027-02-01", "enter")
        await until(pilot, lambda: app.screen is kit and "last day 2027-03-03" in rows_of(app))
        assert "notice from 2027-02-01" in title_of(app)


async def test_the_kit_is_written_to_a_file(workspace, tmp_path):
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await kit_of(pilot, "JA")
        await pilot.press("x")
        dialogue = await on_screen(pilot, ExportScreen)
        target = tmp_path / "kit.html"
        dialogue.query_one(Line).value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DepartureScreen))
    page = target.read_text("utf-8")
    assert "Departure kit" in page
    assert "2027-02-03" in page


async def test_an_engagement_without_anybody_has_an_empty_cover():
    workspace = covered()
    workspace.ranking = a_ranking([a_module([], module=m) for m in ("COST", "PLAN", "PROC")])
    app = ManagerApp(workspace, CoverScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert screen.plan.cover == 0
        assert "no candidate stands for it" in rows_of(app)
        await pilot.press("enter", "escape", "o", "escape", "u", "escape")
        await on_screen(pilot, CoverScreen)
