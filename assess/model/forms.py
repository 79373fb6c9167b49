"""The forms of a questionnaire: whole, short, and the self-test that candidates take alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args

from assess.model.asking import asked_items, shown_items
from assess.model.items import Item, RatingItem
from assess.model.pack import Pack, Questionnaire, Section
from assess.model.pack_file import Wave

Form = Literal["full", "short", "self"]
FORMS: tuple[Form, ...] = get_args(Form)
_A_COMPETENCY = 2
"""How many ratings of a competency the short form asks."""


def sheet_of(
    pack: Pack, questionnaire: Questionnaire, form: str, modules: Collection[str]
) -> Questionnaire:
    """The questionnaire as a form asks it of a candidate for ``modules``."""
    if form == "full":
        return questionnaire
    key = (questionnaire.id, form, *sorted(modules))
    if key not in pack.forms:
        alone = form == "self"
        pack.forms[key] = (
            _self_test(pack, questionnaire) if alone else _short(questionnaire, modules)
        )
    return pack.forms[key]


class Sheet(NamedTuple):
    """What is asked in one interview."""

    shown: frozenset[str]
    """Items that no condition hides."""
    asked: tuple[Item, ...]
    """Items asked of this candidate in this wave, in order."""
    ids: frozenset[str]
    """The ids of those."""


def asked_of(
    pack: Pack,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    form: Form,
    modules: Collection[str],
    given: Mapping[str, Any],
) -> Sheet:
    """What an interview in that form asks, given the values answered in it.

    Worked out once for all interviews in which the items that conditions read are answered alike.
    """
    read = tuple((item, repr(given[item])) for item in pack.read_by_conditions if item in given)
    key = questionnaire.id, wave.id, form, tuple(modules), read
    if key not in pack.sheets:
        sheet = sheet_of(pack, questionnaire, form, modules)
        # an answer to an item that the short form leaves out, as from a file, is one all the same
        whole = questionnaire if form == "short" else sheet
        asked = tuple(asked_items(sheet, wave, given, modules))
        shown = frozenset(shown_items(whole, given, modules))
        ids = tuple(item.id for item in asked)
        # conditions read many values and come to few sheets
        new = Sheet(shown, asked, frozenset(ids))
        pack.sheets[key] = pack.sheets.setdefault((shown, ids), new)
    found: Sheet = pack.sheets[key]
    return found


def self_questionnaire(pack: Pack) -> Questionnaire | None:
    """The first questionnaire that candidates answer and that does not count."""
    asked = pack.questionnaires.values()
    return next((q for q in asked if q.audience == "candidate" and not q.counting), None)


def _short(questionnaire: Questionnaire, modules: Collection[str]) -> Questionnaire:
    """For each module the first two ratings of a competency, what is required or has none."""
    kept = {i.id for i in questionnaire.items if i.required or i.competency is None}
    for module in modules:
        found: dict[str, int] = {}
        for item in sorted(questionnaire.items, key=_waits_for_answers):
            mine = item.modules is None or module in item.modules
            if isinstance(item, RatingItem) and item.competency is not None and mine:
                found[item.competency] = found.get(item.competency, 0) + 1
                if found[item.competency] <= _A_COMPETENCY:
                    kept.add(item.id)
    by_id = {item.id: item for item in questionnaire.items}
    waiting = [item for item in questionnaire.items if item.id in kept]
    while waiting:
        # what a condition reads is asked too, or the item would stay hidden
        read = waiting.pop().when
        for other in sorted(read.items() - kept) if read is not None else ():
            if other in by_id:
                kept.add(other)
                waiting.append(by_id[other])
    return _with(questionnaire, _narrowed(questionnaire.sections, kept))


def _waits_for_answers(item: Item) -> bool:
    return item.when is not None and bool(item.when.items())


def _self_test(pack: Pack, questionnaire: Questionnaire) -> Questionnaire:
    """The own questionnaire, behind it the knowledge items; each says for which modules it is."""
    checks = [q for q in pack.questionnaires.values() if q.audience == "candidate" and q.counting]
    known = {item.id for check in checks for item in check.items if item.keyed}
    sections = [*questionnaire.sections]
    for check in checks:
        sections += _narrowed(check.sections, known)
    return _with(questionnaire, sections)


def _narrowed(sections: Iterable[Section], kept: Collection[str]) -> Iterator[Section]:
    for section in sections:
        items = [item for item in section.items if item.id in kept]
        if items:
            yield Section.model_construct(title=section.title, items=items)


def _with(questionnaire: Questionnaire, sections: Iterable[Section]) -> Questionnaire:
    return Questionnaire.model_construct(
        id=questionnaire.id,
        audience=questionnaire.audience,
        counts=questionnaire.counts,
        title=questionnaire.title,
        intro=questionnaire.intro,
        sections=list(sections),
    )
