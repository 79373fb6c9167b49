"""Text that a spreadsheet must not run, and text that a file can hold.

A cell whose text starts with ``=``, ``+``, ``-``, ``@`` (full-width forms and leading white space
included), a tab or a line break may be taken for a formula. It gets an apostrophe in front, and so
does text that has one there already, so that reading takes back exactly what was written.
"""

from __future__ import annotations

import re

_FORMULA = r"(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼])"
_RISKY = re.compile(rf"'*{_FORMULA}")
_NEUTRALISED = re.compile(rf"'+{_FORMULA}")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def neutralise(text: str) -> str:
    """``text`` as a spreadsheet shows it without running it; :func:`restore` is the way back."""
    return "'" + text if _RISKY.match(text) else text


def restore(text: str) -> str:
    """What :func:`neutralise` was given."""
    return text[1:] if text[:1] == "'" and _NEUTRALISED.match(text) else text


def clean(text: str) -> str:
    """``text`` with what no table can hold (control characters, lone surrogates) as U+FFFD."""
    return _UNHOLDABLE.sub("\ufffd", text)


def unholdable(text: str) -> tuple[int, str] | None:
    """Position and code point (``U+0000``) of the first character that no table can hold."""
    found = _UNHOLDABLE.search(text)
    return (found.start(), f"U+{ord(found[0]):04X}") if found else None
