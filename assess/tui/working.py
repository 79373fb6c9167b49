"""What can be done everywhere with people and records: as whom one works, withdrawal, conflicts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from assess.errors import StoreError
from assess.i18n import N_, _
from assess.store import is_server
from assess.tui.commands import Command

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.workspace import Workspace

COMMANDS = (
    Command(
        "app.who",
        "choose_who",
        "",
        N_("as whom I work"),
        N_("As an interviewer or as manager, remembered on this machine; leads back to home."),
    ),
    Command(
        "app.calibrate",
        "choose_calibration",
        "",
        N_("sample answers"),
        N_("Score the pack's sample answers and see the master rating beside each of yours."),
    ),
    Command(
        "app.conflicts",
        "open_conflicts",
        "",
        N_("conflicts"),
        N_("What was answered, entered or decided differently on two laptops; choose what stands."),
    ),
    Command(
        "app.withdraw",
        "choose_withdrawal",
        "",
        N_("consent withdrawn"),
        N_("A candidate withdraws: nothing more is asked, and no result is worked out."),
    ),
    Command(
        "app.past",
        "open_past",
        "",
        N_("past their date"),
        N_("Whose records are past the date until which they are kept; erase them."),
    ),
)
"""Listed by the app itself, so that every screen's palette has them."""


def offered(app: AssessApp, action: str) -> bool:
    """Whether one of the commands above has something to do now, and its records can be read."""
    try:
        return _offered(app, action)
    except StoreError:  # asked whenever keys are drawn, while an answer may be waiting for its disk
        return False


def _offered(app: AssessApp, action: str) -> bool:
    workspace: Workspace = app.workspace
    if app.locked or not workspace.has_engagement:
        return False
    if action == "choose_who":
        return not is_server(workspace.place)
    if action == "choose_calibration":
        return workspace.face.calibrated
    return action != "choose_withdrawal" or bool(workspace.heads("candidate"))


async def choose_who(app: AssessApp) -> None:
    """Ask as whom to go on, remember it, and begin again at home with what that one may see."""
    from assess.tui.screens.who import WhoScreen
    from assess.workspace.machine import work_as

    chosen = await app.push_screen_wait(WhoScreen())
    if chosen is None or not await app.all_kept():
        return
    me = chosen.code or None
    try:
        await asyncio.to_thread(work_as, app.workspace.place, me)
    except OSError as error:
        app.notify(_("It holds until the end: {reason}").format(reason=error.strerror))
    app.workspace.work_as(me)
    await begin_again(app)
    app.notify(
        _("You work as {me}.").format(me=me)
        if me
        else _("You work as manager: everything is shown.")
    )


async def begin_again(app: AssessApp) -> None:
    """Close every screen, as each may show what is no longer to be seen, and open home."""
    from assess.tui.screens.home import HomeScreen

    app.kept.clear()
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    await app.push_screen(HomeScreen())


async def choose_calibration(app: AssessApp) -> None:
    """Ask who scores, where that is open, and open the sample answers."""
    from assess.tui.screens.candidates import RaterScreen
    from assess.tui.screens.interview_opening import open_calibration

    rater = app.workspace.me or await app.push_screen_wait(RaterScreen(""))
    if rater is not None:
        await open_calibration(app, rater)


async def choose_withdrawal(app: AssessApp) -> None:
    """Ask who withdraws, ask again, and record it."""
    from assess.tui.screens.message import QuestionScreen
    from assess.tui.screens.who import WithdrawScreen
    from assess.workspace.privacy import withdraw

    code = await app.push_screen_wait(WithdrawScreen(_candidate_here(app)))
    if code is None:
        return
    person = app.workspace.candidate(code)
    sure = await app.push_screen_wait(
        QuestionScreen(
            _("Does {candidate} withdraw?").format(candidate=person.called),
            _(
                "Nothing more is asked of {candidate}, no result is worked out, and no answer is "
                "shown. What is stored stays until it is erased."
            ).format(candidate=person.called),
            hint=_("to remove it: assess erase {candidate}").format(candidate=code),
        )
    )
    if not sure:
        return
    await asyncio.to_thread(withdraw, app.workspace, code)
    await begin_again(app)
    app.notify(_("{candidate} has withdrawn.").format(candidate=person.called))


def _candidate_here(app: AssessApp) -> str:
    """The candidate of the screen or of the row under the cursor; empty where there is none."""
    from assess.tui.widgets.rows import Rows

    screen: Any = app.screen
    session = getattr(screen, "session", None)
    if session is not None:
        return str(session.candidate.id)
    for rows in screen.query(Rows):
        kind, _colon, code = rows.key.partition(":")
        if kind == "candidate":
            return str(code)
    return ""
