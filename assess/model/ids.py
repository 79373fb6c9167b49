"""Identifiers: codes that people give (candidates, items …) and time-ordered ids of records."""

from __future__ import annotations

import hashlib
import os
import re
import time
import unicodedata

from assess.i18n import N_

ID_RULE = N_("1-64 letters of any script, digits, '.', '_' or '-', not starting with '.' or '-'")
VERSION = re.compile(r"\d+\.\d+\.\d+([-+][0-9A-Za-z.-]+)?")
"""A pack's version: three numbers, and what may stand behind them."""
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def is_id(text: str) -> bool:
    """Whether ``text`` is an id by the rule of all codes (:data:`ID_RULE`)."""
    return (
        1 <= len(text) <= 64
        and text[0] not in ".-"
        # M: vowel signs and the like, without which many scripts cannot be written
        and all(ch in "._-" or unicodedata.category(ch)[0] in "LMN" for ch in text)
        and unicodedata.category(text[0])[0] != "M"
    )


def as_id(text: str) -> str:
    """``text`` as an id, in Unicode's composed form so that equal-looking codes are equal.

    Raises ValueError when it is none.
    """
    code = unicodedata.normalize("NFC", text)
    if not is_id(code):
        raise ValueError("not_an_id")
    return code


def as_spelled(value: object) -> object:
    """A number where a text is meant, as its author spelled it (``007``); all else unchanged."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return getattr(value, "spelled", str(value))
    return value


_last = 0


def new_ulid() -> str:
    """A time-ordered id: 48 bits of milliseconds and 80 random bits, 26 letters (the ULID form).

    Within one process each id is greater than the one before, so that records written in the same
    millisecond keep their order.
    """
    global _last
    fresh = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10))
    _last = fresh if fresh >> 80 > _last >> 80 else _last + 1
    return ulid_text(_last)


def ulid_text(number: int) -> str:
    """A 128-bit number in the 26 letters of the ULID form."""
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def interview_id(candidate: str, rater: str, questionnaire: str, wave: str) -> str:
    """The id of the interview that these four name, the same on every laptop (32 hex letters)."""
    key = "\x1f".join((candidate, rater, questionnaire, wave))
    return hashlib.sha256(key.encode()).hexdigest()[:32]
