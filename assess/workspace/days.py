"""Days as people write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assess.errors import BadInput
from assess.i18n import _

_AHEAD = timedelta(hours=14)
"""How far the local time of a place may be ahead of UTC."""


def day_of(text: str) -> date:
    """A day written like 2026-05-31. Raises BadInput for what is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(_("'{day}' is no day: write it like 2026-05-31").format(day=text)) from None


def day_reached(text: str, now: str) -> date:
    """A day that has come, somewhere at least, at the moment ``now`` (ISO 8601, UTC).

    Raises BadInput for what is no day and for a day to come.
    """
    day, today = day_of(text), (datetime.fromisoformat(now) + _AHEAD).date()
    if day > today:
        raise BadInput(
            _("'{day}' lies in the future").format(day=text),
            hint=_("give the day of which it was known, {today} or earlier").format(
                today=now[: len("2026-05-31")]
            ),
        )
    return day
