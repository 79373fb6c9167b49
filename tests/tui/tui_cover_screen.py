"""The cover as it is opened, walked and read by tests."""

from __future__ import annotations

from contextlib import asynccontextmanager

from tui_cover import covered
from tui_managers import ManagerApp
from tui_steps import on_screen, until

from assess.tui.screens.cover import CoverScreen
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.rows import Rows


def rows_of(app):
    return " ".join(app.screen.query_one(Rows).text.split())


def below(screen):
    return " ".join(screen.query_one("#below", Caption).text.split())


async def ready(pilot):
    screen = await on_screen(pilot, CoverScreen)
    await until(pilot, lambda: screen.plan is not None and screen.worst is not None)
    return screen


async def go(pilot, screen, key):
    screen.query_one(Rows).go_to(key)
    await pilot.pause()


@asynccontextmanager
async def cover_shown(size=(80, 24), workspace=None):
    """The cover with everything worked out."""
    app = ManagerApp(workspace or covered(), CoverScreen())
    async with app.run_test(size=size) as pilot:
        yield app, pilot, await ready(pilot)
