"""The page of one score as lines: the account, minimums, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assess.i18n import _, listed
from assess.model.pack import Pack
from assess.tui.widgets.account_rows import account_rows
from assess.tui.widgets.lines import Row, entry_rows, prose_rows, rule, text_row
from assess.tui.widgets.statuses import missed, missing_words, remarks
from assess.workspace import wording
from assess.workspace.results import CandidateResult, ModuleResult


@dataclass(frozen=True)
class WhyPage:
    """One result in a module; ``order`` is the module's, None where it is not known."""

    pack: Pack
    result: CandidateResult
    order: ModuleResult | None
    wave: str
    width: int

    def rows(self, changes: Sequence[str]) -> list[Row]:
        """All sections; ``changes`` say what would change the result. Competencies are the keys."""
        result, width = self.result, self.width
        rows: list[Row] = []
        if not result.lines:
            rows += prose_rows(_("No answers yet: nothing counts for a score."), width)
        else:
            rows += account_rows(self.pack, result, self.wave, width)
        for note in wording.knowledge_notes(result):
            rows += prose_rows(note, width, "muted")
        rows += self._section(_("to look at"), self._remarks(), "warning")
        rows += self._minimums()
        rows += self._section(_("not counted"), self._missing())
        return rows + self._section(_("what would change it"), changes)

    def _section(self, title: str, lines: Sequence[str], role: str = "") -> list[Row]:
        if not lines:
            return []
        told = [row for line in lines for row in prose_rows(line, self.width, role, hang=2)]
        return [text_row(""), rule(title), *told]

    def _minimums(self) -> list[Row]:
        result = self.result
        ordered = sorted(result.minimums, key=lambda m: -1 if m.p_met is None else m.p_met)
        if not ordered:
            return []
        rows = [text_row(""), rule(_("minimums"))]
        rows += entry_rows([wording.minimum(minimum) for minimum in ordered], self.width)
        develop = listed(minimum.competency for minimum in missed(result))
        if develop:
            words = _("develop: {competencies}").format(competencies=develop)
            rows += prose_rows(words, self.width, hang=2)
        return rows

    def _remarks(self) -> list[str]:
        gates = list(wording.gate_lines(self.pack, self.result))
        if self.order is None:
            return gates
        return [*remarks(self.order, self.result, short=False), *gates]

    def _missing(self) -> list[str]:
        result = self.result
        if not result.missing:
            return []
        ordered = sorted(result.missing, key=lambda gap: -gap.weight)
        asks = _("ask next: {competencies}").format(
            competencies=listed(missing_words(gap) for gap in ordered)
        )
        low, high = result.bounds
        bounds = _("the score would lie between {low} and {high} with what is missing").format(
            low=wording.number(low), high=wording.number(high)
        )
        return [asks, bounds]
