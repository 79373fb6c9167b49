"""Growth of one candidate: gaps, the pack's actions, what was agreed, waves side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.i18n import N_, _, language
from assess.tui.commands import Command, bindings, spelled
from assess.tui.screens import growth_asking as asking
from assess.tui.screens.choice import ChoiceScreen, Option
from assess.tui.screens.cover_asking import read_at_another
from assess.tui.screens.cover_choices import CoverChoices, choices_of
from assess.tui.screens.page import BACK
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.growth_rows import growth_rows
from assess.tui.widgets.lines import Row, text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.agreed import Agreed
    from assess.workspace.developing import Growth

MOMENT = Command(
    "growth.moment",
    "choose_moment",
    "v",
    N_("wave, day"),
    N_("Read at another wave, or as the records stood on a day."),
    footer=4,
)


class GrowthScreen(MeasuredScreen):
    """``at`` is the action to begin at, where one is looked for."""

    ABOUT = N_(
        "One person's gaps, the actions that close them, and the waves side by side. ▸ to "
        "develop now, at most two competencies a phase: a missed minimum first, then where "
        "most weight lies low. Between waves only what was rated at both is compared; a "
        "change within error is no change, and a drop is a question to the organisation."
    )

    ACTIONS = (
        Command(
            "growth.agree",
            "agree_on_action",
            "enter,a",
            N_("agree"),
            N_("Agree on this action: owner, date, proof; or change what was agreed."),
            footer=1,
        ),
        Command(
            "growth.state",
            "change_state",
            "s",
            N_("state"),
            N_("Say how far this action is: planned, started, done with a proof, dropped."),
            footer=2,
        ),
        Command(
            "growth.next",
            "next_candidate(1)",
            "n",
            N_("next"),
            N_("The next candidate; p the one before."),
            footer=3,
        ),
        Command(
            "growth.before",
            "next_candidate(-1)",
            "p",
            N_("before"),
            N_("The candidate before."),
            palette=False,
        ),
        Command(
            "growth.why",
            "explain",
            "y",
            N_("why"),
            N_("Where each point of the score comes from."),
            footer=4,
        ),
        Command(
            "growth.sheet",
            "export_sheet",
            "x",
            N_("feedback sheet"),
            N_("Write the candidate's own sheet to a file."),
            footer=5,
        ),
        MOMENT,
        BACK,
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, candidate: str, *, at: str = "") -> None:
        super().__init__()
        self.candidate = candidate
        self._at = f"agreed:{candidate}:{at}" if at else ""
        self._found: Growth | None = None

    def compose(self) -> ComposeResult:
        """Title, lines, keys."""
        yield TitleBar()
        yield Rows(id="growth")
        yield KeyBar()

    @property
    def choices(self) -> CoverChoices:
        """The wave and the day that are read, as on the cover."""
        return choices_of(self.app)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#growth", Rows)

    async def measure(self) -> None:
        """Work out gaps and changes."""
        from assess.workspace.developing import growth

        candidate, choices = self.candidate, self.choices
        self._found = await measured(
            lambda: growth(choices.view(self.workspace), candidate, wave=choices.wave)
        )
        self.show_words()

    def show_words(self) -> None:
        """Everything anew; the cursor stays."""
        person = self.workspace.candidate(self.candidate)
        pack, found = self.workspace.pack, self._found
        right = [pack.say(pack.waves[found.wave].name, language())] if found else []
        if self.choices.as_of:
            right.append(_("as of {day}").format(day=self.choices.as_of))
        self.title_bar(_("Growth · {person}").format(person=person.called), *right)
        if found is None or found.candidate != self.candidate:
            self._rows.show([text_row(""), text_row("   " + self.waiting_words, "muted")])
            return
        rows: list[Row] = list(growth_rows(pack, found, max(20, self.size.width - 1)))
        self._rows.show(rows, self._at or None)
        self._at = ""

    # -- commands

    def _agreed_here(self) -> Agreed | None:
        parts = self._rows.key.split(":")
        action = parts[-1] if parts[0] in ("offer", "agreed") else ""
        agreed = self._found.agreed if self._found else ()
        return next((one for one in agreed if one.action == action), None)

    def on_rows_picked(self) -> None:
        """Agree on the action."""
        self.action_agree_on_action()

    def action_agree_on_action(self) -> None:
        """Ask for owner, date and proof of the action under the cursor."""
        kind, *rest = self._rows.key.split(":")
        if kind in ("offer", "agreed"):
            self.run_worker(self._agree(rest[-1]), group="asking", exclusive=True)
        elif kind == "gap":
            self.run_worker(self._choose(rest[-1]), group="asking", exclusive=True)

    async def _agree(self, action: str) -> None:
        if await asking.agree(self.app, self.candidate, action):
            self.measure_again()

    async def _choose(self, competency: str) -> None:
        """Choose one of the actions that the pack has for the level, and agree on it."""
        gaps = self._found.gaps if self._found else ()
        actions = next((gap.actions for gap in gaps if gap.competency == competency), ())
        if not actions:
            self.notify(_("the pack has no action for this level"))
            return
        pack = self.workspace.pack
        options = [Option(one.id, one.id, pack.say(one.text, language())) for one in actions]
        title = f"{self.candidate} · {competency}"
        action = await self.app.push_screen_wait(ChoiceScreen(title, options))
        if action is not None:
            await self._agree(action)

    def action_change_state(self) -> None:
        """Ask how far the action under the cursor is."""
        one = self._agreed_here()
        if one is None:
            self.notify(spelled(_("agree on the action first: ↵")))
        else:
            self.run_worker(self._change(one), group="asking", exclusive=True)

    async def _change(self, one: Agreed) -> None:
        if await asking.change_state(self.app, one):
            self.measure_again()

    def action_next_candidate(self, step: int) -> None:
        """The next or previous candidate who stands for a module."""
        people = self.workspace.candidates()
        codes = [code for code, one in people.items() if self.workspace.modules_of(one)]
        if codes:
            here = codes.index(self.candidate) if self.candidate in codes else 0
            self.candidate = codes[(here + step) % len(codes)]
            self.show_words()
            self.measure_again()

    def action_explain(self) -> None:
        """Open the account of the score."""
        from assess.tui.screens.why import WhyScreen

        self.app.push_screen(WhyScreen(self.candidate))

    def action_export_sheet(self) -> None:
        """Open the export of the candidate's own sheet."""
        from assess.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(candidate=self.candidate))

    def action_choose_moment(self) -> None:
        """Choose the wave or the day that is read."""
        self.run_worker(read_at_another(self), group="asking", exclusive=True)

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
