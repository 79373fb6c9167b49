"""The order of each module: scores with their intervals on one axis, and who is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from assess.i18n import N_, _, language, listed, ngettext
from assess.tui.commands import bindings
from assess.tui.screens.cover_asking import read_at_another
from assess.tui.screens.cover_choices import choices_of
from assess.tui.screens.manager_places import ManagerPlaces
from assess.tui.screens.ranked import RankedScreen
from assess.tui.screens.ranking_commands import COMMANDS
from assess.tui.widgets.cells import Spans, cell_len, fit_spans
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Caption, Row, entry_rows, text_row
from assess.tui.widgets.ranking_row import ORDERS, RankingTable, order_words
from assess.tui.widgets.statuses import in_words, remarks
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.workspace.results import CandidateResult, ModuleResult, Ranking

COMPARED = (2, 5)
"""How few and how many candidates stand side by side."""


class RankingScreen(RankedScreen, ManagerPlaces):
    """One module at a time; ``at`` is the candidate to begin at, ``ranking`` the last known."""

    ABOUT = N_(
        "● the score, ├─┤ its interval, │ where a band begins. place: the places that the "
        "error leaves open. top: the chance to be among the best. Candidates in one bracket "
        "cannot be told apart. ! something stands against an appointment; the line below "
        "says what."
    )

    ACTIONS = COMMANDS
    BINDINGS = [
        *bindings(ACTIONS),
        *(Binding(str(n), f"show_module({n})", show=False) for n in range(1, 10)),
    ]

    def __init__(
        self, module: str | None = None, *, at: str = "", ranking: Ranking | None = None
    ) -> None:
        super().__init__(ranking)
        self._module = module or ""
        self._at = at
        self._order = ORDERS[0]
        self._marked: list[str] = []
        self._table: RankingTable | None = None
        self._tables: dict[tuple[str, str], RankingTable] = {}

    # -- what is shown

    @property
    def module(self) -> ModuleResult | None:
        """The module on the screen, once it is measured."""
        if self._ranking is None or not self._ranking.modules:
            return None
        modules = self._ranking.modules
        return next((m for m in modules if m.module == self._module), modules[0])

    @property
    def result(self) -> CandidateResult | None:
        """The candidate under the cursor."""
        module = self.module
        return module.of(self._rows.key) if module else None

    def show_words(self) -> None:
        """Everything anew; the cursor stays on its candidate."""
        module = self.module
        if module is None:
            self.show_waiting(_("Ranking"))
            return
        self._module = module.module
        pack = self.workspace.pack
        self._table = self._table_of(module)
        people = ngettext("{n} candidate", "{n} candidates", len(module.candidates))
        raters = ngettext("{n} rater", "{n} raters", module.raters)
        self.title_bar(
            f"{module.module} {pack.say(pack.modules[module.module].name, language())}",
            raters.format(n=module.raters),
            people.format(n=len(module.candidates)),
            pack.say(pack.waves[module.wave].name, language()),
            *([_("as of {day}").format(day=day)] if (day := choices_of(self.app).as_of) else []),
        )
        self.query_one("#head", Caption).show([Row(self._tabs), Row(self._heads)])
        self._rows.show(self._table.rows(), self._at or None)
        self._at = ""
        self.show_foot()

    def _table_of(self, module: ModuleResult) -> RankingTable:
        """The module's lines, kept as long as its result and the language stay."""
        key = module.module, language()
        table = self._tables.get(key)
        if table is None or table.module is not module:
            table = self._tables[key] = RankingTable(self.workspace.pack, module)
        table.names, table.order, table.picked = self._names, self._order, set(self._marked)
        return table

    def _heads(self, width: int) -> Spans:
        # the list keeps a cell for its scroll bar, so its columns end one cell earlier
        return self._table.head(width - 1) if self._table else []

    def _tabs(self, width: int) -> Spans:
        spans: Spans = [(" ", "")]
        for number, code in enumerate(self._codes(), 1):
            here = code == self._module
            label = f"{glyphs().cursor}{number} {code} " if here else f" {number} {code} "
            spans.append((label, "strong" if here else "muted"))
        return fit_spans(spans, width)

    def _codes(self) -> list[str]:
        return [module.module for module in self._ranking.modules] if self._ranking else []

    def show_foot(self) -> None:
        """Say the candidate under the cursor in words, and what the marks mean."""
        module, result = self.module, self.result
        width = max(20, self.size.width)
        lines = [text_row(""), text_row("")]
        if module and result:
            words = in_words(self.workspace.pack, module, result, names=self._names)
            more = f"{words} · {result.department}"
            if self._names and result.department and cell_len(more) < width:
                words = more
            notes = " · ".join(remarks(module, result))
            lines = [text_row(" " + words), text_row(" " + notes, "warning")]
        if module:
            lines += entry_rows(self._legend(module), width, "muted", indent=1, between="   ")
        self.query_one("#foot", Caption).show(lines)

    def _legend(self, module: ModuleResult) -> list[str]:
        said: list[str] = []
        table = self._table
        if table is None:
            return said
        if table.ranked and all(result.se is None for result in table.ranked):
            said.append(_("errors are not known yet: scores alone"))
        if self._order != ORDERS[0]:
            said.append(_("sorted by {what}").format(what=order_words(self._order)))
        elif table.tied:
            first, _middle, last = glyphs().tie
            confidence = f"{100 * module.confidence:g} %"
            tie = _("{marks} tie at {confidence}")
            said.append(tie.format(marks=first + last, confidence=confidence))
        if table.looked_at:
            said.append(_("! not yet to appoint, a release or gate is open"))
        if self._marked:
            said.append(_("marked: {codes}").format(codes=listed(self._marked)))
        said.append(wording.severity(module))
        return said

    # -- commands

    def action_explain(self) -> None:
        """Open the account of the score under the cursor."""
        result = self.result
        if result is not None:
            from assess.tui.screens.why import WhyScreen

            screen = WhyScreen(result.candidate, self._module, self._ranking, names=self._names)
            self.app.push_screen(screen)

    def action_mark_candidate(self) -> None:
        """Mark the candidate to be compared, or take the mark away, and go on."""
        code = self._rows.key
        if not code or self._table is None:
            return
        if code in self._marked:
            self._marked.remove(code)
        elif len(self._marked) == COMPARED[1]:
            self.notify(_("five stand side by side at most"))
            return
        else:
            self._marked.append(code)
        self._table.picked = set(self._marked)
        self._rows.refresh()
        self._rows.action_move(1)
        self.show_foot()

    def action_compare_marked(self) -> None:
        """Put the marked side by side; one mark and the cursor do too."""
        chosen = list(self._marked)
        if len(chosen) < COMPARED[0] and self._rows.key and self._rows.key not in chosen:
            chosen.append(self._rows.key)
        if len(chosen) < COMPARED[0]:
            self.notify(_("mark two to five candidates with space, then c"))
            return
        from assess.tui.screens.compare import CompareScreen

        self.app.push_screen(CompareScreen(chosen, self._module, names=self._names))

    def action_next_module(self, step: int) -> None:
        """Go to the next or the previous module."""
        codes = self._codes()
        if codes:
            here = codes.index(self._module) if self._module in codes else 0
            self._go(codes[(here + step) % len(codes)])

    def action_show_module(self, number: int) -> None:
        """Go to the module of that number."""
        codes = self._codes()
        if number <= len(codes):
            self._go(codes[number - 1])

    def _go(self, module: str) -> None:
        if module != self._module:
            self._module = module
            self.show_words()

    def action_change_order(self) -> None:
        """Sort by the next of score, name and department."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self.show_words()

    @property
    def module_here(self) -> str:
        """The module on the screen."""
        return self._module

    def action_decide_module(self) -> None:
        """Appoint A and B of this module, beginning with the candidate under the cursor."""
        module = self.module
        if module is not None:
            self.app.run_worker(self._decide(module.module), group="deciding", exclusive=True)

    async def _decide(self, module: str) -> None:
        from assess.tui.screens.decision_asking import ask_decision

        result = self.result
        at = result.candidate if result and result.rank is not None else None
        await ask_decision(self.app, module, at=at, names=self._names)
        self.show_words()

    def action_choose_moment(self) -> None:
        """Choose the wave or the day that is read, here and on the cover."""
        self.run_worker(read_at_another(self), group="asking", exclusive=True)

    def action_export_module(self) -> None:
        """Open the export of this module."""
        from assess.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self._module))

    def on_caption_pressed(self, event: Caption.Pressed) -> None:
        """A click on a module's tab shows it."""
        if event.caption.id != "head" or event.y:
            return
        start = 1
        for number, code in enumerate(self._codes(), 1):
            start += cell_len(f" {number} {code} ")
            if event.x < start:
                self._go(code)
                return
