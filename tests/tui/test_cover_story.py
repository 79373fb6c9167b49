"""The founding story on the screen: three key users of one department, nobody behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from story import ENGINEERING, MODULES
from tui_managers import ManagerApp, settled
from tui_steps import on_screen, until

from assess import i18n
from assess.model.records import ENGAGEMENT
from assess.tui.screens.cover import CoverScreen
from assess.tui.screens.cover_facts import FactsScreen
from assess.tui.screens.cover_why import CoverWhyScreen
from assess.tui.screens.departures import DepartureScreen
from assess.tui.screens.export import ExportScreen
from assess.tui.screens.form import FormScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.told import ToldScreen
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.rows import Rows
from assess.workspace.facts import KEYS, facts_of
from assess.workspace.workspace import Workspace

SIZE = (80, 24)


@pytest.fixture
def riverside(story):
    workspace = Workspace.open(story)
    workspace.clock = lambda: "2026-11-30T09:00:00.000+00:00"
    yield workspace
    workspace.close()


def rows_of(app):
    return app.screen.query_one(Rows).text


def below(screen):
    return screen.query_one("#below", Caption).text


async def opened(pilot):
    """From home to the cover with everything worked out."""
    await settled(pilot)
    await pilot.press("c")
    screen = await on_screen(pilot, CoverScreen)
    await until(pilot, lambda: screen.plan is not None and "tried" in below(screen))
    return screen


def roles(screen):
    seats = {m.module: (m.a, m.b) for m in screen.plan.modules}
    return {m: tuple(s.candidate if s else None for s in both) for m, both in seats.items()}


async def to_person(pilot, screen, code):
    screen.query_one(Rows).go_to(f"person:{code}")
    await pilot.pause()


async def test_1_ja_is_first_in_every_module_and_not_hidden(riverside):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("m")
        await on_screen(pilot, RankingScreen)
        await settled(pilot)
        for _module in MODULES:
            first = next(line for line in rows_of(app).splitlines() if "●" in line)
            assert "JA" in first
            await pilot.press("right")
            await settled(pilot)


async def test_2_ja_is_proposed_as_a_once_even_when_pinned_twice(riverside):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        leads = [a for a, _b in roles(screen).values()]
        assert len(set(leads)) == 3
        await to_person(pilot, screen, "JA")
        for place in ("cost a", "plan a"):
            before = screen.plan
            await pilot.press("p")
            await until(pilot, lambda: app.screen is not screen)
            await pilot.press(*(" " if ch == " " else ch for ch in place), "enter")
            await until(pilot, lambda was=before: screen.plan is not was)
            await settled(pilot)
        assert screen.choices.pins == ["COST.a=JA", "PLAN.a=JA"]
        assert [a for a, _b in roles(screen).values()].count("JA") <= 1
        told = " ".join(rows_of(app).split())
        assert "the pins cannot all be kept" in told
        assert "drop the pin of JA" in told


async def test_3_every_module_is_flagged_red_with_date_and_source(riverside):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        told = " ".join(rows_of(app).split())
        for flag in (
            "single holder",
            "3 of 3 of one team",
            "hand-over 63 d > notice 30",
            "written down 25 %",
        ):
            assert told.count(flag) == 3, flag
        people = told[told.index("People") :]
        assert not any(word in people for word in ("red", "amber", "single", "risk"))
        screen.query_one(Rows).go_to("module:PLAN")
        await pilot.press("enter")
        await on_screen(pilot, CoverWhyScreen)
        assert "2026-11-02, Cheng" in rows_of(app)


async def test_4_he_or_qi_stands_in_every_module_and_none_hangs_on_one_team(riverside):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        for module, held in roles(screen).items():
            assert {*held} & {"HE", "QI"}, module
            assert not {*held} <= ENGINEERING
            lines = rows_of(app).splitlines()
            line = next(one for one in lines if one.split()[:1] == [module] or f" {module} " in one)
            assert all(code in line for code in held)


async def test_5_ja_has_given_notice(riverside, tmp_path):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        before = roles(screen)
        led = next(m for m, (a, _b) in before.items() if a == "JA")
        await to_person(pilot, screen, "JA")
        await pilot.press("space")
        await until(pilot, lambda: screen.left is not None)
        assert f"{before[led][1]} steps in for JA" in " ".join(below(screen).split())
        await pilot.press("k")
        kit = await on_screen(pilot, DepartureScreen)
        await settled(pilot)
        told = " ".join(rows_of(app).split())
        assert f"{before[led][1]} takes role A from 2026-11-30, in place of JA" in told
        assert "last day 2026-12-30" in told
        days = [word for word in told.split() if word.startswith("2026-1")]
        assert all("2026-11-30" <= day.strip(",") <= "2026-12-30" for day in days)
        assert all(about in told for about in ("scope:", "cost:", "time:"))
        # what it changes is asked, and the answer kept with its source
        kit.query_one(Rows).go_to(f"impact:{led}:time")
        await pilot.press("enter")
        await on_screen(pilot, FormScreen)
        await pilot.press(*"two weeks later", "enter", *"Cheng", "enter")
        await until(pilot, lambda: app.screen is kit)
        await settled(pilot)
        fact = facts_of(riverside, led)["impact_time"]
        assert (fact.value, fact.source) == ("two weeks later", "Cheng")
        assert "two weeks later" in rows_of(app)
        await pilot.press("x")
        dialogue = await on_screen(pilot, ExportScreen)
        await settled(pilot)
        assert dialogue.choices.chosen["what"] == "kit"
        await pilot.press("escape")
        # the short form of a successor
        form = next(f for k in kit.left.kits for f in k.short_forms)
        module = next(k.module for k in kit.left.kits if form in k.short_forms)
        kit.query_one(Rows).go_to(f"form:{module}:{form.candidate}")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not kit)
        await pilot.press(*"R9", "enter")
        while not isinstance(app.screen, InterviewScreen):
            # sample answers before a first interview, and the notice
            await until(pilot, lambda: isinstance(app.screen, ToldScreen | InterviewScreen))
            if isinstance(app.screen, ToldScreen):
                await pilot.press("2")
        interview = app.screen
        assert interview.session.form == "short"
        assert interview.session.candidate.id == form.candidate


async def test_5_the_whole_department_goes_at_a_stroke(riverside):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await to_person(pilot, screen, "WE")
        await pilot.press("t")
        if set(screen.choices.marked) != ENGINEERING:  # the team was smaller than the department
            await pilot.press("t")
        assert set(screen.choices.marked) == ENGINEERING
        await until(pilot, lambda: screen.left is not None)
        told = below(screen)
        assert "Engineering Management" in told
        held = {code for pair in roles_of(screen.left.plan) for code in pair if code}
        assert held <= {"HE", "QI"}
        assert screen.left.plan.infeasible
        assert "without role A" in " ".join(told.split())
        await pilot.press("t")
        assert not screen.choices.marked


def roles_of(plan):
    return [(m.a and m.a.candidate, m.b and m.b.candidate) for m in plan.modules]


async def test_6_words_on_why_or_on_health_are_refused_and_nothing_of_them_is_kept(riverside):
    app = ManagerApp(riverside, HomeScreen())
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        screen.query_one(Rows).go_to("module:COST")
        await pilot.press("e")
        facts = await on_screen(pilot, FactsScreen)
        facts.rows.go_to("announced")
        await pilot.press("enter")
        form = await on_screen(pilot, FormScreen)
        await pilot.press(*"JA is on sick leave", "enter", "enter", "enter")
        await until(pilot, lambda: bool(form.query_one("#refused", Prose).text))
        assert "must not be noted" in form.query_one("#refused", Prose).text
        assert form.texts["value"] == "JA is on sick leave"  # nothing typed is lost
        await pilot.press("escape")
        assert app.screen is facts
    assert "sick" not in str(riverside.store.read(ENGAGEMENT))


def test_6_no_field_is_there_for_why_somebody_leaves_or_who_might_follow(riverside):
    assert {key.code for key in KEYS} == {
        "holders", "key_users", "handover_days", "notice_days", "written", "announced",
        "end_users", "other_roles", "impact_scope", "impact_cost", "impact_time",
    }  # fmt: skip
    common = {"id", "kind", "at", "device", "by", "revises"}
    for record in riverside.store.read(ENGAGEMENT):
        if record["kind"] == "fact":
            rest = {"module", "key", "value", "people", "date", "source"}
            assert set(record) <= common | rest


@pytest.mark.parametrize("language", ["en", "zh"])
def test_6_no_words_of_the_program_ask_for_it(language):
    from babel.messages.pofile import read_po

    asks = {
        "en": ("sick", "pregnan", "resign", "loyal", "flight risk", "might follow", "why somebody"),
        "zh": ("病假", "怀孕", "辞职", "忠诚", "跟着离开", "离任的原因"),
    }
    denies = {"en": ("not", "nothing", "nobody"), "zh": ("不", "无", "未", "没")}
    locale = Path(i18n.__file__).parent / "locale"
    with (locale / "zh_CN" / "LC_MESSAGES" / "assess.po").open("rb") as file:
        found = [m for m in read_po(file, locale="zh_CN") if m.id]
    for message in found:
        for text in [message.id] if language == "en" else [message.string]:
            said = " ".join(text) if isinstance(text, tuple) else str(text)
            if any(word in said.lower() for word in asks[language]):
                assert any(word in said.lower() for word in denies[language]), said
