"""``assess pack show``: a pack, or an interview as it will be asked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess import i18n
from assess.cli.plain_item import as_asked
from assess.errors import BadInput
from assess.i18n import _, listed

if TYPE_CHECKING:
    from assess.model.items import Item
    from assess.model.pack import Pack, Questionnaire


def lines(pack: Pack, arguments: argparse.Namespace) -> Iterator[str]:
    """The whole pack, or with one of the options an interview. Raises BadInput."""
    from assess.packs.show import render

    asked = (arguments.questionnaire, arguments.module, arguments.form)
    if arguments.interview or any(one is not None for one in asked):
        return preview(pack, i18n.language(), *asked)
    return render(pack, i18n.language())


def preview(
    pack: Pack,
    language: str,
    questionnaire: str | None = None,
    module: str | None = None,
    form: str | None = None,
) -> Iterator[str]:
    """The lines of an interview for a module (all by default) as the interviewer will see it.

    Raises BadInput for a questionnaire or module that the pack does not have.
    """
    from assess.model.forms import sheet_of

    chosen = _questionnaire(pack, questionnaire)
    if module is not None and module not in pack.modules:
        raise BadInput(
            _("the pack has no module {unknown}; it has {known}").format(
                unknown=module, known=listed(pack.modules)
            )
        )
    modules = list(pack.modules) if module is None else [module]
    return _interview(pack, sheet_of(pack, chosen, form or "full", modules), modules, language)


def _questionnaire(pack: Pack, name: str | None) -> Questionnaire:
    known = pack.questionnaires
    if name is None:
        return pack.main_questionnaire
    if name not in known:
        raise BadInput(
            _("the pack has no questionnaire {unknown}; it has {known}").format(
                unknown=name, known=listed(known)
            )
        )
    return known[name]


def _interview(
    pack: Pack, sheet: Questionnaire, modules: list[str], language: str
) -> Iterator[str]:
    yield pack.say(sheet.title, language)
    if sheet.intro is not None:
        yield from pack.say(sheet.intro, language).splitlines()
    asked = [i for i in sheet.items if i.modules is None or set(i.modules) & set(modules)]
    place = 0
    for section in sheet.sections:
        items = [item for item in section.items if item in asked]
        if items:
            yield ""
            yield f"-- {pack.say(section.title, language)} --"
        for item in items:
            place += 1
            yield ""
            yield _("{item}, {place} of {count}").format(
                item=item.id, place=place, count=len(asked)
            )
            yield from as_asked(pack, item, modules, language)
            yield from _beside(pack, item, language)


def _beside(pack: Pack, item: Item, language: str) -> Iterator[str]:
    """What the interviewer is told beside the question."""
    from assess.workspace.forms_words import when_words

    if item.evidence is not None:
        yield "  " + _("Evidence: {text}").format(text=pack.say(item.evidence, language))
    if item.required:
        yield "  " + _("must be answered before the interview is submitted")
    if item.when is not None:
        yield "  " + when_words(item.when)
