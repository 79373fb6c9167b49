"""From home to an interview: whom, as whom, with what, and the notice before the first answer."""

from __future__ import annotations

from textwrap import dedent

from tui_memory import memory_workspace, pack_files
from tui_steps import interviewing, on_screen, until

from assess.model.people import Candidate
from assess.tui.app import AssessApp, InterviewStart
from assess.tui.screens.candidates import CandidatesScreen, RaterScreen, SheetsScreen
from assess.tui.screens.interview import InterviewScreen
from assess.tui.screens.interview_opening import NoticeScreen
from assess.tui.screens.review import ReviewScreen
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.row_list import RowList


def rows(screen):
    return screen.query_one(RowList).words


async def choosing(app, pilot):
    """The list of candidates, above whatever the first screen is."""
    await pilot.pause()
    app.push_screen(CandidatesScreen())
    return await on_screen(pilot, CandidatesScreen)


async def test_candidate_rater_and_questionnaire_are_chosen_and_the_interview_opens(workspace):
    app = AssessApp(workspace)
    async with app.run_test() as pilot:
        await choosing(app, pilot)
        await pilot.press(*"hel", "enter")
        await on_screen(pilot, RaterScreen)
        await pilot.press(*"r2", "enter")
        await on_screen(pilot, SheetsScreen)
        await pilot.press("enter")
        screen = await interviewing(pilot)
        session = screen.session
        assert (session.candidate.id, session.rater.id) == ("HE", "R2")
        assert (session.questionnaire.id, session.wave.id) == ("interview", "M0")


async def test_a_code_typed_in_full_comes_before_names_that_hold_it(workspace):
    people = [
        Candidate(id="AN", name="Anita", modules=["PROC"]),
        Candidate(id="TA", name="Tang", modules=["PROC"]),
    ]
    workspace.put_people(people)
    app = AssessApp(workspace)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await choosing(app, pilot)
        await pilot.press(*"ta")
        assert [row.split()[0] for row in rows(screen)][:2] == ["TA", "AN"]
        await pilot.press("enter")
        asks = await on_screen(pilot, RaterScreen)
        assert "TA Tang" in asks.query_one("#title", Prose).text
        await pilot.press(*"r2", "enter")
        sheets = await on_screen(pilot, SheetsScreen)
        title = sheets.query_one("#title", Prose).text
        assert "TA Tang" in title
        assert "R2" in title


async def test_another_wave_can_be_chosen(workspace):
    app = AssessApp(workspace)
    async with app.run_test() as pilot:
        await choosing(app, pilot)
        await pilot.press("enter")
        await on_screen(pilot, RaterScreen)
        await pilot.press("enter")
        await on_screen(pilot, SheetsScreen)
        await pilot.press(*"second", "enter")
        screen = await interviewing(pilot)
        assert screen.session.wave.id == "M1"
        assert screen.at == "DOC-1"


async def test_a_code_that_nobody_has_adds_a_rater(workspace):
    app = AssessApp(workspace)
    async with app.run_test() as pilot:
        await choosing(app, pilot)
        await pilot.press("enter")
        await on_screen(pilot, RaterScreen)
        await pilot.press(*"R9", "enter")
        await on_screen(pilot, SheetsScreen)
        await pilot.press("enter")
        await interviewing(pilot)
        assert "R9" in workspace.raters()


async def test_the_list_says_who_asked_and_how_far_but_not_how_anybody_was_rated(workspace):
    session = workspace.interview("HE", "R1")
    session.answer("BPM-1", 4)
    done = workspace.interview("HE", "R2")
    done.answer("BPM-1", 2)
    done.submit()
    app = AssessApp(workspace)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await choosing(app, pilot)
        helen = next(row for row in rows(screen) if "Helen" in row)
        assert helen.split("Cost")[1].split() == ["R1", "1/7", "R2", "✓"]


async def test_another_questionnaire_stands_behind_its_title_not_as_a_second_interview():
    check = """
        questionnaire: check
        for: candidate
        title: {en: Check, zh: 测验}
        sections:
          - title: {en: All, zh: 全部}
            items: [{id: C-1, type: text, ask: {en: Why?, zh: 为什么？}}]
    """
    workspace = memory_workspace(pack_files() | {"check.yaml": dedent(check).encode()})
    for questionnaire, *given in (("check", "C-1", "so"), ("interview", "BPM-1", 4)):
        workspace.interview("HE", "R1", questionnaire).answer(*given)
    app = AssessApp(workspace)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await choosing(app, pilot)
        helen = next(row for row in rows(screen) if "Helen" in row)
        assert helen.split("Cost")[1].split() == ["R1", "1/7", "·", "Check", "R1", "1/1"]


async def test_whoever_the_workspace_belongs_to_is_not_asked_who_asks(workspace):
    workspace.me = "R1"
    app = AssessApp(workspace)
    async with app.run_test() as pilot:
        await choosing(app, pilot)
        await pilot.press("enter")
        await on_screen(pilot, SheetsScreen)


async def test_the_notice_is_given_before_the_first_answer_and_its_basis_recorded(notice_workspace):
    app = AssessApp(notice_workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        notice = await on_screen(pilot, NoticeScreen)
        assert notice.query_one("#told").text == "We ask to choose key users."
        await pilot.press("1")
        await interviewing(pilot)
    record = notice_workspace.heads("notice")[0]
    assert (record["candidate"], record["basis"]) == ("HE", "consent")
    assert (record["language"], record["by"]) == ("en", "R2")


async def test_the_notice_is_given_once(notice_workspace):
    notice_workspace.add({"kind": "notice", "candidate": "HE", "basis": "rules", "language": "en"})
    app = AssessApp(notice_workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)


async def test_without_the_notice_nothing_is_asked(notice_workspace):
    app = AssessApp(notice_workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await on_screen(pilot, NoticeScreen)
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running)
    assert notice_workspace.heads("notice") == []


async def test_an_interview_is_found_as_it_was_left(workspace):
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await pilot.press("3", "2", "q")
        await until(pilot, lambda: not isinstance(app.screen, InterviewScreen | ReviewScreen))
    again = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with again.run_test() as pilot:
        screen = await interviewing(pilot)
        assert screen.at == "DOC-1"


async def test_an_unknown_candidate_ends_the_app_with_what_is_known(workspace):
    app = AssessApp(workspace, start=InterviewStart("HX", "R2"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 2


async def sheets(app, pilot):
    await choosing(app, pilot)
    await pilot.press("enter")
    await on_screen(pilot, RaterScreen)
    await pilot.press("enter")
    return await on_screen(pilot, SheetsScreen)


async def test_other_waves_stay_folded_until_they_are_asked_for(workspace):
    app = AssessApp(workspace)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await sheets(app, pilot)
        assert not any("second round" in row for row in rows(screen))
        assert "1 other wave" in rows(screen)[-1]
        await pilot.press("pagedown", "enter")
        assert any("second round" in row for row in rows(screen))
        assert app.screen is screen


async def test_what_is_half_done_at_another_wave_is_not_folded(workspace):
    workspace.interview("HE", "R1", wave="M1").answer("DOC-1", True)
    app = AssessApp(workspace)
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await sheets(app, pilot)
        assert any("second round" in row and "1 of" in row for row in rows(screen))


async def test_an_interview_opens_behind_what_was_skipped_on_purpose(workspace):
    session = workspace.interview("HE", "R2")
    session.answer("BPM-2", 3)
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        screen = await interviewing(pilot)
        assert screen.at == "DOC-1"
        await pilot.press("e", *"seen", "escape")
        await interviewing(pilot)
    again = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with again.run_test() as pilot:
        screen = await interviewing(pilot)
        assert screen.at == "DOC-1"  # open still, with its note: that is where it stopped


async def test_a_finished_interview_opens_at_the_item_touched_last(workspace):
    session = workspace.interview("HE", "R2")
    for item in reversed(session.items):
        session.mark(item.id, "not_asked")
    session.mark("DOC-1", "declined")
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        screen = await interviewing(pilot)
        assert screen.at == "DOC-1"


async def test_the_first_write_is_prepared_while_one_reads_the_question(workspace, monkeypatch):
    prepared = []
    monkeypatch.setattr(workspace.store, "prepare", lambda: prepared.append(True))
    app = AssessApp(workspace, start=InterviewStart("HE", "R2"))
    async with app.run_test() as pilot:
        await interviewing(pilot)
        await until(pilot, lambda: prepared == [True])
