"""What works and could be better, from the craft of item writing.

Each piece of advice has a rule, so that a script can tell them apart. A rule that raises false
alarms on a good pack is worse than none: all of them are silent on the pack that ships.
"""

from __future__ import annotations

from collections.abc import Iterator

from assess.i18n import _
from assess.packs.advice_anchors import anchors
from assess.packs.advice_counting import counting, hours
from assess.packs.advice_keys import keys
from assess.packs.advice_words import wording
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, counts
from assess.packs.spot import Spot

TEXTS = frozenset(
    {"title", "name", "definition", "tasks", "reason", "notice", "ask", "method", "probes"}
    | {"anchors", "levels", "evidence", "text", "intro", "use", "when", "decision", "topic"}
    | {"words", "flag", "programme", "on_red", "unit", "look_for", "answer"}
)
"""Keys that hold texts, which are compared with the languages of the pack."""


def advice(sheets: Sheets) -> Iterator[Finding]:
    """Advice on a pack that may be perfectly usable."""
    for document in sheets.documents():
        yield from _translations(document, sheets.languages)
    yield from _self_ratings(sheets)
    yield from _bands(sheets.pack)
    for rules in (counting, hours, anchors, wording, keys):
        yield from rules(sheets)


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
        yield spot.advise(what, remedy, rule="translation")
    for language in sorted(given - set(languages)):
        what = _("'{language}' is none of the pack's languages").format(language=language)
        remedy = _("add it to 'languages', or write one of {words}").format(
            words=", ".join(languages)
        )
        yield spot.at(language).advise(what, remedy, at_key=True, rule="language")


def _self_ratings(sheets: Sheets) -> Iterator[Finding]:
    for questionnaire in sheets.questionnaires:
        if questionnaire.at("for").data != "candidate" or not counts(questionnaire):
            continue
        rated = [item for q, item in sheets.each_item() if q == questionnaire]
        if any(item.at("type").data == "rating" for item in rated):
            what = _("candidates' ratings of themselves would count")
            yield questionnaire.at("counts").advise(
                what, _("write 'counts: false'"), at_key=True, rule="self_counts"
            )


def _bands(pack: Spot) -> Iterator[Finding]:
    starts = [band.at("from").number for band in pack.each("bands")]
    numbers = [start for start in starts if start is not None]
    if numbers and min(numbers) > 0:
        what = _("no band begins at 0")
        yield pack.at("bands").advise(
            what, _("let the lowest begin there"), at_key=True, rule="bands_start"
        )
