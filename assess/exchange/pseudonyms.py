"""Reports without names: codes only."""

from __future__ import annotations

from dataclasses import replace

from assess.exchange.figures import ComparisonPlot, OrderPlot
from assess.exchange.report import Fact, Part, Report, Sheet
from assess.i18n import _


def pseudonymous(report: Report) -> Report:
    """``report`` with codes instead of people: personal columns and names in plots left out."""
    note = Fact("names", _("Names"), _("left out, codes only"))
    return replace(report, facts=[*report.facts, note], parts=[_coded(p) for p in report.parts])


def _coded(part: Part) -> Part:
    if isinstance(part, OrderPlot | ComparisonPlot):
        return part.coded
    if isinstance(part, Sheet):
        kept = [at for at, column in enumerate(part.columns) if not column.personal]
        return replace(
            part,
            columns=[part.columns[at] for at in kept],
            rows=[[row[at] for at in kept] for row in part.rows],
            sums=None if part.sums is None else [part.sums[at] for at in kept],
        )
    return part
