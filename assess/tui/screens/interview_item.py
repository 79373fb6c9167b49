"""An item in words: what is asked, the rows to choose from, what a key means for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from assess.i18n import N_, _, language, speaking
from assess.model.asking import Answer, Value, fits
from assess.model.items import (
    ChoiceItem,
    ChoicesItem,
    Item,
    NumberItem,
    RatingItem,
    TextItem,
    YesNoItem,
)
from assess.model.pack import Pack
from assess.model.records import State
from assess.tui.widgets.answers import Level
from assess.workspace.interviewing import Interview

STATES: dict[str, tuple[State, str]] = {
    "n": ("not_asked", N_("not asked")),
    "o": ("not_observed", N_("not observed")),
    "d": ("declined", N_("declined")),
}
"""The letters of the reasons for which there is no value."""

_FEW = 12
"""Up to so many steps of a scale are all listed; of longer ones, those with an anchor."""


@dataclass(frozen=True)
class Draft:
    """What is chosen or typed and not yet confirmed."""

    typed: str = ""
    chosen: tuple[str, ...] | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to confirm."""
        return not self.typed and self.chosen is None


def rater_words(session: Interview) -> str:
    """Who asks, as the title says it."""
    if session.form == "self":
        return _("self-test")
    return _("rater {rater}").format(rater=session.rater.id)


def number_words(value: float) -> str:
    """A number without needless digits."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:f}".rstrip("0").rstrip(".")


def takes_number(pack: Pack, item: Item) -> bool:
    """Whether the answer is typed as a number and confirmed with enter."""
    if isinstance(item, RatingItem):
        return not pack.scale_of(item).one_key()
    return isinstance(item, NumberItem) or len(_options(item)) > 9


def number_lead(pack: Pack, item: Item, spoken: str) -> str:
    """What to type, before the field for a number."""
    if isinstance(item, RatingItem):
        bounds = pack.scale_of(item)
    elif isinstance(item, NumberItem) and item.range:
        bounds = item.range  # type: ignore[assignment]
    elif isinstance(item, NumberItem):
        unit = pack.say(item.unit, spoken) if item.unit else ""
        return _("number of {unit}:").format(unit=unit) if unit else _("number:")
    else:
        return _("1 to {last}:").format(last=len(_options(item)))
    words = _("{low} to {high}:")
    return words.format(low=number_words(bounds.low), high=number_words(bounds.high))


def unit_words(pack: Pack, item: Item, spoken: str) -> str:
    """The unit of a number item."""
    found = item.unit if isinstance(item, NumberItem) else None
    return pack.say(found, spoken) if found else ""


def _options(item: Item) -> list[str]:
    if isinstance(item, ChoiceItem | ChoicesItem):
        return [option.id for option in item.options]
    return []


def levels(
    pack: Pack, item: Item, answer: Answer, draft: Draft, *, spoken: str, with_verdict: bool
) -> list[Level]:
    """The rows to choose from, the pack's words and ours between them in the language ``spoken``.

    ``with_verdict`` marks right and wrong options (once submitted).
    """
    with speaking(spoken):
        return _levels(pack, item, answer, draft, spoken=spoken, with_verdict=with_verdict)


def _levels(
    pack: Pack, item: Item, answer: Answer, draft: Draft, *, spoken: str, with_verdict: bool
) -> list[Level]:
    value = answer.value if answer.state == "answered" else None
    if isinstance(item, RatingItem):
        return _rating_levels(pack, item, value, spoken)
    if isinstance(item, YesNoItem):
        return [Level("1", _("yes"), value is True), Level("2", _("no"), value is False)]
    if isinstance(item, ChoiceItem | ChoicesItem):
        chosen = draft.chosen if draft.chosen is not None else _as_ids(value)
        return _option_levels(pack, item, chosen, spoken, with_verdict)
    if isinstance(item, NumberItem):
        given = [] if value is None else [number_words(float(value))]  # type: ignore[arg-type]
        return [Level(words, unit_words(pack, item, spoken), chosen=True) for words in given]
    return [Level("1", _("write the answer"), chosen=bool(value))]


def _rating_levels(pack: Pack, item: RatingItem, value: Value, spoken: str) -> list[Level]:
    scale = pack.scale_of(item)
    steps = scale.steps()
    shown = steps if len(steps) <= _FEW else sorted({scale.low, *item.anchors, scale.high})
    if isinstance(value, int | float) and value not in shown:
        shown = sorted([*shown, float(value)])
    found = []
    for step in shown:
        anchor = item.anchors.get(step) or (None if item.anchors else scale.levels.get(step))
        words = pack.say(anchor, spoken) if anchor else _between(item, step)
        found.append(Level(number_words(step), words, value == step, faint=anchor is None))
    return found


def _between(item: RatingItem, step: float) -> str:
    below = [anchor for anchor in item.anchors if anchor < step]
    above = [anchor for anchor in item.anchors if anchor > step]
    if below and above:
        low, high = number_words(max(below)), number_words(min(above))
        return _("between {low} and {high}").format(low=low, high=high)
    if below:
        return _("above {anchor}").format(anchor=number_words(max(below)))
    return _("below {anchor}").format(anchor=number_words(min(above))) if above else ""


def _option_levels(
    pack: Pack,
    item: ChoiceItem | ChoicesItem,
    chosen: tuple[str, ...],
    spoken: str,
    with_verdict: bool,
) -> list[Level]:
    several = isinstance(item, ChoicesItem)
    best = max((option.points or 0.0 for option in item.options), default=0.0)
    found = []
    for place, option in enumerate(item.options, 1):
        taken = option.id in chosen
        right = (option.points or 0.0) > 0 if several else (option.points or 0.0) == best > 0
        remark = ""
        if with_verdict and item.keyed and right:
            remark = _("✓ right")
        elif with_verdict and item.keyed and taken:
            remark = _("✗ not right")
        words = pack.say(option.text, spoken)
        found.append(Level(str(place), words, taken, remark=remark, box=several))
    return found


def _as_ids(value: Value) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str) else ()


def state_levels(answer: Answer, offered: Collection[State]) -> list[Level]:
    """The letters for "no value, and why": the reasons on offer, and the one that was given."""
    return [
        Level(key, _(words), chosen=answer.state == state)
        for key, (state, words) in STATES.items()
        if state in offered or answer.state == state
    ]


@dataclass(frozen=True)
class Chosen:
    """What a key or a confirmed entry gives: a value, a new draft, or why it does not fit."""

    value: Value = None
    draft: Draft | None = None
    refused: str = ""


def press(pack: Pack, item: Item, answer: Answer, draft: Draft, key: str) -> Chosen | None:
    """What a key means for an item; None where it means nothing."""
    if takes_number(pack, item):
        return _typed(draft, key)
    if isinstance(item, TextItem) or not key.isdecimal():
        return None
    if isinstance(item, RatingItem):
        step = float(key)
        if step in pack.scale_of(item).steps():
            return Chosen(value=_whole(step))
        return Chosen(refused=number_lead(pack, item, language()).rstrip(":："))
    place = int(key) - 1
    if isinstance(item, YesNoItem):
        return Chosen(value=place == 0) if place in (0, 1) else Chosen(refused=_("1 or 2"))
    options = _options(item)
    if not 0 <= place < len(options):
        return Chosen(refused=_("1 to {last}").format(last=len(options)))
    return _option(item, answer, draft, options[place])


def _option(item: Item, answer: Answer, draft: Draft, option: str) -> Chosen:
    if isinstance(item, ChoiceItem):
        return Chosen(value=option)
    chosen = draft.chosen if draft.chosen is not None else _as_ids(answer.value)
    kept = tuple(one for one in chosen if one != option)
    return Chosen(draft=Draft(chosen=kept if option in chosen else (*chosen, option)))


def _typed(draft: Draft, key: str) -> Chosen | None:
    if key == "backspace":
        return Chosen(draft=replace(draft, typed=draft.typed[:-1]))
    if key.isdecimal() or key in (".", "-"):
        return Chosen(draft=replace(draft, typed=draft.typed + key))
    return None


def confirm(pack: Pack, item: Item, answer: Answer, draft: Draft) -> Chosen:
    """What enter makes of a draft."""
    options = _options(item)
    bounds = number_lead(pack, item, language()).rstrip(":：")
    refused = Chosen(refused=bounds, draft=replace(draft, typed=""))
    if options and not draft.typed:
        return Chosen(value=sorted(draft.chosen or (), key=options.index))
    if options:
        place = int(draft.typed) - 1 if draft.typed.isdecimal() else -1
        known = 0 <= place < len(options)
        return _option(item, answer, replace(draft, typed=""), options[place]) if known else refused
    try:
        value = float(draft.typed)
    except ValueError:
        return refused
    return Chosen(value=_whole(value)) if fits(pack, item, value) else refused


def _whole(value: float) -> float:
    return int(value) if value.is_integer() else value
