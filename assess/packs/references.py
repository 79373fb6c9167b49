"""Ids: each given once, each reference to something that there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assess.i18n import _
from assess.packs.finding import Finding
from assess.packs.sheets import ITEM_TYPES, Sheets
from assess.packs.spot import Spot, one_of


def check_references(sheets: Sheets) -> Iterator[Finding]:
    """Doubled ids and references to nothing, over all files of the pack."""
    yield from _doubles(sheets)
    if not sheets.complete:
        return  # what is missed here may stand in a file that cannot be read
    yield from _pack_file(sheets)
    yield from _items(sheets)
    for action in sheets.development.each("actions"):
        yield from _known(action.at("competency"), sheets.competencies)
    for sample in sheets.calibration.each("calibration"):
        yield from _rated(sample.at("item"), sheets)


def _doubles(sheets: Sheets) -> Iterator[Finding]:
    for listed in ("competencies", "modules", "bands", "waves", "phases", "forbidden"):
        yield from _once(part.at("id") for part in sheets.pack.each(listed))
    yield from _once(sheets.pack.each("languages"))
    yield from _once(sheet.at("questionnaire") for sheet in sheets.questionnaires)
    yield from _once(action.at("id") for action in sheets.development.each("actions"))
    yield from _once(fact.at("id") for fact in sheets.continuity.each("facts"))
    yield from _once(sample.at("id") for sample in sheets.calibration.each("calibration"))
    items = [item for _, item in sheets.each_item()]
    yield from _once(item.at("id") for item in items)
    yield from _former(sheets, items)
    for item in items:
        yield from _once(item.each("was"))
        yield from _once(option.at("id") for option in item.each("options"))
    yield from _once(card.at("id") for item in items for card in item.each("cards"))


def _former(sheets: Sheets, items: list[Spot]) -> Iterator[Finding]:
    """Former ids that are in use again; one that several items name was split into them."""
    present = {item.at("id").id: item.at("id") for item in items}
    named = {old.id: old for item in items for old in reversed(item.each("was"))}
    for old in [old for item in items for old in item.each("was")]:
        if old.id is not None and old.id in present:
            what = _("the item '{id}' is asked in {file}, line {line}, so it is no former id")
            yield old.wrong(
                what.format(
                    id=old.id, file=present[old.id].file, line=present[old.id].place.mark[0]
                ),
                _("give each an id of its own"),
            )
    for old in sheets.pack.each("retired"):
        if old.id in present:
            what = _("the item '{id}' is retired and still asked").format(id=old.id)
            yield old.wrong(what, _("take it out of 'retired', or take the item out"))
        elif old.id in named:
            what = _("the item '{id}' is retired, and another item names it under 'was'")
            yield old.wrong(
                what.format(id=old.id), _("take it out of 'retired', or out of that item's 'was'")
            )
    yield from _once(sheets.pack.each("retired"))


def _once(ids: Iterable[Spot]) -> Iterator[Finding]:
    first: dict[str, Spot] = {}
    for spot in ids:
        if spot.id is None:
            continue
        if spot.id in first:
            earlier = first[spot.id]
            what = _("'{id}' is given twice, first in {file}, line {line}").format(
                id=spot.id, file=earlier.file, line=earlier.place.mark[0]
            )
            yield spot.wrong(what, _("give each an id of its own"))
        first.setdefault(spot.id, spot)


def _pack_file(sheets: Sheets) -> Iterator[Finding]:
    for module in sheets.pack.each("modules"):
        for listed in ("weights", "minimums", "knowledge"):
            for name, part in module.named(listed):
                yield from _known_key(name, part, sheets.competencies)
        for gate in module.each("gates"):
            yield from _gate(gate, sheets)
    for wave in sheets.pack.each("waves"):
        for asked in wave.each("asks"):
            yield from _known(asked, sheets.competencies)


def _gate(gate: Spot, sheets: Sheets) -> Iterator[Finding]:
    if gate.id is None:
        return
    item = sheets.items.get(gate.id)
    kind = item.at("type").id if item else None
    possible = [name for name, spot in sheets.items.items() if spot.at("type").id == "yes_no"]
    if item is None:
        what = _("there is no item '{id}'").format(id=gate.id)
        yield gate.wrong(what, one_of(gate.id, possible))
    elif kind != "yes_no" and kind in ITEM_TYPES:
        what = _("the gate '{id}' is an item of type {type}").format(id=gate.id, type=kind)
        yield gate.wrong(what, _("a gate is an item of type yes_no"))


def _rated(named: Spot, sheets: Sheets) -> Iterator[Finding]:
    """The item of a sample answer: one that is rated, in a competency."""
    if named.id is None:
        return
    item = sheets.items.get(named.id)
    kind = item.at("type").id if item else None
    if item is None:
        possible = [name for name, spot in sheets.items.items() if spot.at("type").id == "rating"]
        what = _("there is no item '{id}'").format(id=named.id)
        yield named.wrong(what, one_of(named.id, possible))
    elif kind != "rating" and kind in ITEM_TYPES:
        what = _("the sample is of '{id}', an item of type {type}").format(id=named.id, type=kind)
        yield named.wrong(what, _("a sample is of an item of type rating"))
    elif kind == "rating" and item.at("competency").data is None:
        what = _("the sample is of '{id}', an item without a competency").format(id=named.id)
        yield named.wrong(what, _("name an item that has one"))


def _items(sheets: Sheets) -> Iterator[Finding]:
    for _questionnaire, item in sheets.each_item():
        yield from _known(item.at("competency"), sheets.competencies)
        for name in item.each("also"):
            yield from _known(name, sheets.competencies)
        for spot in (item, *item.each("cards")):
            for name in spot.each("modules"):
                yield from _known(name, sheets.modules)


def _known(spot: Spot, right: Sequence[str]) -> Iterator[Finding]:
    if spot.id is not None and spot.id not in right:
        what = _("'{id}' is unknown").format(id=spot.id)
        yield spot.wrong(what, one_of(spot.id, right))


def _known_key(name: str, part: Spot, right: Sequence[str]) -> Iterator[Finding]:
    if name not in right:
        what = _("'{id}' is unknown").format(id=name)
        yield part.wrong(what, one_of(name, right), at_key=True)
