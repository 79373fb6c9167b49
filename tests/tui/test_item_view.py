"""An item as it is read: what stands where, and what gives way where rows are few."""

from __future__ import annotations

import pytest
from textual.app import App

from assess.tui.widgets.answers import Level
from assess.tui.widgets.item_view import ItemView, ItemWords

WORDS = ItemWords("Head", "BPM-1", "What is asked?", ["one?", "two?", "three?"])
LEVELS = [Level(str(step), f"level {step}") for step in range(1, 6)]
STATES = [Level("n", "not asked"), Level("o", "not observed")]


class Shown(App[None]):
    """One item alone."""

    def compose(self):
        yield ItemView()

    def on_mount(self):
        view = self.query_one(ItemView)
        view.show(WORDS, tight=False)
        view.show_answers(LEVELS, STATES)


async def rows(app, pilot):
    await pilot.pause()
    return [row.strip() for row in app.query_one(ItemView).text.splitlines()]


async def test_each_probe_has_its_row_and_an_empty_one_stands_before_the_levels():
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        shown = await rows(app, pilot)
    assert shown[2:7] == ["▸ one?", "▸ two?", "▸ three?", "", "1  level 1"]


@pytest.mark.parametrize("height", [9, 11])
async def test_probes_give_way_before_levels_and_states_are_out_of_sight(height):
    app = Shown()
    async with app.run_test(size=(60, height)) as pilot:
        shown = await rows(app, pilot)
        assert shown[2] == "▸ one?  ▸ two?  ▸ three?"
        assert len(shown) == 9
        assert shown[-1].startswith("n  not asked")
        await pilot.resize_terminal(60, 20)
        assert (await rows(app, pilot))[2:5] == ["▸ one?", "▸ two?", "▸ three?"]


async def test_where_even_that_does_not_fit_the_rest_is_scrolled_to():
    app = Shown()
    async with app.run_test(size=(60, 5)) as pilot:
        await rows(app, pilot)
        view = app.query_one(ItemView)
        assert view.max_scroll_y == 4
        view.move_cursor(-1)
        await pilot.pause()
        assert view.under_cursor == "5"
        assert view.scroll_offset.y == 3
