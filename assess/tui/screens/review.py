"""The end of an interview: what is open, what must be answered, what lacks evidence; submit."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assess.errors import AssessError
from assess.i18n import N_, _, language, ngettext
from assess.tui.commands import Command, bindings
from assess.tui.screens import interview_item as words
from assess.tui.screens.base import AppScreen
from assess.tui.screens.message import QuestionScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Prose
from assess.tui.widgets.wrapping import pad
from assess.workspace.interviewing import Interview


class ReviewScreen(AppScreen[str | None]):
    """Lists of items, each a jump; gives the item to go to, or None."""

    ABOUT = N_(
        "What is still open before the interview is submitted: what must be answered, what is"
        " open or flagged, where evidence is missing. Enter goes to the item. Only what must "
        "be answered holds the submission back; after it the interview is read-only until it "
        "is opened again with a reason."
    )

    ACTIONS = (
        Command(
            "review.go",
            "go_to_item",
            "enter",
            N_("go to the item"),
            N_("Go to the item that is lit."),
            footer=2,
            palette=False,
        ),
        Command(
            "review.submit",
            "submit_interview",
            "s",
            N_("submit"),
            N_("Close the interview; after that it is only read, and reasons are shown."),
            footer=1,
        ),
        Command(
            "review.leave",
            "leave_review",
            "escape,r,q",
            N_("back"),
            N_("Back to the item one came from."),
            footer=3,
        ),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "OptionList"

    def __init__(self, session: Interview) -> None:
        super().__init__()
        self.session = session
        self._jumps: list[str | None] = []

    def compose(self) -> ComposeResult:
        """Title, what stands, the items, keys."""
        yield TitleBar()
        yield Prose(id="summary")
        yield OptionList(markup=False)
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once submitted there is nothing to submit; without items there is none to go to."""
        del parameters
        if action == "submit_interview":
            return not self.session.submitted
        return bool(any(self._jumps)) if action == "go_to_item" else True

    def show_words(self) -> None:
        """The lists in the language in use; the cursor stays."""
        session = self.session
        review = session.review()
        self.title_bar(
            _("Review · {candidate}").format(candidate=session.candidate.called),
            words.rater_words(session),
        )
        asked = len(session.items)
        given = asked - len(review.open)
        told = ngettext(
            "{n} of {all} answered. {standing}", "{n} of {all} answered. {standing}", asked
        )
        told = told.format(n=given, all=asked, standing=self._standing())
        self.query_one("#summary", Prose).show(told)
        rows = self.query_one(OptionList)
        at = rows.highlighted
        rows.clear_options()
        self._jumps = []
        for title, items in (
            (_("Must be answered before submitting"), review.required),
            (_("Evidence missing"), review.notes_due),
            (_("A minimum rests on this item alone"), review.alone),
            (_("Flagged to come back to"), review.flagged),
            (_("Open"), [item for item in review.open if item not in review.required]),
        ):
            if items:
                self._add_group(rows, title, items)
        rows.display = bool(self._jumps)
        first = next((i for i, jump in enumerate(self._jumps) if jump), None)
        rows.highlighted = first if at is None else min(at, len(self._jumps) - 1)

    def _standing(self) -> str:
        review = self.session.review()
        if self.session.submitted:
            return _("The interview is submitted.")
        if review.required:
            return _("It can be submitted once what must be answered is answered.")
        if review.open or review.notes_due:
            return _("It can be submitted as it is: s.")
        return _("Everything is answered. Submit it with s.")

    def _add_group(self, rows: OptionList, title: str, items: list[str]) -> None:
        if self._jumps:
            rows.add_option(Option("", disabled=True))
            self._jumps.append(None)
        heading = Content.assemble((title, "bold $accent"), (f"  {len(items)}", "$muted"))
        rows.add_option(Option(heading, disabled=True))
        self._jumps.append(None)
        numbers = {item.id: place for place, item in enumerate(self.session.items, 1)}
        for item in items:
            ask = self.session.pack.say(self.session.item(item).ask, language())
            rows.add_option(
                Option(
                    Content.assemble(
                        (f"{numbers.get(item, 0):>4}  ", "$muted"), (pad(item, 9), "bold"), " ", ask
                    )
                )
            )
            self._jumps.append(item)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the item chosen by enter or mouse."""
        if item := self._jumps[event.option_index]:
            self.dismiss(item)

    def action_go_to_item(self) -> None:
        """Go to the item that is lit."""
        self.query_one(OptionList).action_select()

    def action_leave_review(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_submit_interview(self) -> None:
        """Close the interview, after a question where something is open."""
        self.run_worker(self._submit(), group="submit", exclusive=True)

    async def _submit(self) -> None:
        review = self.session.review()
        if review.submittable and (review.open or review.notes_due):
            sure = await self.app.push_screen_wait(
                QuestionScreen(
                    _("Submit it as it is?"), _left(len(review.open), len(review.notes_due))
                )
            )
            if not sure:
                return
        try:
            await asyncio.to_thread(self.session.submit)
        except AssessError as error:
            self.app.show_error(error)
            return
        self.dismiss(None)


def _left(open_items: int, notes: int) -> str:
    told = []
    if open_items:
        told.append(
            ngettext("{n} item is open.", "{n} items are open.", open_items).format(n=open_items)
        )
    if notes:
        told.append(
            ngettext(
                "{n} answer lacks its evidence.", "{n} answers lack their evidence.", notes
            ).format(n=notes)
        )
    return " ".join(told)
