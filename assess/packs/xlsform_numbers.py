"""Questions answered by a number: ratings where they have anchors or the scale, else numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assess.i18n import _
from assess.packs.xlsform_columns import Node, anchors_in, as_number, tidy
from assess.packs.xlsform_expression import Untranslatable
from assess.packs.xlsform_kinds import WHOLE
from assess.packs.xlsform_notes import Notes, bind, constraint_lost
from assess.packs.xlsform_relevant import bounds
from assess.packs.xlsform_sheets import GIVEN
from assess.packs.xlsform_words import Words

Plain = dict[str, Any]
SCALE = (1.0, 5.0)
"""The scale of a pack made from a form."""


def number(node: Node, question: str, words: Words, notes: Notes) -> Plain:
    """A rating where there are anchors or the range is the scale's, else a number."""
    low, high = _ends(node, question, notes)
    anchors = anchors_in(node, words, notes)
    if anchors:
        return rating(node, [end for end in (low, high) if end is not None], anchors, notes)
    if (low, high) == SCALE:
        return {"type": "rating"}
    plain: Plain = {"type": "number"}
    if low is not None and high is not None and low < high:
        plain["range"] = {"from": tidy(low), "to": tidy(high)}
    elif low is not None or high is not None:
        what = _("only one end of its range is given, or both are the same: it takes any number")
        notes.leave(node, what)
    return plain


def rating(node: Node, given: Sequence[float], anchors: dict[float, Any], notes: Notes) -> Plain:
    """A rating item on the scale between the numbers ``given``, else on that of its anchors."""
    low, high = SCALE
    if len(given) > 1 and min(given) < max(given):
        low, high = min(given), max(given)
    elif given or not all(low <= level <= high for level in anchors):
        ends = [*given, *anchors]
        low, high = (
            (min(ends), max(ends)) if min(ends) < max(ends) else (min(*ends, low), max(ends) + high)
        )
    plain: Plain = {"type": "rating"}
    if (low, high) != SCALE:
        plain["scale"] = {"from": tidy(low), "to": tidy(high)}
    for level in anchors:
        if not low <= level <= high:
            what = _("the scale goes from {low:g} to {high:g}").format(low=low, high=high)
            notes.refuse(node, f"anchor::{level:g}", what)
    if anchors:
        plain["anchors"] = anchors
    return plain


def _ends(node: Node, question: str, notes: Notes) -> tuple[float | None, float | None]:
    low: float | None = None
    high: float | None = None
    # without parameters a range goes from 1 to 10, unless anchors say otherwise
    if question == "range" and ("=" in str(node.get(GIVEN)) or "anchor" not in node):
        parameters = node.get("parameters") or {}
        start, end = as_number(parameters.get("start")), as_number(parameters.get("end"))
        if start is not None and end is not None:
            low, high = min(start, end), max(start, end)
        if as_number(parameters.get("step", "1")) != 1:
            notes.leave(node, _("the step of its range is not kept"))
    constraint = bind(node, "constraint")
    if not constraint:
        return low, high
    try:
        least, most = bounds(constraint, whole=question in WHOLE)
    except Untranslatable as error:
        constraint_lost(node, notes, str(error))
        return low, high
    low = least if low is None or (least is not None and least > low) else low
    high = most if high is None or (most is not None and most < high) else high
    return low, high


def ends_of(plain: Plain) -> tuple[float, float] | None:
    """The lowest and highest answer that an item takes; None where it has none."""
    if plain["type"] == "rating":
        scale = plain.get("scale")
        return (scale["from"], scale["to"]) if scale else SCALE
    given = plain.get("range")
    return (given["from"], given["to"]) if given else None
