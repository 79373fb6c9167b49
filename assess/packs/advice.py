"""What works and could be better, from the craft of item writing.

Each piece of advice has a rule, so that a script can tell them apart. A rule that raises false
alarms on a good pack is worse than none: all of them are silent on the pack that ships.
"""

from __future__ import annotations

from collections.abc import Iterator

from assess.i18n import _, listed, ngettext
from assess.packs.advice_anchors import anchors
from assess.packs.advice_counting import counting, hours
from assess.packs.advice_keys import keys
from assess.packs.advice_words import wording
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, counts, items_of
from assess.packs.spot import Spot

TEXTS = frozenset(
    {"title", "name", "definition", "tasks", "reason", "notice", "ask", "method", "probes"}
    | {"anchors", "levels", "evidence", "text", "intro", "use", "when", "decision", "topic"}
    | {"words", "flag", "programme", "on_red", "unit", "look_for", "answer"}
)
"""Keys that hold texts, which are compared with the languages of the pack."""


def advice(sheets: Sheets) -> Iterator[Finding]:
    """Advice on a pack that may be perfectly usable."""
    yield from _translations(sheets)
    yield from _self_ratings(sheets)
    yield from _bands(sheets.pack)
    for rules in (counting, hours, anchors, wording, keys):
        yield from rules(sheets)


def _translations(sheets: Sheets) -> Iterator[Finding]:
    """Texts that lack a language, and each code that is none, once for all texts it stands in."""
    languages = sheets.languages
    strange: dict[str, list[Spot]] = {}
    for text in (text for document in sheets.documents() for text in _texts(document)):
        given = {str(key) for key in text.data}
        if text.way[-1] == "when" and not given & set(languages):
            continue
        for language in sorted(given - set(languages)):
            strange.setdefault(language, []).append(text.at(language))
        missing = [language for language in languages if language not in given]
        if missing and given <= set(languages):  # else it is most likely there, by another code
            what = _("the text is missing in {languages}").format(languages=listed(missing))
            remedy = _("until then {language} is shown").format(language=languages[0])
            yield text.advise(what, remedy, rule="translation")
    for language, spots in strange.items():
        what = ngettext(
            "'{language}' of {n} text is none of the pack's languages",
            "'{language}' of {n} texts is none of the pack's languages",
            len(spots),
        ).format(language=language, n=len(spots))
        remedy = _("add it to 'languages', or write one of {words}").format(words=listed(languages))
        yield spots[0].advise(what, remedy, at_key=True, rule="language")


def _texts(spot: Spot) -> Iterator[Spot]:
    """Every text that is given by language."""
    for key, part in spot.parts():
        if key in TEXTS and isinstance(part.data, dict) and not _is_levels(key):
            yield part
        elif key in TEXTS and isinstance(part.data, dict):
            yield from (text for _level, text in part.parts() if isinstance(text.data, dict))
        else:
            yield from _texts(part)


def _is_levels(key: str) -> bool:
    """Texts by level, each of which is a text of its own."""
    return key in ("anchors", "levels")


def _self_ratings(sheets: Sheets) -> Iterator[Finding]:
    for questionnaire in sheets.questionnaires:
        if questionnaire.at("for").data != "candidate" or not counts(questionnaire):
            continue
        if any(item.at("type").data == "rating" for item in items_of(questionnaire)):
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
