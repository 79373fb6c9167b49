"""Which of a text's languages is said."""

from __future__ import annotations

from collections.abc import Mapping


def said(text: str | Mapping[str, str], language: str, fallback: str = "en") -> str:
    """The text in ``language``, else in ``fallback``, else in the first language it has.

    ``text`` is one string for all languages, or a string per language code.
    """
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(fallback) or next(iter(text.values()), "")
