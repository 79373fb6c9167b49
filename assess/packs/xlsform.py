"""XLSForms (the workbooks of ODK, KoBo and their kin) as packs.

pyxform reads and checks the form; what a pack can hold is taken over, all else is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assess.errors import BadInput
from assess.i18n import _, listed
from assess.packs.xlsform_form import Form, form_of
from assess.packs.xlsform_notes import Notes
from assess.packs.xlsform_pack import pack_of
from assess.packs.xlsform_sheets import GivenSheet, Sheet, known_sheets
from assess.packs.xlsform_tree import form_tree
from assess.packs.xlsform_words import DEFAULT, clean, id_from, words_of
from assess.packs.xlsform_yaml import pack_files, questionnaire_names

_SETTINGS = {"title", "form_title", "id_string", "form_id", "version", "default_language", "name"}
_SETTINGS |= {"for", "counts", "allow_choice_duplicates", "clean_text_values", "set_form_title"}
_SETTINGS |= {"set_form_id"}
_AUDIENCES = ("interviewer", "candidate", "manager")


@dataclass(frozen=True)
class ImportedPack:
    """A pack that was read from a workbook: its id, its files, and what to tell about it."""

    id: str
    files: dict[str, bytes]
    questions: int
    sections: int
    languages: list[str]
    notes: list[str]


def import_form(file: str, given: Sequence[GivenSheet], *, pack: str = "") -> ImportedPack:
    """The pack made from the sheets of an XLSForm; ``pack`` is its id, by default the form's.

    It is for the caller to load it, which checks it as any other pack.
    Raises BadInput with every mistake found, AssessError where pyxform is not installed.
    """
    unread: list[str] = []
    sheets = known_sheets(file, given, unread)
    notes = Notes(file)
    notes.assumed += unread
    tree = form_tree(file, sheets, _stem(file))
    settings = _settings(sheets.get("settings"), notes)
    words = words_of(
        [header for sheet in sheets.values() for header in sheet.header],
        str(tree.get("default_language") or ""),
    )
    for name in words.invented:
        what = _("the language '{name}' is written as '{code}'")
        notes.assumed.append(what.format(name=name, code=words.codes[name]))
    # one title serves all languages
    title = clean(str(tree.get("title") or "")) or _stem(file)
    form = form_of(tree, title, words, notes)
    if not form.sections:
        notes.stop()
        raise BadInput(
            _("{file}: the form has no question that a pack can ask; nothing was written").format(
                file=file
            ),
            findings=notes.lines()[:50],
        )
    _choice_columns(sheets.get("choices"), notes)
    code = pack or id_from(str(tree.get("id_string") or _stem(file)), (), fallback="form")
    main = pack_of(form, {**tree, "id_string": code, "title": title}, sheets, words, notes)
    asked = _questionnaire(form, main, settings)
    notes.stop()
    if words.doubled:
        notes.assumed.append(
            _(
                "columns without a language are left out where their language has its own: {texts}"
            ).format(texts=" · ".join(words.doubled[:5]))
        )
    name = questionnaire_names([asked["questionnaire"]])[asked["questionnaire"]]
    files = pack_files(main, [(name, asked)])
    return ImportedPack(
        code,
        files,
        sum(len(section["items"]) for section in asked["sections"]),
        len(asked["sections"]),
        main["languages"],
        notes.lines(),
    )


def _questionnaire(form: Form, main: dict[str, Any], settings: dict[str, str]) -> dict[str, Any]:
    asked: dict[str, Any] = {"questionnaire": "form", "for": settings.get("for", "interviewer")}
    if "counts" in settings:
        asked["counts"] = settings["counts"].lower() in ("yes", "true", "1")
    asked["title"] = main["title"]
    if form.intro:
        asked["intro"] = _paragraphs(form.intro)
    asked["sections"] = [
        {"title": section.group.title, "items": [_ordered(one.made.plain) for one in section.items]}
        for section in form.sections
    ]
    return asked


def _ordered(plain: dict[str, Any]) -> dict[str, Any]:
    """An item's keys in the order in which people write them."""
    first = ("id", "type", "competency", "modules", "ask", "probes")
    return {key: plain[key] for key in (*first, *plain) if key in plain}


def _paragraphs(texts: list[Any]) -> Any:
    if all(isinstance(text, str) for text in texts):
        return "\n\n".join(texts)
    codes = dict.fromkeys(code for text in texts if isinstance(text, dict) for code in text)
    return {
        code: "\n\n".join(
            text if isinstance(text, str) else text[code]
            for text in texts
            if isinstance(text, str) or code in text
        )
        for code in codes
    }


def _settings(sheet: Sheet | None, notes: Notes) -> dict[str, str]:
    """The settings by name; those without a counterpart are told."""
    if sheet is None or not sheet.rows:
        return {}
    given = {
        _key(column): cell for column, cell in sheet.rows[0].items() if not column.startswith("__")
    }
    left = [name for name in given if name not in _SETTINGS]
    if left:
        what = _("settings without a counterpart are left out: {names}")
        notes.assumed.append(what.format(names=listed(left)))
    audience = given.get("for", "interviewer")
    if audience not in _AUDIENCES:
        what = _("'{word}' is none of {words}")
        notes.refuse(
            {"__row": "2"},
            "for",
            what.format(word=audience, words=listed(_AUDIENCES)),
            "settings",
        )
    return given


def _choice_columns(sheet: Sheet | None, notes: Notes) -> None:
    """Tell of filled columns of the options that have no counterpart."""
    for column in sheet.header if sheet else ():
        if _key(column) in ("list_name", "name", "value", "label", "caption", "points"):
            continue
        rows = [row for row in (sheet.rows if sheet else ()) if column in row]
        if rows:
            what = _("sheet 'choices': column '{column}' has no counterpart and is left out")
            notes.assumed.append(what.format(column=column))


def _key(column: str) -> str:
    """What a column is for: its name without a language, as XLSForm spells it."""
    return re.split("::|:", column)[0].strip().lower().replace(" ", "_")


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].rsplit(".", 1)[0] or DEFAULT
