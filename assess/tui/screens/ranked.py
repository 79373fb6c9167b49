"""Candidates in a list with heads over it and, under it, the one under the cursor in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.i18n import _
from assess.tui.frames import one_frame
from assess.tui.screens.cover_choices import choices_of
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.find import FindLine
from assess.tui.widgets.lines import Caption, text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.results import Ranking


class RankedScreen(MeasuredScreen):
    """``ranking`` is what is known already. Subclasses say ``show_foot()`` and ``explain``."""

    AUTO_FOCUS = "Rows"

    def __init__(self, ranking: Ranking | None = None) -> None:
        super().__init__()
        self._ranking = ranking
        self._names = True

    def show_foot(self) -> None:
        """Say what is under the cursor in words."""
        raise NotImplementedError

    def action_explain(self) -> None:
        """Open the account of what is under the cursor."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, heads of the columns, rows, the one under the cursor in words, keys."""
        rows = Rows()
        yield TitleBar()
        yield Caption(id="head")
        yield rows
        yield Caption(id="foot")
        yield FindLine(rows)
        yield KeyBar()

    async def measure(self) -> None:
        """Rank every module, as of the wave and the day that are read."""
        read_at = choices_of(self.app)
        self._ranking = await measured(lambda: read_at.view(self.workspace).rank(wave=read_at.wave))
        self.show_words()

    @property
    def _rows(self) -> Rows:
        return self.query_one(Rows)

    def show_waiting(self, title: str) -> None:
        """What stands there as long as nothing is measured."""
        self.title_bar(title)
        waiting = self.waiting_words if self._ranking is None else _("no module to rank")
        self._rows.show([text_row(""), text_row("   " + waiting, "muted")])

    def on_rows_highlighted(self) -> None:
        """Say the row under the cursor in words."""
        with one_frame(self):
            self.show_foot()

    def on_rows_picked(self) -> None:
        """Open the account."""
        self.action_explain()

    def action_hide_names(self) -> None:
        """Codes only, or names again."""
        self._names = not self._names
        self.show_words()

    def action_find_candidate(self) -> None:
        """Type to find a candidate."""
        self.query_one(FindLine).open()

    def on_resize(self, _event: events.Resize) -> None:
        """The words under the list follow the width."""
        self.show_foot()
