"""What is copied: the row under the cursor, or all that the screen shows."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

from assess.tui.widgets.rows import Rows


def shown_row(screen: Screen[Any]) -> str:
    """The words of the row under the cursor; what is selected in a field; empty without either."""
    widget = screen.focused or next(iter(screen.query(Rows).results()), None)
    return _row_of(widget).strip() if widget is not None else ""


def _row_of(widget: Widget) -> str:
    if isinstance(widget, Rows):
        return widget.row_text
    if isinstance(widget, OptionList) and widget.highlighted is not None:
        prompt = widget.get_option_at_index(widget.highlighted).prompt
        return prompt.plain if isinstance(prompt, Content) else str(prompt)
    if isinstance(widget, TextArea):
        return widget.selected_text or widget.text
    return widget.value if isinstance(widget, Input) else ""


def shown_screen(screen: Screen[Any]) -> str:
    """All rows as they stand on the screen."""
    # what lies above what, and what is cut off, only the compositor knows; nothing public tells it
    strips = screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips).strip("\n") + "\n"
