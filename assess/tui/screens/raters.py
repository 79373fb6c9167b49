"""Raters: how each rates beside the others, and a page of feedback for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from assess.i18n import N_, _, language, ngettext
from assess.tui.commands import Command, back, bindings
from assess.tui.screens.cover_choices import choices_of
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.lines import Row, prose_rows, text_row
from assess.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from assess.workspace.agreeing import RatersReport
    from assess.workspace.rater_feedback import Feedback


class RatersScreen(MeasuredScreen):
    """All raters of the wave; who works as an interviewer sees own figures alone."""

    ABOUT = N_(
        "How each rater rates, beside the others on the same candidates and items: severity, "
        "spread of values, agreement, ratings without a note. The scores take severity out "
        "already, so nobody needs to rate differently on purpose. Enter opens feedback to "
        "read together."
    )

    ACTIONS = (
        Command(
            "raters.feedback",
            "open_feedback",
            "enter",
            N_("feedback"),
            N_("A page of feedback for this rater, to read together."),
            footer=1,
        ),
        Command(
            "raters.panel",
            "open_panel",
            "d",
            N_("panel"),
            N_("Where ratings differ so much that they are talked over; record what was agreed."),
            footer=3,
        ),
        back("raters"),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__()
        self._found: RatersReport | None = None

    def compose(self) -> ComposeResult:
        """Title, raters, keys."""
        yield TitleBar()
        yield Rows(id="raters")
        yield KeyBar()

    async def measure(self) -> None:
        """Severities, spreads, agreement."""
        from assess.workspace.agreeing import raters

        read_at = choices_of(self.app)
        view, wave = read_at.view(self.workspace), read_at.wave
        self._found = await measured(lambda: raters(view, wave))
        self.show_words()

    def show_words(self) -> None:
        """Everything anew; the cursor stays on its rater."""
        workspace, rows = self.workspace, self.query_one("#raters", Rows)
        report = self._found
        self.title_bar(_("Raters · {engagement}").format(engagement=workspace.engagement.name))
        if report is None:
            rows.show([text_row(""), text_row("   " + self.waiting_words, "muted")])
            return
        from assess.tui.widgets.rater_rows import RaterTable

        pack, width = workspace.pack, max(20, self.size.width - 1)
        self.title_bar(
            _("Raters · {engagement}").format(engagement=workspace.engagement.name),
            pack.say(pack.waves[report.wave].name, language()),
        )
        found = [one for one in report.raters if workspace.me in (None, one.rater)]
        if not found:
            words = (
                _("You have not rated at this wave yet.")
                if workspace.me
                else _("Nobody has rated at this wave yet.")
            )
            rows.show([text_row(""), *prose_rows(words, width, "muted")])
            return
        table = RaterTable(found, report.calibration)
        lines: list[Row] = [text_row(""), table.head(), *table.rows(), text_row("")]
        for note in self._notes(report, samples=table.shows_samples(width)):
            lines += prose_rows(note, width, "muted", hang=2)
        rows.show(lines)

    def _notes(self, report: RatersReport, *, samples: bool) -> list[str]:
        notes = [
            _(
                "severity: points of 100 by which ratings lie lower than the others' (+) or higher "
                "(-) on the same candidates and items; the scores take it out"
            ),
            _("spread: of the ratings, in points · agreement: correlation with the others' mean"),
        ]
        if samples:
            notes.append(_("samples: how far below (+) or above (-) the master ratings"))
        if report.blocks > 1:
            notes.append(
                _(
                    "the raters fall into {n} groups that share no candidate: severities are "
                    "comparable within a group only"
                ).format(n=report.blocks)
            )
        if self.workspace.me:
            notes.append(_("You see your own figures, from candidates whom you have submitted."))
        return notes

    def on_rows_picked(self) -> None:
        """Open the feedback."""
        self.action_open_feedback()

    def action_open_feedback(self) -> None:
        """The page of the rater under the cursor."""
        rater = self.query_one("#raters", Rows).key
        if rater and self._found is not None:
            self.app.push_screen(RaterFeedbackScreen(self._found, rater))

    def action_open_panel(self) -> None:
        """The ratings that are far apart."""
        from assess.tui.screens.panel import PanelScreen

        self.app.push_screen(PanelScreen())

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()


class RaterFeedbackScreen(MeasuredScreen):
    """Feedback to one rater, worded to be read together."""

    ABOUT = N_(
        "Feedback to one rater, worded for them: higher or lower than the others, use of the "
        "scale, agreement, evidence. It ranks nobody and enters no score."
    )

    ACTIONS = (
        Command(
            "feedback.next",
            "next_rater(1)",
            "right,n",
            N_("rater"),
            N_("The next rater; ← the one before."),
            footer=1,
            shown="←→",
            before="left,p",
        ),
        back("feedback"),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "Rows"

    def __init__(self, report: RatersReport, rater: str) -> None:
        super().__init__()
        self._report = report
        self._rater = rater
        self._found: Feedback | None = None

    def compose(self) -> ComposeResult:
        """Title, the page, keys."""
        yield TitleBar()
        yield Rows(id="feedback")
        yield KeyBar()

    async def measure(self) -> None:
        """Look through the rater's answers."""
        from assess.workspace.rater_feedback import feedback

        rater = self._rater
        self._found = await measured(lambda: feedback(self.workspace, self._report, rater))
        self.show_words()

    def show_words(self) -> None:
        """The page in the language in use."""
        from assess.tui.widgets.rater_rows import feedback_rows

        one = next(r for r in self._report.raters if r.rater == self._rater)
        said = _("Feedback to {rater}").format(rater=f"{one.rater} {one.name}".strip())
        interviews = ngettext("{n} interview", "{n} interviews", one.interviews)
        interviews = interviews.format(n=one.interviews)
        self.title_bar(said, interviews)
        width = max(20, self.size.width - 1)
        rows = self.query_one("#feedback", Rows)
        if self._found is None:
            rows.show([text_row(""), text_row("   " + self.waiting_words, "muted")])
        else:
            rows.show(feedback_rows(self.workspace.pack, self._found, width))

    def action_next_rater(self, step: int) -> None:
        """Leaf to the next or previous rater whose page may be seen."""
        me = self.workspace.me
        codes = [one.rater for one in self._report.raters if me in (None, one.rater)]
        if len(codes) > 1:
            self._rater = codes[(codes.index(self._rater) + step) % len(codes)]
            self._found = None
            self.show_words()
            self.query_one("#feedback", Rows).scroll_home(animate=False)
            self.measure_again()

    def on_resize(self, _event: events.Resize) -> None:
        """Lines follow the width."""
        if self.is_mounted:
            self.show_words()
