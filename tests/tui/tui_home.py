"""Home as tests open and read it."""

from __future__ import annotations

from contextlib import asynccontextmanager

from tui_managers import ManagerApp, managed, settled

from assess.tui.screens.home import HomeScreen
from assess.tui.widgets.rows import Rows


def with_interviews(workspace):
    """R2 and R4 stopped half way, R1 is done; R1 and R2 differ by two on HE."""
    for candidate, rater, values, done in (
        ("HE", "R1", (4, 3), True),
        ("HE", "R2", (2, 5), True),
        ("HE", "R4", (3,), False),
        ("WE", "R2", (3, 3), False),
        ("JA", "R2", (4, 4), False),
    ):
        interview = workspace.interview(candidate, rater)
        for number, value in enumerate(values, 1):
            interview.answer(f"BPM-{number}", value)
        if done:
            interview.submit()
    return workspace


def opened(workspace=None):
    return ManagerApp(workspace or with_interviews(managed()), HomeScreen())


@asynccontextmanager
async def at_home(workspace=None, size=(80, 24)):
    """The app that shows home, all its figures there, and who presses its keys."""
    app = opened(workspace)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


def text(app):
    return app.screen.query_one(Rows).text


def line_of(app, start):
    return next(line for line in text(app).splitlines() if line.lstrip(" !").startswith(start))
