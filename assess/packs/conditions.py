"""``when``: conditions on items and modules that exist, and on answers that can be given."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from assess.i18n import _
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, scale_of
from assess.packs.spot import Spot, one_of

_TRUTH = ("yes", "no", "true", "false")


def check_conditions(sheets: Sheets) -> Iterator[Finding]:
    """What every ``when`` reads, and that no item waits for itself."""
    reads: dict[str, list[tuple[str, Spot]]] = {}
    for _questionnaire, item in sheets.each_item():
        name = item.at("id").id or ""
        for part in _conditions(item.at("when")):
            yield from _one(part, sheets, name)
            asked = part.at("item").id
            if asked is not None:
                reads.setdefault(name, []).append((asked, part.at("item")))
    yield from _circles(reads)


def _conditions(spot: Spot) -> Iterator[Spot]:
    """A condition and all conditions inside it."""
    if not isinstance(spot.data, dict):
        return
    yield spot
    for group in ("all", "any"):
        for part in spot.each(group):
            yield from _conditions(part)
    yield from _conditions(spot.at("not"))


def _one(condition: Spot, sheets: Sheets, own: str) -> Iterator[Finding]:
    if not sheets.complete:
        return
    for module in condition.each("module"):
        if module.id is not None and module.id not in sheets.modules:
            what = _("there is no module '{id}'").format(id=module.id)
            yield module.wrong(what, one_of(module.id, sheets.modules))
    asked = condition.at("item")
    if asked.id is None:
        return
    item = sheets.items.get(asked.id)
    if item is None:
        what = _("there is no item '{id}'").format(id=asked.id)
        yield asked.wrong(what, one_of(asked.id, [name for name in sheets.items if name != own]))
        return
    least = condition.at("at_least")
    if least.number is not None:
        yield from _number(least, item, sheets)
    for value in (condition.at("equals"), *condition.each("in")):
        if value.data is not None:
            yield from _fits(value, item, sheets)


def _number(least: Spot, item: Spot, sheets: Sheets) -> Iterator[Finding]:
    kind = item.at("type").id
    if kind not in ("rating", "number", None):
        what = _("'{id}' is an item of type {type} and is not answered by a number").format(
            id=item.at("id").id, type=kind
        )
        yield least.wrong(what, _("test it with equals, in or answered"), at_key=True)
    else:
        yield from _fits(least, item, sheets)


def _fits(value: Spot, item: Spot, sheets: Sheets) -> Iterator[Finding]:
    """Whether an answer to ``item`` can be ``value``."""
    kind, name = item.at("type").id, item.at("id").id
    never = _("'{id}' is never answered by {value}").format(id=name, value=_plain(value.data))
    if kind == "yes_no":
        if _plain(value.data).lower() not in _TRUTH:
            yield value.wrong(never, _("write yes or no"))
    elif kind in ("choice", "choices"):
        options = [option.at("id").id or "" for option in item.each("options")]
        if options and value.id not in options:
            yield value.wrong(never, one_of(_plain(value.data), options))
    elif kind in ("rating", "number"):
        ends = scale_of(sheets, item) if kind == "rating" else _range(item)
        if ends and (value.number is None or not ends[0] <= value.number <= ends[1]):
            remedy = _("write a number")
            if ends[1] < inf:
                remedy = _("write a number from {low:g} to {high:g}").format(
                    low=ends[0], high=ends[1]
                )
            yield value.wrong(never, remedy)


def _range(item: Spot) -> tuple[float, float]:
    low, high = item.at("range").at("from").number, item.at("range").at("to").number
    return (-inf, inf) if low is None or high is None else (low, high)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _circles(reads: dict[str, list[tuple[str, Spot]]]) -> Iterator[Finding]:
    """Items that are asked only after an answer to themselves, each circle reported once."""
    done: set[str] = set()
    for start, first in reads.items():
        way = [start]
        branches = [iter(first)]
        while branches:
            following = next(branches[-1], None)
            if following is None:
                branches.pop()
                done.add(way.pop())
                continue
            name, spot = following
            if name in way:
                circle = " > ".join([*way[way.index(name) :], name])
                what = _("the items wait for one another: {circle}").format(circle=circle)
                yield spot.wrong(what, _("let one of them be asked without this condition"))
            elif name not in done and name in reads:
                way.append(name)
                branches.append(iter(reads[name]))
