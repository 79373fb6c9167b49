"""Case cards in an interview: shown to the candidate, the key only to the interviewer."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_memory import memory_workspace, pack_files
from tui_pictures import picture_of, words_of
from tui_steps import interviewing, on_screen, settled

from assess import i18n
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.case_card import CardScreen
from assess.tui.screens.interview import InterviewScreen

CARDS = """\
      - id: BPM-1
        cards:
          - id: FIRST
            text:
              en: |
                Steel is 4 % dearer than ordered.
                The site waits.
              zh: |
                钢筋比订单贵4%。
                现场在等。
            look_for:
              en: [the order, the contract]
              zh: [订单, 合同]
          - {id: SECOND, text: {en: Another case., zh: 另一个案例。}}
"""


@pytest.fixture
def with_cards():
    files = pack_files()
    text = files["interview.yaml"].decode()
    assert text.count("      - id: BPM-1\n") == 1
    text = text.replace("      - id: BPM-1\n", CARDS)
    return memory_workspace(files | {"interview.yaml": text.encode()})


@asynccontextmanager
async def opened(workspace, size=(80, 24)):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        yield pilot, await interviewing(pilot)


async def shown(pilot, *keys):
    """The words on the screen once the keys have done what they do."""
    await pilot.press(*keys)
    await settled(pilot)
    return words_of(picture_of(pilot.app))


async def test_the_item_names_its_cards_and_others_do_not(with_cards):
    async with opened(with_cards) as (pilot, screen):
        assert "case card FIRST SECOND: c shows it" in await shown(pilot)
        screen.go_to("BPM-2")
        assert "case card" not in await shown(pilot, "c")
        assert isinstance(pilot.app.screen, InterviewScreen)


async def test_the_card_can_be_shown_around_until_its_key_is_asked_for(with_cards):
    async with opened(with_cards) as (pilot, _screen):
        words = await shown(pilot, "c")
        assert "Steel is 4 % dearer than ordered.\n" in words
        assert "The site waits.\n" in words
        assert "the contract" not in words
        assert "the contract" in await shown(pilot, "k")
        assert "the contract" not in await shown(pilot, "k")


async def test_the_next_card_hides_the_key_again_and_esc_goes_back_to_the_item(with_cards):
    async with opened(with_cards) as (pilot, screen):
        await shown(pilot, "c")
        assert "Another case." in await shown(pilot, "k", "right")
        words = await shown(pilot, "right")
        assert "Steel is" in words
        assert "the contract" not in words
        await shown(pilot, "escape")
        assert pilot.app.screen is screen
        assert screen.at == "BPM-1"


async def test_the_card_speaks_the_language_of_the_questions(with_cards):
    async with opened(with_cards) as (pilot, _screen):
        assert "钢筋比订单贵4%。" in await shown(pilot, "l", "c")


async def test_where_candidates_answer_themselves_there_is_no_key(with_cards):
    pack = with_cards.pack
    async with opened(with_cards) as (pilot, _screen):
        cards = pack.items["BPM-1"].cards
        pilot.app.push_screen(CardScreen(pack, cards, "en", with_key=False))
        await on_screen(pilot, CardScreen)
        assert "the contract" not in await shown(pilot, "k")


@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_a_long_card_scrolls(with_cards, spoken):
    i18n.use(spoken)
    text = "\n".join(f"row {n}" for n in range(60))
    card = (
        with_cards.pack.items["BPM-1"]
        .cards[1]
        .model_copy(update={"text": type(with_cards.pack.items["BPM-1"].ask)(text)})
    )
    async with opened(with_cards, (80, 24)) as (pilot, _screen):
        pilot.app.push_screen(CardScreen(with_cards.pack, [card], "en"))
        await on_screen(pilot, CardScreen)
        assert "row 59" not in await shown(pilot)
        assert "row 59" in await shown(pilot, "end")
