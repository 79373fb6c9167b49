"""Calibration in words: what a rating of a sample says beside the master's, and all together."""

from __future__ import annotations

from assess.i18n import _, ngettext
from assess.workspace.calibration import Calibration, Distance, Verdict

CLOSE = 5.0
"""Points within which raters on average count as rating like the master."""


def verdict_words(mine: Calibration, verdict: Verdict, language: str) -> list[str]:
    """The own and the master rating, and why that, the pack's words in ``language``."""
    told = {
        0: _("Your rating: {value}. The master rating is the same."),
        1: _("Your rating: {value}. The master rating is higher: {master}."),
        -1: _("Your rating: {value}. The master rating is lower: {master}."),
    }[(verdict.distance > 0) - (verdict.distance < 0)]
    reason = mine.pack.say(mine.sample(verdict.sample).reason, language)
    return [
        told.format(value=f"{verdict.value:g}", master=f"{verdict.master:g}"),
        _("Why: {reason}").format(reason=reason),
    ]


def distance_words(distance: Distance) -> list[str]:
    """How far a rater is from the master ratings, and what that is good for."""
    if distance.signed is None or distance.absolute is None:
        return [_("No sample answer is rated yet.")]
    lines = [
        ngettext(
            "{n} of {all} sample answer rated.", "{n} of {all} sample answers rated.", distance.of
        ).format(n=distance.rated, all=distance.of),
        _("On average your ratings lie {points} points of 100 from the master ratings.").format(
            points=f"{distance.absolute:.0f}"
        ),
    ]
    if abs(distance.signed) < CLOSE:
        lines.append(_("Taken together they are neither lower nor higher."))
    elif distance.signed > 0:
        lines.append(
            _("Taken together they are {points} points lower: you rate more severely.").format(
                points=f"{distance.signed:.0f}"
            )
        )
    else:
        lines.append(
            _("Taken together they are {points} points higher: you rate more leniently.").format(
                points=f"{-distance.signed:.0f}"
            )
        )
    return [*lines, _("This is feedback for you; it enters no score.")]
