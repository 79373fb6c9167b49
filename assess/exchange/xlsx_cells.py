"""Cells of workbooks: what fits into them, how numbers look, how wide and high they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from assess.exchange.report import Column
from assess.exchange.safe import clean
from assess.exchange.words import is_number, seen, width
from assess.exchange.write import cell_words
from assess.i18n import _

Look = dict[str, Any]
"""The looks of a cell, as XlsxWriter names them."""
MOST_CHARACTERS = 32_767
"""What a cell holds, in UTF-16 code units."""
_NARROWEST, _WIDEST = 7, 60
_NAME_MOST = 31
_LINE, _HIGHEST = 15.0, 405.0
"""Points: a line of text, and the highest row that programs show."""


def fitting(text: str) -> str:
    """``text`` as a cell holds it; what was cut off is told at its end."""
    text = re.sub("\r\n?", "\n", clean(text))
    if len(text) > MOST_CHARACTERS // 2 and (length := _units(text)) > MOST_CHARACTERS:
        remark = _(" … [cut: a cell holds {most} characters, this text has {length}]").format(
            most=f"{MOST_CHARACTERS}", length=f"{length}"
        )
        left = MOST_CHARACTERS - _units(remark)
        text = text.encode("utf-16-le")[: 2 * left].decode("utf-16-le", errors="ignore") + remark
    if text.startswith("<r>") and text.endswith("</r>"):
        return text + " "  # the writer would take it for its own markup
    return text


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def number_look(value: float, column: Column) -> Look:
    """The number format of a cell; a percentage is never 0 or 100 where the figure is neither."""
    if column.unit:
        percent = 100 * value if column.unit == "share" else value
        if 0 < percent < 0.5:
            return {"num_format": '"<1 %"'}
        if 99.5 <= percent < 100 - 1e-9:
            return {"num_format": '">99 %"'}
        return {"num_format": "0 %" if column.unit == "share" else '0" %"'}
    if column.digits:
        return {"num_format": "0." + "0" * column.digits}
    return {} if column.digits is None else {"num_format": "0"}


def bar(ends: tuple[float, float]) -> Look:
    """A bar in each cell, empty and full at the values of ``ends``."""
    return {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": "#9fc5e8",
        "bar_no_border": True,
        "min_type": "num",
        "min_value": ends[0],
        "max_type": "num",
        "max_value": ends[1],
    }


def height(cells: Sequence[tuple[Any, float]]) -> float | None:
    """Points that a row needs for texts in columns of these widths; None for a line of text.

    Not all programs work it out themselves.
    """
    texts = [(text, wide) for text, wide in cells if isinstance(text, str | list)]
    lines = max((_lines(text, wide) for text, wide in texts), default=1)
    return min(_HIGHEST, _LINE * lines) if lines > 1 else None


def _lines(text: str | list[Any], wide: float) -> int:
    parts = (text if isinstance(text, str) else cell_words(text)).splitlines()
    # words do not fill lines to the end
    return sum(
        max(1, math.ceil(1.08 * width(part) / max(wide, 1.0))) if width(part) > wide else 1
        for part in parts
    )


def column_width(column: Column, values: Sequence[Any]) -> float:
    """Wide enough for the longest line there is, within reason; headers wrap between words."""
    words = max((width(word) for word in column.label.split()), default=0)
    # Chinese wraps anywhere, a word of letters nowhere; the filter's arrow takes some room
    least = min(words, max(10, width(column.label) // 2)) + 3
    longest = max((_cell_width(value, column) for value in values), default=0)
    return float(min(_WIDEST, max(_NARROWEST, least, longest + 2)))


def _cell_width(value: Any, column: Column) -> int:
    value = seen(value)
    if value is None:
        return 0
    if is_number(value):
        return len(f"{value:.{column.digits}f}") if column.digits is not None else len(f"{value:g}")
    return max((width(line) for line in cell_words(value)[:400].splitlines()), default=0)


def sheet_names(name: str) -> Iterator[str]:
    """``name`` as a sheet may be called, then with numbers after it."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip().strip("'") or "Sheet"
    yield plain[:_NAME_MOST]
    for number in range(2, 10_000):
        ending = f" ({number})"
        yield plain[: _NAME_MOST - len(ending)] + ending
