"""The account of a score as lines: a competency each, what was corrected, and the sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assess.i18n import _, language
from assess.model.pack import Pack
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Row
from assess.workspace import wording
from assess.workspace.account import Account, AccountLine, account_of
from assess.workspace.results import CandidateResult

_WIDE = 110
_NAME_MOST = 44


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: its head, and what a line (or the sums) holds."""

    head: str
    cell: Callable[[AccountLine], str]
    sum: str = ""
    role: str = ""


def account_rows(pack: Pack, result: CandidateResult, wave: str, width: int) -> list[Row]:
    """Heads, a line for each competency that counts (its key is the competency), and the sum."""
    account = account_of(result)
    found = _columns(account, width)
    widths = [-widest([one.head, one.sum, *map(one.cell, account.lines)]) for one in found]
    gap = 2 if width >= _WIDE else 1
    name = max(6, min(width - 6 - sum(gap - cells for cells in widths), _NAME_MOST))

    def line(words: str, cells: list[str], role: str = "") -> Callable[[int], Spans]:
        row = [(words, name, role)]
        row += [
            (cell, at, role or one.role) for one, cell, at in zip(found, cells, widths, strict=True)
        ]
        end = "" if role else f" {glyphs().above}"  # heads and sums open nothing
        spans: Spans = [("   ", ""), *columns(row, gap), (end, "accent")]
        return lambda width: fit_spans(spans, width)

    lines = []
    for one in account.lines:
        words = _name(pack, one, wave)
        drawn = line(words, [column.cell(one) for column in found])
        lines.append(Row(drawn, one.line.competency, words))
    return [
        Row(line(_("competency"), [column.head for column in found], "muted")),
        *lines,
        Row(line(_("sum"), [column.sum for column in found], "strong")),
    ]


def _columns(account: Account, width: int) -> list[_Column]:
    """The columns that hold something; a wide window has the values and how many answered too."""
    shown = [
        _Column(_("weight"), lambda a: f"{a.weight:.0f}", f"{account.weight:.0f}"),
        _Column(
            _("answers"), lambda a: wording.number(a.raw_points), wording.number(account.raw_points)
        ),
        _Column(_("mix"), lambda a: wording.signed(a.item_mix), wording.signed(account.item_mix)),
        _Column(
            _("raters"), lambda a: wording.signed(a.severity), wording.signed(account.severity)
        ),
    ]
    if account.agreed is not None:
        agreed = wording.signed(account.agreed)
        shown.append(_Column(_("agreed"), lambda a: wording.signed(a.agreed), agreed))
    if account.knowledge is not None:
        knowledge = wording.signed(account.knowledge)
        shown.append(_Column(_("know."), lambda a: wording.signed(a.knowledge), knowledge))
    points = _Column(
        _("points"), lambda a: wording.number(a.points), wording.number(account.points), "strong"
    )
    if width < _WIDE:
        return [*shown, points]
    return [
        _Column(_("value"), lambda a: wording.value(a.line.value)),
        _Column(_("items"), lambda a: str(a.line.items)),
        _Column(_("by"), lambda a: str(a.line.raters)),
        *shown,
        points,
    ]


def _name(pack: Pack, line: AccountLine, wave: str) -> str:
    competency = pack.competencies.get(line.line.competency)
    name = pack.say(competency.name, language()) if competency else line.line.competency
    other = line.line.wave and line.line.wave != wave
    words = f"{line.line.competency} {name}"
    return f"{words} ({line.line.wave})" if other else words
