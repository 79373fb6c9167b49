"""Lines as spans of text with roles, laid out in terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from assess.tui.widgets.wrapping import shorten

Span = tuple[str, str]
"""A piece of a line and its role, the name of a style: "", "muted", "strong" …"""
Spans = list[Span]

__all__ = ["Span", "Spans", "cell_len", "columns", "fit", "fit_spans", "plain", "widest"]


def fit(text: str, width: int, align: str = "left") -> str:
    """``text`` in exactly ``width`` cells: padded on the other side, or cut with "…"."""
    if width <= 0:
        return ""
    text = shorten(text, width)
    gap = " " * (width - cell_len(text))
    return gap + text if align == "right" else text + gap


def fit_spans(spans: Sequence[Span], width: int) -> Spans:
    """The spans in exactly ``width`` cells, the last that fits cut or padded."""
    fitted: Spans = []
    left = width
    for index, (text, role) in enumerate(spans):
        length = cell_len(text)
        goes_on = any(rest.strip() for rest, _role in spans[index + 1 :])
        if length > left or (length == left and goes_on):
            fitted.append((fit(text if length > left else text + " …", left), role))
            return fitted
        fitted.append((text, role))
        left -= length
    if left > 0:
        fitted.append((" " * left, ""))
    return fitted


def columns(cells: Sequence[tuple[str, int, str]], gap: int = 1) -> Spans:
    """Cells (text, width, role) beside each other; a width below 0 aligns right, 0 leaves out."""
    spans: Spans = []
    for text, width, role in cells:
        if width:
            side = "left" if width > 0 else "right"
            spans += [(fit(text, abs(width), side), role), (" " * gap, "")]
    return spans[:-1]


def plain(spans: Sequence[Span]) -> str:
    """The words of a line without their roles."""
    return "".join(text for text, _role in spans)


def widest(texts: Iterable[str], least: int = 0, most: int = 999) -> int:
    """The cells that the longest of the texts takes, within ``least`` and ``most``.

    Looks no further than the first that takes ``most``.
    """
    found = least
    for text in texts:
        found = max(found, cell_len(text))
        if found >= most:
            return most
    return found
