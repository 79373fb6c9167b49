"""The engagement at a glance."""

from __future__ import annotations

from textual.app import ComposeResult

from assess.i18n import N_, _
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Prose


class HomeScreen(AppScreen[None]):
    """The engagement's name and its candidates."""

    ACTIONS = (
        Command(
            "home.interview",
            "choose_interview",
            "i",
            N_("interview"),
            N_("Choose a candidate and interview, or go on where it stopped."),
            footer=1,
        ),
        Command(
            "home.quit", "app.quit", "q", N_("quit"), N_("Quit; everything is kept."), footer=2
        ),
    )
    BINDINGS = bindings(ACTIONS)

    def compose(self) -> ComposeResult:
        """Title, candidates, keys."""
        yield TitleBar()
        yield Prose(id="candidates")
        yield KeyBar()

    def show_words(self) -> None:
        """The engagement and who is in it."""
        engagement = self.workspace.engagement
        self.title_bar(engagement.name, _("phase: {phase}").format(phase=engagement.wave))
        people = self.workspace.candidates().values()
        lines = [f"{person.id}  {person.called}" for person in people]
        self.query_one("#candidates", Prose).show("\n".join(lines) or _("no candidates yet"))

    def action_choose_interview(self) -> None:
        """Choose whom to interview."""
        from assess.tui.screens.candidates import CandidatesScreen

        self.app.push_screen(CandidatesScreen())
