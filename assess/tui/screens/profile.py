"""The end of a self-test: the own profile, what it means, where one stands; nobody else's data."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from assess.i18n import N_, _
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Prose
from assess.workspace.selftest import Profile, SelfTest, profile
from assess.workspace.selftest_words import profile_lines


class ProfileScreen(AppScreen[None]):
    """What a candidate's own answers say."""

    ABOUT = N_(
        "Your own answers, put together: each competency as you see it, what the level means,"
        " what your modules ask for, what helps next, and the points of the knowledge items. "
        "It counts in no ranking."
    )

    ACTIONS = (
        Command(
            "profile.scroll",
            "scroll_profile(1)",
            "down,pagedown,space",
            N_("scroll"),
            N_("Scroll a profile that is longer than the screen."),
            footer=2,
            palette=False,
        ),
        Command(
            "profile.scroll_back",
            "scroll_profile(-1)",
            "up,pageup",
            N_("scroll back"),
            N_("Scroll back."),
            palette=False,
        ),
        Command(
            "profile.leave",
            "leave_profile",
            "escape,enter,q",
            N_("close"),
            N_("Close the profile."),
            footer=1,
        ),
    )
    BINDINGS = bindings(ACTIONS)

    def __init__(self, session: SelfTest) -> None:
        super().__init__()
        self.session = session
        self._profile: Profile | None = None

    def compose(self) -> ComposeResult:
        """Title, the profile, keys."""
        yield TitleBar()
        with VerticalScroll(id="profile", can_focus=False):
            yield Prose(id="lines", hang=2)
        yield KeyBar()

    def show_words(self) -> None:
        """The profile in the language in use."""
        if self._profile is None:
            self._profile = profile(self.workspace, self.session)
        person = self.session.candidate
        self.title_bar(_("Profile of {candidate}").format(candidate=person.called), _("self-test"))
        self.query_one("#lines", Prose).show("\n".join(profile_lines(self.session, self._profile)))

    def action_scroll_profile(self, pages: int) -> None:
        """Scroll by pages."""
        body = self.query_one("#profile", VerticalScroll)
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False)

    def action_leave_profile(self) -> None:
        """Close."""
        self.app.leave_screen(self)
