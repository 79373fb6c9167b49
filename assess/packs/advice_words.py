"""Advice on wording: negations, two questions in one, sentences too long, forbidden topics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assess.i18n import _
from assess.model.topics import any_of
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, keyed
from assess.packs.spot import Spot

LONGEST = {"en": 30, "zh": 60}
"""Words, in Chinese characters, of a sentence that is heard or read once."""
HARDEST = 14.0
"""School years (Flesch and Kincaid 1975) that a question may ask of its reader."""
_MANY_WORDS = 25
_CJK = re.compile("[\u3400-\u9fff]")

# which of several things is not so: the one form in which a "not" is overlooked
_NEGATED = {
    "en": re.compile(
        r"\b(which|what)\b[^.?!]{0,60}?\b("
        r"(is|are|was|does|do|should|would|can|must|may|need)\s*(not\b|never\b|n't)"
        r"|except\b|least\s+(likely|suitable|important|useful))",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "(下列|以下|哪一?[项个种些])[^。？?！]{0,30}?"
        "(不正确|不属于|不符合|不恰当|不妥|不包括|不应|不该|不能|不需|不是|错误的|除外)"
    ),
}
_DENIED = {
    "en": re.compile(r"\b(not|never)\b|\b(do|does|did|is|are|was|were|can)n't\b", re.IGNORECASE),
    "zh": re.compile("从不|从未|没有|不会|不能|不是|并非"),
}
_TWO_QUESTIONS = {
    "en": re.compile(
        r"\?.*\?|\b(and|or)\s+(do|are|have|can|will|did|were|would|could|should|"
        r"how\s+\w+\s+(do|does|is|are|can|has|have))\s+(you|they|we|he|she|it)\b",
        re.IGNORECASE | re.DOTALL,
    ),
    "zh": re.compile(
        "[？?].*[？?]|是否.*[，、和且]是否|(并且|而且|以及)(您|你)?(是否|能否|会不会)", re.DOTALL
    ),
}
# topics that no choice of key users may rest on, whatever a pack lists itself
_NEVER = {
    "en": re.compile(
        r"\b(pregnan\w+|marital status|are you married|religio\w+|trade union|date of birth|"
        r"sexual \w+|political part\w+|how old are you|plan(s|ning)? to have children)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "怀孕|婚姻状况|已婚|未婚|宗教信仰|出生日期|政治面貌|性取向|打算要孩子|生育计划"
    ),
}


def wording(sheets: Sheets) -> Iterator[Finding]:
    """Advice on what is asked, item by item."""
    own = _own_topics(sheets)
    for questionnaire, item in sheets.each_item():
        alone = questionnaire.at("for").data != "interviewer"
        for language, spot, text in said(item.at("ask"), sheets.languages):
            yield from _negation(item, spot, language, text, alone=alone)
            yield from _two_in_one(item, spot, language, text, alone=alone)
            yield from _reading(spot, language, text)
        for option in item.each("options"):
            for language, spot, text in said(option.at("text"), sheets.languages):
                yield from _reading(spot, language, text)
        yield from _topics(item, sheets, own)


def said(spot: Spot, languages: list[str]) -> Iterator[tuple[str, Spot, str]]:
    """A text in each of its languages; one text for all counts as what its letters are."""
    if isinstance(spot.data, dict):
        for language, part in spot.parts():
            yield from ((str(language), one, text) for one, text in _each(part))
    elif spot.data is not None:
        for one, text in _each(spot):
            yield "zh" if _CJK.search(text) else (languages or ["en"])[0], one, text


def _each(spot: Spot) -> Iterator[tuple[Spot, str]]:
    if isinstance(spot.data, list):
        for _key, part in spot.parts():
            yield part, str(part.data)
    else:
        yield spot, str(spot.data)


def _found(patterns: dict[str, re.Pattern[str]], language: str, text: str) -> str:
    """The words that a pattern of the language finds; empty for none."""
    pattern = patterns.get(language.partition("-")[0])
    match = pattern.search(text) if pattern else None
    return match[0] if match else ""


def _negation(
    item: Spot, spot: Spot, language: str, text: str, *, alone: bool
) -> Iterator[Finding]:
    kind = item.at("type").data
    if kind in ("choice", "choices") and keyed(item):
        words = _found(_NEGATED, language, text)
        # in capitals nobody overlooks it
        if words and not re.search(r"\b(NOT|NEVER|EXCEPT|LEAST)\b", text):
            what = _("the question asks for what is not so ('{words}'), which many overlook")
            yield spot.advise(what.format(words=words), _("ask for what is right"), rule="negation")
    elif alone and kind in ("rating", "yes_no"):
        words = _found(_DENIED, language, text)
        if words:
            what = _("a no to a question with '{words}' can be read both ways")
            yield spot.advise(
                what.format(words=words), _("ask without the negation"), rule="negation"
            )


def _two_in_one(
    item: Spot, spot: Spot, language: str, text: str, *, alone: bool
) -> Iterator[Finding]:
    """Two questions with one answer; an interviewer's prompt may have several, a form may not."""
    kind = item.at("type").data
    one_answer = kind in ("yes_no", "number") or (alone and kind == "rating")
    if one_answer and _found(_TWO_QUESTIONS, language, text):
        what = _("two questions are asked here and one answer is taken")
        remedy = _("make two items of it; 'was' with the old id goes to the one that keeps it")
        yield spot.advise(what, remedy, rule="double_barrelled")


def _reading(spot: Spot, language: str, text: str) -> Iterator[Finding]:
    base = language.partition("-")[0]
    if base not in LONGEST:
        return
    if base == "zh":
        longest = max(len(one.strip()) for one in re.split("[。？！；?!;\n]", text))
    else:
        sentences = re.split(r"(?<=[.?!;:])\s+", text)
        longest = max(len(one.split()) for one in sentences)
    if longest > LONGEST[base]:
        what = _("a sentence of {number} words is hard to follow")
        if base == "zh":
            what = _("a sentence of {number} characters is hard to follow")
        yield spot.advise(
            what.format(number=longest),
            _("split it: at most {number}").format(number=LONGEST[base]),
            rule="reading",
        )
    elif base == "en" and (years := _school_years(text)) > HARDEST:
        what = _("the words ask for about {years:.0f} years of school").format(years=years)
        yield spot.advise(what, _("take shorter words and sentences"), rule="reading")


def _school_years(text: str) -> float:
    """The grade level by Flesch and Kincaid (1975); 0 for texts too short to tell."""
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", text)
    if len(words) < _MANY_WORDS:
        return 0.0
    sentences = max(1, len(re.findall(r"[.?!]+(\s|$)", text)))
    syllables = sum(max(1, len(re.findall("[aeiouy]+", word.lower()))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _own_topics(sheets: Sheets) -> list[re.Pattern[str]]:
    """What gives one of the pack's own forbidden topics away."""
    words = (topic.at("words") for topic in sheets.pack.each("forbidden"))
    return [any_of(tuple(text for *_at, text in said(one, sheets.languages))) for one in words]


def _topics(item: Spot, sheets: Sheets, own: list[re.Pattern[str]]) -> Iterator[Finding]:
    parts = [item.at("ask"), item.at("probes"), *(o.at("text") for o in item.each("options"))]
    for part in parts:
        for language, spot, text in said(part, sheets.languages):
            words = _found(_NEVER, language, text)
            match = next((m for pattern in own if (m := pattern.search(text))), None)
            if words or match:
                what = _("the question touches what must not be asked ('{words}')").format(
                    words=words or (match[0] if match else "")
                )
                yield spot.advise(what, _("ask about the work itself"), rule="forbidden_topic")
