"""What works and could be better: missing languages, items that are never asked or never count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.i18n import _, ngettext
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, counts, keyed
from assess.packs.spot import Spot

TEXTS = frozenset(
    {"title", "name", "definition", "tasks", "reason", "notice", "ask", "method", "probes"}
    | {"anchors", "levels", "evidence", "text", "intro", "use", "when", "decision", "topic"}
    | {"words", "flag", "programme", "on_red", "unit", "look_for", "answer"}
)
"""Keys that hold texts, which are compared with the languages of the pack."""
FEW_KEYED = 4
"""Fewer answered knowledge items than this carry no share (docs/measurement.md, section 4)."""


def advice(sheets: Sheets) -> Iterator[Finding]:
    """Advice on a pack that may be perfectly usable."""
    for document in sheets.documents():
        yield from _translations(document, sheets.languages)
    yield from _self_ratings(sheets)
    yield from _uncounted(sheets)
    yield from _gates(sheets)
    yield from _bands(sheets.pack)


def _translations(spot: Spot, languages: list[str]) -> Iterator[Finding]:
    for key, part in spot.parts():
        if key in TEXTS and isinstance(part.data, dict) and not _is_levels(key):
            yield from _text(part, languages)
        elif key in TEXTS and isinstance(part.data, dict):
            for _level, text in part.parts():
                if isinstance(text.data, dict):
                    yield from _text(text, languages)
        else:
            yield from _translations(part, languages)


def _is_levels(key: str) -> bool:
    """Texts by level, each of which is a text of its own."""
    return key in ("anchors", "levels")


def _text(spot: Spot, languages: list[str]) -> Iterator[Finding]:
    given = {str(key) for key in spot.data}
    if spot.way[-1] == "when" and not given & set(languages):
        return
    missing = [language for language in languages if language not in given]
    if missing:
        what = _("the text is missing in {languages}").format(languages=", ".join(missing))
        remedy = _("until then {language} is shown").format(language=languages[0])
        yield spot.advise(what, remedy)
    for language in sorted(given - set(languages)):
        what = _("'{language}' is none of the pack's languages").format(language=language)
        remedy = _("add it to 'languages', or write one of {words}").format(
            words=", ".join(languages)
        )
        yield spot.at(language).advise(what, remedy, at_key=True)


def _self_ratings(sheets: Sheets) -> Iterator[Finding]:
    for questionnaire in sheets.questionnaires:
        if questionnaire.at("for").data != "candidate" or not counts(questionnaire):
            continue
        rated = [item for q, item in sheets.each_item() if q == questionnaire]
        if any(item.at("type").data == "rating" for item in rated):
            what = _("candidates' ratings of themselves would count")
            yield questionnaire.at("counts").advise(what, _("write 'counts: false'"), at_key=True)


@dataclass(frozen=True)
class _Question:
    """What an item that counts asks for."""

    competency: str | None
    modules: frozenset[str | None]
    rated: bool

    def serves(self, module: str | None, competency: str, *, rated: bool) -> bool:
        return (
            self.competency == competency
            and self.rated == rated
            and (not self.modules or module in self.modules)
        )


def _questions(sheets: Sheets) -> list[_Question]:
    return [
        _Question(item.at("competency").id, _modules(item), item.at("type").data == "rating")
        for questionnaire, item in sheets.each_item()
        if counts(questionnaire) and (item.at("type").data == "rating" or keyed(item))
    ]


def _modules(item: Spot) -> frozenset[str | None]:
    return frozenset(part.id for part in item.each("modules"))


def _uncounted(sheets: Sheets) -> Iterator[Finding]:
    """Weights that no answer can fill, and knowledge shares that can never apply."""
    least = sheets.pack.at("policy").at("min_items").number or 2
    questions = _questions(sheets)
    for module in sheets.pack.each("modules"):
        own = module.at("id").id
        for name, part in module.named("weights"):
            found = sum(question.serves(own, name, rated=True) for question in questions)
            if part.number and found < least:
                what = ngettext(
                    "only {number} rating item asks for it, and {least:g} are needed",
                    "only {number} rating items ask for it, and {least:g} are needed",
                    found,
                ).format(number=found, least=least)
                yield part.advise(what, _("add items, or take the weight out"), at_key=True)
        for name, part in module.named("knowledge"):
            found = sum(question.serves(own, name, rated=False) for question in questions)
            if part.number and found < FEW_KEYED:
                what = ngettext(
                    "only {number} knowledge item asks for it, and {least} are needed",
                    "only {number} knowledge items ask for it, and {least} are needed",
                    found,
                ).format(number=found, least=FEW_KEYED)
                yield part.advise(what, _("add items, or take the share out"), at_key=True)


def _gates(sheets: Sheets) -> Iterator[Finding]:
    for module in sheets.pack.each("modules"):
        for gate in module.each("gates"):
            item = sheets.items.get(gate.id or "")
            if item and _modules(item) and module.at("id").id not in _modules(item):
                what = _("'{id}' is not asked for this module").format(id=gate.id)
                yield gate.advise(what, _("add the module to the item's 'modules'"))


def _bands(pack: Spot) -> Iterator[Finding]:
    starts = [band.at("from").number for band in pack.each("bands")]
    numbers = [start for start in starts if start is not None]
    if numbers and min(numbers) > 0:
        what = _("no band begins at 0")
        yield pack.at("bands").advise(what, _("let the lowest begin there"), at_key=True)
