"""What a rating form says in words: when an item is asked, how it is answered, how it is filled."""

from __future__ import annotations

from assess.exchange.cells import written
from assess.i18n import _
from assess.model.condition import Condition
from assess.model.condition_words import condition_words
from assess.model.items import ChoicesItem, Item, NumberItem, RatingItem, TextItem
from assess.model.pack import Pack


def when_words(condition: Condition) -> str:
    """When an item is asked, as a person reads it."""
    return _("Only if: {condition}").format(condition=condition_words(condition))


def hint_words(pack: Pack, item: Item, language: str) -> str:
    """How an item is answered, where its answers do not say it."""
    if isinstance(item, RatingItem):
        scale = pack.scale_of(item)
        return _("A number from {low} to {high}").format(
            low=written(scale.low), high=written(scale.high)
        )
    if isinstance(item, ChoicesItem):
        return _("Several may be chosen; in a workbook with | between them")
    if isinstance(item, NumberItem):
        said = _("A number")
        if item.range is not None:
            said = _("A number from {low} to {high}").format(
                low=written(item.range.low), high=written(item.range.high)
            )
        return f"{said} ({pack.say(item.unit, language)})" if item.unit else said
    return _("In words") if isinstance(item, TextItem) else ""


def help_words() -> list[str]:
    """How the workbook is filled in and taken back."""
    return [
        _("Fill in the yellow cells. Candidate, rater and time may stand in the first row alone."),
        _("An empty value leaves the question open."),
        _("Take the workbook back with: assess import ratings FILE.xlsx"),
    ]
