"""What a value cell says about an item: a state, or an answer of the item's kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assess.exchange.cells import (
    CellError,
    fold,
    halfwidth,
    labels,
    number,
    plain_number,
    shown,
    split_list,
    trim,
    word,
    written,
)
from assess.i18n import _, listed
from assess.model.items import (
    ChoiceItem,
    ChoicesItem,
    Item,
    NumberItem,
    Option,
    RatingItem,
    Scale,
    TextItem,
    YesNoItem,
)
from assess.model.pack import Pack
from assess.model.records import State

Value = int | float | bool | str | list[str]

_CODES: tuple[State, ...] = ("not_asked", "not_observed", "declined")
_STATE_WORDS: dict[str, State] = {
    "not asked": "not_asked",
    "未问": "not_asked",
    "未提问": "not_asked",
    "未询问": "not_asked",
    "没问": "not_asked",
    "not observed": "not_observed",
    "未观察": "not_observed",
    "未观察到": "not_observed",
    "declined": "declined",
    "拒答": "declined",
    "拒绝回答": "declined",
}
_YES = frozenset({"yes", "y", "true", "1", "是"})
_NO = frozenset({"no", "n", "false", "0", "否"})


def read_answer(
    pack: Pack, item: Item, cell: str, *, states: Sequence[str] = _CODES
) -> tuple[State, Value | None]:
    """State and value that ``cell`` (not empty) gives for ``item``.

    Raises CellError saying what would be right; ``states`` is how its reader writes the states.
    """
    text = trim(cell)
    options = item.options if isinstance(item, ChoiceItem | ChoicesItem) else []
    if text not in {option.id for option in options}:
        state = _state(text, codes_only=isinstance(item, TextItem))
        if state is not None:
            return state, None
    return "answered", _value(pack, item, cell, states)


def _state(text: str, *, codes_only: bool) -> State | None:
    """The state that ``text`` names; free words may well be "declined" or "not asked"."""
    for state in _CODES:
        if text == state:
            return state
    return None if codes_only else _STATE_WORDS.get(word(text))


def _value(pack: Pack, item: Item, cell: str, states: Sequence[str]) -> Value:
    match item:
        case RatingItem():
            return _rating(pack, item, cell, states)
        case NumberItem():
            return _number(item, cell)
        case YesNoItem():
            return _yes_no(cell, states)
        case ChoiceItem():
            return _choice(item.options, cell)
        case ChoicesItem():
            return _choices(item.options, cell)
        case _:
            return cell


def _rating(pack: Pack, item: RatingItem, cell: str, states: Sequence[str]) -> int | float:
    scale = pack.scale_of(item)
    right = _("give a number from {low} to {high}").format(
        low=written(scale.low), high=written(scale.high)
    )
    if states:
        right = _("give a number from {low} to {high}, or {states}").format(
            low=written(scale.low), high=written(scale.high), states=listed(states)
        )
    try:
        value = _numeric(cell, right)
    except CellError:
        level = _level(scale, item, cell)
        if level is None:
            raise
        return plain_number(level)
    if not scale.low <= value <= scale.high:
        raise CellError(
            _("'{cell}' is outside the scale of item {item}: {right}").format(
                cell=shown(cell), item=item.id, right=right
            )
        )
    return plain_number(value)


def _level(scale: Scale, item: RatingItem, cell: str) -> float | None:
    """The level whose words ``cell`` are; None where it is none's or several's."""
    named = {
        level
        for words in (scale.levels, item.anchors)
        for level, text in words.items()
        if fold(cell) in map(fold, labels(text))
    }
    return named.pop() if len(named) == 1 else None


def _number(item: NumberItem, cell: str) -> int | float:
    if item.range is None:
        return plain_number(_numeric(cell, _("give a number such as 12 or 3.5")))
    right = _("give a number from {low} to {high}").format(
        low=written(item.range.low), high=written(item.range.high)
    )
    value = _numeric(cell, right)
    if not item.range.low <= value <= item.range.high:
        raise CellError(
            _("'{cell}' is outside the range of item {item}: {right}").format(
                cell=shown(cell), item=item.id, right=right
            )
        )
    return plain_number(value)


def _numeric(cell: str, right: str) -> float:
    try:
        return number(cell)
    except CellError as error:
        raise CellError(_("{wrong}: {right}").format(wrong=error, right=right)) from None


def _yes_no(cell: str, states: Sequence[str]) -> bool:
    text = word(halfwidth(cell))
    if text in _YES or text in _NO:
        return text in _YES
    raise CellError(
        _("'{cell}' is neither yes nor no: give yes or no, or {states}").format(
            cell=shown(cell), states=listed(states)
        )
    )


def _choice(options: Sequence[Option], cell: str) -> str:
    found = _option(options, cell)
    if found is None:
        raise CellError(
            _("'{cell}' is none of the options: give one of {options}").format(
                cell=shown(cell), options=_ids(options)
            )
        )
    return found


def _choices(options: Sequence[Option], cell: str) -> list[str]:
    whole = _option(options, cell)
    if whole is not None:
        return [whole]
    chosen: list[str] = []
    for part in split_list(cell, "|｜"):
        found = _option(options, part)
        if found is None or found in chosen:
            wrong = (
                _("'{part}' is none of the options")
                if found is None
                else _("'{part}' is chosen twice")
            ).format(part=shown(part))
            raise CellError(
                _("{wrong} in '{cell}': give ids of {options} with | between them").format(
                    wrong=wrong, cell=shown(cell), options=_ids(options)
                )
            )
        chosen.append(found)
    if not chosen:
        raise CellError(
            _("'{cell}' names no option: give ids of {options} with | between them").format(
                cell=shown(cell), options=_ids(options)
            )
        )
    # in the order of the pack, so that equal choices are equal answers
    return [option.id for option in options if option.id in chosen]


def _option(options: Sequence[Option], cell: str) -> str | None:
    """The option whose id ``cell`` is, else the only one whose id or text reads like it."""
    for text in (trim(cell), halfwidth(cell)):
        if text in {option.id for option in options}:
            return text
    alike = [o.id for o in options if fold(cell) in {fold(o.id), *map(fold, labels(o.text))}]
    return alike[0] if len(alike) == 1 else None


def _ids(options: Iterable[Option]) -> str:
    return listed((option.id for option in options), most=20)
