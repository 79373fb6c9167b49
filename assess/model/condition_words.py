"""When an item is asked, as a person reads it."""

from __future__ import annotations

from assess.i18n import _, listed
from assess.model.condition import Condition


def condition_words(condition: Condition) -> str:
    """What must hold, in one sentence's part: ``A is 3 or more and not (B is yes)``."""
    parts = list(_tests(condition))
    parts += [condition_words(one) for one in condition.all_of or ()]
    if condition.any_of:
        several = _(" or ").join(condition_words(one) for one in condition.any_of)
        parts.append(f"({several})" if len(condition.any_of) > 1 else several)
    if condition.none_of:
        parts.append(_("not ({condition})").format(condition=condition_words(condition.none_of)))
    if condition.module:
        modules = listed(condition.module)
        parts.append(_("the candidate is asked for {modules}").format(modules=modules))
    return _(" and ").join(parts)


def _tests(condition: Condition) -> list[str]:
    item = condition.item
    found = []
    if condition.at_least is not None:
        least = _value(condition.at_least)
        found.append(_("{item} is {least} or more").format(item=item, least=least))
    if condition.equals is not None:
        found.append(_("{item} is {value}").format(item=item, value=_value(condition.equals)))
    if condition.within is not None:
        values = listed(map(_value, condition.within))
        found.append(_("{item} is one of {values}").format(item=item, values=values))
    if condition.answered is True:
        found.append(_("{item} is answered").format(item=item))
    if condition.answered is False:
        found.append(_("{item} is not answered").format(item=item))
    return found


def _value(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return value
    return str(int(value)) if float(value).is_integer() else str(value)
