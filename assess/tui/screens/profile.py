"""The end of a self-test: the own profile, what it means, where one stands; nobody else's data."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from assess.i18n import N_, _
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.cells import Spans, cell_len
from assess.tui.widgets.lines import Row, entry_rows, prose_rows, rule, text_row
from assess.tui.widgets.rows import Rows
from assess.tui.widgets.wrapping import wrap
from assess.workspace.selftest import Profile, SelfTest, profile
from assess.workspace.selftest_words import (
    Told,
    closing_lines,
    nothing_words,
    profile_groups,
)


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
            "pagedown,space",
            N_("scroll"),
            N_("Scroll a profile that is longer than the screen."),
            footer=2,
            palette=False,
        ),
        Command(
            "profile.scroll_back",
            "scroll_profile(-1)",
            "pageup",
            N_("scroll back"),
            N_("Scroll back."),
            palette=False,
        ),
        Command(
            "profile.leave",
            "leave_profile",
            "escape,q",
            N_("close"),
            N_("Close the profile."),
            footer=1,
        ),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, session: SelfTest) -> None:
        super().__init__()
        self.session = session
        self._profile: Profile | None = None

    def compose(self) -> ComposeResult:
        """Title, the profile, keys."""
        yield TitleBar()
        yield Rows(id="lines")
        yield KeyBar()

    def show_words(self) -> None:
        """The profile in the language in use."""
        if self._profile is None:
            self._profile = profile(self.workspace, self.session)
        person = self.session.candidate
        self.title_bar(_("Profile of {candidate}").format(candidate=person.called), _("self-test"))
        width = max(20, self.size.width - 1)
        self.query_one(Rows).show(profile_rows(self.session, self._profile, width))

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()

    def action_scroll_profile(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one(Rows).action_page(pages)

    def action_leave_profile(self) -> None:
        """Close."""
        self.app.leave_screen(self)


def profile_rows(session: SelfTest, found: Profile, width: int) -> list[Row]:
    """Each competency and module with what was given at the right, and below it what it means."""
    rows: list[Row] = []
    for title, told in profile_groups(session, found):
        rows.append(rule(title))
        for one in told:
            rows += _told_rows(one, width)
        rows.append(text_row(""))
    if not rows:
        rows = [*prose_rows(nothing_words(), width, indent=1), text_row("")]
    for line in closing_lines(session, found):
        rows += prose_rows(line, width, "muted", indent=1)
    return rows


def _told_rows(one: Told, width: int) -> list[Row]:
    room = max(10, width - cell_len(one.value) - 6)
    first, *rest = wrap(one.name, room)
    gap = " " * (room - cell_len(first) + 2)
    head: Spans = [(f" {first}", "strong"), (gap, ""), (one.value, "score")]
    rows = [Row(lambda _width: head), *(text_row(f" {line}", "strong") for line in rest)]
    rows += entry_rows(one.means, width, indent=3)
    return rows + (prose_rows(one.next_step, width, "accent", indent=3) if one.next_step else [])
