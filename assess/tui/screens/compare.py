"""Compare: two to five candidates side by side, differences beyond error marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.errors import AssessError
from assess.i18n import N_, _, language
from assess.tui.commands import Command, back, bindings
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.compare_rows import COMPETENCY, compare_rows
from assess.tui.widgets.lines import text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.comparing import ComparedModule, Comparison


class CompareScreen(MeasuredScreen):
    """``candidates`` are codes, in the order in which they are shown."""

    ABOUT = N_(
        "Two to five candidates on one axis, competency by competency. Each candidate has a "
        "letter; * is where several lie in one place. A>B: A lies above B by more than error "
        "at the pack's confidence."
    )

    ACTIONS = (
        Command(
            "compare.why",
            "explain",
            "enter,w",
            N_("why"),
            N_("Where each point of the score comes from; on a competency the notes side by side."),
            footer=1,
        ),
        Command(
            "compare.module",
            "next_module(1)",
            "right",
            N_("module"),
            N_("The next module that all of them stand for; ← the one before."),
            footer=2,
            shown="←→",
            before="left",
        ),
        back("compare", footer=3),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, candidates: list[str], module: str = "", *, names: bool = True) -> None:
        super().__init__()
        self._candidates = candidates
        self._module = module
        self._names = names
        self._found: Comparison | None = None

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        yield TitleBar()
        yield Rows(id="compared")
        yield KeyBar()

    async def measure(self) -> None:
        """Compare; candidates who cannot be compared are told and the screen closes."""
        from assess.workspace.comparing import compare

        try:
            self._found = await measured(lambda: compare(self.workspace, self._candidates))
        except AssessError as error:
            self.dismiss(None)
            self.app.show_error(error)
            return
        self.show_words()

    @property
    def module(self) -> ComparedModule | None:
        """The module shown: the one asked for, or the first that all stand for."""
        modules = self._found.modules if self._found else []
        return next(
            (m for m in modules if m.module == self._module), modules[0] if modules else None
        )

    def show_words(self) -> None:
        """Everything anew; the cursor stays."""
        rows = self.query_one("#compared", Rows)
        module = self.module
        if module is None:
            self.title_bar(_("Compare"))
            rows.show([text_row(""), text_row("   " + self.waiting_words, "muted")])
            return
        pack = self.workspace.pack
        name = pack.say(pack.modules[module.module].name, language())
        self.title_bar(
            _("Compare") + f" · {module.module} {name}",
            *(
                [_("{n} modules in common").format(n=len(self._found.modules))]
                if self._found
                else []
            ),
        )
        width = max(20, self.size.width - 1)
        rows.show(compare_rows(pack, module, width, names=self._names))

    def command_words(self, command: Command) -> tuple[str, str] | None:
        """On a competency Enter opens the notes."""
        if command.id == "compare.why" and self._competency:
            return "", N_("notes side by side")
        return None

    @property
    def _competency(self) -> str:
        """The competency under the cursor, empty on a candidate."""
        key = self.query_one("#compared", Rows).key
        return key.removeprefix(COMPETENCY) if key.startswith(COMPETENCY) else ""

    def on_rows_highlighted(self) -> None:
        """The keys say what Enter opens here."""
        self.refresh_bindings()

    def on_rows_picked(self) -> None:
        """Open the account of the candidate, or the notes on the competency."""
        self.action_explain()

    def action_explain(self) -> None:
        """Open the account of the candidate under the cursor, or the notes on the competency."""
        module, code = self.module, self.query_one("#compared", Rows).key
        if module is None or not code:
            return
        if self._competency:
            self._open_notes(module)
            return
        from assess.tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(code, module.module, names=self._names))

    def _open_notes(self, module: ComparedModule) -> None:
        from assess.tui.screens.compare_notes import CompareNotesScreen

        called = {
            one.candidate: f"{one.candidate} {one.name if self._names else ''}".strip()
            for one in module.candidates
        }
        among = [line.competency for line in module.lines]
        screen = CompareNotesScreen(called, module.module, self._competency, among)
        self.app.push_screen(screen, self._back_from_notes)

    def _back_from_notes(self, competency: str | None) -> None:
        self.query_one("#compared", Rows).go_to(COMPETENCY + (competency or ""))

    def action_next_module(self, step: int) -> None:
        """Go to the next or previous module that all stand for."""
        codes = [module.module for module in self._found.modules] if self._found else []
        if self.module and len(codes) > 1:
            self._module = codes[(codes.index(self.module.module) + step) % len(codes)]
            self.show_words()

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
