"""An item as lines of text, and what a line says as an answer to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assess.exchange.cells import halfwidth
from assess.i18n import _, speaking
from assess.model.asking import Answer
from assess.model.items import (
    Card,
    ChoiceItem,
    ChoicesItem,
    Item,
    NumberItem,
    RatingItem,
    YesNoItem,
)
from assess.model.pack import Pack
from assess.workspace.interviewing import Interview


def question(session: Interview, item: Item, asked: list[str], language: str) -> Iterator[str]:
    """An item as lines: where one is, the question, its probes, and what answers it."""
    place = asked.index(item.id) + 1 if item.id in asked else len(asked)
    yield ""
    yield _("{item}, {place} of {count}").format(item=item.id, place=place, count=len(asked))
    with_key = session.questionnaire.audience != "candidate"
    yield from as_asked(session.pack, item, session.modules, language, with_key=with_key)
    stored = session.answers.get(item.id)
    if stored is not None and stored.given:
        yield _("  stored: {value}").format(value=in_one_line(stored))
        if stored.note:
            yield _("  note: {note}").format(note=stored.note.replace("\n", " / "))
    if item.id in session.flags:
        yield _("  flagged, to come back to")


def as_asked(
    pack: Pack, item: Item, modules: Collection[str], language: str, *, with_key: bool = True
) -> Iterator[str]:
    """The words of an item for a candidate of ``modules``: question, probes, cards, answers.

    ``with_key``: what to look for stands below each card.
    """
    yield pack.say(item.ask, language)
    if item.probes is not None:
        for probe in item.probes.say(language, pack.file.languages[0]):
            yield f"  - {probe}"
    for card in item.cards_for(modules):
        yield from _card(pack, card, language, with_key)
    if isinstance(item, RatingItem):
        yield from anchors(pack, item, language)
    elif isinstance(item, ChoiceItem | ChoicesItem):
        for number, option in enumerate(item.options, 1):
            yield f"  {number}  {pack.say(option.text, language)}  ({option.id})"
    elif isinstance(item, YesNoItem):
        with speaking(language):
            both = _("  1  yes   2  no")
        yield both
    elif isinstance(item, NumberItem) and item.range is not None:
        yield _("  a number from {low} to {high}").format(
            low=f"{item.range.low:g}", high=f"{item.range.high:g}"
        )


def anchors(pack: Pack, item: RatingItem, language: str) -> Iterator[str]:
    """The levels of a rating item that have words, and the ends of its scale."""
    scale = pack.scale_of(item)
    told = item.anchors or scale.levels
    for level in sorted({*told, scale.low, scale.high}):
        words = told.get(level)
        yield f"  {level:g}  {pack.say(words, language) if words else ''}".rstrip()


def _card(pack: Pack, card: Card, language: str, with_key: bool) -> Iterator[str]:
    """A case card: what is handed out, and what to look for."""
    yield _("  card {id}, to hand out:").format(id=card.id)
    yield from ("    " + line for line in pack.say(card.text, language).splitlines())
    if with_key and card.look_for is not None:
        yield _("  look for, not to be shown:")
        for point in card.look_for.say(language, pack.file.languages[0]):
            yield f"    - {point}"


def by_position(item: Item, line: str) -> str:
    """The line with the positions of options turned into their ids."""
    if isinstance(item, YesNoItem):
        return {"1": "yes", "2": "no"}.get(halfwidth(line), line)
    if not isinstance(item, ChoiceItem | ChoicesItem):
        return line
    ids = [option.id for option in item.options]
    parts = [line] if isinstance(item, ChoiceItem) else halfwidth(line).replace(",", "|").split("|")
    chosen = [
        ids[int(part) - 1]
        if (part := halfwidth(one).strip()).isdecimal() and 1 <= int(part) <= len(ids)
        else one.strip()
        for one in parts
    ]
    return "|".join(chosen)


def in_one_line(answer: Answer) -> str:
    """An answer as a rating file writes it."""
    if answer.state != "answered":
        return answer.state
    if isinstance(answer.value, list):
        return "|".join(answer.value)
    if isinstance(answer.value, bool):
        return "yes" if answer.value else "no"
    if isinstance(answer.value, int | float):
        return f"{answer.value:g}"
    return str(answer.value).replace("\t", " ").replace("\n", " ")
