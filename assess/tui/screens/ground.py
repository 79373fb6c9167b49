"""Answers and notes on one competency, and leafing through the others: the ground under figures."""

from __future__ import annotations

from collections.abc import Collection

from textual import events
from textual.app import ComposeResult

from assess.i18n import N_, _, language
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.lines import Row, prose_rows
from assess.tui.widgets.rows import Rows


class GroundScreen(AppScreen[str]):
    """``among`` are the competencies to leaf through; gives back the one read last.

    Subclasses say ``about()``, ``people()`` and ``ground(width)``.
    """

    ACTIONS = (
        Command(
            "ground.next",
            "next_competency(1)",
            "right,n",
            N_("competency"),
            N_("The next competency; ← the one before."),
            footer=1,
            shown="←→",
            before="left,p",
        ),
        Command("ground.back", "close_ground", "escape,q", N_("back"), N_("Go back."), footer=2),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, module: str | None, competency: str, among: list[str]) -> None:
        super().__init__()
        self._module = module
        self._competency = competency
        self._among = among

    def about(self) -> str:
        """What stands before module and competency in the title; may be empty."""
        return ""

    def people(self) -> Collection[str]:
        """The candidates whose answers are shown."""
        raise NotImplementedError

    def ground(self, width: int) -> list[Row]:
        """Answers and notes."""
        raise NotImplementedError

    @property
    def hidden(self) -> bool:
        """Whether some of the answers are hidden from who works here."""
        workspace, people = self.workspace, self.people()
        interviews = workspace.interviews() if workspace.me else []
        return any(one.hidden and one.candidate in people for one in interviews)

    def compose(self) -> ComposeResult:
        """Title, answers and notes, keys."""
        yield TitleBar()
        yield Rows(id="ground")
        yield KeyBar()

    def show_words(self) -> None:
        """All of it anew."""
        pack = self.workspace.pack
        name = pack.say(pack.competencies[self._competency].name, language())
        where = [self.about(), self._module or "", f"{self._competency} {name}"]
        self.title_bar(" · ".join(part for part in where if part))
        width = max(20, self.size.width - 1)
        rows = self.ground(width)
        if self.hidden:
            words = _("Others' answers are hidden until you have submitted your own interview.")
            rows = [*rows, *prose_rows(words, width, "warning")]
        self.query_one(Rows).show(rows)

    def action_next_competency(self, step: int) -> None:
        """Leaf to the next or previous competency."""
        at = (self._among.index(self._competency) + step) % len(self._among)
        self._competency = self._among[at]
        self.show_words()
        self.query_one(Rows).scroll_home(animate=False)

    def action_close_ground(self) -> None:
        """Go back, to the competency last read."""
        self.dismiss(self._competency)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
