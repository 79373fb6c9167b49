"""The language of the program's own words: gettext catalogues, switched while running.

``_("…")`` is translated where it is called, never at import, so that a switch takes effect on the
next drawing. Words of a pack are not translated here; they carry their own languages
(:class:`assess.model.text.Text`).
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh")
_CATALOGUES = {"zh": "zh_CN"}
_LOCALE = Path(__file__).parent / "locale"
_current = "en"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language not in _CATALOGUES:
        return _gettext.NullTranslations()
    return _gettext.translation("assess", str(_LOCALE), [_CATALOGUES[language]], fallback=True)


def use(language: str) -> None:
    """Switch the program's words to ``language``, one of :data:`LANGUAGES`."""
    global _current
    _current = language if language in LANGUAGES else "en"


def language() -> str:
    """The language in use, one of :data:`LANGUAGES`."""
    return _spoken.get() or _current


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Other words than those in use, in this thread and for as long as the block runs.

    For what is written for somebody else; a language unknown to the program changes nothing.
    """
    token = _spoken.set(language if language in LANGUAGES else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


def from_environment() -> str:
    """The language that the terminal asks for: ``zh`` for any Chinese locale, else ``en``."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _(message: str) -> str:
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """``one`` or ``many`` as the language in use counts ``n``."""
    return _catalogue(language()).ngettext(one, many, n)


def listed(parts: Iterable[str], most: int | None = None) -> str:
    """``parts`` of one list, divided as the language in use does; after ``most`` of them an "…".

    For readers only: what programs read back keeps its own commas.
    """
    parts = list(parts)
    shown = parts if most is None or len(parts) <= most else [*parts[:most], "…"]
    return _(", ").join(shown)


def clauses(parts: Iterable[str]) -> str:
    """Parts of one sentence, divided as the language in use does."""
    return _("; ").join(parts)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for the catalogue where it is defined; ``_`` translates it where shown."""
    return message
