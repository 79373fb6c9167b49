"""Values as people read them, the same in every format that is not for machines."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from assess.exchange.report import Column, Fact, Rounded
from assess.exchange.safe import clean
from assess.exchange.write import cell_words, plain
from assess.i18n import _, clauses

DASH = "–"


def exact(value: Any) -> Any:
    """A cell's value with full precision."""
    return value.exact if isinstance(value, Rounded) else value


def seen(value: Any) -> Any:
    """A cell's value as JSON-ready value in the digits that were chosen for it, if any were."""
    if type(value) is str:
        return clean(value)
    return plain(value.shown if isinstance(value, Rounded) else value)


def is_number(value: Any) -> bool:
    """Whether a JSON-ready value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def words(value: Any, column: Column) -> str:
    """A cell as text; a percentage is never 0 or 100 where the figure is neither."""
    value = seen(value)
    if not is_number(value):
        return clean(_text(value, column))
    if column.unit:
        return _percent(100 * value if column.unit == "share" else value)
    if column.digits is not None:
        text = f"{value:.{column.digits}f}"
        return text.removeprefix("-") if float(text) == 0 else text
    return cell_words(value)


def _text(value: Any, column: Column) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return column.called.get(value, value)
    if isinstance(value, list):
        return clauses(_text(part, column) for part in value)
    return cell_words(value)


def _percent(value: float) -> str:
    if 0 < value < 0.5:
        return "<1 %"
    if 99.5 <= value < 100 - 1e-9:
        return ">99 %"
    return f"{value:.0f} %"


def labelled(label: str, value: str) -> str:
    """``label: value`` with the colon of the language."""
    return _("{label}: {value}").format(label=label, value=value)


def fact_words(fact: Fact) -> str:
    """A fact's value as text, a dash where there is none."""
    return clean(cell_words(fact.value)) or DASH


@lru_cache(maxsize=8192)
def width(text: str) -> int:
    """The cells that a line takes in type of even width; East Asian wide letters take two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )
