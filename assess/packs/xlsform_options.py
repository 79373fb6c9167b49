"""Questions with options: choice, choices, and what a form spells as one of them."""

from __future__ import annotations

from typing import Any

from assess.i18n import _, listed
from assess.packs.xlsform_columns import Node, anchors_in, as_number, number_in, points_in, tidy
from assess.packs.xlsform_notes import Notes, no_constraint
from assess.packs.xlsform_numbers import rating
from assess.packs.xlsform_sheets import GIVEN
from assess.packs.xlsform_words import Words, clean, id_from

Plain = dict[str, Any]
_OTHER = {"en": "Other", "zh": "其他"}


def select(node: Node, kind: str, words: Words, notes: Notes) -> Plain | None:
    """The item of a select question, with its own spelling of options under ``spelled``.

    None, and a note, where its options are not in the form.
    """
    given = node.get("choices")
    if isinstance(given, list) and "other" not in str(node.get(GIVEN, "")).lower():
        # pyxform adds it to the list, for all questions that share it
        given = [choice for choice in given if GIVEN in choice]
    if not isinstance(given, list) or not given:
        what = _("its options come from '{source}', not from the form: it is left out")
        notes.leave(node, what.format(source=node.get("itemset", "?")))
        return None
    options, spelled = _options(node, given, words, notes)
    if len(options) < 2:
        notes.leave(node, _("it has a single option: it is left out"))
        return None
    if node.get("choice_filter"):
        what = _("its options depend on other answers ({filter}): all of them are shown")
        notes.leave(node, what.format(filter=clean(str(node["choice_filter"]))))
    if str((node.get("parameters") or {}).get("randomize", "")).lower() == "true":
        notes.leave(node, _("options keep the order of the file"))
    no_constraint(node, notes)
    anchors = anchors_in(node, words, notes)
    scored = any("points" in option for option in options)
    if anchors and kind == "choice" and not scored:
        return _rated(node, anchors, [as_number(name) for name in spelled], notes)
    if anchors:
        notes.refuse(node, "anchor", _("an item with options or points has no anchors"))
    if kind == "choice" and not scored and sorted(map(str.lower, spelled)) == ["no", "yes"]:
        return {"type": "yes_no"}
    return {"type": kind, "options": options, "spelled": spelled}


def _options(
    node: Node, given: list[Node], words: Words, notes: Notes
) -> tuple[list[Plain], dict[str, str]]:
    """The options and the ids that their names became; doubled names are kept once."""
    options: list[Plain] = []
    spelled: dict[str, str] = {}
    names = [str(choice.get("name")) for choice in given]
    own = points_in(node, names, notes)
    for choice, name in zip(given, names, strict=True):
        if name in spelled:
            what = _("option '{option}' is listed twice; the first is kept")
            notes.leave(node, what.format(option=name))
            continue
        option = id_from(name, set(spelled.values()), fallback="option")
        spelled[name] = option
        label = words.text(choice.get("label")) or name
        if name == "other" and isinstance(label, dict) and set(label.values()) == {"Other"}:
            label = {code: _OTHER.get(code, "Other") for code in label}
        plain: Plain = {"id": option, "text": label}
        points = number_in(choice, "points", notes, sheet="choices")
        points = own.get(name, 0.0 if own else points)
        if points is not None:
            plain["points"] = tidy(points)
        options.append(plain)
    renamed = [f"{name} → {option}" for name, option in spelled.items() if name != option]
    if renamed:
        what = _("options have other ids: {renamed}")
        notes.leave(node, what.format(renamed=listed(renamed[:20])))
    return options, spelled


def _rated(
    node: Node, anchors: dict[float, Any], levels: list[float | None], notes: Notes
) -> Plain:
    numbers = [level for level in levels if level is not None]
    if len(numbers) < len(levels):
        notes.leave(node, _("its options are not numbers: it is rated by its anchors"))
        numbers = []
    return rating(node, numbers, anchors, notes)
