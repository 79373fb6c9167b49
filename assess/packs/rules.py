"""Numbers that must fit together: weights, minimums, anchors, points, bands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from assess.i18n import _, listed
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, counts, keyed, scale_of
from assess.packs.spot import Spot

Ends = tuple[float, float]


def check_rules(sheets: Sheets) -> Iterator[Finding]:
    """What the numbers of the pack and of each item must satisfy."""
    ends = scale_of(sheets)
    for module in sheets.pack.each("modules"):
        yield from _weights(module)
        yield from _knowledge(module)
        if ends:
            yield from _outside((part for _, part in module.named("minimums")), ends)
    if ends:
        yield from _levels(sheets.pack.at("scale"), ends)
    yield from _rising(sheets.pack.each("bands"))
    for phase in sheets.pack.each("phases"):
        floor, aim = phase.at("floor").number, phase.at("aim").number
        if floor is not None and aim is not None and floor > aim:
            what = _("the floor {floor:g} is above the aim {aim:g}").format(floor=floor, aim=aim)
            yield phase.at("floor").wrong(what, _("let the floor be the smaller of the two"))
    for questionnaire, item in sheets.each_item():
        yield from _item(sheets, item, counting=counts(questionnaire))
    for sample in sheets.calibration.each("calibration"):
        rated = sheets.items.get(sample.at("item").id or "")
        ends = scale_of(sheets, rated) if rated and rated.at("type").id == "rating" else None
        if ends:
            yield from _outside([sample.at("master")], ends)


def _weights(module: Spot) -> Iterator[Finding]:
    parts = [part.number for _, part in module.named("weights")]
    numbers = [number for number in parts if number is not None and 0 <= number <= 100]
    if numbers and len(numbers) == len(parts) and abs(fsum(numbers) - 100) > 1e-6:
        what = _("the weights sum to {sum:.10g}").format(sum=fsum(numbers))
        yield module.at("weights").wrong(what, _("make them sum to 100"))


def _knowledge(module: Spot) -> Iterator[Finding]:
    weighted = {name for name, part in module.named("weights") if part.number}
    if not weighted:
        return
    for name, part in module.named("knowledge"):
        if name not in weighted:
            what = _("'{id}' has a knowledge share and no weight in this module").format(id=name)
            yield part.wrong(what, _("give it a weight, or take the share out"), at_key=True)


def _outside(numbers: Iterable[Spot], ends: Ends) -> Iterator[Finding]:
    for spot in numbers:
        if spot.number is not None and not ends[0] <= spot.number <= ends[1]:
            what = _("{number:g} is outside the scale").format(number=spot.number)
            yield spot.wrong(what, _between(ends))


def _between(ends: Ends) -> str:
    return _("write a number from {low:g} to {high:g}").format(low=ends[0], high=ends[1])


def _levels(scale: Spot, ends: Ends) -> Iterator[Finding]:
    yield from _keys_outside(scale.at("levels"), ends)


def _keys_outside(mapping: Spot, ends: Ends) -> Iterator[Finding]:
    """Keys that are numbers and lie outside the scale (anchors, words for levels)."""
    if not isinstance(mapping.data, dict):
        return
    for key, part in mapping.parts():
        number = _as_number(key)
        if number is not None and not ends[0] <= number <= ends[1]:
            what = _("{number:g} is outside the scale").format(number=number)
            yield part.wrong(what, _between(ends), at_key=True)


def _as_number(key: object) -> float | None:
    try:
        return float(str(key))
    except ValueError:
        return None


def _rising(bands: list[Spot]) -> Iterator[Finding]:
    """No two bands that begin at the same number."""
    seen: dict[float, Spot] = {}
    for band in bands:
        start = band.at("from")
        if start.number is None:
            continue
        if start.number in seen:
            line = seen[start.number].place.mark[0]
            what = _("two bands begin at {number:g}, the other in line {line}").format(
                number=start.number, line=line
            )
            yield start.wrong(what, _("let each band begin at a number of its own"))
        seen.setdefault(start.number, start)


def _item(sheets: Sheets, item: Spot, *, counting: bool) -> Iterator[Finding]:
    kind = item.at("type").id
    if counting and item.at("competency").data is None and (kind == "rating" or keyed(item)):
        what = _("the item counts and names no competency")
        remedy = _("add 'competency:' with one of {words}, or 'counts: false' to the questionnaire")
        yield item.wrong(what, remedy.format(words=listed(sheets.competencies)))
    if kind == "rating":
        ends = scale_of(sheets, item)
        if ends:
            yield from _keys_outside(item.at("anchors"), ends)
        own = item.at("scale")
        if ends and own.data is not None:
            yield from _levels(own, ends)
    if kind == "number":
        yield from _rising(item.each("bands"))
    if keyed(item):
        yield from _reachable(item)


def _reachable(item: Spot) -> Iterator[Finding]:
    """A keyed item must be able to earn something, or it says nothing."""
    listed = "bands" if item.at("type").id == "number" else "options"
    points = [part.at("points").number or 0.0 for part in item.each(listed)]
    bounds = item.at("bounds")
    least, most = bounds.at("from").number, bounds.at("to").number
    capped = least is not None and most is not None and least < most <= 0
    if max(points) <= 0 or capped:
        spot = item.at(listed) if max(points) <= 0 else bounds
        what = _("no answer to this item can earn a point")
        yield spot.wrong(what, _("give the right answers points above 0"))
