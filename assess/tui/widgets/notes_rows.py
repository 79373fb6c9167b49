"""Answers and notes of several people on one competency, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from assess.i18n import _, language
from assess.model.pack import Pack
from assess.tui.widgets.answer_words import said
from assess.tui.widgets.cells import Spans, fit, fit_spans
from assess.tui.widgets.lines import Row, prose_rows, rule, text_row
from assess.tui.widgets.wrapping import wrap
from assess.workspace.evidence import Evidence

_COLUMN_LEAST = 24
"""Cells that a column of notes takes at least; where there are fewer, people stand one below the
other."""
_GAP = 2


def notes_rows(
    pack: Pack, found: Mapping[str, Sequence[Evidence]], called: Mapping[str, str], width: int
) -> list[Row]:
    """Each item with what everybody's raters gave and noted; ``called`` heads the columns.

    ``found`` is by candidate, in the order of the columns.
    """
    order = {item.id: at for at, (_section, item) in enumerate(pack.each_item())}
    asked = {one.item for answers in found.values() for one in answers}
    if not asked:
        return [text_row(""), *prose_rows(_("no answers on this competency"), width, "muted")]
    column = (width - 3 - _GAP * (len(found) - 1)) // max(1, len(found))
    rows: list[Row] = []
    for item in sorted(asked, key=order.__getitem__):
        question = pack.say(pack.items[item].ask, language())
        rows += [rule(item), *prose_rows(question, width, "muted")]
        blocks = [
            (called[code], [one for one in answers if one.item == item])
            for code, answers in found.items()
        ]
        if column >= _COLUMN_LEAST:
            rows += _beside(pack, blocks, column)
        else:
            rows += _below(pack, blocks, width)
        rows.append(text_row(""))
    return rows


def _block(pack: Pack, name: str, answers: Sequence[Evidence], width: int) -> list[tuple[str, str]]:
    """Lines of one person with their roles, no wider than ``width``."""
    lines = [(line, "accent") for line in wrap(name, width)]
    if not answers:
        return [*lines, ("–", "muted")]
    for one in answers:
        told = f"{one.rater}: {said(pack, one)}"
        lines += [(line, "strong") for line in wrap(told, width)]
        for line in one.note.splitlines() or [_("no note")]:
            role = "" if one.note.strip() else "muted"
            lines += [(" " + part, role) for part in wrap(line, width - 1)]
        if one.agreed is not None:
            agreed = _("agreed by the panel: {value}").format(value=f"{one.agreed:g}")
            lines += [(part, "accent") for part in wrap(agreed, width)]
    return lines


def _beside(pack: Pack, blocks: Sequence[tuple[str, Sequence[Evidence]]], column: int) -> list[Row]:
    columns = [_block(pack, name, answers, column) for name, answers in blocks]
    rows = []
    for at in range(max(map(len, columns))):
        spans: Spans = [("   ", "")]
        for lines in columns:
            text, role = lines[at] if at < len(lines) else ("", "")
            spans += [(fit(text, column), role), (" " * _GAP, "")]
        rows.append(Row(partial(_line, spans[:-1])))
    return rows


def _line(spans: Spans, width: int) -> Spans:
    return fit_spans(spans, width)


def _below(pack: Pack, blocks: Sequence[tuple[str, Sequence[Evidence]]], width: int) -> list[Row]:
    return [
        text_row("   " + text, role)
        for name, answers in blocks
        for text, role in _block(pack, name, answers, max(10, width - 3))
    ]
