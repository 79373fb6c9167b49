"""YAML 1.2 to plain data, with the place of every key and value (:mod:`assess.packs.tree`).

The scanner is libyaml's; what plain words mean (YAML 1.2 core: ``yes``, ``no``, ``on`` and dates
are texts), doubled keys, aliases and their bounds are decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from assess.i18n import _
from assess.packs.syntax import forbidden_character, hidden_character, in_plain_words
from assess.packs.tree import Document, Mark, Mistake, Place, SpelledFloat, SpelledInt

DEEPEST = 60
"""Levels of lists and mappings inside one another; a pack needs a dozen."""
UNFOLDED = 20
"""How many times as large as written a document may become when its aliases are followed."""

_PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CORE = "tag:yaml.org,2002:"
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ODD = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NO_KEY = object()


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    data: Any
    place: Place
    anchor: str | None
    key: Any = _NO_KEY
    key_mark: Mark = (1, 1)


class _CannotReadOnError(Exception):
    """The document cannot be read on from here."""


def read_tree(text: str) -> Document:
    """The one document in ``text``; never raises, whatever the text is."""
    builder = _Builder()
    strange = forbidden_character(text)
    if strange:
        mark, name = strange
        what = _("the character {character} is not allowed here").format(character=name)
        return Document(None, Place(mark), [Mistake(mark, (), what, _("delete it"))])
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            builder.take(event)
    except yaml.YAMLError as error:
        mark, what, remedy = in_plain_words(error, text)
        builder.report(mark, what, remedy)
        builder.root = None
    except _CannotReadOnError:
        builder.root = None
    return Document(builder.root, builder.place, builder.mistakes)


class _Builder:
    def __init__(self) -> None:
        self.root: Any = None
        self.place = Place((1, 1))
        self.mistakes: list[Mistake] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, Place]] = {}
        self._documents = 0
        self._written = 0

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            place = Place(_mark(event))
            if name := hidden_character(event.value):
                what = _("the text holds the character {character}, which nobody can see").format(
                    character=name
                )
                self.report(place.mark, what, _("write the text without it"))
            self._put(self._scalar(event), place, event.anchor)
        elif isinstance(event, CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, CollectionEndEvent):
            done = self._open.pop()
            self._put(done.data, done.place, done.anchor)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(
                    _mark(event),
                    _("a second document begins"),
                    _("keep one document in a file and take the line '---' out"),
                )

    def report(self, mark: Mark, what: str, remedy: str) -> None:
        """Add a mistake; the way to it is that to what is being read."""
        self.mistakes.append(Mistake(mark, self._way(), what, remedy))

    def _way(self) -> tuple[str, ...]:
        way = []
        for frame, inner in zip_longest(self._open, self._open[1:]):
            if isinstance(frame.data, dict):
                way += [] if frame.key is _NO_KEY else [str(frame.key)]
            else:
                own = inner.data.get("id") if inner and isinstance(inner.data, dict) else None
                way.append(own if isinstance(own, str) else f"#{len(frame.data) + 1}")
        return tuple(way)

    def _stop(self, mark: Mark, what: str, remedy: str) -> None:
        self.report(mark, what, remedy)
        raise _CannotReadOnError

    def _begin(self, event: CollectionStartEvent) -> None:
        mark = _mark(event)
        if len(self._open) >= DEEPEST:
            self._stop(
                mark,
                _("more than {number} levels stand inside one another").format(number=DEEPEST),
                _("make it flatter"),
            )
        mapping = isinstance(event, MappingStartEvent)
        if event.tag and event.tag not in ("!", _CORE + ("map" if mapping else "seq")):
            self._tag(event)
        data: Any = {} if mapping else []
        self._open.append(_Open(data, Place(mark), event.anchor))

    def _alias(self, event: AliasEvent) -> None:
        mark = _mark(event)
        anchor = event.anchor or ""
        if anchor not in self._anchors:
            self._stop(
                mark,
                _("'*{name}' points to nothing that is complete at this point").format(name=anchor),
                _("put the text in quotation marks, or mark what to repeat with '&{name}'").format(
                    name=anchor
                ),
            )
        self._put(*self._anchors[anchor], None, mark)

    def _put(self, value: Any, place: Place, anchor: str | None, mark: Mark | None = None) -> None:
        """Add a finished value to what is open; ``mark`` is where an alias to it stands."""
        if anchor:
            self._anchors[anchor] = (value, place)
        self._written += 1
        if not self._open:
            self.root, self.place = value, place
            return
        top = self._open[-1]
        if isinstance(top.data, list):
            top.place.parts[len(top.data)] = place
            top.data.append(value)
        elif top.key is _NO_KEY:
            self._key(top, value, mark or place.mark)
            return
        else:
            if top.key in top.data:
                line = top.place.keys[top.key][0]
                what = _("the key '{key}' stands twice, first in line {line}").format(
                    key=top.key, line=line
                )
                self.report(top.key_mark, what, _("keep one of the two"))
            else:
                top.data[top.key] = value
                top.place.parts[top.key] = place
                top.place.keys[top.key] = top.key_mark
            top.key = _NO_KEY
        self._grow(top.place, place, mark)

    def _grow(self, outer: Place, inner: Place, mark: Mark | None) -> None:
        outer.size += inner.size
        if mark and outer.size > UNFOLDED * (self._written + 1000):
            self._stop(
                mark,
                _("repeating parts with '*' makes the file too large"),
                _("write out what you need once"),
            )

    def _key(self, top: _Open, value: Any, mark: Mark) -> None:
        top.key_mark = mark
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            top.key = value
            return
        top.key = str(value).lower() if isinstance(value, bool) else ""
        if not isinstance(value, bool):
            what = _("a key is a word or a number, and this is none")
            self.report(mark, what, _("put a word before the colon"))

    def _scalar(self, event: ScalarEvent) -> Any:
        plain = event.implicit[0] and not event.style
        tag = event.tag
        if not tag or tag == "!":
            return _meaning(event.value) if plain and not tag else event.value
        name = tag.removeprefix(_CORE)
        if name == "str":
            return event.value
        value = _meaning(event.value)
        kinds: dict[str, Any] = {"int": int, "float": (int, float), "bool": bool}
        if name in kinds and isinstance(value, kinds[name]):
            return value
        self._tag(event)
        return event.value

    def _tag(self, event: ScalarEvent | CollectionStartEvent) -> None:
        what = _("the tag '{tag}' has no meaning in a pack").format(
            tag=(event.tag or "").replace(_CORE, "!!")
        )
        self.report(_mark(event), what, _("take it out"))


def _mark(event: Event) -> Mark:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1


def _meaning(text: str) -> Any:
    """What a plain word means by the core rules of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    number: int | float
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text) and len(text) <= 18:
        number = int(text)
    elif _BASED.fullmatch(text) and len(text) <= 18:
        number = int(text, 0)
    elif _FLOAT.fullmatch(text):
        number = float(text)
    elif _ODD.fullmatch(text):
        number = float(text.replace(".", "", 1))
    else:
        return text
    return _spelled(number, text)


def _spelled(number: int | float, text: str) -> int | float:
    if str(number) == text:
        return number
    kept: SpelledInt | SpelledFloat
    kept = SpelledInt(number) if isinstance(number, int) else SpelledFloat(number)
    kept.spelled = text
    return kept
