"""The account of a score as lines: a competency each, what was corrected, and the sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assess.i18n import _, language
from assess.model.pack import Pack
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.rows import Row, text_row
from assess.tui.widgets.wrapping import wrap
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
    room = width - 3 - sum(1 - cells for cells in widths) - 3
    name = max(6, min(room, _NAME_MOST))
    lines = [
        Row(
            _line(_name(pack, line, wave), name, [(one, one.cell(line)) for one in found], widths),
            line.line.competency,
            _name(pack, line, wave),
        )
        for line in account.lines
    ]
    heads = [(_Column("", str, role="muted"), one.head) for one in found]
    sums = [(_Column("", str, role="strong"), one.sum) for one in found]
    return [
        Row(_line(_("competency"), name, heads, widths, "muted", opens=False)),
        *lines,
        Row(_line(_("sum"), name, sums, widths, "strong", opens=False)),
    ]


def _line(
    name: str,
    cells: int,
    figures: list[tuple[_Column, str]],
    widths: list[int],
    role: str = "",
    *,
    opens: bool = True,
) -> Callable[[int], Spans]:
    row = [(name, cells, role)]
    row += [(text, at, one.role) for (one, text), at in zip(figures, widths, strict=True)]
    end = f" {glyphs().above}" if opens else ""
    spans: Spans = [("   ", ""), *columns(row), (end, "accent")]
    return lambda width: fit_spans(spans, width)


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


def prose_rows(
    text: str, width: int, role: str = "", *, indent: int = 3, hang: int = 0
) -> list[Row]:
    """A paragraph as lines; later lines of it are indented by ``hang`` more."""
    room = max(10, width - indent - hang)
    first, *rest = wrap(text, room)
    lines = [" " * indent + first] + [" " * (indent + hang) + line for line in rest]
    return [text_row(line, role) for line in lines]
