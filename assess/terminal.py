"""What must be set before Textual is first imported; standard library only."""

from __future__ import annotations

import os
import sys


def prepare() -> None:
    """Set what Textual reads at import, unless the user has set it already.

    The kitty keyboard protocol as Textual 8.2 reads it mangles what Chinese input methods commit:
    five characters and more arrive garbled, others are dropped.
    """
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    if sys.__stdout__ is not None and sys.__stdout__.isatty():
        # the size of a window that some shells and libraries export is that of another moment;
        # Textual would believe it rather than the terminal, and follow no resizing
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)
    # nothing here moves by itself: a frame is drawn for a key, and for the answer that is on disk a
    # few milliseconds later; sixty frames a second would let the second wait for its turn
    os.environ.setdefault("TEXTUAL_FPS", "240")


def few_colours() -> bool:
    """Whether the terminal has sixteen colours or fewer (or wants none: ``NO_COLOR``)."""
    if os.environ.get("NO_COLOR"):
        return True
    known = (os.environ.get(name, "").lower() for name in ("COLORTERM", "TEXTUAL_COLOR_SYSTEM"))
    if any(colours in ("truecolor", "24bit") for colours in known):
        return False
    term = os.environ.get("TERM", "").lower()
    return not ("256" in term or "direct" in term or "kitty" in term or "ghostty" in term)
