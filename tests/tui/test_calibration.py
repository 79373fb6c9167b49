"""Sample answers in the app: one's own rating first, then the master's, and how far apart."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from tui_memory import memory_workspace, pack_files
from tui_steps import interviewing, on_screen, settled, until

from assess.tui.app import AssessApp, CalibrationStart, InterviewStart
from assess.tui.screens.calibration import CalibrationScreen
from assess.tui.screens.calibration_asking import OfferScreen, ResultScreen
from assess.tui.screens.home import HomeScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.message import MessageScreen
from assess.tui.widgets.answers import AnswerList
from assess.tui.widgets.prose import Ends, Prose
from assess.workspace.calibration import calibration

SAMPLES = """\
calibration:
  - id: CAL-1
    item: BPM-1
    answer:
      en: >-
        In March an invoice had no order. I called the site, found the signed delivery note, and had
        the order entered afterwards. Accounting paid the week after.
      zh: 三月份有一张发票没有订单。我打电话到现场，找到签收的送货单，事后补录了订单，一周后付款。
    master: 3
    reason:
      en: A concrete case with own actions and a result, and no cause found or rule changed.
      zh: 事例具体，本人做法和结果清楚，但没有查明原因，也没有改变规则。
  - id: CAL-2
    item: DOC-2
    answer: {en: I keep a folder., zh: 我有一个文件夹。}
    master: 40
    reason: {en: No tests are named., zh: 没有提到测试。}
"""


@pytest.fixture
def sampled():
    return memory_workspace(pack_files() | {"calibration.yaml": SAMPLES.encode()})


@asynccontextmanager
async def calibrating(workspace, size=(80, 24)):
    app = AssessApp(workspace, start=CalibrationStart("R1"))
    async with app.run_test(size=size) as pilot:
        yield pilot, await on_screen(pilot, CalibrationScreen)


def shown(screen):
    """Everything that is said of the sample."""
    answers = screen.query_one(AnswerList).render().content(80).plain
    return "\n".join([answers, *(prose.text for prose in screen.query(Prose))])


def value(workspace, sample):
    verdict = calibration(workspace, "R1").verdict(sample)
    return verdict and verdict.value


async def rated(pilot, workspace, sample):
    await until(pilot, lambda: value(workspace, sample) is not None)


async def test_the_master_and_its_reason_are_shown_after_the_own_rating_is_stored(sampled):
    async with calibrating(sampled) as (pilot, screen):
        before = shown(screen)
        assert "master" not in before
        assert "no cause found" not in before
        await pilot.press("4")
        await rated(pilot, sampled, "CAL-1")
        await until(pilot, lambda: "no cause found" in shown(screen))
        assert "The master rating is lower: 3." in shown(screen)
        assert "← master" in shown(screen)


async def test_a_second_rating_is_not_taken(sampled):
    async with calibrating(sampled) as (pilot, screen):
        await pilot.press("4")
        await rated(pilot, sampled, "CAL-1")
        await pilot.press("2")
        await pilot.pause()
        assert value(sampled, "CAL-1") == 4
        status = screen.query_one("#status", Ends).render().content(80).plain
        assert "Your first rating stands" in status


async def test_arrows_and_enter_rate_and_enter_then_goes_on(sampled):
    async with calibrating(sampled) as (pilot, screen):
        await pilot.press("down", "down", "enter")
        await rated(pilot, sampled, "CAL-1")
        assert value(sampled, "CAL-1") == 2
        await until(pilot, lambda: "master" in shown(screen))
        await pilot.press("enter")
        assert screen.at.id == "CAL-2"


async def test_a_click_on_a_level_rates(sampled):
    async with calibrating(sampled) as (pilot, screen):
        await pilot.click(screen.query_one(AnswerList), offset=(8, 1))
        await rated(pilot, sampled, "CAL-1")


async def test_a_long_scale_is_typed_and_confirmed(sampled):
    async with calibrating(sampled) as (pilot, _screen):
        await pilot.press("right", "6", "0")
        assert value(sampled, "CAL-2") is None
        await pilot.press("enter")
        await rated(pilot, sampled, "CAL-2")
        assert value(sampled, "CAL-2") == 60


async def test_the_end_tells_how_far_the_ratings_lie_from_the_masters(sampled):
    async with calibrating(sampled) as (pilot, screen):
        await pilot.press("4")
        await rated(pilot, sampled, "CAL-1")
        await until(pilot, lambda: "master" in shown(screen))
        await pilot.press("enter", "enter")
        result = await on_screen(pilot, ResultScreen)
        told = result.query_one("#told", Prose).text
        assert "1 of 2" in told
        assert "25 points higher: you rate more leniently" in told
        await pilot.press("2")
        await on_screen(pilot, CalibrationScreen)
        assert screen.at.id == "CAL-2"


async def test_it_opens_again_at_the_first_sample_without_a_rating(sampled):
    calibration(sampled, "R1").rate("CAL-1", 3)
    async with calibrating(sampled) as (pilot, screen):
        assert screen.at.id == "CAL-2"
        await pilot.press("q")
        await on_screen(pilot, HomeScreen)


async def test_a_full_disk_is_told_and_the_master_stays_hidden(sampled):
    async with calibrating(sampled) as (pilot, screen):
        sampled.store.full = True
        await pilot.press("4")
        await on_screen(pilot, MessageScreen)
        await pilot.press("escape")
        await on_screen(pilot, CalibrationScreen)
        assert "master" not in shown(screen)


async def test_the_samples_are_offered_before_the_first_interview_and_can_be_put_off(sampled):
    app = AssessApp(sampled, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await on_screen(pilot, OfferScreen)
        await pilot.press("2")
        await interviewing(pilot)


async def test_taken_up_the_offer_leads_through_the_samples_to_the_interview(sampled):
    app = AssessApp(sampled, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await on_screen(pilot, OfferScreen)
        await pilot.press("1")
        await on_screen(pilot, CalibrationScreen)
        await pilot.press("q")
        await interviewing(pilot)


async def test_whoever_has_begun_an_interview_is_not_asked(sampled):
    sampled.interview("QI", "R2").answer("BPM-1", 3)
    app = AssessApp(sampled, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        screen = await interviewing(pilot)
        assert isinstance(screen, InterviewScreen)


async def before(pilot, workspace, screen):
    pass


async def after(pilot, workspace, screen):
    await pilot.press("4")
    await rated(pilot, workspace, "CAL-1")


async def result(pilot, workspace, screen):
    await after(pilot, workspace, screen)
    await pilot.press("enter", "enter")
    await on_screen(pilot, ResultScreen)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("state", [before, after, result], ids=lambda state: state.__name__)
async def test_pictures(sampled, state, size, same_picture):
    async with calibrating(sampled, size) as (pilot, screen):
        await state(pilot, sampled, screen)
        await settled(pilot)
        same_picture(pilot.app, f"calibration-{state.__name__}")


@pytest.mark.usefixtures("language")
async def test_picture_of_the_offer(sampled, size, same_picture):
    app = AssessApp(sampled, start=InterviewStart("HE", "R2"))
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, OfferScreen)
        await settled(pilot)
        same_picture(app, "calibration-offer")
