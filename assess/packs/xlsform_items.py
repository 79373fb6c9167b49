"""The questions of a form as items of a pack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assess.i18n import _
from assess.packs.xlsform_columns import OURS, Node, lines_in
from assess.packs.xlsform_kinds import WHOLE, is_written, kind_of
from assess.packs.xlsform_notes import Notes, bind, no_constraint
from assess.packs.xlsform_numbers import ends_of, number
from assess.packs.xlsform_options import select
from assess.packs.xlsform_relevant import Answered
from assess.packs.xlsform_sheets import GIVEN, ROW
from assess.packs.xlsform_words import Words, clean, id_from

Plain = dict[str, Any]
_TRUE = ("yes", "true", "true()", "1")
_FALSE = ("no", "false", "false()", "0")
_KNOWN = {"type", "name", "label", "hint", "guidance_hint", "bind", "control", "media", ROW}
_KNOWN |= {"children", "choices", "itemset", "list_name", "parameters", "choice_filter", "query"}
_KNOWN |= {"actions", "_dynamic_default", "columns", "flat", GIVEN, *OURS}
_BINDS = {"required", "relevant", "constraint", "type"}
_SPECIFY = {"en": "Please specify.", "zh": "请说明。"}


@dataclass
class Made:
    """An item in the making: what the file says, the form's own spelling of answers."""

    plain: Plain
    answered: Answered
    node: Node
    relevant: list[tuple[Node, str]] = field(default_factory=list)
    """What must hold for it to be asked: its own expression and those of its groups."""


@dataclass
class Items:
    """Makes items one by one; ids are unique in the form."""

    words: Words
    notes: Notes
    ids: set[str] = field(default_factory=set)
    before: str = ""
    """The name of the group that the questions stand in, for names that come twice."""

    def make(self, node: Node) -> Made | None:
        """The item of a question; None, and a note, where a pack has no counterpart."""
        question = str(node.get("type", ""))
        kind = kind_of(question)
        made: Plain | None
        if kind == "device":
            if node.get(ROW):
                what = _("'{type}' is worked out by the program or the device and is left out")
                self.notes.leave(node, what.format(type=question))
            return None
        if kind in ("choice", "choices"):
            made = select(node, kind, self.words, self.notes)
        elif kind == "number":
            made = number(node, question, self.words, self.notes)
        elif kind == "text":
            made = self._text(node, question)
        elif kind == "yes_no":
            made = {"type": "yes_no"}
            no_constraint(node, self.notes)
        else:
            what = _("a question of type '{type}' has no counterpart and is left out")
            self.notes.leave(node, what.format(type=question))
            return None
        if made is None:
            return None
        return self._whole(node, made, whole=question in WHOLE)

    def _whole(self, node: Node, made: Plain, *, whole: bool) -> Made:
        spelled: dict[str, str] | None = made.pop("spelled", None)
        kind = str(made.pop("type"))
        name = str(node["name"])
        wanted = name if name not in self.ids or not self.before else f"{self.before}.{name}"
        item = id_from(wanted, self.ids)
        self.ids.add(item)
        if item != name:
            what = _("the question's id is '{id}'").format(id=item)
            self.notes.leave(node, what)
        plain: Plain = {"id": item, "type": kind, "ask": self.ask(node), **made}
        evidence, reason = (self.words.text(node.get(key)) for key in ("evidence", "reason"))
        if probes := self._probes(node):
            plain["probes"] = probes
        if evidence:
            plain["evidence"] = evidence
        if reason:
            plain["reason"] = reason
        if self._required(node):
            plain["required"] = True
        self._left_over(node)
        ends = ends_of(plain)
        return Made(plain, Answered(item, kind, spelled, ends, whole), node)

    def ask(self, node: Node) -> Any:
        """The label; where there is none the hint, else the name."""
        if not node.get(ROW) and node.get("label") == "Specify other.":
            said = {code: _SPECIFY.get(code, _SPECIFY["en"]) for code in self.words.languages}
            return said or _SPECIFY["en"]
        label = self.words.text(node.get("label"))
        if label:
            return label
        hint = self.words.text(node.get("hint"))
        if hint:
            return hint
        if node.get(ROW):
            self.notes.leave(node, _("it has no label; its name is asked"))
        return str(node["name"])

    def _probes(self, node: Node) -> Any:
        """Probes, and the hints of the form, which are shown with the question like them."""
        given = [lines_in(node, "probes", self.words)]
        has_label = self.words.text(node.get("label")) is not None
        for column in ("hint", "guidance_hint"):
            text = self.words.text(node.get(column))
            if text and (has_label or column != "hint"):
                said = text.items() if isinstance(text, dict) else None
                given.append({code: [words] for code, words in said} if said else [text])
        parts = [part for part in given if part]
        if not parts:
            return None
        if all(isinstance(part, list) for part in parts):
            return [line for part in parts for line in part]
        joined: dict[str, list[str]] = {}
        for part in parts:
            by_code = part if isinstance(part, dict) else {self.words.languages[0]: part}
            for code, lines in by_code.items():
                joined.setdefault(code, []).extend(lines)
        return joined

    def _text(self, node: Node, question: str) -> Plain:
        if is_written(question):
            what = _("a question of type '{type}' is answered by text")
            self.notes.leave(node, what.format(type=question))
        no_constraint(node, self.notes)
        return {"type": "text"}

    def _required(self, node: Node) -> bool:
        required = bind(node, "required").lower()
        if required and required not in (*_TRUE, *_FALSE):
            what = _("required '{expression}' is left out: it depends on other answers")
            self.notes.leave(node, what.format(expression=clean(required)))
        return required in _TRUE

    def _left_over(self, node: Node) -> None:
        """Tell of every filled column that is not taken over."""
        if not node.get(ROW):
            return
        for column in left_over(node):
            self.notes.leave_column(column, node)
        label = node.get("label")
        texts = label.values() if isinstance(label, dict) else [label]
        if any("${" in str(text) for text in texts):
            self.notes.leave(
                node, _("its text refers to an earlier answer, which is not filled in")
            )


def left_over(node: Node) -> list[str]:
    """The filled columns of a question or option that have no counterpart."""
    found = [key for key in node if key not in _KNOWN and key != ROW]
    found += [_SPELLED.get(key, key) for key in _keys(node.get("bind")) if key not in _BINDS]
    found += [key for key in _keys(node.get("control")) if key in ("appearance", "autoplay")]
    found += [f"media::{key}" for key in _keys(node.get("media"))]
    if node.get("parameters") and "select" not in str(node["type"]) and node["type"] != "range":
        found.append("parameters")
    return found


_SPELLED = {
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
    "readonly": "read_only",
    "calculate": "calculation",
}


def _keys(given: Any) -> list[str]:
    return list(given) if isinstance(given, dict) else []
