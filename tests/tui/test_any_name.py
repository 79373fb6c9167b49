"""Whatever a person is called, every screen of a manager shows it as text in its place."""

from __future__ import annotations

import re

import pytest
from hostile import ALL
from results_factory import a_module, a_ranking, a_result
from tui_managers import ManagerApp, managed, settled

from assess.model.people import Candidate, Rater
from assess.tui.screens.candidates import CandidatesScreen
from assess.tui.screens.compare import CompareScreen
from assess.tui.screens.conflicts import ConflictsScreen
from assess.tui.screens.decisions import DecisionsScreen
from assess.tui.screens.grid import GridScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.panel import PanelScreen
from assess.tui.screens.past_dates import PastDatesScreen
from assess.tui.screens.ranking import RankingScreen
from assess.tui.screens.raters import RatersScreen
from assess.tui.screens.who import WhoScreen, WithdrawScreen
from assess.tui.screens.why import WhyScreen
from assess.tui.screens.why_evidence import EvidenceScreen
from assess.workspace import comparing
from assess.workspace.comparing import ComparedModule, Comparison
from assess.workspace.deciding import decide
from assess.workspace.privacy import withdraw

NAMES = [*(text for text in ALL if "\ud800" not in text), "a\x1b[31mred", "b\x9b31mred", "c\x07"]
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile():
    """As many candidates as there are names, with the name as department, note and reason too."""
    results = [
        a_result(f"K{n:02}", name=name, department=name, rank=n + 1, score=84.0 - n)
        for n, name in enumerate(NAMES)
    ]
    workspace = managed(a_ranking([a_module(results)]))
    workspace.put_people(
        [
            *(
                Candidate(id=f"K{n:02}", name=name, department=name, modules=["PROC"])
                for n, name in enumerate(NAMES)
            ),
            *(Rater(id=f"R{n}", name=NAMES[n]) for n in (1, 2)),
        ]
    )
    for rater, value in (("R1", 1), ("R2", 5)):
        session = workspace.interview("K00", rater)
        for item, note in zip(session.items, NAMES, strict=False):
            session.answer(item.id, value)
            session.note(item.id, note)
        session.submit()
    decide(workspace, "PROC", a="K01", b="K00", name=NAMES[-3], reason=NAMES[-1])
    return workspace


def compared(workspace):
    module = workspace.ranking.modules[0]
    return ComparedModule("PROC", module.candidates[:5], [], [], {})


SCREENS = {
    "home": HomeScreen,
    "ranking": lambda: RankingScreen("PROC"),
    "grid": GridScreen,
    "decisions": DecisionsScreen,
    "panel": PanelScreen,
    "raters": RatersScreen,
    "why": lambda: WhyScreen("K00", "PROC"),
    "compare": lambda: CompareScreen([f"K{n:02}" for n in range(5)], "PROC"),
    "evidence": lambda: EvidenceScreen("K00", "PROC", "BPM", among=["BPM"], called=NAMES[0]),
}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("which", SCREENS)
async def test_any_name_is_text_on_every_screen(hostile, which, width, monkeypatch):
    monkeypatch.setattr(
        comparing,
        "compare",
        lambda *_a, **_k: Comparison("Riverside", "M0", 3, [compared(hostile)]),
    )
    app = ManagerApp(hostile, SCREENS[which]())
    async with app.run_test(size=(width, 40)) as pilot:
        for _page in range(3):
            await settled(pilot)
            for line in drawn(app):
                assert not STEERING.search(line)
            await pilot.press("pagedown")
        assert type(app.screen).__name__.lower().startswith(which[:4])


DIALOGUES = {
    "past dates": PastDatesScreen,
    "conflicts": ConflictsScreen,
    "candidates": CandidatesScreen,
    "as whom": WhoScreen,
    "withdrawal": lambda: WithdrawScreen(""),
}


@pytest.mark.parametrize("dialogue", DIALOGUES)
async def test_any_name_is_text_where_one_chooses(hostile, dialogue):
    for code in [*hostile.candidates()][:-1]:
        withdraw(hostile, code)
    before = hostile.heads("candidate")[0]
    again = {key: before[key] for key in before if key not in ("id", "at", "device")}
    hostile.add(again | {"name": "d\x1b[31mred", "revises": []})
    app = ManagerApp(hostile, HomeScreen())
    async with app.run_test(size=(100, 60)) as pilot:
        await settled(pilot)
        app.push_screen(DIALOGUES[dialogue]())
        for _page in range(3):
            await settled(pilot)
            for line in drawn(app):
                assert not STEERING.search(line)
            await pilot.press("pagedown")


def drawn(app):
    """The lines of the screen as they go to the terminal, without the colours."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]
