"""The panel: where raters differ enough to talk, and the value that they then agree on."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assess.errors import AssessError, BadInput
from assess.i18n import N_, _, language, ngettext
from assess.model.items import RatingItem
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.screens.interview_item import number_words
from assess.tui.screens.message import LineScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.wrapping import pad
from assess.workspace.evidence import Disagreement, disagreements


class PanelScreen(AppScreen[None]):
    """The differences, the widest first; below, the one that is lit with its notes."""

    ACTIONS = (
        Command(
            "panel.agree",
            "agree_on_value",
            "enter,a",
            N_("agree on a value"),
            N_("Record the value that the panel agreed on, with a reason; all ratings stay."),
            footer=1,
        ),
        Command(
            "panel.leave",
            "leave_panel",
            "escape,q,d",
            N_("back"),
            N_("Back to where one came from."),
            footer=2,
        ),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "OptionList"

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Disagreement] = []

    def compose(self) -> ComposeResult:
        """Title, what stands, the differences, the one that is lit, keys."""
        yield TitleBar()
        yield Prose(id="summary")
        yield OptionList(markup=False)
        with VerticalScroll(id="difference", can_focus=False):
            yield Prose(id="told", hang=4)
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a difference there is nothing to agree on."""
        del parameters
        return bool(self._found) if action == "agree_on_value" else True

    def show_words(self) -> None:
        """The differences in the language in use; the cursor stays."""
        self._found = disagreements(self.workspace)
        rows = self.query_one(OptionList)
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._line(one)) for one in self._found])
        rows.display = bool(self._found)
        if self._found:
            rows.highlighted = min(at, len(self._found) - 1)
        self.title_bar(_("Panel · {engagement}").format(engagement=self.workspace.engagement.name))
        self.query_one("#summary", Prose).show(self._summary())
        self._tell()
        self.refresh_bindings()

    def _summary(self) -> str:
        apart = number_words(self.workspace.pack.file.policy.discuss_at)
        if not self._found:
            return _("Nobody whose ratings may be seen differs by {apart} or more.").format(
                apart=apart
            )
        told = ngettext(
            "{n} item where ratings differ by {apart} or more, {open} without an agreed value.",
            "{n} items where ratings differ by {apart} or more, {open} without an agreed value.",
            len(self._found),
        )
        still = sum(one.agreed is None for one in self._found)
        return told.format(n=len(self._found), apart=apart, open=still)

    def _line(self, one: Disagreement) -> Content:
        given = "  ".join(f"{rater} {number_words(v)}" for rater, v in one.ratings.items())
        agreed = _("agreed {value}").format(value=number_words(one.agreed or 0))
        return Content.assemble(
            (pad(one.candidate, 9), "bold"),
            " ",
            pad(one.item, 10),
            " ",
            (pad(one.wave, 5), "$muted"),
            " ",
            given,
            ("   " + agreed if one.agreed is not None else "", "$accent"),
        )

    def _tell(self) -> None:
        at = self.query_one(OptionList).highlighted
        lines: list[str] = []
        if self._found and at is not None:
            one, pack = self._found[at], self.workspace.pack
            lines = [pack.say(pack.items[one.item].ask, language())]
            for rater, value in one.ratings.items():
                note = one.notes[rater].replace("\n", " / ") or _("no note")
                lines.append(f"{pad(rater, 4)}{number_words(value)}  {note}")
        self.query_one("#told", Prose).show("\n".join(lines))

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the difference that is lit."""
        self._tell()

    def on_option_list_option_selected(self) -> None:
        """Agree on the one that was chosen by enter or mouse."""
        self.action_agree_on_value()

    def action_leave_panel(self) -> None:
        """Back."""
        self.app.leave_screen(self)

    def action_agree_on_value(self) -> None:
        """Ask for the value and the reason, and record them."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.run_worker(self._agree(self._found[at]), group="agree", exclusive=True)

    async def _agree(self, one: Disagreement) -> None:
        title = f"{one.candidate} · {one.item}"
        item = self.workspace.pack.items[one.item]
        assert isinstance(item, RatingItem)
        scale = self.workspace.pack.scale_of(item)
        asked = _("Which value did the panel agree on? {low} to {high}").format(
            low=number_words(scale.low), high=number_words(scale.high)
        )
        typed = await self.app.push_screen_wait(LineScreen(title, asked))
        if typed is None:
            return
        try:
            value = _number(typed)
            reason = await self.app.push_screen_wait(
                LineScreen(title, _("Why? The reason stays on record beside the ratings."))
            )
            if reason is None:
                return
            await asyncio.to_thread(
                self.workspace.agree, one.candidate, one.item, value, reason, wave=one.wave
            )
        except AssessError as error:
            self.app.show_error(error)
            return
        self.show_words()


def _number(typed: str) -> float:
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise BadInput(
            _("{value!r} is not a number on the item's scale").format(value=typed)
        ) from None
