"""Results as drawings: orders with their intervals, and people side by side, worded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from assess import i18n
from assess.exchange.figures import (
    Axis,
    BandOfScores,
    ComparedRow,
    ComparedValue,
    ComparisonPlot,
    OrderPlot,
    OrderRow,
)
from assess.exchange.report import Column, Sheet
from assess.i18n import _
from assess.model.pack import Pack
from assess.workspace import wording
from assess.workspace.comparing import ComparedModule, compare
from assess.workspace.report_results import PEOPLE_READ, ranks, reason
from assess.workspace.results import CandidateResult, ModuleResult

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

MOST_COMPARED = 5


def points_axis(pack: Pack) -> Axis:
    """Points of 0-100, marked where bands start."""
    return Axis(0, 100, sorted({0.0, 100.0, *(band.start for band in pack.file.bands)}))


def scale_axis(pack: Pack) -> Axis:
    """Units of the pack's scale, its steps marked where they are few."""
    scale = pack.file.scale
    return Axis(scale.low, scale.high, sorted({*scale.marks(), scale.high}))


def bands_of(pack: Pack) -> list[BandOfScores]:
    """The bands from the lowest on."""
    bands = sorted(pack.file.bands, key=lambda band: band.start)
    ends = [band.start for band in bands[1:]] + [100.0]
    return [
        BandOfScores(band.start, end, pack.say(band.name, i18n.language()))
        for band, end in zip(bands, ends, strict=True)
    ]


def module_title(pack: Pack, module: str) -> str:
    """A module's code and name."""
    return f"{module} {pack.say(pack.modules[module].name, i18n.language())}"


def order_plot(workspace: Workspace, module: ModuleResult, listed: Collection[str]) -> OrderPlot:
    """A module's order, those on the shortlist marked; nobody is left out."""
    pack = workspace.pack
    rows = [
        _order_row(workspace, one, one.candidate in listed, after)
        for one, after in zip_longest(module.candidates, module.candidates[1:])
    ]
    notes = [
        wording.severity(module),
        _(
            "Each line is the {confidence} interval of a score. A heavier rule closes a group "
            "whose scores cannot be told apart from the best of it. The coloured edge marks who "
            "is on the list."
        ).format(confidence=f"{100 * module.confidence:g} %"),
    ]
    ends = [end for one in module.candidates for end in (one.low, one.high, one.score)]
    if any(end is not None and not 0 <= end <= 100 for end in ends):
        notes.append(_("What lies outside 0 to 100 is drawn at the edge."))
    labels = [
        _("rank"),
        _("candidate"),
        _("score"),
        _("ranks"),
        _("top {k}").format(k=module.k),
        _("covered"),
        _("status"),
    ]
    title = module_title(pack, module.module)
    return OrderPlot(title, labels, points_axis(pack), bands_of(pack), rows, notes)


def _order_row(
    workspace: Workspace, one: CandidateResult, listed: bool, after: CandidateResult | None
) -> OrderRow:
    pack = workspace.pack
    remarks = [wording.minimum(m) for m in one.minimums if m.state != "met"]
    if edge := [m for m in one.minimums if m.state == "met" and m.borderline]:
        # most minimums are near the edge with few raters: the least sure says enough
        remarks.append(wording.minimum(min(edge, key=lambda m: m.p_met or 0.0)))
    remarks += [*wording.gate_lines(pack, one), *wording.missing_lines(pack, one)]
    if listed and len(one.lines) >= 4:
        remarks.insert(0, reason(workspace, one))
    return OrderRow(
        code=one.candidate,
        name=one.name,
        department=one.department,
        place="" if one.rank is None else str(one.rank),
        score=one.score,
        low=one.low,
        high=one.high,
        score_words=wording.score(one),
        ranks=ranks(one) or wording.DASH,
        chance=wording.percent(one.p_top),
        coverage=wording.coverage(one.coverage),
        status=wording.status(pack, one),
        remarks=remarks,
        listed=listed,
        closes=one.rank is not None and (after is None or after.tie_group != one.tie_group),
    )


def compared(
    workspace: Workspace, module: ModuleResult, codes: Sequence[str]
) -> ComparedModule | None:
    """The best of ``codes`` side by side in a module; None where there are fewer than two."""
    if len(codes) < 2:
        return None
    found = compare(workspace, list(codes[:MOST_COMPARED]), module.module, module.wave)
    return found.modules[0]


def comparison_plot(workspace: Workspace, module: ComparedModule) -> ComparisonPlot:
    """The best of a module by competency."""
    pack, language = workspace.pack, i18n.language()
    rows = [
        ComparedRow(
            line.competency,
            pack.say(pack.competencies[line.competency].name, language),
            [
                ComparedValue(one.candidate, v, half, wording.value_with_error(v, half))
                for one, (v, half) in zip(module.candidates, line.values, strict=True)
            ],
            _apart(line.apart),
        )
        for line in module.lines
    ]
    notes = [_("Values in units of the scale, with their intervals.")]
    if module.apart:
        notes.append(
            _("Scores apart by more than error: {pairs}").format(pairs=_apart(module.apart))
        )
    else:
        notes.append(_("No scores here lie apart by more than error."))
    return ComparisonPlot(
        title=_("{module}: the best side by side").format(module=module_title(pack, module.module)),
        labels=[_("competency"), _("value"), _("beyond error")],
        axis=scale_axis(pack),
        codes=[one.candidate for one in module.candidates],
        names=[one.name for one in module.candidates],
        rows=rows,
        notes=notes,
    )


def comparison_sheet(workspace: Workspace, modules: Sequence[ComparedModule]) -> Sheet:
    """The same as a table, a row per competency and candidate."""
    pack, language = workspace.pack, i18n.language()
    columns = [
        Column("module", _("Module")),
        Column("competency", _("Competency")),
        Column("competency_name", _("Competency name")),
        Column("candidate", _("Candidate")),
        Column("name", _("Name"), personal=True),
        Column("value", _("Value"), 2, bar=(pack.file.scale.low, pack.file.scale.high)),
        Column("half_width", _("Half of the interval"), 2),
        Column("beyond_error", _("Above, by more than error")),
    ]
    rows = [
        [
            module.module,
            line.competency,
            pack.say(pack.competencies[line.competency].name, language),
            one.candidate,
            one.name,
            value,
            half,
            [lower for higher, lower in line.apart if higher == one.candidate],
        ]
        for module in modules
        for line in module.lines
        for one, (value, half) in zip(module.candidates, line.values, strict=True)
    ]
    return Sheet(_("Comparison"), columns, rows, PEOPLE_READ)


def _apart(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{higher} > {lower}" for higher, lower in pairs)
