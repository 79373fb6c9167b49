"""The languages of an XLSForm, its texts as a pack's texts, and its names as ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from assess.model.ids import is_id

DEFAULT = "default"
"""What pyxform calls the language of a column that names none."""
LONGEST = 64
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_IN_BRACKETS = re.compile(r"[(（]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*[)）]\s*$")
_QUOTES = {"\u2018": "\ue2d8", "\u2019": "\ue2d9", "\u201c": "\ue2dc", "\u201d": "\ue2dd"}
_HIDE = str.maketrans(_QUOTES)
_SHOW = str.maketrans({hidden: quote for quote, hidden in _QUOTES.items()})
_NAMES = {
    "english": "en", "chinese": "zh", "中文": "zh", "汉语": "zh", "普通话": "zh", "简体中文": "zh",
    "mandarin": "zh", "français": "fr", "francais": "fr", "french": "fr", "español": "es",
    "espanol": "es", "spanish": "es", "deutsch": "de", "german": "de", "português": "pt",
    "portugues": "pt", "portuguese": "pt", "italiano": "it", "italian": "it", "arabic": "ar",
    "عربي": "ar", "العربية": "ar", "russian": "ru", "русский": "ru", "japanese": "ja",
    "日本語": "ja", "korean": "ko", "한국어": "ko", "hindi": "hi", "bengali": "bn", "urdu": "ur",
    "swahili": "sw", "kiswahili": "sw", "nepali": "ne", "indonesian": "id", "bahasa": "id",
    "vietnamese": "vi", "thai": "th", "turkish": "tr", "persian": "fa", "farsi": "fa",
    "dutch": "nl", "nederlands": "nl", "polish": "pl", "ukrainian": "uk", "amharic": "am",
    "somali": "so", "hausa": "ha", "tagalog": "tl", "burmese": "my", "khmer": "km", "lao": "lo",
    "malay": "ms", "tamil": "ta", "telugu": "te", "marathi": "mr", "gujarati": "gu",
}  # fmt: skip


def hide_quotes(text: str) -> str:
    """``text`` with its typographic quotation marks hidden from pyxform, which flattens them."""
    return text.translate(_HIDE)


def show_quotes(text: str) -> str:
    """What :func:`hide_quotes` was given."""
    return text.translate(_SHOW)


def language_code(name: str) -> str:
    """The code of a language as a form names it: ``English (en)``, ``en``, ``中文``, ``French``.

    A name that says nothing becomes ``und-`` and what letters it has.
    """
    bracketed = _IN_BRACKETS.search(name)
    plain = (bracketed[1] if bracketed else name).strip().replace("_", "-")
    head, _dash, rest = plain.partition("-")
    code = head.lower() + (f"-{rest}" if rest else "")
    if _CODE.fullmatch(code) and (bracketed or len(head) <= 3):
        return code
    words = re.split(r"[\s(（-]+", name.strip().casefold())
    known = next((_NAMES[word] for word in (name.strip().casefold(), *words) if word in _NAMES), "")
    if known:
        return known
    letters = "".join(ch for ch in name if ch.isascii() and ch.isalnum())[:8]
    return "und-" + (letters if len(letters) >= 2 else f"x{sum(map(ord, name)) % 10**6:06d}")


@dataclass
class Words:
    """Texts of a form as texts of a pack.

    ``codes`` gives each language that the form names its code, in the order of the columns;
    ``spare`` is the language of columns that name none.
    """

    codes: dict[str, str] = field(default_factory=dict)
    spare: str = ""
    doubled: list[str] = field(default_factory=list)
    """Texts of columns without a language that were left out, as both were given."""
    invented: list[str] = field(default_factory=list)
    """Languages whose code is not known."""

    @property
    def languages(self) -> list[str]:
        """The codes, each once, the one that others fall back to first."""
        return list(dict.fromkeys([*([self.spare] if self.spare else []), *self.codes.values()]))

    def text(self, given: Any) -> str | dict[str, str] | None:
        """A cell, or cells by language, as a text of a pack; None where there is nothing."""
        if isinstance(given, str):
            given = {DEFAULT: given}
        if not isinstance(given, dict):
            return None
        said = {
            str(language): clean(text)
            for language, text in given.items()
            if isinstance(text, str) and clean(text)
        }
        rest = said.pop(DEFAULT, None)
        found: dict[str, str] = {}
        for language, text in said.items():
            found.setdefault(self.codes.get(language, language_code(language)), text)
        if rest is None:
            return found or None
        if not self.codes or not self.spare:
            return rest
        if found.setdefault(self.spare, rest) != rest:
            self.doubled.append(rest)
        return found


def words_of(headers: Iterable[str], default_language: str) -> Words:
    """The languages that columns name: ``label::English (en)``, ``anchor::1::中文``."""
    words = Words()
    for header in headers:
        tokens = [token.strip() for token in re.split(r"::|:", header)]
        if tokens[0].casefold() not in TEXT_COLUMNS or len(tokens) < 2:
            continue
        name = tokens[-1]
        if tokens[0].casefold() == "media" and len(tokens) < 3:
            continue
        if not name or _is_number(name) or name in words.codes:
            continue
        code = language_code(name)
        if code.startswith("und-"):
            words.invented.append(name)
        words.codes[name] = code
    if default_language and default_language != DEFAULT:
        words.spare = words.codes.get(default_language) or language_code(default_language)
    elif words.codes:
        words.spare = next(iter(words.codes.values()))
    return words


TEXT_COLUMNS = frozenset(
    {"label", "caption", "hint", "guidance_hint", "guidance hint", "anchor", "evidence", "reason"}
    | {"probes", "constraint_message", "constraint message", "required_message"}
    | {"required message", "definition", "name", "form_title", "title"}
)
"""Columns that hold words for people."""


def clean(text: str) -> str:
    """A cell's text as it was written, without white space around it."""
    return show_quotes(text).strip()


def fallback_language(texts: Collection[str]) -> str:
    """The language of a form that names none: Chinese where it is written in it, else English."""
    han = sum("\u4e00" <= ch <= "\u9fff" for text in texts for ch in text)
    letters = sum(ch.isalpha() for text in texts for ch in text)
    return "zh" if han * 3 > letters else "en"


def id_from(name: str, taken: Collection[str], *, fallback: str = "item") -> str:
    """``name`` as an id that is none of ``taken``: what an id cannot hold becomes ``_``."""
    text = unicodedata.normalize("NFC", name.strip())
    made = "".join(ch if is_id("a" + ch) else "_" for ch in text).lstrip(".-")[:LONGEST]
    made = made if made.strip("_") and is_id(made) else fallback
    number, base = 1, made
    while made in taken:
        number += 1
        ending = f"_{number}"
        made = base[: LONGEST - len(ending)] + ending
    return made


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
