"""Advice on rating items: anchors at both ends that say what is done, not how often."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assess.i18n import _, listed
from assess.packs.advice_words import said
from assess.packs.finding import Finding
from assess.packs.sheets import Sheets, counts, scale_of
from assess.packs.spot import Spot

_DEGREES = {
    "en": re.compile(
        r"\b(always|usually|often|frequently|sometimes|occasionally|rarely|seldom|hardly|ever|never|"
        r"not|no|at all|very|quite|fairly|rather|somewhat|slightly|partly|partially|mostly|largely|"
        r"fully|completely|totally|entirely|highly|extremely|well|poorly|badly|good|bad|poor|"
        r"excellent|little|some|much|more|less|most|least|all|none|a|an|the|is|are|does|do|can|"
        r"cannot)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "总是|经常|时常|常常|有时|偶尔|很少|极少|从不|从未|完全|基本|大致|部分|比较|非常|十分|"
        "相当|稍微|略微|不太|不大|不能|不会|不|没有|未|能够|能|可以|会|很|较|极|都|好|差|一般|优秀|"
        "的|地|得|了"
    ),
}
_REST = re.compile(r"[\W_]+")


def anchors(sheets: Sheets) -> Iterator[Finding]:
    """Advice on the anchors of every rating item."""
    for questionnaire, item in sheets.each_item():
        if item.at("type").data != "rating":
            continue
        if counts(questionnaire):
            yield from _ends(sheets, item)
        yield from _only_degrees(sheets, item)


def _ends(sheets: Sheets, item: Spot) -> Iterator[Finding]:
    ends = scale_of(sheets, item)
    if ends is None:
        return
    given = _levels(item.at("anchors"))
    own = item.at("scale")
    words = _levels((own if own.data is not None else sheets.pack.at("scale")).at("levels"))
    missing = [end for end in ends if end not in given and (given or end not in words)]
    if missing:
        what = _("there is no anchor at {levels}").format(
            levels=listed(f"{level:g}" for level in missing)
        )
        spot = item.at("anchors") if given else item.at("id")
        remedy = _("add 'anchors:' with what an answer at either end of the scale sounds like")
        yield spot.advise(what, remedy, at_key=True, rule="anchors_ends")


def _levels(mapping: Spot) -> set[float]:
    return {float(str(key)) for key, _part in mapping.parts()}


def _only_degrees(sheets: Sheets, item: Spot) -> Iterator[Finding]:
    """Anchors of which nothing but "always", "often", "never" differs."""
    seen: dict[tuple[str, str], str] = {}
    for level, anchor in item.at("anchors").parts():
        for language, _spot, text in said(anchor, sheets.languages):
            pattern = _DEGREES.get(language.partition("-")[0])
            if pattern is None:
                continue
            rest = _REST.sub(" ", pattern.sub(" ", text.lower())).strip()
            if language == "zh":
                rest = rest.replace(" ", "")
            other = seen.setdefault((language, rest), str(level))
            if other != str(level):
                what = _("the anchors of {one} and {other} differ only in how much or how often")
                yield anchor.advise(
                    what.format(one=other, other=level),
                    _("say what somebody at each level does, so that two raters see the same"),
                    at_key=True,
                    rule="anchors_adverbs",
                )
                break
