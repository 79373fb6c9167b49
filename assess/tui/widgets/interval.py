"""An interval drawn in cells on a common axis from 0 to 100, with the bands as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assess.tui.widgets.cells import Spans


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The letters that a drawing uses."""

    axis: str
    band: str
    crossing: str
    """A band inside an interval."""
    bar: str
    low: str
    high: str
    score: str
    below: str
    """The interval goes on below 0; ``above``: beyond 100."""
    above: str
    tie: tuple[str, str, str]
    """First, middle and last row of a tie."""
    cursor: str
    picked: str
    full: str
    """A step done, half done, not begun."""
    half: str
    empty: str


LINES = Glyphs(
    "·", "│", "┼", "─", "├", "┤", "●", "◂", "▸", ("┌", "├", "└"), "▸", "■", "●", "◐", "○"
)
ASCII = Glyphs(
    ".", "|", "+", "-", "[", "]", "O", "<", ">", ("/", "|", "\\"), ">", "*", "O", "+", "."
)


_drawn_with = LINES


def draw_plainly(plainly: bool) -> None:
    """Draw with ASCII letters from now on, or with the terminal's signs."""
    global _drawn_with
    _drawn_with = ASCII if plainly else LINES


def glyphs() -> Glyphs:
    """The letters to draw with."""
    return _drawn_with


def cell_of(value: float, cells: int) -> int:
    """The cell, from 0, in which a value of 0-100 falls; values beyond fall in the outermost."""
    return min(cells - 1, max(0, int(value / 100.0 * (cells - 1) + 0.5)))


def draw_interval(
    cells: int,
    score: float | None,
    ends: tuple[float, float] | None,
    bands: Sequence[float],
) -> Spans:
    """The axis in ``cells`` cells with a score and the ends of its interval, where there are any.

    ``bands`` are the scores at which a band begins; a band at 0 is not marked. Gives spans with the
    roles "axis", "interval" and "score".
    """
    letters = glyphs()
    if cells <= 0:
        return []
    marks = {cell_of(start, cells) for start in bands if start > 0}
    row = [(letters.band if i in marks else letters.axis, "axis") for i in range(cells)]
    if ends is not None:
        low, high = ends
        first, last = cell_of(low, cells), cell_of(high, cells)
        for i in range(first, last + 1):
            row[i] = (letters.crossing if i in marks else letters.bar, "interval")
        if last > first:
            row[first] = (letters.low if low >= 0 else letters.below, "interval")
            row[last] = (letters.high if high <= 100 else letters.above, "interval")
    if score is not None:
        row[cell_of(score, cells)] = (letters.score, "score")
    return _joined(row)


def draw_axis(cells: int, bands: Sequence[float]) -> str:
    """The figures over the axis, each beginning at its cell, ``100`` ending at the last one.

    Where two would touch, the one that is no end of the axis is left out.
    """
    if cells < 3:
        return " " * max(0, cells)
    labels = [(cell_of(start, cells), f"{start:g}") for start in sorted(bands) if 0 < start < 100]
    text = "0" + " " * (cells - 4) + "100" if cells > 4 else "0".ljust(cells)
    for at, label in labels:
        before, behind = at - 1, at + len(label)
        if before > 0 and behind <= cells and not text[before : behind + 1].strip():
            text = text[:at] + label + text[behind:]
    return text


def _joined(row: Spans) -> Spans:
    spans: Spans = []
    for letter, role in row:
        if spans and spans[-1][1] == role:
            spans[-1] = (spans[-1][0] + letter, role)
        else:
            spans.append((letter, role))
    return spans
