"""Where a line of text may break: between words, and between Chinese characters by their rules.

Closing punctuation never starts a row and opening punctuation never ends one (the core of the
Unicode line breaking rules, UAX 14, for the scripts that are written without spaces).
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from unicodedata import combining, east_asian_width

from rich.cells import cell_len, get_character_cell_size

from assess.workspace.wording import printable

NO_START = frozenset("，。、；：？！）》」』】〉〕〗’”…—～·％‰℃,.;:?!)]}%ー々")
NO_END = frozenset("（《「『【〈〔〖‘“([{￥＄$¥")
_TOGETHER = frozenset("—…")
_UNITS = frozenset("分题人项级天年月日周时个次份条名处位角元万亿米轮")
"""What a figure in front of it counts: 5.9分 reads as one."""


@cache
def _wide(ch: str) -> bool:
    return east_asian_width(ch) in "WF"


def may_break(text: str, at: int) -> bool:
    """Whether a row may end before the character at index ``at`` (0 < at < len(text))."""
    before, after = text[at - 1], text[at]
    if after.isspace() or combining(after) or after in NO_START or before in NO_END:
        return False
    if before.isspace():
        return True
    if before.isdigit() and after in _UNITS:
        return False
    if before == after and before in _TOGETHER:
        return False
    return _wide(before) or _wide(after)


def row_starts(text: str, width: int, tab: int = 4) -> list[int]:
    """The indices at which new rows start when one line is wrapped to ``width`` cells.

    Spaces at a row's end may hang over the edge; a word longer than a row is cut.
    """
    starts: list[int] = []
    if width <= 0:
        return starts
    start, used, chance = 0, 0, 0
    for at, ch in enumerate(text):
        size = tab if ch == "\t" else get_character_cell_size(ch)
        if at > start and may_break(text, at):
            chance = at
        if used + size > width and at > start and not ch.isspace():
            start = chance if chance > start else at
            starts.append(start)
            used = cell_len(text[start:at])
            if used + size > width and at > start:  # what is held together is wider than a row
                start, used = at, 0
                starts.append(start)
        used += size
    return starts


def wrap(text: str, width: int) -> list[str]:
    """The rows of a text of one or more lines, wrapped to ``width`` cells, without end spaces."""
    return list(_wrapped(text, width))


@lru_cache(maxsize=512)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    rows: list[str] = []
    for line in map(printable, text.expandtabs(4).splitlines() or [""]):
        starts = [0, *row_starts(line, width), len(line)]
        rows += [line[a:b].rstrip() for a, b in pairwise(starts)]
    return tuple(rows)


def shorten(text: str, width: int) -> str:
    """``text`` on one line cut to ``width`` cells, with "…" where something was cut."""
    text = printable(text)
    if cell_len(text) <= width:
        return text
    kept, used = "", 0
    for ch in text:
        used += get_character_cell_size(ch)
        if used > width - 1:
            break
        kept += ch
    return kept.rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """``text`` cut or filled with spaces to exactly ``width`` cells."""
    text = shorten(text, width)
    return text + " " * (width - cell_len(text))


_WORD = 2
"""How many Chinese characters count as a word: most are two long, and no dictionary is at hand."""


def _kind(ch: str) -> str:
    if ch.isspace():
        return "space"
    if _wide(ch) and ch.isalnum():
        return "wide"
    return "word" if ch.isalnum() or ch == "_" else "mark"


def word_start(text: str, at: int) -> int:
    """Where the word before index ``at`` starts, spaces behind it included."""
    while at > 0 and _kind(text[at - 1]) == "space":
        at -= 1
    end, kind = at, _kind(text[at - 1]) if at else ""
    while at > 0 and _kind(text[at - 1]) == kind and (kind != "wide" or end - at < _WORD):
        at -= 1
    return at


def word_end(text: str, at: int) -> int:
    """Where the word behind index ``at`` ends, spaces before it included."""
    while at < len(text) and _kind(text[at]) == "space":
        at += 1
    start, kind = at, _kind(text[at]) if at < len(text) else ""
    while at < len(text) and _kind(text[at]) == kind and (kind != "wide" or at - start < _WORD):
        at += 1
    return at
