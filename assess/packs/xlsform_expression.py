"""XLSForm's expressions as trees.

They are those of XPath as ODK writes them: ``${name}`` for an answer, ``=``, ``!=``, ``<``, ``<=``,
``>``, ``>=``, ``and``, ``or`` and functions. What goes beyond that is told, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assess.i18n import _
from assess.model.items import MOST

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<ref>\$\{\s*(?:last-saved\#)?[^}]+\})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<op><=|>=|!=|=|<|>)
    | (?P<call>(?!(?:and|or)\b)[A-Za-z_][\w.:-]*(?=\s*\())
    | (?P<path>(?:\.\.?(?:/\.\.)*)?(?:/[^\s/=<>!()'",]+)+)
    | (?P<self>\.)
    | (?P<word>[A-Za-z_][\w.:-]*)
    | (?P<mark>[(),+*-])
    )""",
    re.VERBOSE,
)
_DEEPEST = 60


class Untranslatable(ValueError):  # noqa: N818
    """An expression, or a part of it, has no counterpart; the text says which."""


@dataclass(frozen=True)
class Ref:
    """An earlier answer; an empty name is the question's own."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Test:
    """Two sides and the operator between them (``and`` and ``or`` too)."""

    operator: str
    left: Node
    right: Node


Node = Ref | Call | Test | str | float


def parse(expression: str) -> Node:
    """The tree of an expression. Raises Untranslatable naming what cannot be read."""
    return _Parser(expression).whole()


class _Parser:
    def __init__(self, expression: str) -> None:
        self._left = list(_tokens(expression))
        self._expression = expression
        self._depth = 0

    def whole(self) -> Node:
        found = self._either()
        if self._left:
            raise self._cannot(self._left[0][1])
        return found

    def _either(self) -> Node:
        return self._chain("or", self._all)

    def _all(self) -> Node:
        return self._chain("and", self._test)

    def _chain(self, operator: str, part: Callable[[], Node]) -> Node:
        found = part()
        while self._left and self._left[0] == ("word", operator):
            self._left.pop(0)
            found = Test(operator, found, part())
        return found

    def _test(self) -> Node:
        left = self._value()
        if self._left and self._left[0][0] == "op":
            return Test(self._left.pop(0)[1], left, self._value())
        return left

    def _value(self) -> Node:
        if not self._left:
            raise Untranslatable(_("it ends too early"))
        kind, text = self._left.pop(0)
        if kind == "mark" and text == "(":
            found = self._inner()
            self._expect(")")
            return found
        if kind == "mark" and text == "-" and self._left and self._left[0][0] == "number":
            return -number_of(self._left.pop(0)[1])
        if kind == "number":
            return number_of(text)
        if kind == "text":
            return text[1:-1]
        if kind == "call":
            return self._call(text)
        if kind == "self":
            return Ref("")
        if kind == "ref" and "last-saved#" not in text:
            return Ref(text[2:-1].strip())
        if kind == "path":
            return Ref(text.rsplit("/", 1)[1])
        raise self._cannot(text)

    def _call(self, name: str) -> Node:
        self._expect("(")
        arguments: list[Node] = []
        if not self._next_is(")"):
            arguments.append(self._inner())
            while self._next_is(","):
                self._expect(",")
                arguments.append(self._inner())
        self._expect(")")
        return Call(name.lower(), tuple(arguments))

    def _inner(self) -> Node:
        """What stands inside brackets, up to the comma or the bracket that ends it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Untranslatable(_("its brackets are nested too deeply"))
        found = self._either()
        self._depth -= 1
        return found

    def _next_is(self, mark: str) -> bool:
        return bool(self._left) and self._left[0] == ("mark", mark)

    def _expect(self, mark: str) -> None:
        if not self._next_is(mark):
            raise Untranslatable(_("'{mark}' is missing").format(mark=mark))
        self._left.pop(0)

    def _cannot(self, text: str) -> Untranslatable:
        return Untranslatable(_("'{part}' has no counterpart").format(part=text))


def _tokens(expression: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(expression.rstrip()):
        match = _TOKEN.match(expression, at)
        if match is None or match.lastgroup is None:
            part = expression[at:].strip()[:20]
            raise Untranslatable(_("'{part}' has no counterpart").format(part=part))
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def number_of(text: str) -> float:
    """The number that a text writes. Raises Untranslatable for none and for a huge one."""
    try:
        number = float(text)
    except ValueError:
        raise Untranslatable(_("'{value}' is no number").format(value=text)) from None
    if not abs(number) <= MOST:
        raise Untranslatable(_("'{value}' is too large a number").format(value=text))
    return number
