"""A line to find something in a list: the cursor goes there while one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from assess.i18n import N_, _
from assess.tui.commands import spelled
from assess.tui.widgets.prose import Line
from assess.tui.widgets.rows import Rows


class FindLine(Line):
    """Hidden until :meth:`open`; Enter and esc go back to the list, arrows go to the next match."""

    DEFAULT_CSS = """
    FindLine { display: none; height: 1; border: none; padding: 0 1; background: $surface; }
    FindLine:focus { border: none; }
    FindLine.open { display: block; }
    FindLine.nothing { color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close_line", N_("close"), show=False),
        Binding("down,ctrl+n", "next_match", N_("next match"), show=False),
    ]

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def open(self) -> None:
        """Show the line and type into it."""
        self.placeholder = spelled(_("find a code, a name or a department; ↓ next, ↵ done"))
        self.value = ""
        self.add_class("open")
        self.focus()

    def on_input_changed(self) -> None:
        """Go to the first that matches."""
        found = not self.value or self._rows.find(self.value)
        self.set_class(not found, "nothing")

    def action_next_match(self) -> None:
        """Go to the next that matches."""
        self._rows.find(self.value, onwards=True)

    def on_input_submitted(self) -> None:
        """Stay there."""
        self.action_close_line()

    def action_close_line(self) -> None:
        """Hide the line; the list has the keys again."""
        self.remove_class("open", "nothing")
        self._rows.focus()
