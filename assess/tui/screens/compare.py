"""Compare: two to five candidates side by side, differences beyond error marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from assess.errors import AssessError
from assess.i18n import N_, _, language
from assess.tui.commands import Command, bindings
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.compare_rows import compare_rows
from assess.tui.widgets.lines import text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.comparing import ComparedModule, Comparison


class CompareScreen(MeasuredScreen):
    """``candidates`` are codes, in the order in which they are shown."""

    ACTIONS = (
        Command(
            "compare.why",
            "explain",
            "enter,w",
            N_("why"),
            N_("Where each point of the score under the cursor comes from."),
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
        ),
        Command("compare.back", "app.pop_screen", "escape,q", N_("back"), N_("Go back."), footer=3),
    )
    BINDINGS = [
        *bindings(ACTIONS),
        Binding("left", "next_module(-1)", show=False, id="compare.module_before"),
    ]
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

    def help_notes(self) -> str:
        """What the letters mean."""
        return _(
            "Each candidate has a letter; * is where several lie in one place. A>B: A lies above B "
            "by more than error at the pack's confidence."
        )

    def on_rows_picked(self) -> None:
        """Open the account of the candidate."""
        self.action_explain()

    def action_explain(self) -> None:
        """Open the account of the candidate under the cursor."""
        code = self.query_one("#compared", Rows).key
        if code and self.module:
            from assess.tui.screens.why import WhyScreen

            self.app.push_screen(WhyScreen(code, self.module.module, names=self._names))

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
