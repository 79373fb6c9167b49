"""Who is past the date until which records are kept, and erasing them."""

from __future__ import annotations

import asyncio

from assess.i18n import N_, _, ngettext
from assess.tui.commands import Command, bindings
from assess.tui.screens.differences import DifferencesScreen
from assess.tui.screens.message import LineScreen
from assess.tui.widgets.cells import Spans
from assess.workspace.privacy import Past, past_words, retention
from assess.workspace.wording import printable


class PastDatesScreen(DifferencesScreen[Past]):
    """The people to be erased; below, why, and what is stored on the one that is lit."""

    ABOUT = N_(
        "People whose records are past the date until which they may be kept. Enter erases "
        "all that is stored on one of them, after their code is typed. Exports and backups "
        "written before are not reached."
    )

    ACTIONS = (
        Command(
            "past.erase",
            "settle",
            "enter",
            N_("erase"),
            N_("Remove all that is stored on the person, for good; the code is asked first."),
            footer=1,
        ),
        Command(
            "past.leave",
            "leave",
            "escape,q",
            N_("back"),
            N_("Back to where one came from."),
            footer=2,
        ),
    )
    BINDINGS = bindings(ACTIONS)

    def read(self) -> list[Past]:
        """Who is past the date."""
        return retention(self.workspace).people

    def title_words(self) -> str:
        """The engagement, and until when it is kept."""
        return _("Past their date · {engagement}").format(engagement=self.workspace.engagement.name)

    def summary_words(self, found: list[Past]) -> str:
        """How many there are, and what erasing does not reach."""
        if not found:
            return _("Nobody's records are past their date.")
        told = ngettext(
            "{n} person is to be erased. Exports and backups written before are not reached: "
            "delete them yourself.",
            "{n} people are to be erased. Exports and backups written before are not reached: "
            "delete them yourself.",
            len(found),
        )
        return told.format(n=len(found))

    def line(self, one: Past) -> Spans:
        """Who, and why."""
        called = printable(f"{one.candidate} {one.name}".rstrip())
        return [("  " + called, "strong"), ("  " + past_words(one), "")]

    def told(self, one: Past) -> list[str]:
        """Since when, and what there is."""
        interviews = ngettext("{n} interview", "{n} interviews", one.interviews)
        return [
            f"{past_words(one)} · {one.since}",
            interviews.format(n=one.interviews),
            _("newest record: {time}").format(time=one.newest[: len("2026-05-31")]),
        ]

    async def settle(self, one: Past) -> None:
        """Ask for the code, and erase."""
        from assess.workspace.erasing import erase

        called = f"{one.candidate} {one.name}".rstrip()
        typed = await self.app.push_screen_wait(
            LineScreen(
                _("Erase {name}?").format(name=called),
                _(
                    "This removes all that is stored on {name} for good. Type {code} to go on."
                ).format(name=called, code=one.candidate),
            )
        )
        if typed is None:
            return
        if typed != one.candidate:
            self.notify(_("nothing was changed"))
            return
        await asyncio.to_thread(erase, self.workspace, one.candidate)
        self.app.kept.clear()
        self.notify(_("{name} is erased.").format(name=called), markup=False)
