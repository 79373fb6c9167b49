"""The notes on one competency of the people compared, side by side."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from assess.i18n import N_, _, language
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.lines import prose_rows
from assess.tui.widgets.notes_rows import notes_rows
from assess.tui.widgets.rows import Rows


class CompareNotesScreen(AppScreen[str]):
    """``candidates`` by code with the name to show; ``among`` are the competencies to leaf."""

    ACTIONS = (
        Command(
            "notes.next",
            "next_competency(1)",
            "right,n",
            N_("competency"),
            N_("The next competency; ← the one before."),
            footer=1,
            shown="←→",
        ),
        Command("notes.back", "close_notes", "escape,q", N_("back"), N_("Go back."), footer=2),
    )
    BINDINGS = [
        *bindings(ACTIONS),
        Binding("left,p", "next_competency(-1)", show=False, id="notes.before"),
    ]
    AUTO_FOCUS = "Rows"

    def __init__(
        self, candidates: dict[str, str], module: str, competency: str, among: list[str]
    ) -> None:
        super().__init__()
        self._candidates = candidates
        self._module = module
        self._competency = competency
        self._among = among

    def compose(self) -> ComposeResult:
        """Title, notes, keys."""
        yield TitleBar()
        yield Rows(id="notes")
        yield KeyBar()

    def show_words(self) -> None:
        """The notes anew."""
        workspace = self.workspace
        pack = workspace.pack
        name = pack.say(pack.competencies[self._competency].name, language())
        self.title_bar(f"{self._module} · {self._competency} {name}")
        width = max(20, self.size.width - 1)
        found = {
            code: workspace.evidence(code, self._competency, self._module)
            for code in self._candidates
        }
        rows = notes_rows(pack, found, self._candidates, width)
        hidden = workspace.me and any(
            one.hidden and one.candidate in found for one in workspace.interviews()
        )
        if hidden:
            words = _("Others' answers are hidden until you have submitted your own interview.")
            rows += prose_rows(words, width, "warning")
        self.query_one("#notes", Rows).show(rows)

    def action_next_competency(self, step: int) -> None:
        """Leaf to the next or previous competency."""
        at = (self._among.index(self._competency) + step) % len(self._among)
        self._competency = self._among[at]
        self.show_words()
        self.query_one("#notes", Rows).scroll_home(animate=False)

    def action_close_notes(self) -> None:
        """Go back, to the competency last read."""
        self.dismiss(self._competency)

    def on_resize(self, _event: events.Resize) -> None:
        """Columns follow the width."""
        if self.is_mounted:
            self.show_words()
