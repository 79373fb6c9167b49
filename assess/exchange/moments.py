"""Times in files: ISO 8601, or the dates that spreadsheets write year first."""

from __future__ import annotations

import datetime as dt
import re

from assess.exchange.cells import CellError, halfwidth, shown
from assess.i18n import _

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T]+(\d{1,2}:.*))?")
# clocks differ a little; a time without offset may be local time, at most 14 hours ahead of UTC
_SKEW = dt.timedelta(minutes=5)
_LOCAL = dt.timedelta(hours=14)


def read_moment(cell: str, now: dt.datetime) -> str:
    """The time that ``cell`` gives, in UTC as ISO 8601 with offset; without offset it means UTC.

    Raises CellError for what is no time, lies in the future of ``now`` or before the year 2000.
    """
    text = halfwidth(cell)
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        year, month, day, clock = slashed.groups()
        clock = clock if not clock or clock[1] != ":" else "0" + clock
        text = f"{year}-{month:0>2}-{day:0>2}" + (f"T{clock}" if clock else "")
    try:
        moment = dt.datetime.fromisoformat(text)
        local = moment.tzinfo is None
        moment = moment.replace(tzinfo=dt.UTC) if local else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise CellError(
            _("'{cell}' is no time: write it like 2026-05-31 or 2026-05-31T14:30+08:00").format(
                cell=shown(cell)
            )
        ) from None
    if moment > now + (_LOCAL if local else _SKEW):
        raise CellError(_("'{cell}' lies in the future").format(cell=shown(cell)))
    if moment < EARLIEST:
        raise CellError(
            _("'{cell}' lies before the year 2000: give the time of the answer").format(
                cell=shown(cell)
            )
        )
    return moment.isoformat()
