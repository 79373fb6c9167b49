"""Advice on what counts: weights that nothing fills, items that nothing uses, too little time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.i18n import _, ngettext
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, counts, items_of, keyed
from assess.packs.spot import Spot

FEW_KEYED = 4
"""Fewer answered knowledge items than this carry no share (docs/measurement.md, section 4)."""
MINUTES = {"rating": 3.0, "choice": 1.25, "choices": 1.5, "number": 1.0, "yes_no": 0.5, "text": 2.0}
"""How long an item takes; what people rate alone on a form takes half a minute."""
ALONE = 0.5
HOUR = 66.0
"""An hour and what a little over it does no harm."""
_SHORT_FORM = 2


@dataclass(frozen=True)
class _Question:
    """What an item that counts asks for."""

    item: Spot
    competency: str | None
    modules: frozenset[str | None]
    rated: bool

    def asked(self, module: str | None) -> bool:
        return not self.modules or module in self.modules

    def serves(self, module: str | None, competency: str, *, rated: bool) -> bool:
        return self.competency == competency and self.rated == rated and self.asked(module)


def counting(sheets: Sheets) -> Iterator[Finding]:
    """Advice on weights, shares and items that find nothing to fill or to serve."""
    questions = [
        _Question(item, item.at("competency").id, _modules(item), item.at("type").data == "rating")
        for questionnaire, item in sheets.each_item()
        if counts(questionnaire) and (item.at("type").data == "rating" or keyed(item))
    ]
    least = sheets.pack.at("policy").at("min_items").number or 2
    bare = set()
    for competency in sheets.pack.each("competencies"):
        name = competency.at("id").id or ""
        weighed = any(
            key == name and part.number
            for module in sheets.pack.each("modules")
            for key, part in module.named("weights")
        )
        found = sum(q.competency == name and q.rated for q in questions)
        if not weighed:
            what = _("no module gives '{id}' a weight").format(id=name)
            remedy = _("give it one, or take the competency out")
            yield competency.at("id").advise(what, remedy, rule="competency_unused")
        elif found < least:
            bare.add(name)
            yield competency.at("id").advise(
                _too_few_ratings(found, least),
                _("add items, or take the competency out"),
                rule="competency_items",
            )
    yield from _unfilled(sheets, questions, least, bare)
    yield from _unused(sheets, questions)
    yield from _gates(sheets)


def _too_few_ratings(found: int, least: float) -> str:
    return ngettext(
        "only {number} rating item asks for it, and {least:g} are needed",
        "only {number} rating items ask for it, and {least:g} are needed",
        found,
    ).format(number=found, least=least)


def _modules(item: Spot) -> frozenset[str | None]:
    return frozenset(part.id for part in item.each("modules"))


def _unfilled(
    sheets: Sheets, questions: list[_Question], least: float, bare: set[str]
) -> Iterator[Finding]:
    """Weights that no answer can fill, and knowledge shares that can never apply."""
    for module in sheets.pack.each("modules"):
        own = module.at("id").id
        for name, part in module.named("weights"):
            found = sum(question.serves(own, name, rated=True) for question in questions)
            if part.number and found < least and name not in bare:
                what, remedy = (
                    _too_few_ratings(found, least),
                    _("add items, or take the weight out"),
                )
                yield part.advise(what, remedy, at_key=True, rule="weight_unfilled")
        for name, part in module.named("knowledge"):
            found = sum(question.serves(own, name, rated=False) for question in questions)
            if part.number and found < FEW_KEYED:
                what = ngettext(
                    "only {number} knowledge item asks for it, and {least} are needed",
                    "only {number} knowledge items ask for it, and {least} are needed",
                    found,
                ).format(number=found, least=FEW_KEYED)
                remedy = _("add items, or take the share out")
                yield part.advise(what, remedy, at_key=True, rule="share_unfilled")


def _unused(sheets: Sheets, questions: list[_Question]) -> Iterator[Finding]:
    """Items whose answers enter no module's score and no minimum."""
    wanted: dict[bool, set[tuple[str | None, str]]] = {True: set(), False: set()}
    for module in sheets.pack.each("modules"):
        own = module.at("id").id
        for listed, rated in (("weights", True), ("minimums", True), ("knowledge", False)):
            wanted[rated] |= {(own, name) for name, part in module.named(listed) if part.number}
    for question in questions:
        uses = [
            module
            for module, competency in wanted[question.rated]
            if competency == question.competency and question.asked(module)
        ]
        if not uses:
            what = _("no module that asks this item gives '{id}' a weight").format(
                id=question.competency
            )
            remedy = _("give it a weight there, or take the item out")
            if not question.rated:
                what = _("no module that asks this item lets knowledge count for '{id}'").format(
                    id=question.competency
                )
                remedy = _("add 'knowledge: {{{id}: 0.4}}' to the module, or take the item out")
                remedy = remedy.format(id=question.competency)
            yield question.item.at("id").advise(what, remedy, rule="item_unused")


def _gates(sheets: Sheets) -> Iterator[Finding]:
    for module in sheets.pack.each("modules"):
        for gate in module.each("gates"):
            item = sheets.items.get(gate.id or "")
            if item and _modules(item) and module.at("id").id not in _modules(item):
                what = _("'{id}' is not asked for this module").format(id=gate.id)
                yield gate.advise(
                    what, _("add the module to the item's 'modules'"), rule="gate_unasked"
                )


def hours(sheets: Sheets) -> Iterator[Finding]:
    """Questionnaires of which even the short form takes more than an hour for one module."""
    modules = [module.at("id").id for module in sheets.pack.each("modules")]
    for questionnaire in sheets.questionnaires:
        alone = questionnaire.at("for").data != "interviewer"
        items = list(items_of(questionnaire))
        taken = {module: _minutes(items, module, alone=alone) for module in modules}
        worst = max(taken, key=lambda module: taken[module])
        if taken[worst] > HOUR:
            what = _("asking it for {module} takes about {minutes:.0f} minutes").format(
                module=worst, minutes=taken[worst]
            )
            remedy = _("ask less: two good items for each competency fit into an hour")
            if alone:
                remedy = _("ask less: forty choices fit into an hour")
            yield questionnaire.at("questionnaire").advise(what, remedy, at_key=True, rule="hour")


def _minutes(items: list[Spot], module: str | None, *, alone: bool) -> float:
    """The time of the short form: two ratings of a competency, and all that is no rating."""
    minutes, rated = 0.0, dict[str | None, int]()
    for item in items:
        kind, competency = item.at("type").data, item.at("competency").id
        if _modules(item) and module not in _modules(item):
            continue
        if kind == "rating" and alone:
            minutes += ALONE
        elif kind == "rating" and competency is not None and not item.at("required").truth:
            rated[competency] = rated.get(competency, 0) + 1
            minutes += MINUTES["rating"] if rated[competency] <= _SHORT_FORM else 0.0
        else:
            minutes += MINUTES.get(str(kind), 0.0)
    return minutes
