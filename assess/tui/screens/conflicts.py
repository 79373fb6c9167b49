"""Conflicts: what a merge found to differ, and which of it stands."""

from __future__ import annotations

import asyncio

from textual.content import Content

from assess.i18n import N_, _, language, ngettext
from assess.tui.commands import Command, bindings
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.differences import DifferencesScreen
from assess.tui.screens.message import LineScreen
from assess.tui.widgets.cells import Spans
from assess.workspace.conflict_words import head_origin, head_words, subject_words
from assess.workspace.conflicts import Conflict, conflicts, settle
from assess.workspace.wording import printable


class ConflictsScreen(DifferencesScreen[Conflict]):
    """The conflicts; below, what the records of the one that is lit say."""

    ABOUT = N_(
        "What two laptops recorded differently, found when they were merged. Both are kept. "
        "Enter chooses which record stands and asks for the reason; the others stay on "
        "record."
    )

    ACTIONS = (
        Command(
            "conflicts.settle",
            "settle",
            "enter",
            N_("choose what stands"),
            N_("Choose the record that stands, with a reason; the others stay on record."),
            footer=1,
        ),
        Command(
            "conflicts.leave",
            "leave",
            "escape,q",
            N_("back"),
            N_("Back to where one came from."),
            footer=2,
        ),
    )
    BINDINGS = bindings(ACTIONS)

    def read(self) -> list[Conflict]:
        """What a merge found to differ."""
        return conflicts(self.workspace)

    def title_words(self) -> str:
        """The engagement's conflicts."""
        return _("Conflicts · {engagement}").format(engagement=self.workspace.engagement.name)

    def summary_words(self, found: list[Conflict]) -> str:
        """How many there are, and that nothing is lost."""
        if not found:
            return _("Nothing differs. Records of several laptops come together with: assess merge")
        told = ngettext(
            "{n} thing was recorded differently on two laptops. All is kept; the newest is shown "
            "until you choose.",
            "{n} things were recorded differently on two laptops. All is kept; the newest is shown "
            "until you choose.",
            len(found),
        )
        return told.format(n=len(found))

    def line(self, one: Conflict) -> Spans:
        """On what."""
        return [("  " + subject_words(one), "")]

    def told(self, one: Conflict) -> list[str]:
        """What each record says and where it comes from."""
        pack = self.workspace.pack
        item = pack.items.get(one.subject.get("item", ""))
        lines = [pack.say(item.ask, language())] if item else []
        for head in one.heads:
            shown = "  " + _("(shown now)") if head is one.heads[-1] else ""
            lines.append(f"{head_words(one, head)}{shown}")
            lines.append("    " + head_origin(head))
        return lines

    async def settle(self, one: Conflict) -> None:
        """Ask which record stands and why, and record it."""
        keep = await self.app.push_screen_wait(HeadsScreen(one))
        if keep is None:
            return
        reason = await self.app.push_screen_wait(
            LineScreen(
                subject_words(one), _("Why does this one stand? The reason stays on record.")
            )
        )
        if reason is not None:
            await asyncio.to_thread(settle, self.workspace, one.id, keep, reason)


class HeadsScreen(Chooser[str]):
    """The records of a conflict; gives the id of the one that stands."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self._conflict = conflict

    def words(self) -> tuple[str, str]:
        """Title and hint."""
        return _("Which stands?"), _("type to find")

    def start_row(self) -> int:
        """The one shown now."""
        return len(self._conflict.heads) - 1

    def rows(self) -> list[Row[str]]:
        """What each says, and where it comes from."""
        found = []
        for head in self._conflict.heads:
            said, origin = head_words(self._conflict, head), head_origin(head)
            shown = printable(said.replace("\n", " / "))
            line = Content.assemble((shown, "bold"), "   ", (origin, "$muted"))
            found.append(Row(head["id"], f"{said} {origin}", line))
        return found
