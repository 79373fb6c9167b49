"""The ground under a score: each rater's answers and notes on one competency."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from assess.i18n import N_, _, language
from assess.model.items import ItemBase, RatingItem
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.widgets.answer_words import said
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.evidence import Evidence
    from assess.workspace.results import InterviewSummary


class EvidenceScreen(AppScreen[str]):
    """One competency of one candidate in one module or all; ``among`` are those to leaf through."""

    ACTIONS = (
        Command(
            "evidence.next",
            "next_competency(1)",
            "right,n",
            N_("competency"),
            N_("The next competency; ← the one before."),
            footer=1,
            shown="←→",
        ),
        Command(
            "evidence.back", "close_evidence", "escape,q", N_("back"), N_("Go back."), footer=2
        ),
    )
    BINDINGS = [
        *bindings(ACTIONS),
        Binding("left,p", "next_competency(-1)", show=False, id="evidence.before"),
    ]
    AUTO_FOCUS = "Rows"

    def __init__(
        self, candidate: str, module: str | None, competency: str, *, among: list[str], called: str
    ) -> None:
        super().__init__()
        self._candidate = candidate
        self._module = module
        self._competency = competency
        self._among = among
        self._called = called

    def compose(self) -> ComposeResult:
        """Title, answers, keys."""
        yield TitleBar()
        yield Rows(id="answers")
        yield KeyBar()

    def show_words(self) -> None:
        """The answers anew."""
        pack = self.workspace.pack
        name = pack.say(pack.competencies[self._competency].name, language())
        where = [self._called, self._module or "", f"{self._competency} {name}"]
        self.title_bar(" · ".join(part for part in where if part))
        found = self.workspace.evidence(self._candidate, self._competency, self._module)
        width = max(20, self.size.width - 1)
        rows: list[Row] = [text_row("")]
        for item_id, answers in groupby(found, key=lambda one: one.item):
            rows += self._item(item_id, list(answers), width)
        hidden = any(i.hidden and i.candidate == self._candidate for i in self._interviews())
        if hidden:
            words = _("Others' answers are hidden until you have submitted your own interview.")
            rows += prose_rows(words, width, "warning")
        elif not found:
            rows += prose_rows(_("no answers on this competency"), width, "muted")
        self.query_one("#answers", Rows).show(rows)

    def _interviews(self) -> list[InterviewSummary]:
        return self.workspace.interviews() if self.workspace.me else []

    def _item(self, item_id: str, answers: list[Evidence], width: int) -> list[Row]:
        pack = self.workspace.pack
        item = pack.items[item_id]
        rows = [rule(item_id, ", ".join(sorted({one.wave for one in answers})))]
        rows += prose_rows(pack.say(item.ask, language()), width, "muted")
        for one in answers:
            rows += self._answer(item, one, width)
        agreed = {one.agreed for one in answers if one.agreed is not None}
        for value in sorted(agreed):
            words = _("agreed by the panel: {value}").format(value=f"{value:g}")
            rows += prose_rows(words, width, "accent", indent=5)
        return [*rows, text_row("")]

    def _answer(self, item: ItemBase, one: Evidence, width: int) -> list[Row]:
        raters = self.workspace.raters()
        who = raters[one.rater].called if one.rater in raters else one.rater
        label = one.rater if who == one.rater else f"{one.rater} {who}"
        told = f"{label}: {said(self.workspace.pack, one)}"
        if not one.submitted:
            told += " · " + _("not submitted")
        rows = prose_rows(told, width, "strong", indent=5, hang=2)
        if one.asked is not None:
            words = self.workspace.pack.say(one.asked, language())
            asked = _("asked in these words: {words}").format(words=words)
            rows += prose_rows(asked, width, "muted", indent=7)
        for line in one.note.splitlines():
            rows += prose_rows(line, width, indent=7)
        if isinstance(item, RatingItem) and one.state == "answered" and not one.note.strip():
            rows += prose_rows(_("no note"), width, "muted", indent=7)
        return rows

    # -- commands

    def action_next_competency(self, step: int) -> None:
        """Leaf to the next or previous competency."""
        at = (self._among.index(self._competency) + step) % len(self._among)
        self._competency = self._among[at]
        self.show_words()
        self.query_one("#answers", Rows).scroll_home(animate=False)

    def action_close_evidence(self) -> None:
        """Go back to the account, where the cursor stands on the competency last read."""
        self.dismiss(self._competency)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
