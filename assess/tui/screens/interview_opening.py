"""How an interview is opened: read from disk, the notice given where the pack has one, shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from assess.errors import BadInput
from assess.i18n import N_, _
from assess.model.forms import Form
from assess.model.people import Candidate
from assess.tui.screens.told import ToldScreen
from assess.workspace.interviewing import Interview

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.tui.starts import InterviewStart
    from assess.workspace.selftest import SelfTest

Basis = Literal["consent", "rules"]
BASES: dict[Basis, str] = {
    "consent": N_("The candidate was told this and agrees."),
    "rules": N_("The candidate was told this; contract, law or company rules are the basis."),
}


async def open_first(app: AssessApp, start: InterviewStart) -> bool:
    """Open what the app was started for; False where it was declined."""
    if start.form == "self":
        return await open_self_test(app, start.candidate, start.wave)
    return await open_interview(
        app, start.candidate, start.rater, start.questionnaire, start.wave, form=start.form
    )


async def open_interview(
    app: AssessApp,
    candidate: str,
    rater: str,
    questionnaire: str | None = None,
    wave: str | None = None,
    *,
    form: Form | None = None,
) -> bool:
    """Open an interview where it stopped; False where the notice was declined.

    Waits for the notice, so it runs in a worker. Raises BadInput for an unknown candidate,
    questionnaire or wave, and where this questionnaire asks nothing of the candidate.
    """
    from assess.tui.screens.interview import InterviewScreen

    workspace = app.workspace
    session = await asyncio.to_thread(
        workspace.interview, candidate, rater, questionnaire, wave, form=form
    )
    if not session.items:
        raise BadInput(
            _("{questionnaire} asks nothing of {candidate} at {wave}").format(
                questionnaire=session.questionnaire.id, candidate=candidate, wave=session.wave.id
            ),
            hint=_("choose another questionnaire or wave, or give the candidate a module"),
        )
    if not session.submitted:
        await _offer_calibration(app, session.rater.id)
        if session.notice_due and not await _give_notice(app, session):
            return False
    await app.push_screen(InterviewScreen(session))
    return True


async def _offer_calibration(app: AssessApp, rater: str) -> None:
    """Before a rater's first interview: the pack's sample answers, now or later."""
    from assess.workspace.calibration import calibration, due

    if not await asyncio.to_thread(due, app.workspace, rater):
        return
    from assess.tui.screens.calibration import CalibrationScreen
    from assess.tui.screens.calibration_asking import OfferScreen

    mine = calibration(app.workspace, rater)
    if await app.push_screen_wait(OfferScreen(mine)) == "now":
        await app.push_screen_wait(CalibrationScreen(mine, on_the_way=True))


async def open_calibration(app: AssessApp, rater: str) -> None:
    """Open the sample answers for a rater; raises BadInput where the pack has none."""
    from assess.tui.screens.calibration import CalibrationScreen
    from assess.workspace.calibration import calibration

    await app.push_screen(CalibrationScreen(calibration(app.workspace, rater)))


def _told(session: Interview) -> str:
    """The notice, and below it what the interviewer says or sets for each of its brackets."""
    return "\n".join([session.notice, *session.notice_gaps])


async def _give_notice(app: AssessApp, session: Interview) -> bool:
    screen = NoticeScreen(session.candidate, lambda: _told(session), withdrawn=session.withdrawn)
    basis = await app.push_screen_wait(screen)
    if basis is None:
        return False
    await asyncio.to_thread(session.record_notice, basis)
    return True


async def open_self_test(app: AssessApp, candidate: str, wave: str | None = None) -> bool:
    """Open a candidate's self-test, or its profile once submitted; False where it was declined.

    Waits for the consent, so it runs in a worker. Raises BadInput as
    :func:`assess.workspace.selftest.self_test` does.
    """
    from assess.tui.screens.interview import InterviewScreen
    from assess.tui.screens.profile import ProfileScreen
    from assess.workspace.selftest import self_test

    session = await asyncio.to_thread(self_test, app.workspace, candidate, wave)
    if session.submitted:
        await app.push_screen(ProfileScreen(session))
        return True
    if session.consent_due:
        answer = await app.push_screen_wait(ConsentScreen(session))
        if answer is None:
            return False
        if answer == "store":
            session.agree()
            if session.notice_due:
                await asyncio.to_thread(session.record_notice, "consent")
    await app.push_screen(InterviewScreen(session))
    return True


class NoticeScreen(ToldScreen[Basis]):
    """What a candidate must be told before the first answer, and on which basis it is asked.

    Who has withdrawn is named: going on takes a new agreement.
    """

    def __init__(
        self, candidate: Candidate, notice: Callable[[], str], *, withdrawn: bool = False
    ) -> None:
        super().__init__()
        self._candidate = candidate
        self._notice = notice
        self._withdrawn = withdrawn

    def title_words(self) -> str:
        """To whom it is told, and for which modules, which the notice may speak of."""
        called = self._candidate.called
        title = _("Before the first answer: tell {candidate}").format(candidate=called)
        modules = self.workspace.modules_of(self._candidate)
        return " · ".join([title, " ".join(modules)] if modules else [title])

    def told(self) -> str:
        """The notice."""
        if not self._withdrawn:
            return self._notice()
        ended = _("{candidate} has withdrawn; going on takes a new agreement")
        return ended.format(candidate=self._candidate.called) + "\n\n" + self._notice()

    def choices(self) -> Sequence[tuple[Basis, str]]:
        """What allows the interview."""
        return [(basis, _(words)) for basis, words in BASES.items()]

    def keys_words(self) -> str:
        """The keys."""
        return _("1 2 record and begin   esc do not begin")


class ConsentScreen(ToldScreen[Literal["store", "try"]]):
    """What a candidate is told before the self-test, and whether the answers may be stored."""

    def __init__(self, session: SelfTest) -> None:
        super().__init__()
        self._session = session

    def title_words(self) -> str:
        """Whose test, and for which modules."""
        session = self._session
        title = _("Self-test of {candidate}").format(candidate=session.candidate.called)
        return " · ".join([title, " ".join(session.modules)] if session.modules else [title])

    def told(self) -> str:
        """What becomes of the answers; of the interview, the pack's notice where it is due."""
        from assess.workspace.selftest_words import consent_words

        told = [consent_words()]
        if self._session.notice_due:
            told += ["", _("The interview is another thing. Of it you are told:")]
            told += [self._session.notice]
        return "\n".join(told)

    def choices(self) -> Sequence[tuple[Literal["store", "try"], str]]:
        """To store or not."""
        return [
            ("store", _("I agree that my answers are stored.")),
            ("try", _("I want to try it; store nothing.")),
        ]

    def keys_words(self) -> str:
        """The keys."""
        return _("1 2 choose and begin   esc do not begin")
