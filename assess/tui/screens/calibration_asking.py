"""Around the sample answers: whether to score them now, and how far the ratings lie afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assess.i18n import _, ngettext
from assess.tui.screens.told import ToldScreen
from assess.workspace.calibration import Calibration
from assess.workspace.calibration_words import distance_words


class OfferScreen(ToldScreen[Literal["now", "later"]]):
    """Before a rater's first interview: score the sample answers now, or put it off."""

    def __init__(self, mine: Calibration) -> None:
        super().__init__()
        self._mine = mine

    def title_words(self) -> str:
        """Whose first interview."""
        return _("Before the first interview of {rater}").format(rater=self._mine.rater)

    def told(self) -> str:
        """What the samples are good for."""
        left = sum(self._mine.verdict(one.id) is None for one in self._mine.samples)
        return ngettext(
            "{n} sample answer waits to be scored, on the same anchors and keys as the interview. "
            "After each of your ratings you see the master rating and why. It shows you whether "
            "you rate more severely or more leniently; it enters no score.",
            "{n} sample answers wait to be scored, on the same anchors and keys as the interview. "
            "After each of your ratings you see the master rating and why. It shows you whether "
            "you rate more severely or more leniently; it enters no score.",
            left,
        ).format(n=left)

    def choices(self) -> Sequence[tuple[Literal["now", "later"], str]]:
        """Now or later."""
        later = _("Later, any time: assess calibrate {rater}")
        return [
            ("now", _("Score them now.")),
            ("later", later.format(rater=self._mine.rater)),
        ]

    def keys_words(self) -> str:
        """The keys."""
        return _("1 2 choose   esc later")


class ResultScreen(ToldScreen[Literal["leave", "stay"]]):
    """How far the ratings lie from the master's, when the last sample was seen."""

    def __init__(self, mine: Calibration) -> None:
        super().__init__()
        self._mine = mine

    def title_words(self) -> str:
        """Whose ratings."""
        return _("Calibration of {rater}").format(rater=self._mine.rater)

    def told(self) -> str:
        """The distances."""
        return "\n".join(distance_words(self._mine.distance))

    def choices(self) -> Sequence[tuple[Literal["leave", "stay"], str]]:
        """On, or back to the samples."""
        stay = (
            _("Go to the samples not rated yet.")
            if self._mine.next_open()
            else _("Look at the samples again.")
        )
        return [("leave", _("Done.")), ("stay", stay)]

    def keys_words(self) -> str:
        """The keys."""
        return _("1 2 choose   esc back")
