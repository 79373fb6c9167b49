"""Why: the account of one candidate's score in one module, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from assess.i18n import N_, _, language
from assess.tui.commands import Command, back, bindings
from assess.tui.screens.cover_choices import choices_of
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.lines import text_row
from assess.tui.widgets.rows import Rows
from assess.tui.widgets.statuses import places, short_name, status_words
from assess.tui.widgets.why_rows import WhyPage
from assess.workspace import wording

if TYPE_CHECKING:
    from assess.workspace.results import CandidateResult, Explanation, ModuleResult, Ranking


_WIDE = 110


class WhyScreen(MeasuredScreen):
    """``ranking`` is what is known already; without ``module`` the candidate's first is shown."""

    ABOUT = N_(
        "The account of one score: a line for each competency, then the minimums and what "
        "would change the result. answers: the ratings as given. mix: what the choice of "
        "items did. raters: what the raters' severity did. agreed: what the panel changed. "
        "know.: the knowledge check. Each line adds up to its points, the points to the "
        "score."
    )

    ACTIONS = (
        Command(
            "why.evidence",
            "open_evidence",
            "enter",
            N_("answers and notes"),
            N_("The answers and notes of every rater on this competency."),
            footer=1,
        ),
        Command(
            "why.module",
            "next_module(1)",
            "right",
            N_("module"),
            N_("The candidate's next module; ← the one before, 1-9 the module of that number."),
            footer=3,
            shown="←→",
            before="left",
        ),
        Command(
            "why.next",
            "next_candidate(1)",
            "n",
            N_("next"),
            N_("The candidate who comes next in the order; p the one before."),
            footer=4,
            before="p",
        ),
        Command(
            "why.growth",
            "open_growth",
            "a",
            N_("actions"),
            N_("Gaps, the actions that close them, what was agreed, waves side by side."),
            footer=4,
        ),
        Command(
            "why.interview",
            "open_interview",
            "i",
            N_("interview"),
            N_("Interview this candidate, or go on where it stopped."),
            footer=5,
        ),
        Command(
            "why.feedback",
            "export_feedback",
            "x",
            N_("feedback sheet"),
            N_("Write the candidate's own sheet to a file."),
            footer=6,
        ),
        back("why"),
    )
    BINDINGS = [
        *bindings(ACTIONS),
        *(Binding(str(n), f"show_module({n})", show=False) for n in range(1, 10)),
    ]
    AUTO_FOCUS = "Rows"

    def __init__(
        self,
        candidate: str,
        module: str | None = None,
        ranking: Ranking | None = None,
        *,
        names: bool = True,
        competency: str = "",
    ) -> None:
        super().__init__()
        self.candidate = candidate
        self.module = module or ""
        self._ranking = ranking
        self._names = names
        self._at = competency
        self._found: Explanation | None = None

    def compose(self) -> ComposeResult:
        """Title, the account, keys."""
        yield TitleBar()
        yield Rows(id="account")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with what is known."""
        modules = self._modules()
        if self.module not in modules and modules:
            self.module = modules[0]
        # Textual itself calls the on_mount of AppScreen next, which shows the words

    async def measure(self) -> None:
        """Explain the score."""
        candidate, module, read_at = self.candidate, self.module, choices_of(self.app)
        view, wave = read_at.view(self.workspace), read_at.wave
        if self._ranking is None:
            self._ranking = await measured(lambda: view.rank(wave=wave))
        self._found = await measured(lambda: view.explain(candidate, module, wave))
        self.show_words()

    # -- what is shown

    def _modules(self) -> list[str]:
        return self.workspace.modules_of(self.workspace.candidate(self.candidate))

    @property
    def _order(self) -> ModuleResult | None:
        modules = self._ranking.modules if self._ranking else []
        return next((m for m in modules if m.module == self.module), None)

    @property
    def result(self) -> CandidateResult | None:
        """What the account is of."""
        if self._found is not None:
            return self._found.result
        return self._order.of(self.candidate) if self._order else None

    @property
    def _called(self) -> str:
        person = self.workspace.candidate(self.candidate)
        return f"{person.id} {person.name}".strip() if self._names else person.id

    def show_words(self) -> None:
        """The account anew; the cursor stays on its competency."""
        pack = self.workspace.pack
        result = self.result
        title = f"{self._called} · {self.module}"
        if self.size.width >= _WIDE and self.module:
            title += " " + pack.say(pack.modules[self.module].name, language())
        rows = self.query_one("#account", Rows)
        width = max(20, self.size.width - 1)
        if result is None:
            self.title_bar(title)
            rows.show([text_row(""), text_row("   " + self.waiting_words, "muted")])
            return
        said = [_("counted {share}").format(share=wording.coverage(result.coverage))]
        if result.rank is not None:
            said = [*said, _("place {places}").format(places=places(result))]
        said = [*said, short_name(status_words(pack, result))]
        if result.score is not None:
            said = [*said, wording.score(result)]
        self.title_bar(title, *said)
        page = WhyPage(pack, result, self._order, self._wave, width)
        changes = [self.waiting_words]
        if self._found is not None:
            changes = list(wording.change_lines(pack, self._found))
        rows.show(page.rows(changes), self._at or None)
        self._at = ""

    @property
    def _wave(self) -> str:
        return self._order.wave if self._order else self.workspace.engagement.wave

    # -- commands

    def on_rows_picked(self) -> None:
        """Open the competency."""
        self.action_open_evidence()

    def action_open_evidence(self) -> None:
        """Open answers and notes on the competency under the cursor."""
        competency = self.query_one("#account", Rows).key
        if not competency:
            return
        from assess.tui.screens.why_evidence import EvidenceScreen

        result = self.result
        among = [line.competency for line in result.lines] if result else [competency]
        screen = EvidenceScreen(
            self.candidate, self.module, competency, among=among, called=self._called
        )
        self.app.push_screen(screen, self._back_from_evidence)

    def _back_from_evidence(self, competency: str | None) -> None:
        self.query_one("#account", Rows).go_to(competency or "")

    def action_open_growth(self) -> None:
        """The growth of this candidate."""
        from assess.tui.screens.growth import GrowthScreen

        self.app.push_screen(GrowthScreen(self.candidate))

    def action_next_module(self, step: int) -> None:
        """Go to the candidate's next or previous module."""
        modules = self._modules()
        if len(modules) > 1:
            self._show(self.candidate, modules[(modules.index(self.module) + step) % len(modules)])

    def action_show_module(self, number: int) -> None:
        """Go to the candidate's module of that number."""
        modules = self._modules()
        if number <= len(modules):
            self._show(self.candidate, modules[number - 1])

    def action_next_candidate(self, step: int) -> None:
        """Go to the next or previous candidate of the module, in the order of the ranking."""
        among = [result.candidate for result in self._order.candidates] if self._order else []
        if self.candidate in among:
            at = among.index(self.candidate) + step
            if 0 <= at < len(among):
                self._show(among[at], self.module)

    def _show(self, candidate: str, module: str) -> None:
        self.candidate, self.module, self._found = candidate, module, None
        self.show_words()
        self.measure_again()

    def action_open_interview(self) -> None:
        """Interview the candidate."""
        from assess.tui.screens.candidates import ask_further

        asked = ask_further(self.app, self.candidate, None, "")
        self.app.run_worker(asked, group="opening", exclusive=True)

    def action_export_feedback(self) -> None:
        """Open the export at the candidate's own sheet."""
        from assess.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.module, candidate=self.candidate))

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
