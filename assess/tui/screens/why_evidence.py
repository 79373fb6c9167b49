"""The ground under a score: each rater's answers and notes on one competency."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from typing import TYPE_CHECKING

from assess.i18n import N_, _, language, listed
from assess.model.items import ItemBase, RatingItem
from assess.tui.screens.ground import GroundScreen
from assess.tui.widgets.answer_words import said
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row

if TYPE_CHECKING:
    from assess.workspace.evidence import Evidence


class EvidenceScreen(GroundScreen):
    """One competency of one candidate in one module or all; ``among`` are those to leaf through."""

    ABOUT = N_(
        "The ground under one line of the account: every item of the competency with each "
        "rater's answer and note, as they were given, and the value that a panel agreed on."
    )

    def __init__(
        self, candidate: str, module: str | None, competency: str, *, among: list[str], called: str
    ) -> None:
        super().__init__(module, competency, among)
        self._candidate = candidate
        self._called = called

    def about(self) -> str:
        """The candidate."""
        return self._called

    def people(self) -> Collection[str]:
        """The candidate."""
        return (self._candidate,)

    def ground(self, width: int) -> list[Row]:
        """Item by item, what each rater answered and noted."""
        found = self.workspace.evidence(self._candidate, self._competency, self._module)
        rows: list[Row] = [text_row("")]
        for item_id, answers in groupby(found, key=lambda one: one.item):
            rows += self._item(item_id, list(answers), width)
        if not found and not self.hidden:
            rows += prose_rows(_("no answers on this competency"), width, "muted")
        return rows

    def _item(self, item_id: str, answers: list[Evidence], width: int) -> list[Row]:
        pack = self.workspace.pack
        item = pack.items[item_id]
        rows = [rule(item_id, listed(sorted({one.wave for one in answers})))]
        rows += prose_rows(pack.say(item.ask, language()), width, "muted")
        for one in answers:
            rows += self._answer(item, one, width)
        agreed = {(one.agreed, one.agreed_reason) for one in answers if one.agreed is not None}
        for value, reason in sorted(agreed):
            words = _("agreed by the panel: {value}").format(value=f"{value:g}")
            rows += prose_rows(words, width, "accent", indent=5)
            rows += prose_rows(reason, width, indent=7) if reason else []
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
