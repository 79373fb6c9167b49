"""How an interview is opened: read from disk, the notice given where the pack has one, shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from assess import i18n
from assess.errors import BadInput
from assess.i18n import N_, _
from assess.model.forms import Form
from assess.model.people import Candidate
from assess.tui.screens.base import AppModal
from assess.tui.widgets.prose import Panel, Prose
from assess.workspace.interviewing import Interview

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.selftest import SelfTest

Basis = Literal["consent", "rules"]
BASES: dict[Basis, str] = {
    "consent": N_("The candidate was told this and agrees."),
    "rules": N_("The candidate was told this; contract, law or company rules are the basis."),
}


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
    if session.notice_due and not await _give_notice(app, session):
        return False
    await app.push_screen(InterviewScreen(session))
    return True


async def _give_notice(app: AssessApp, session: Interview) -> bool:
    screen = NoticeScreen(session.candidate, lambda: session.notice)
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


class NoticeScreen(AppModal[Basis | None]):
    """What a candidate must be told before the first answer, and on which basis it is asked."""

    BINDINGS = [
        Binding("1", "record_basis('consent')", show=False, id="notice.consent"),
        Binding("2", "record_basis('rules')", show=False, id="notice.rules"),
        Binding("escape", "decline_notice", show=False, id="notice.decline"),
    ]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, candidate: Candidate, notice: Callable[[], str]) -> None:
        super().__init__()
        self._candidate = candidate
        self._notice = notice

    def compose(self) -> ComposeResult:
        """The notice, and what may be said to it."""
        with Panel():
            yield Prose(classes="heading", id="title")
            with VerticalScroll():
                yield Prose(id="notice")
            yield Prose(id="bases", classes="hint", hang=3)
            yield Prose(classes="keys", id="keys")

    def show_words(self) -> None:
        """The notice in the language in use."""
        self.query_one("#title", Prose).show(
            _("Before the first answer: tell {candidate}").format(candidate=self._candidate.called)
        )
        self.query_one("#notice", Prose).show(self._notice())
        bases = [f"{key}  {_(words)}" for key, words in enumerate(BASES.values(), 1)]
        self.query_one("#bases", Prose).show("\n".join(bases))
        self.query_one("#keys", Prose).show(_("1 2 record and begin   esc do not begin"))

    def action_record_basis(self, basis: Basis) -> None:
        """Give the basis back."""
        self.dismiss(basis)

    def action_decline_notice(self) -> None:
        """Nothing is asked."""
        self.dismiss(None)


class ConsentScreen(AppModal[Literal["store", "try"] | None]):
    """What a candidate is told before the self-test, and whether the answers may be stored."""

    BINDINGS = [
        Binding("1", "give_answer('store')", show=False, id="consent.store"),
        Binding("2", "give_answer('try')", show=False, id="consent.try"),
        Binding("escape", "decline_test", show=False, id="consent.decline"),
    ]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, session: SelfTest) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """What is told, and what may be said to it."""
        with Panel():
            yield Prose(classes="heading", id="title")
            with VerticalScroll():
                yield Prose(id="notice")
            yield Prose(id="bases", classes="hint", hang=3)
            yield Prose(classes="keys", id="keys")

    def show_words(self) -> None:
        """All of it in the language in use."""
        from assess.workspace.selftest_words import consent_words

        session = self._session
        notice = session.pack.file.notice
        told = [consent_words()]
        if notice is not None:
            told += ["", session.pack.say(notice, i18n.language())]
        self.query_one("#title", Prose).show(
            _("Self-test of {candidate}").format(candidate=session.candidate.called)
        )
        self.query_one("#notice", Prose).show("\n".join(told))
        choices = [
            "1  " + _("I agree that my answers are stored."),
            "2  " + _("I want to try it; store nothing."),
        ]
        self.query_one("#bases", Prose).show("\n".join(choices))
        self.query_one("#keys", Prose).show(_("1 2 choose and begin   esc do not begin"))

    def action_give_answer(self, answer: Literal["store", "try"]) -> None:
        """Begin."""
        self.dismiss(answer)

    def action_decline_test(self) -> None:
        """Nothing is asked."""
        self.dismiss(None)
