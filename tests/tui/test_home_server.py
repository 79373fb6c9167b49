"""Home on a team server: it says whether the server is away, and that it is back."""

from __future__ import annotations

from types import SimpleNamespace

from tui_home import opened
from tui_managers import managed, settled, title_of

from assess.store.waiting import Waiting


async def test_home_says_that_the_server_is_away_what_waits_and_that_it_is_back():
    workspace = managed()
    store = workspace.store
    store.member = SimpleNamespace(role="owner")
    store.away = False
    app = opened(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "server" not in title_of(app)
        store.away = True
        app.screen._tell_state()
        await settled(pilot)
        assert "server away" in title_of(app)
        store.waiting = lambda: Waiting(2, True, "")
        app.screen._tell_state()
        await settled(pilot)
        assert "kept here, server away: 2 answers waiting" in title_of(app)
        store.away = False
        del store.waiting
        app.screen._tell_state()
        await settled(pilot)
        assert "server" not in title_of(app)
