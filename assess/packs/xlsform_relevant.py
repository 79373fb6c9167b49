"""XLSForm's ``relevant`` as a pack's condition, its ``constraint`` as bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assess.i18n import _
from assess.packs.xlsform_columns import tidy
from assess.packs.xlsform_expression import (
    Call,
    Node,
    Ref,
    Test,
    Untranslatable,
    number_of,
    parse,
)

Plain = dict[str, Any]
"""A condition as a pack's file writes it."""

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Answered:
    """What a condition may ask of an item: its id, its kind and how answers are spelled.

    ``options`` are its option ids by the names that the form uses; None where it has none.
    """

    id: str
    kind: str
    options: Mapping[str, str] | None = None
    ends: tuple[float, float] | None = None
    whole: bool = False
    """Whether it is answered by whole numbers only, so that ``> 3`` is ``>= 4``."""


Finder = Callable[[str], "Answered | None"]


def condition(expression: str, find: Finder) -> Plain | None:
    """A ``relevant`` as a pack's ``when``; None where it always holds.

    ``find`` gives the item behind a question's name. Raises Untranslatable.
    """
    found = _condition(parse(expression), find)
    return None if found is True else _plain(found)


def _plain(found: Plain | bool) -> Plain:
    if isinstance(found, bool):
        raise Untranslatable(_("it never holds"))
    return found


def _condition(node: Node, find: Finder) -> Plain | bool:
    match node:
        case Test("and" | "or"):
            return _joined(node, find)
        case Test():
            return _compared(node, find)
        case Call("not", (inner,)):
            inside = _condition(inner, find)
            return not inside if isinstance(inside, bool) else {"not": inside}
        case Call("true", ()):
            return True
        case Call("false", ()):
            return False
        case Call("selected", (Ref(name), chosen)):
            value = _spelled(chosen)
            return _equals(_item(name, find), value)
        case Call("boolean", (inner,)):
            return _condition(inner, find)
        case Call(name):
            raise Untranslatable(_("{function}() has no counterpart").format(function=name))
        case Ref(name):
            return {"item": _item(name, find).id, "answered": True}
    raise Untranslatable(_("it is no condition"))


def _joined(node: Test, find: Finder) -> Plain | bool:
    """``and``, ``or`` with parts of the same kind in one list."""
    group, neutral = ("all", True) if node.operator == "and" else ("any", False)
    parts: list[Plain] = []
    for side in (node.left, node.right):
        found = _condition(side, find)
        if isinstance(found, bool):
            if found != neutral:
                return found
        elif set(found) == {group}:
            parts += found[group]
        else:
            parts.append(found)
    if not parts:
        return neutral
    return parts[0] if len(parts) == 1 else {group: parts}


def _compared(node: Test, find: Finder) -> Plain | bool:
    left, right, operator = node.left, node.right, node.operator
    if isinstance(right, Ref | Call) and isinstance(left, str | float):
        left, right, operator = right, left, _FLIPPED[operator]
    if isinstance(left, str | float) and isinstance(right, str | float):
        if operator in ("=", "!="):
            return (left == right) == (operator == "=")
        raise Untranslatable(_("it compares two fixed values"))
    if isinstance(left, Call) and isinstance(right, float):
        return _counted(left, operator, right, find)
    if isinstance(left, Ref) and isinstance(right, str | float):
        return _answer(_item(left.name, find), operator, right)
    raise Untranslatable(_("it compares with something other than a fixed value"))


def _counted(call: Call, operator: str, number: float, find: Finder) -> Plain:
    """``string-length()`` and ``count-selected()`` where they ask for any answer."""
    match call:
        case Call("string-length" | "count-selected", (Ref(name),)):
            given: Plain = {"item": _item(name, find).id, "answered": True}
            if (operator, number) in ((">", 0), ("!=", 0), (">=", 1)):
                return given
            if (operator, number) in (("=", 0), ("<", 1), ("<=", 0)):
                return {"not": given}
    raise Untranslatable(_("{function}() has no counterpart").format(function=call.name))


def _answer(item: Answered, operator: str, value: str | float) -> Plain:
    given: Plain = {"item": item.id, "answered": True}
    if value == "":
        if operator == "!=":
            return given
        if operator == "=":
            return {"not": given}
    if operator == "=":
        return _equals(item, value)
    if operator == "!=":
        return {"not": _equals(item, value)}
    number = _number(value)
    if item.options is not None:
        return _coded(item, operator, number)
    if item.kind not in ("rating", "number"):
        raise Untranslatable(_("'{id}' is not answered by a number").format(id=item.id))
    if item.whole and number.is_integer() and operator in (">", "<="):
        operator, number = (">=" if operator == ">" else "<"), number + 1
    _check_answered_by(item, number)
    least: Plain = {"item": item.id, "at_least": tidy(number)}
    same: Plain = {"item": item.id, "equals": tidy(number)}
    return {
        ">=": least,
        ">": {"all": [least, {"not": same}]},
        "<": {"all": [given, {"not": least}]},
        "<=": {"all": [given, {"any": [{"not": least}, same]}]},
    }[operator]


def _coded(item: Answered, operator: str, number: float) -> Plain:
    """A comparison with options that are named by numbers."""
    compare: Callable[[float], bool] = {
        ">=": lambda one: one >= number,
        ">": lambda one: one > number,
        "<": lambda one: one < number,
        "<=": lambda one: one <= number,
    }[operator]
    within = [option for name, option in (item.options or {}).items() if compare(_number(name))]
    if not within:
        raise Untranslatable(_("no option of '{id}' fits").format(id=item.id))
    return {"item": item.id, "in": within}


def _equals(item: Answered, value: str | float) -> Plain:
    name = value if isinstance(value, str) else str(tidy(value))
    if item.options is not None:
        if name not in item.options:
            raise Untranslatable(
                _("'{id}' has no option '{option}'").format(id=item.id, option=name)
            )
        chosen = item.options[name]
        return {"item": item.id, "equals": chosen}
    if item.kind == "yes_no":
        if name.lower() not in ("yes", "no", "true", "false", "ok"):
            raise Untranslatable(
                _("'{id}' is never answered by {value}").format(id=item.id, value=name)
            )
        return {"item": item.id, "equals": name.lower() in ("yes", "true", "ok")}
    if item.kind in ("rating", "number"):
        number = _number(value)
        _check_answered_by(item, number)
        return {"item": item.id, "equals": tidy(number)}
    return {"item": item.id, "equals": name}


def _check_answered_by(item: Answered, number: float) -> None:
    """Raise Untranslatable for a number beyond the ends of an item's range."""
    if item.ends and not item.ends[0] <= number <= item.ends[1]:
        raise Untranslatable(
            _("'{id}' is never answered by {value}").format(id=item.id, value=tidy(number))
        )


def _item(name: str, find: Finder) -> Answered:
    found = find(name)
    if found is None:
        raise Untranslatable(_("'{name}' is no question of the pack").format(name=name or "."))
    return found


def _spelled(node: Node) -> str | float:
    if isinstance(node, str | float):
        return node
    raise Untranslatable(_("it compares with something other than a fixed value"))


def _number(value: str | float) -> float:
    return number_of(value) if isinstance(value, str) else value


def bounds(expression: str, *, whole: bool) -> tuple[float | None, float | None]:
    """The lowest and the highest answer that a ``constraint`` allows; None where it sets no end.

    ``whole`` says that answers are whole numbers, so that ``. < 5`` ends at 4. Raises
    Untranslatable for anything but comparisons of the answer with numbers joined by ``and``.
    """
    low: float | None = None
    high: float | None = None
    for test in _parts(parse(expression)):
        left, right, operator = test.left, test.right, test.operator
        if isinstance(left, str | float):
            left, right, operator = right, left, _FLIPPED[operator]
        if left != Ref("") or not isinstance(right, float | str) or operator == "!=":
            raise Untranslatable(_("it is more than a lowest and a highest number"))
        number = _number(right)
        if operator in ("<", ">"):
            if not whole or not number.is_integer():
                raise Untranslatable(_("an end that is itself not allowed has no counterpart"))
            number += 1 if operator == ">" else -1
        if operator in (">", ">=", "="):
            low = number if low is None else max(low, number)
        if operator in ("<", "<=", "="):
            high = number if high is None else min(high, number)
    return low, high


def _parts(node: Node) -> list[Test]:
    if isinstance(node, Test):
        if node.operator == "and":
            return _parts(node.left) + _parts(node.right)
        if node.operator != "or":
            return [node]
    raise Untranslatable(_("it is more than a lowest and a highest number"))
