"""Conflicts: what a merge found to differ, and which of it stands."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assess.i18n import N_, _, language, ngettext
from assess.tui.commands import Command, bindings
from assess.tui.screens.base import AppScreen
from assess.tui.screens.chooser import Chooser, Row
from assess.tui.screens.message import LineScreen
from assess.tui.widgets.bars import KeyBar, TitleBar
from assess.tui.widgets.prose import Prose
from assess.workspace.conflict_words import head_origin, head_words, subject_words
from assess.workspace.conflicts import Conflict, conflicts, settle


class ConflictsScreen(AppScreen[None]):
    """The conflicts; below, what the records of the one that is lit say."""

    ACTIONS = (
        Command(
            "conflicts.settle",
            "settle_conflict",
            "enter",
            N_("choose what stands"),
            N_("Choose the record that stands, with a reason; the others stay on record."),
            footer=1,
        ),
        Command(
            "conflicts.leave",
            "leave_conflicts",
            "escape,q",
            N_("back"),
            N_("Back to where one came from."),
            footer=2,
        ),
    )
    BINDINGS = bindings(ACTIONS)
    AUTO_FOCUS = "OptionList"

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Conflict] = []

    def compose(self) -> ComposeResult:
        """Title, what stands, the conflicts, the one that is lit, keys."""
        yield TitleBar()
        yield Prose(id="summary")
        yield OptionList(markup=False)
        with VerticalScroll(id="difference", can_focus=False):
            yield Prose(id="told", hang=4)
        yield KeyBar()

    def on_mount(self) -> None:
        """Look for conflicts in a worker: all interviews are read."""
        super().on_mount()
        self._look()

    def _look(self) -> None:
        self.run_worker(self._read(), group="conflicts", exclusive=True, exit_on_error=False)

    async def _read(self) -> None:
        self._found = await asyncio.to_thread(conflicts, self.workspace)
        self._looked = True
        self.show_words()

    _looked = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a conflict there is nothing to settle."""
        del parameters
        return bool(self._found) if action == "settle_conflict" else True

    def show_words(self) -> None:
        """The conflicts in the language in use; the cursor stays."""
        rows = self.query_one(OptionList)
        at = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(Content(subject_words(one))) for one in self._found])
        rows.display = bool(self._found)
        if self._found:
            rows.highlighted = min(at, len(self._found) - 1)
        self.title_bar(
            _("Conflicts · {engagement}").format(engagement=self.workspace.engagement.name)
        )
        self.query_one("#summary", Prose).show(self._summary())
        self._tell()
        self.refresh_bindings()

    def _summary(self) -> str:
        if not self._looked:
            return _("looking …")
        if not self._found:
            return _("Nothing differs. Records of several laptops come together with: assess merge")
        told = ngettext(
            "{n} thing was recorded differently on two laptops. All is kept; the newest is shown "
            "until you choose.",
            "{n} things were recorded differently on two laptops. All is kept; the newest is shown "
            "until you choose.",
            len(self._found),
        )
        return told.format(n=len(self._found))

    def _tell(self) -> None:
        at = self.query_one(OptionList).highlighted
        lines: list[str] = []
        if self._found and at is not None and at < len(self._found):
            one, pack = self._found[at], self.workspace.pack
            item = pack.items.get(one.subject.get("item", ""))
            lines = [pack.say(item.ask, language())] if item else []
            for head in one.heads:
                shown = "  " + _("(shown now)") if head is one.heads[-1] else ""
                lines.append(f"{head_words(one, head)}{shown}")
                lines.append("    " + head_origin(head))
        self.query_one("#told", Prose).show("\n".join(lines))

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the conflict that is lit."""
        self._tell()

    def on_option_list_option_selected(self) -> None:
        """Settle the one that was chosen by enter or mouse."""
        self.action_settle_conflict()

    def action_leave_conflicts(self) -> None:
        """Back."""
        self.app.leave_screen(self)

    def action_settle_conflict(self) -> None:
        """Ask which record stands and why, and record it."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.run_worker(
                self._settle(self._found[at]), group="settle", exclusive=True, exit_on_error=False
            )

    async def _settle(self, one: Conflict) -> None:
        keep = await self.app.push_screen_wait(HeadsScreen(one))
        if keep is None:
            return
        reason = await self.app.push_screen_wait(
            LineScreen(
                subject_words(one), _("Why does this one stand? The reason stays on record.")
            )
        )
        if reason is None:
            return
        with self.errors_shown():
            await asyncio.to_thread(settle, self.workspace, one.id, keep, reason)
        await self._read()


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
            line = Content.assemble((said.replace("\n", " / "), "bold"), "   ", (origin, "$muted"))
            found.append(Row(head["id"], f"{said} {origin}", line))
        return found
