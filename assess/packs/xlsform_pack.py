"""What a form says nothing about: the pack around its questions, and how they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.i18n import _, listed
from assess.model.ids import VERSION
from assess.packs.xlsform_columns import Node, tidy
from assess.packs.xlsform_form import Asked, Form
from assess.packs.xlsform_notes import Notes
from assess.packs.xlsform_sheets import Sheet
from assess.packs.xlsform_words import Words, fallback_language, id_from

Plain = dict[str, Any]
_BANDS = (
    ("ready", 75, "Ready", "就绪"),
    ("ready_with_plan", 60, "Ready with a plan", "基本就绪（需培养计划）"),
    ("backup", 45, "Backup in training", "后备培养"),
    ("not_yet", 0, "Not yet", "暂未就绪"),
)
KNOWLEDGE = 0.4
"""The share of a competency that questions with points carry beside ratings."""
GENERAL = "GENERAL"
"""The competency, and the module, of a form that names none."""


def pack_of(
    form: Form, about: Node, sheets: Mapping[str, Sheet], words: Words, notes: Notes
) -> Plain:
    """``pack.yaml`` of a form, and each item's competency and modules filled in.

    ``about`` holds the form's settings; its ``id_string`` is the pack's id, its ``title`` a text.
    """
    languages = words.languages or [_language(form)]
    _competencies_by_default(form, notes)
    names = {kind: _names(sheets.get(kind), words) for kind in ("competencies", "modules")}
    order = list(dict.fromkeys(asked.competency for asked in _each(form) if asked.competency))
    order = [*order, *(name for name in names["competencies"] if name not in order)] or [GENERAL]
    titles = {
        GENERAL: _said("General aptitude", "综合能力", languages),
        **{one.competency: one.group.title for one in _each(form) if _by_default(one)},
    }
    modules = list(dict.fromkeys(module for asked in _each(form) for module in asked.modules))
    if not modules:
        modules = [GENERAL]
        notes.assumed.append(
            _("no module is named: every question belongs to the module '{module}'").format(
                module=GENERAL
            )
        )
    _fill_in(form)
    return {
        "pack": about["id_string"],
        "version": _version(about, notes),
        "languages": languages,
        "title": about["title"],
        "scale": {"from": 1, "to": 5},
        "competencies": [
            {"id": name, "name": titles.get(name, name), **names["competencies"].get(name, {})}
            for name in order
        ],
        "modules": [
            {
                "id": name,
                "name": _said("All questions", "全部问题", languages) if name == GENERAL else name,
                **names["modules"].get(name, {}),
                "weights": _weights(form, name, order, notes),
                **_knowledge(form, name, notes),
            }
            for name in modules
        ],
        "bands": [
            {"id": band, "from": start, "name": _said(english, chinese, languages)}
            for band, start, english, chinese in _BANDS
        ],
        "waves": [{"id": "M0", "name": _said("First round", "第一轮", languages), "asks": "all"}],
    }


def _each(form: Form) -> list[Asked]:
    return [asked for section in form.sections for asked in section.items]


def _language(form: Form) -> str:
    return fallback_language([str(asked.made.plain["ask"]) for asked in _each(form)])


def _said(english: str, chinese: str, languages: list[str]) -> Any:
    known = {"en": english, "zh": chinese}
    if not set(languages) <= set(known):
        return english
    said = {language: known[language] for language in languages}
    return said if len(said) > 1 else said[languages[0]]


def _scores(asked: Asked) -> bool:
    """Whether answers to it can enter a score."""
    plain = asked.made.plain
    return plain["type"] == "rating" or any("points" in o for o in plain.get("options", ()))


def _competencies_by_default(form: Form, notes: Notes) -> None:
    """A competency per group for items that count and name none."""
    given = {asked.competency for asked in _each(form)}
    made: dict[str, str] = {}
    told: dict[str, list[str]] = {}
    for asked in _each(form):
        if asked.competency or not _scores(asked):
            continue  # only what counts needs a competency
        group = asked.group.name
        if group not in made:
            made[group] = id_from(group, given | set(made.values())) if group else GENERAL
        asked.competency = made[group]
        asked.made.plain["_default"] = True
        told.setdefault(made[group], []).append(asked.made.answered.id)
    for competency, items in told.items():
        what = _("no competency is named for {items}: they count for '{competency}'")
        notes.assumed.append(what.format(items=listed(items, most=6), competency=competency))


def _by_default(asked: Asked) -> bool:
    return "_default" in asked.made.plain


def _fill_in(form: Form) -> None:
    for asked in _each(form):
        plain = asked.made.plain
        plain.pop("_default", None)
        if asked.competency:
            plain["competency"] = asked.competency
        if asked.modules:
            plain["modules"] = asked.modules


def _weights(form: Form, module: str, order: list[str], notes: Notes) -> dict[str, float | int]:
    """What each competency weighs in a module: as given, the rest evenly, 100 in all."""
    given: dict[str, float] = {}
    asked_for: list[str] = []
    for asked in _each(form):
        if asked.modules and module not in asked.modules:
            continue
        name = asked.competency
        if not name:
            continue
        if name not in asked_for and _scores(asked):
            asked_for.append(name)
        if asked.weight is None:
            continue
        earlier = given.setdefault(name, asked.weight)
        if earlier != asked.weight:
            what = _("'{competency}' weighs {first:g} above and {second:g} here: give one weight")
            notes.refuse(
                asked.made.node,
                "weight",
                what.format(competency=name, first=earlier, second=asked.weight),
            )
        if not 0 <= asked.weight <= 100:
            notes.refuse(asked.made.node, "weight", _("a weight goes from 0 to 100"))
    names = [name for name in order if name in asked_for or name in given] or order
    missing = [name for name in names if name not in given]
    left = 100 - sum(given.values())
    shares = {name: given.get(name, max(left, 0) / max(len(missing), 1)) for name in names}
    return _to_hundred(shares, module, given, notes)


def _knowledge(form: Form, module: str, notes: Notes) -> Plain:
    """The share of each competency that its items with points carry in a module."""
    kinds: dict[str, set[str]] = {}
    for asked in _each(form):
        if asked.competency and _scores(asked) and module in (asked.modules or [module]):
            kinds.setdefault(asked.competency, set()).add(asked.made.plain["type"])
    shares = {
        name: KNOWLEDGE if "rating" in found else 1
        for name, found in kinds.items()
        if found != {"rating"}
    }
    if not shares:
        return {}
    words = listed(f"{name} {share:g}" for name, share in shares.items())
    what = _("in module '{module}' questions with points carry these shares: {shares}")
    notes.assumed.append(what.format(module=module, shares=words))
    return {"knowledge": shares}


def _to_hundred(
    shares: dict[str, float], module: str, given: dict[str, float], notes: Notes
) -> dict[str, float | int]:
    total = sum(shares.values())
    if total <= 0:
        shares = dict.fromkeys(shares, 1.0)
        total = float(len(shares))
    scaled = {name: round(100 * share / total, 4) for name, share in shares.items()}
    largest = max(scaled, key=lambda name: scaled[name])
    scaled[largest] = round(scaled[largest] + 100 - sum(scaled.values()), 4)
    words = listed(f"{name} {share:g}" for name, share in scaled.items())
    if not given:
        what = _("no weight is named: in module '{module}' all weigh the same ({weights})")
        notes.assumed.append(what.format(module=module, weights=words))
    elif set(given) != set(shares) or abs(total - 100) > 1e-6:
        what = _("the weights of module '{module}' are made to sum to 100: {weights}")
        notes.assumed.append(what.format(module=module, weights=words))
    return {name: tidy(share) for name, share in scaled.items()}


def _version(about: Node, notes: Notes) -> str:
    given = str(about.get("version") or "").strip()
    if VERSION.fullmatch(given):
        return given
    if given:
        what = _("the form's version '{version}' is not of the form 1.0.0, which is written")
        notes.assumed.append(what.format(version=given))
    return "1.0.0"


def _names(sheet: Sheet | None, words: Words) -> dict[str, Plain]:
    """Names and definitions of a sheet of our own: ``id``, ``label::…``, ``definition::…``."""
    found: dict[str, Plain] = {}
    for row in sheet.rows if sheet else ():
        by_column: dict[str, dict[str, str]] = {}
        for column, cell in row.items():
            key, _mark, language = (part.strip() for part in column.partition("::"))
            by_column.setdefault(key.lower(), {})[language or "default"] = cell
        name = by_column.get("id", {}).get("default")
        if not name:
            continue
        plain: Plain = {}
        if label := words.text(by_column.get("label") or by_column.get("name")):
            plain["name"] = label
        if sheet and sheet.name == "competencies":
            if definition := words.text(by_column.get("definition")):
                plain["definition"] = definition
            if kind := by_column.get("kind", {}).get("default"):
                plain["kind"] = kind
        found[name] = plain
    return found
