"""An interview as tests open it, and what it has stored."""

from __future__ import annotations

from contextlib import asynccontextmanager

from tui_steps import interviewing

from assess.tui.app import AssessApp, InterviewStart
from assess.tui.widgets.prose import Ends


@asynccontextmanager
async def opened(workspace, size=(80, 24), at=None):
    """The interview of HE by R2, at an item."""
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        screen = await interviewing(pilot)
        if at is not None:
            screen.go_to(at)
            await pilot.pause()
        yield pilot, screen


def stored(workspace, item):
    """State, value and note as another process would read them."""
    answer = workspace.interview("HE", "R2").answers.get(item)
    return (answer.state, answer.value, answer.note) if answer else None


def status(screen):
    line = screen.query_one("#status", Ends)
    return line.render().content(80).plain
