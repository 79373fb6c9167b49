"""A form's groups and questions as sections of items, their conditions translated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from assess.i18n import _
from assess.packs.xlsform_columns import Node, ids_in, number_in
from assess.packs.xlsform_expression import Untranslatable
from assess.packs.xlsform_items import Items, Made, left_over
from assess.packs.xlsform_kinds import kind_of
from assess.packs.xlsform_notes import Notes, bind
from assess.packs.xlsform_relevant import Answered, Plain, condition
from assess.packs.xlsform_words import Words, clean

_JOIN = " – "


@dataclass(frozen=True)
class Group:
    """What a group hands down to its questions."""

    title: Any
    name: str
    competency: str = ""
    modules: tuple[str, ...] = ()
    weight: float | None = None
    relevant: tuple[tuple[Any, str], ...] = ()


@dataclass
class Asked:
    """An item with what our columns say of it; ``weight`` is that of its competency."""

    made: Made
    group: Group
    competency: str
    modules: list[str]
    weight: float | None


@dataclass
class Section:
    """A run of items under one title."""

    group: Group
    items: list[Asked] = field(default_factory=list)


@dataclass
class Form:
    """The whole form: its sections, and the notes that stand before its first question."""

    sections: list[Section] = field(default_factory=list)
    intro: list[Any] = field(default_factory=list)


def form_of(tree: Node, title: Any, words: Words, notes: Notes) -> Form:
    """The sections of a form, in its order. Mistakes in our columns are noted, not raised."""
    reader = _Reader(words, notes)
    reader.children(tree.get("children") or [], Group(title, ""))
    reader.end()
    reader.conditions()
    reader.form.sections = [section for section in reader.form.sections if section.items]
    return reader.form


class _Reader:
    def __init__(self, words: Words, notes: Notes) -> None:
        self.words, self.notes = words, notes
        self.items = Items(words, notes)
        self.form = Form()
        self.names: dict[str, list[Answered]] = {}
        self.waiting: list[tuple[Node, Any, Group]] = []
        """Notes that the next question takes along."""

    # -- groups

    def children(self, nodes: Iterable[Node], group: Group) -> None:
        """The questions of a group, in a section that goes on until an inner group begins."""
        section: Section | None = None
        for node in nodes:
            if "children" in node:
                self._group(node, str(node.get("type", "")), group)
                section = None
            elif not _generated(node):
                if section is None:
                    section = Section(group)
                    self.form.sections.append(section)
                self._question(node, section)

    def end(self) -> None:
        """Tell of the notes that no question follows."""
        self._unshown([note for note, _text, _group in self.waiting])

    def _unshown(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            text = self.words.text(node.get("label")) or self.words.text(node.get("hint"))
            what = _("note without a question below it is left out: {text}")
            self.notes.leave(node, what.format(text=_one(text)))

    def _group(self, node: Node, kind: str, outer: Group) -> None:
        control = node.get("control")
        if isinstance(control, dict) and control.get("bodyless"):
            return
        if kind == "loop":
            self.notes.leave(node, _("a loop has no counterpart: its questions are left out"))
            return
        if kind == "repeat":
            self.notes.leave(node, _("a repeat has no counterpart: its questions are asked once"))
        for column in left_over(node):
            self.notes.leave_column(column, node)
        competency = ids_in(node, "competency", self.notes)
        modules = ids_in(node, "module", self.notes)
        weight = number_in(node, "weight", self.notes)
        relevant = bind(node, "relevant")
        inner = replace(
            outer,
            title=self._title(node, outer),
            name=str(node["name"]),
            competency=competency[0] if competency else outer.competency,
            modules=tuple(modules) or outer.modules,
            # a weight belongs to the competency beside it
            weight=weight if weight is not None else None if competency else outer.weight,
            relevant=(*outer.relevant, *([(node, relevant)] if relevant else [])),
        )
        before, self.items.before = self.items.before, inner.name
        self.children(node["children"], inner)
        self.items.before = before

    def _title(self, node: Node, outer: Group) -> Any:
        """The group's label behind those of the groups around it."""
        label = self.words.text(node.get("label"))
        if label is None:
            first = (node.get("children") or [{}])[0]
            if str(first.get("name", "")).startswith("generated_table_list_label_"):
                label = self.words.text(first.get("label"))
        own = label or str(node["name"])
        return _joined(outer.title, own) if outer.name else own

    # -- questions

    def _question(self, node: Node, section: Section) -> None:
        if kind_of(str(node.get("type", ""))) == "note":
            self._note(node, section.group)
            return
        made = self.items.make(node)
        if made is None:
            return
        group = section.group
        made.relevant = list(group.relevant)
        if relevant := bind(node, "relevant"):
            made.relevant.append((node, relevant))
        self.names.setdefault(str(node["name"]), []).append(made.answered)
        self._with_notes(made, group)
        competency = ids_in(node, "competency", self.notes)
        if len(competency) > 1:
            self.notes.refuse(node, "competency", _("an item counts for one competency"))
        weight = number_in(node, "weight", self.notes)
        own = competency[0] if competency else group.competency
        inherited = group.weight if own == group.competency else None
        asked = Asked(
            made,
            group,
            own,
            ids_in(node, "module", self.notes) or list(group.modules),
            weight if weight is not None else inherited,
        )
        section.items.append(asked)

    def _with_notes(self, made: Made, group: Group) -> None:
        """Put the notes above a question before its words, unless they are shown on a condition."""
        said: Any = None
        unshown = []
        for note, text, around in self.waiting:
            if around.relevant == group.relevant[: len(around.relevant)]:
                said = _joined(said, text, "\n\n") if said else text
            else:
                unshown.append(note)
        self.waiting.clear()
        self._unshown(unshown)
        if said:
            made.plain["ask"] = _joined(said, made.plain["ask"], "\n\n")

    def _note(self, node: Node, group: Group) -> None:
        """A note goes to the introduction, or with the next question."""
        parts = [self.words.text(node.get(key)) for key in ("label", "hint")]
        text: Any = None
        for part in parts:
            if part:
                text = _joined(text, part, "\n") if text else part
        for column in left_over(node):
            self.notes.leave_column(column, node)
        if text is None:
            return
        if bind(node, "relevant"):
            what = _("note that is shown under a condition only is left out: {text}")
            self.notes.leave(node, what.format(text=_one(text)))
        elif not self.names and not group.relevant:
            self.form.intro.append(text)
        else:
            self.waiting.append((node, text, group))

    # -- conditions

    def conditions(self) -> None:
        """Translate what each item waits for; circles and what has no counterpart are told."""
        reads: dict[str, set[str]] = {}
        told: set[tuple[int, str]] = set()
        for section in self.form.sections:
            for asked in section.items:
                parts: list[Plain] = []
                for node, expression in asked.made.relevant:
                    own = self._finder(asked.made.answered)
                    try:
                        found = condition(expression, own)
                    except Untranslatable as error:
                        self._untold(node, expression, str(error), told)
                        continue
                    if found is None:
                        continue
                    others = _read(found)
                    if _reaches(reads, others, asked.made.answered.id):
                        why = _("the questions wait for one another")
                        self._untold(node, expression, why, told)
                        continue
                    reads.setdefault(asked.made.answered.id, set()).update(others)
                    parts += found["all"] if set(found) == {"all"} else [found]
                if parts:
                    asked.made.plain["when"] = parts[0] if len(parts) == 1 else {"all": parts}

    def _finder(self, own: Answered) -> Any:
        def find(name: str) -> Answered | None:
            found = self.names.get(name, []) if name else [own]
            return found[0] if len(found) == 1 else None

        return find

    def _untold(self, node: Node, expression: str, why: str, told: set[tuple[int, str]]) -> None:
        if (id(node), expression) in told:
            return
        told.add((id(node), expression))
        what = _("relevant '{expression}' is left out, so that it is always asked: {why}")
        self.notes.leave(node, what.format(expression=clean(expression), why=why))


def _generated(node: Node) -> bool:
    """What pyxform adds for the layout of tables and for counting repeats."""
    name = str(node.get("name", ""))
    return name.startswith(("reserved_name_for_field_list_labels_", "generated_table_list_label_"))


def _read(found: Plain) -> set[str]:
    """The ids of the items that a condition reads."""
    read = {found["item"]} if "item" in found else set()
    for group in ("all", "any"):
        for part in found.get(group, ()):
            read |= _read(part)
    return read | (_read(found["not"]) if "not" in found else set())


def _reaches(reads: dict[str, set[str]], start: set[str], end: str) -> bool:
    seen: set[str] = set()
    left = list(start)
    while left:
        item = left.pop()
        if item == end:
            return True
        if item not in seen:
            seen.add(item)
            left += reads.get(item, ())
    return False


def _joined(first: Any, second: Any, between: str = _JOIN) -> Any:
    """Two texts as one, in every language that either has."""
    if isinstance(first, str) and isinstance(second, str):
        return first + between + second
    codes = [
        *(first if isinstance(first, dict) else {}),
        *(second if isinstance(second, dict) else {}),
    ]
    made: dict[str, str] = {}
    for code in dict.fromkeys(codes):
        parts = [text if isinstance(text, str) else text.get(code) for text in (first, second)]
        made[code] = between.join(part for part in parts if part)
    return made


def _one(text: Any) -> str:
    words = text if isinstance(text, str) else next(iter(text.values()), "")
    return " ".join(words.split())[:120]
