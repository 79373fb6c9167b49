"""Departure kits in words, the same on the screen, in commands and in exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.i18n import _, listed, ngettext

if TYPE_CHECKING:
    from assess.workspace.departure_kit import Kit


def takes_over(kit: Kit) -> str:
    """Who takes role A from which day on, or whose role B has to be filled."""
    if kit.takes_over:
        return _("{who} takes role A from {day}, in place of {leaves}").format(
            who=kit.takes_over, day=kit.from_day, leaves=listed(kit.leaves)
        )
    return ngettext(
        "{leaves} hands over from {day} on",
        "{leaves} hand over from {day} on",
        len(kit.leaves),
    ).format(day=kit.from_day, leaves=listed(kit.leaves))


def about_words(about: str) -> str:
    """What a question on the impact is about."""
    return {"scope": _("scope"), "cost": _("cost"), "time": _("time")}[about]
