"""The grid: every candidate in every module, to see at once who could carry what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from assess.i18n import N_, _, language, ngettext
from assess.tui.commands import Command, back, bindings
from assess.tui.screens.ranked import RankedScreen
from assess.tui.widgets.cells import Spans, fit_spans
from assess.tui.widgets.grid_rows import BY_CODE, GridTable, legend
from assess.tui.widgets.lines import Caption, Row, entry_rows, text_row
from assess.tui.widgets.statuses import in_words, remarks

if TYPE_CHECKING:
    from assess.workspace.results import ModuleResult, Ranking


class GridScreen(RankedScreen):
    """``ranking`` is what is known already; one module is lit, and Enter explains its cell."""

    ABOUT = N_(
        "All candidates in all modules. Each cell: the score, a mark for its status, ! where "
        "something stands against an appointment, and A or B where that role is decided. An "
        "empty cell: the candidate does not stand for the module."
    )

    ACTIONS = (
        Command(
            "grid.why",
            "explain",
            "enter,w",
            N_("why"),
            N_("Where the score under the cursor comes from, in the module that is lit."),
            footer=1,
        ),
        Command(
            "grid.module",
            "light_module(1)",
            "right",
            N_("module"),
            N_("Light the next module; ← the one before, 1-9 the module of that number."),
            footer=2,
            shown="←→",
            before="left",
        ),
        Command(
            "grid.sort",
            "change_order",
            "s",
            N_("sort"),
            N_("Sort by the score in the module that is lit, or by code again."),
            footer=3,
        ),
        Command(
            "grid.find",
            "find_candidate",
            "slash",
            N_("find"),
            N_("Find a candidate by code, name or department."),
            footer=4,
        ),
        Command(
            "grid.names",
            "hide_names",
            "h",
            N_("names"),
            N_("Hide the names or show them again: codes only, for a fair look."),
            footer=6,
        ),
        Command(
            "grid.ranking",
            "open_ranking",
            "m",
            N_("ranking"),
            N_("The order of the module that is lit."),
            footer=5,
        ),
        back("grid", footer=3),
    )
    BINDINGS = [
        *bindings(ACTIONS),
        *(Binding(str(n), f"light_number({n})", show=False) for n in range(1, 10)),
    ]

    def __init__(self, *, ranking: Ranking | None = None) -> None:
        super().__init__(ranking)
        self._order = BY_CODE
        self._lit = 0
        self._table: GridTable | None = None

    # -- what is shown

    @property
    def module(self) -> ModuleResult | None:
        """The module that is lit."""
        modules = self._ranking.modules if self._ranking else []
        return modules[self._lit] if self._lit < len(modules) else None

    def show_words(self) -> None:
        """Everything anew; the cursor stays on its candidate."""
        from assess.workspace.deciding import decisions

        ranking = self._ranking
        if ranking is None or not ranking.modules:
            self.show_waiting(_("Grid"))
            return
        workspace = self.workspace
        self._table = GridTable(
            workspace.pack,
            ranking,
            workspace.candidates(),
            decisions(workspace),
            names=self._names,
            order=self._order,
        )
        self._table.at = self._lit = min(self._lit, len(ranking.modules) - 1)
        count = len(self._table.codes)
        pack = workspace.pack
        self.title_bar(
            _("Grid") + " · " + workspace.engagement.name,
            ngettext("{n} candidate", "{n} candidates", count).format(n=count),
            pack.say(pack.waves[ranking.wave].name, language()),
        )
        self.query_one("#head", Caption).show([text_row(""), Row(self._heads)])
        self._rows.show(self._table.rows())
        self.show_foot()

    def _heads(self, width: int) -> Spans:
        # the list keeps a cell for its scroll bar, so its columns end one cell earlier
        return fit_spans(self._table.head(width - 1), width) if self._table else []

    def show_foot(self) -> None:
        """Say the cell under the cursor in words, and what the marks mean."""
        module, code = self.module, self._rows.key
        pack = self.workspace.pack
        width = max(20, self.size.width)
        lines = [text_row(""), text_row("")]
        if module and code and self._table:
            result = self._table.of(code, module.module)
            if result is None:
                words = _("{candidate} does not stand for {module}").format(
                    candidate=code, module=module.module
                )
                lines = [text_row(f" {words}"), text_row("")]
            else:
                words = in_words(pack, module, result, names=self._names)
                notes = " · ".join(remarks(module, result))
                lines = [
                    text_row(f" {module.module} · {words}"),
                    text_row(f" {notes}", "warning"),
                ]
        lines += entry_rows(legend(pack, language()), width, "muted", indent=1, between="  ")
        self.query_one("#foot", Caption).show(lines)

    # -- commands

    def action_explain(self) -> None:
        """Open the account of the candidate in the module that is lit."""
        module, code = self.module, self._rows.key
        if module is None or not code:
            return
        if self._table is None or self._table.of(code, module.module) is None:
            self.notify(
                _("{candidate} does not stand for {module}").format(
                    candidate=code, module=module.module
                )
            )
            return
        from assess.tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(code, module.module, self._ranking, names=self._names))

    def action_light_module(self, step: int) -> None:
        """Light the next or the previous module."""
        count = len(self._ranking.modules) if self._ranking else 0
        if count:
            self._light((self._lit + step) % count)

    def action_light_number(self, number: int) -> None:
        """Light the module of that number."""
        if self._ranking and number <= len(self._ranking.modules):
            self._light(number - 1)

    def _light(self, module: int) -> None:
        self._lit = module
        if self._table:
            self._table.at = module
        self.query_one("#head", Caption).refresh()
        self._rows.refresh()
        self.show_foot()

    def action_change_order(self) -> None:
        """By the score in the module that is lit, or by code again."""
        lit = self.module.module if self.module else BY_CODE
        self._order = BY_CODE if self._order == lit else lit
        self.show_words()
        if self._order != BY_CODE:
            self._rows.action_edge(-1)

    def action_open_ranking(self) -> None:
        """The order of the module that is lit."""
        from assess.tui.screens.ranking import RankingScreen

        module = self.module.module if self.module else None
        self.app.push_screen(RankingScreen(module, at=self._rows.key, ranking=self._ranking))

    def on_caption_pressed(self, event: Caption.Pressed) -> None:
        """A click on a module's head lights it."""
        if event.caption.id != "head" or self._table is None or event.y != 1:
            return
        plan = self._table.columns(max(1, self.size.width - 1))
        for column in range(plan.first, plan.first + plan.shown):
            if plan.start(column) <= event.x < plan.start(column + 1):
                self._light(column)
