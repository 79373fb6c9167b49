"""Advice on knowledge items: what lets a test-wise guesser find the key without knowing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assess.i18n import _, listed
from assess.packs.advice_words import said
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, items_of
from assess.packs.spot import Spot

FEW = 6
"""Keyed items below this number say nothing about the habits of their author."""
SHARE = 1 / 3
"""How many keyed items may have their key as the longest option; a quarter is chance for four."""
_MUCH_LONGER = 1.4
_AT_LEAST = {"en": 15, "zh": 6}
_DETAIL = re.compile(r"[,;:()，；：、（）]|\band\b|\bor\b|\d+", re.IGNORECASE)
_ALL_OF = {
    "en": re.compile(
        r"\b(all|none|both|neither|any) of (the )?(above|these|them|options)\b"
        r"|\b(both|neither) [A-D] (and|nor) [A-D]\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "(以上|上述)(答案|选项|各项|说法)?(全部|都|均|皆)|(都|均|皆)(不是|不对|正确)$|以上全"
    ),
}


def keys(sheets: Sheets) -> Iterator[Finding]:
    """Advice on the options of knowledge items."""
    for questionnaire in sheets.questionnaires:
        single = [
            made
            for item in items_of(questionnaire)
            if (made := _single_key(item, sheets.languages))
        ]
        for keyed in single:
            yield from _gives_away(keyed)
        yield from _habits(questionnaire, single)
        yield from _positions(questionnaire, single)
    for _questionnaire, item in sheets.each_item():
        for option in item.each("options"):
            for language, spot, text in said(option.at("text"), sheets.languages):
                pattern = _ALL_OF.get(language.partition("-")[0])
                if pattern and pattern.search(text):
                    what = _("an option that speaks of the others is chosen without knowing them")
                    remedy = _("write one that stands for itself, or leave it out")
                    yield spot.advise(what, remedy, rule="all_of_the_above")


@dataclass(frozen=True)
class _Keyed:
    """A choice with one best option."""

    item: Spot
    at: int
    """Which option is the key, from 0."""
    texts: dict[str, list[str]]
    """The options by language, where all are written in it."""

    def longest(self, language: str) -> bool:
        """Whether the key is the longest option, alone."""
        return self._alone([len(text) for text in self.texts[language]])

    def most_detailed(self, language: str) -> bool:
        """Whether the key has the most parts and figures, alone."""
        return self._alone([len(_DETAIL.findall(text)) for text in self.texts[language]])

    def _alone(self, sizes: list[int]) -> bool:
        others = [size for at, size in enumerate(sizes) if at != self.at]
        return sizes[self.at] > max(others)


def _single_key(item: Spot, languages: list[str]) -> _Keyed | None:
    options = item.each("options")
    right = [at for at, o in enumerate(options) if (o.at("points").number or 0) > 0]
    if item.at("type").data != "choice" or len(right) != 1 or len(options) < 3:
        return None
    texts: dict[str, list[str]] = {}
    for option in options:
        for language, _spot, text in said(option.at("text"), languages):
            texts.setdefault(language, []).append(text)
    whole = {language: found for language, found in texts.items() if len(found) == len(options)}
    return _Keyed(item, right[0], whole)


def _gives_away(keyed: _Keyed) -> Iterator[Finding]:
    for language, texts in keyed.texts.items():
        own = len(texts[keyed.at])
        other = max(len(text) for at, text in enumerate(texts) if at != keyed.at)
        least = _AT_LEAST.get(language, _AT_LEAST["en"])
        if own >= _MUCH_LONGER * other and own - other >= least:
            option = keyed.item.each("options")[keyed.at]
            what = _("the right option is by far the longest in {language}").format(
                language=language
            )
            remedy = _("shorten it to about {number} characters, or make the others as full")
            yield option.at("text").advise(
                what, remedy.format(number=other), at_key=True, rule="key_longest"
            )


def _habits(questionnaire: Spot, items: list[_Keyed]) -> Iterator[Finding]:
    """What most keys have in common over the whole questionnaire."""
    for language in sorted({language for item in items for language in item.texts}):
        told = [item for item in items if language in item.texts]
        if len(told) < FEW:
            continue
        longest = [item for item in told if item.longest(language)]
        detailed = [item for item in told if item.most_detailed(language)]
        rules = (
            (
                "key_longest_share",
                longest,
                _("in {n} of {all} items the right option is the longest ({language})"),
            ),
            (
                "key_detailed_share",
                detailed,
                _("in {n} of {all} items the right option has the most parts ({language})"),
            ),
        )
        for rule, found, words in rules:
            if len(found) > SHARE * len(told):
                what = words.format(n=len(found), all=len(told), language=language)
                remedy = _("even it out to a third or less, for example in {items}").format(
                    items=listed(item.item.at("id").id or "" for item in found[:6])
                )
                yield questionnaire.at("questionnaire").advise(what, remedy, at_key=True, rule=rule)


def _positions(questionnaire: Spot, items: list[_Keyed]) -> Iterator[Finding]:
    """Keys that prefer a place among the options, or avoid one."""
    by_size: dict[int, list[_Keyed]] = {}
    for item in items:
        by_size.setdefault(len(item.item.each("options")), []).append(item)
    for size, same in by_size.items():
        if len(same) < 3 * size:
            continue
        places = Counter(item.at for item in same)
        fair = len(same) / size
        if max(places.values()) > 1.6 * fair or min(places[at] for at in range(size)) < 0.4 * fair:
            shown = listed(f"{at + 1}: {places[at]}" for at in range(size))
            what = _("the right options are unevenly spread over the places ({places})").format(
                places=shown
            )
            remedy = _("move options until each place has about {number:.0f}").format(number=fair)
            yield questionnaire.at("questionnaire").advise(
                what, remedy, at_key=True, rule="key_positions"
            )
