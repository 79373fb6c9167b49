"""What pydantic finds wrong with the shape of a file, one sentence per mistake, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from assess.i18n import N_, _, listed
from assess.model.ids import ID_RULE, as_spelled
from assess.packs.finding import Finding
from assess.packs.sheets import ITEM_TYPES
from assess.packs.spot import Spot, nearest, one_of

Words = tuple[str, str]


def shape_findings(error: ValidationError, model: type[BaseModel], top: Spot) -> list[Finding]:
    """One finding per place that ``error`` names; ``top`` is the file's document."""
    by_place: dict[tuple[Any, ...], list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        by_place.setdefault(_way(detail["loc"], detail["type"], top), []).append(detail)
    for way in [way for way in by_place if way and way[-1] == "[key]"]:
        if _at(top, way).data is None:
            # the rest of a text cut by a comma is one mistake, not a key and its lack of a value
            by_place.pop(way[:-1], None)
    for way in [way for way, (first, *_more) in by_place.items() if _is_extra(first)]:
        # a key that is missing because it is misspelt is one mistake, not two
        meant = nearest(str(way[-1]), _allowed(model, by_place[way][0]["loc"][:-1]))
        missed = by_place.get((*way[:-1], meant))
        if missed and missed[0]["type"] == "missing":
            del by_place[(*way[:-1], meant)]
    return [_finding(way, details, model, top) for way, details in by_place.items()]


def _is_extra(detail: ErrorDetails) -> bool:
    return detail["type"] == "extra_forbidden"


def _way(loc: Iterable[Any], kind: str, top: Spot) -> tuple[Any, ...]:
    """The keys that lead there; names of union branches in ``loc`` are left out."""
    way: list[Any] = []
    data = top.data
    for step in loc:
        key = _own_key(data, step)
        if key is not None:
            way.append(key)
            data = data[key]
        elif step == "[key]":
            way.append(step)
    if kind == "missing":
        way.append(list(loc)[-1])
    return tuple(way)


def _own_key(data: Any, step: Any) -> Any:
    """The key of ``data`` that pydantic calls ``step`` (it turns numbers into texts and back)."""
    if isinstance(data, list):
        return step if isinstance(step, int) and 0 <= step < len(data) else None
    if not isinstance(data, dict):
        return None
    return next((key for key in data if key == step or str(key) == str(step)), None)


def _finding(
    way: tuple[Any, ...], details: list[ErrorDetails], model: type[BaseModel], top: Spot
) -> Finding:
    detail = details[0]
    kind = detail["type"]
    spot = _at(top, way[:-1] if kind == "missing" else way)
    if kind == "missing":
        name = str(way[-1])
        what = _("the key '{key}' is missing").format(key=name)
        return spot.wrong(what, _missing_remedy(name))
    if _is_extra(detail):
        what = _("unknown key '{key}'").format(key=way[-1])
        allowed = _allowed(model, detail["loc"][:-1])
        return spot.wrong(what, one_of(str(as_spelled(way[-1])), allowed), at_key=True)
    if len(details) > 1:
        said = _("{value} cannot stand here").format(value=_shown(spot.data))
        return spot.wrong(said, _("write a word, a number, or true or false"))
    if kind == "union_tag_invalid":
        spot = spot.at("type")
    key = way[-2] if "[key]" in way else None
    if key is not None and spot.data is None and not _like_a_code(str(key)):
        what = _("a comma inside {{ }} ends the text before {rest}").format(rest=_shown(key))
        return spot.wrong(what, _("put the whole text in quotation marks"), at_key=True)
    what, remedy = _words(detail, spot, key)
    return spot.wrong(what, remedy, at_key=key is not None)


def _like_a_code(key: str) -> bool:
    return len(key) <= 3 and key.isascii() and key.isalpha()


def _at(top: Spot, way: Iterable[Any]) -> Spot:
    spot = top
    for step in way:
        if step != "[key]":
            spot = spot.at(step)
    return spot


def _missing_remedy(name: str) -> str:
    if name == "type":
        return _("add 'type:' with one of {words}").format(words=listed(ITEM_TYPES))
    return _("add '{key}: …'").format(key=name)


_RULES: dict[str, Words] = {
    "not_an_id": (N_("{value} is no id"), N_("write {rule}")),
    "not_a_number": (N_("{value} is no number"), N_("write a number")),
    "number_huge": (
        N_("{value} is out of all proportion"),
        N_("write a number between -1,000,000,000 and 1,000,000,000"),
    ),
    "range_upwards": (
        N_("'to' is not above 'from'"),
        N_("let 'from' be the lower and 'to' the higher number"),
    ),
    "scale_long": (
        N_("the scale has more than 10,000 steps"),
        N_("take a shorter one such as 1 to 5, or ask for a number (type: number)"),
    ),
    "condition_item": (
        N_("a test stands without the item whose answer it tests"),
        N_("add 'item:' with the id of that item"),
    ),
    "condition_form": (
        N_("the condition tests nothing"),
        N_(
            "give 'item' with one of at_least, equals, in, answered; or give all, any, not "
            "or module"
        ),
    ),
}

_TYPES: dict[str, Words] = {
    "string_type": (
        N_("{value} is no text"),
        N_("write a text (in quotation marks if it looks like something else)"),
    ),
    "float_type": (N_("{value} is no number"), N_("write a number")),
    "float_parsing": (N_("{value} is no number"), N_("write a number such as 3 or 3.5")),
    "int_type": (N_("{value} is no whole number"), N_("write a whole number")),
    "int_parsing": (N_("{value} is no whole number"), N_("write a whole number")),
    "int_from_float": (N_("{value} is no whole number"), N_("write a whole number")),
    "finite_number": (N_("{value} is no finite number"), N_("write a finite number")),
    "bool_type": (N_("{value} is neither true nor false"), N_("write true or false")),
    "bool_parsing": (N_("{value} is neither true nor false"), N_("write true or false")),
    "list_type": (
        N_("{value} is no list"),
        N_("write a list: [a, b], or lines that begin with '-'"),
    ),
    "dict_type": (N_("{value} is no mapping"), N_("write lines of the form 'key: value'")),
    "model_type": (N_("{value} is no mapping"), N_("write lines of the form 'key: value'")),
    "model_attributes_type": (
        N_("{value} is no mapping"),
        N_("write lines of the form 'key: value'"),
    ),
    "too_short": (N_("nothing is listed here"), N_("give at least {min_length}")),
    "string_too_short": (N_("the text is empty"), N_("write a text, or take the key out")),
    "greater_than": (N_("{value} is too small"), N_("write a number above {gt:g}")),
    "greater_than_equal": (N_("{value} is too small"), N_("write at least {ge:g}")),
    "less_than": (N_("{value} is too large"), N_("write a number below {lt:g}")),
    "less_than_equal": (N_("{value} is too large"), N_("write at most {le:g}")),
}

_PATTERNS: dict[str, Words] = {
    r"\S": (N_("the text is empty"), N_("write a text, or take the key out")),
    r"^[a-z]": (
        N_("{value} is no language code"),
        N_("write a code of small letters such as en or zh"),
    ),
    r"^\d": (N_("{value} is no version"), N_("write three numbers such as 1.0.0")),
}


def _words(detail: ErrorDetails, spot: Spot, key: Any) -> Words:
    """What is wrong and what would be right, for one error of pydantic's."""
    kind, context = detail["type"], detail.get("ctx", {})
    given = key if key is not None else spot.data
    if kind == "value_error":
        what, remedy = _RULES.get(str(context.get("error")), (detail["msg"], ""))
    elif kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        what, remedy = next(words for sign, words in _PATTERNS.items() if pattern.startswith(sign))
    elif kind == "union_tag_invalid":
        what = _("unknown type {value} of an item").format(value=_shown(given))
        return what, one_of(str(given), ITEM_TYPES)
    elif kind == "union_tag_not_found":
        what = _("the key '{key}' is missing").format(key="type")
        return what, _missing_remedy("type")
    elif kind == "literal_error":
        what = N_("{value} cannot stand here")
        right = _literals(context)
        remedy = one_of(str(given), right)
        if right == ["all"]:
            remedy = _("write all, or a list of competencies")
        return _(what).format(value=_shown(given)), remedy
    else:
        what, remedy = _TYPES.get(kind, (N_("{value} cannot stand here"), detail["msg"]))
        remedy = _percent(kind, given, context) or remedy
    if given is None and "{value}" in what:
        return _("no value is given"), _(remedy).format(rule=_(ID_RULE), **context)
    return _(what).format(value=_shown(given)), _(remedy).format(rule=_(ID_RULE), **context)


def _percent(kind: str, given: Any, context: dict[str, Any]) -> str:
    """The remedy for a percentage where a number or a share is meant; else nothing."""
    if kind == "float_parsing" and re.fullmatch(r"\s*\d+(\.\d+)?\s*%\s*", str(given)):
        return N_("leave the sign out: 0.3 for a share of 30 %, 30 for a weight of 30 %")
    if kind == "less_than_equal" and context.get("le") == 1:
        return N_("write at most {le:g}: a share of 30 % is 0.3")
    return ""


def _literals(context: dict[str, Any]) -> list[str]:
    return [word.strip("' ") for word in context["expected"].replace(" or ", ",").split(",")]


def _shown(value: Any) -> str:
    """A value as a message quotes it: short, and by its kind where it is large."""
    if isinstance(value, dict):
        return _("a mapping")
    if isinstance(value, list):
        return _("a list")
    if isinstance(value, bool):
        return str(value).lower()
    text = str(as_spelled(value))
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def _allowed(model: type[BaseModel], loc: Iterable[Any]) -> list[str]:
    """The keys that a mapping at ``loc`` may have, in the order of the model."""
    kind: Any = model
    for step in loc:
        kind = _inside(kind, step)
    found = _models(kind)
    return [f.alias or name for name, f in found[0].model_fields.items()] if found else []


def _inside(kind: Any, step: Any) -> Any:
    """The type one step down: a field, an element, or the branch of a union."""
    for option in _bare(kind):
        if isinstance(option, type) and issubclass(option, BaseModel):
            if issubclass(option, RootModel):
                return option.model_fields["root"].annotation
            fields = option.model_fields
            if "type" in fields and step in get_args(fields["type"].annotation):
                return option
            for name, field in fields.items():
                if step == (field.alias or name):
                    return field.annotation
        elif get_origin(option) is list:
            return get_args(option)[0]
        elif get_origin(option) is dict:
            return get_args(option)[1]
    return None


def _bare(kind: Any) -> list[Any]:
    """The branches of ``kind`` without annotations; None is no branch."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [bare for option in get_args(kind) for bare in _bare(option)]
    return [] if kind in (None, type(None)) or get_origin(kind) is Literal else [kind]


def _models(kind: Any) -> list[type[BaseModel]]:
    return [k for k in _bare(kind) if isinstance(k, type) and issubclass(k, BaseModel)]
