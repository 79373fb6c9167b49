"""A module's order as lines: who stands where, how sure that is, and who is not in the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assess.i18n import _
from assess.model.pack import Pack
from assess.tui.widgets import figures
from assess.tui.widgets.cells import Spans, cell_len, columns, fit_spans, widest
from assess.tui.widgets.interval import draw_axis, draw_interval, glyphs
from assess.tui.widgets.rows import Row, rule, text_row
from assess.tui.widgets.statuses import (
    edge_words,
    missed,
    missed_words,
    missing_words,
    needs_look,
    on_edge,
    status_words,
)
from assess.workspace.results import CandidateResult, ModuleResult

WIDE = 110
"""From how many cells on a row has room for the department, errors in figures and minimums."""
_MARGIN = 3
_AXIS_LEAST = 14
_AXIS_MOST = 61


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column takes; 0 where it is left out."""

    code: int
    name: int
    department: int
    axis: int
    score: int
    places: int
    top: int
    coverage: int
    status: int
    minimums: int

    @property
    def plot(self) -> int:
        """The cell at which the axis begins."""
        before = (self.code, self.name, self.department)
        return _MARGIN + sum(width + 1 for width in before if width)


def plan_columns(width: int, pack: Pack, module: ModuleResult, *, names: bool = True) -> Columns:
    """What fits into ``width`` cells: the axis takes what the words leave.

    In a narrow window the shares of the top places give way first, then the names.
    """
    results = module.candidates
    ranked = [result for result in results if result.rank is not None]
    wide = width >= WIDE
    edges = [_edges(result) for result in ranked] if wide else []
    wanted = {
        "code": widest([r.candidate for r in results], least=2, most=10),
        "name": widest([r.name for r in results], most=18 if wide else 10) if names else 0,
        "department": widest([r.department for r in results], most=22) if wide and names else 0,
        "score": widest([_score(r, wide) for r in ranked], least=cell_len(_("score"))),
        "places": widest([figures.places(r) for r in ranked], least=cell_len(_("place"))),
        "top": max(5, cell_len(_("top {k}").format(k=module.k))),
        "coverage": cell_len(_("counted")) if any(r.coverage < 100 for r in ranked) else 0,
        "status": widest([_status(pack, r) for r in ranked], least=cell_len(_("status")), most=24),
        "minimums": widest([_("on the edge"), *edges], most=30) if any(edges) else 0,
    }
    for gives_way in ("", "minimums", "coverage", "top", "department", "name", "score"):
        if gives_way:
            wanted[gives_way] = 0
        gaps = sum(1 for cells in wanted.values() if cells)
        axis = width - _MARGIN - sum(wanted.values()) - gaps - 1
        if axis >= (_AXIS_LEAST if width >= 60 else 10):
            break
    return Columns(axis=max(0, min(_AXIS_MOST, axis)), **wanted)


def head_line(plan: Columns, pack: Pack, module: ModuleResult, width: int) -> Spans:
    """The heads of the columns, with the figures of the axis."""
    starts = [band.start for band in pack.file.bands]
    spans = columns(
        [
            (draw_axis(plan.axis, starts), plan.axis, "muted"),
            (_("score"), -plan.score, "muted"),
            (_("place"), -plan.places, "muted"),
            (_("top {k}").format(k=module.k), -plan.top, "muted"),
            (_("counted"), -plan.coverage, "muted"),
            (_("status"), plan.status, "muted"),
            (_("on the edge"), plan.minimums, "muted"),
        ]
    )
    return fit_spans([(" " * plan.plot, ""), *spans], width)


def ranked_line(
    plan: Columns,
    pack: Pack,
    result: CandidateResult,
    width: int,
    *,
    tie: str = " ",
    picked: bool = False,
) -> Spans:
    """One candidate of the order."""
    starts = [band.start for band in pack.file.bands]
    spans = _margin_and_name(plan, result, tie, picked)
    spans += draw_interval(plan.axis, result.score, ends_of(result), starts)
    spans.append((" ", ""))
    spans += columns(
        [
            (_score(result, width >= WIDE), -plan.score, "strong"),
            (figures.places(result), -plan.places, ""),
            (figures.percent(result.p_top), -plan.top, ""),
            (figures.share(result.coverage), -plan.coverage, _coverage_role(result)),
            (_status(pack, result), plan.status, "warning" if needs_look(result) else ""),
            (_edges(result), plan.minimums, "muted"),
        ]
    )
    return fit_spans(spans, width)


def below_line(plan: Columns, result: CandidateResult, width: int, *, picked: bool) -> Spans:
    """One candidate who misses a minimum: which one, by how much, and what to develop."""
    reasons = missed(result)
    why = " · ".join(missed_words(minimum) for minimum in reasons)
    develop = _("develop: {competencies}").format(
        competencies=", ".join(minimum.competency for minimum in reasons)
    )
    return _said(_margin_and_name(plan, result, " ", picked), why, develop, width)


def incomplete_line(plan: Columns, result: CandidateResult, width: int, *, picked: bool) -> Spans:
    """One candidate who is not yet ranked: how much is counted, and what to ask next."""
    if not result.lines:
        why = _("no answers yet")
    else:
        why = _("{share} of the weight").format(share=figures.share(result.coverage))
    asks = [missing_words(missing) for missing in sorted(result.missing, key=lambda m: -m.weight)]
    then = _("ask next: {competencies}").format(competencies=", ".join(asks))
    margin = _margin_and_name(plan, result, " ", picked)
    return _said(margin, why, then if result.lines and asks else "", width)


def _said(margin: Spans, why: str, then: str, width: int) -> Spans:
    spans = list(margin)
    spans += [(why, ""), ("   ", ""), (then, "muted")]
    return fit_spans(spans, width)


def _margin_and_name(plan: Columns, result: CandidateResult, tie: str, picked: bool) -> Spans:
    mark = glyphs().picked if picked else " "
    spans: Spans = [(" ", ""), (tie, "muted"), (mark, "accent")]
    spans += columns(
        [
            (result.candidate, plan.code, "strong"),
            (result.name, plan.name, ""),
            (result.department, plan.department, "muted"),
        ]
    )
    return [*spans, (" ", "")]


def tie_marks(results: Sequence[CandidateResult]) -> list[str]:
    """A mark before each row: the first, middle and last of those who cannot be told apart."""
    first, middle, last = glyphs().tie
    marks = []
    for i, result in enumerate(results):
        group = result.tie_group
        up = group is not None and i > 0 and results[i - 1].tie_group == group
        down = group is not None and i + 1 < len(results) and results[i + 1].tie_group == group
        marks.append(middle if up and down else first if down else last if up else " ")
    return marks


ORDERS = ("score", "name", "department")


def order_words(order: str) -> str:
    """What the rows are sorted by."""
    return {"score": _("score"), "name": _("name"), "department": _("department")}[order]


def ranking_rows(
    pack: Pack,
    module: ModuleResult,
    plan: Columns,
    *,
    order: str = "score",
    picked: frozenset[str] = frozenset(),
) -> list[Row]:
    """The whole module: the ranked, those below a minimum, those incomplete."""
    ranked = [r for r in module.candidates if r.rank is not None]
    if order != "score":
        ranked.sort(key=lambda r: (r.name if order == "name" else r.department, r.rank or 0))
    ties = tie_marks(ranked) if order == "score" else [" "] * len(ranked)
    rows = [_ranked_row(pack, plan, r, t, picked) for r, t in zip(ranked, ties, strict=True)]
    if not ranked:
        rows.append(text_row("   " + _("nobody can be ranked yet"), "muted"))
    below = [r for r in module.candidates if r.status == "below_minimum"]
    if below:
        rows += [text_row(""), rule(_("below a minimum"), str(len(below)))]
        rows += [_row(r, below_line, plan, picked) for r in below]
    rest = [r for r in module.candidates if r.rank is None and r.status != "below_minimum"]
    if rest:
        rows += [text_row(""), rule(_("incomplete, not ranked"), str(len(rest)))]
        rows += [_row(r, incomplete_line, plan, picked) for r in rest]
    return rows


def _ranked_row(
    pack: Pack, plan: Columns, result: CandidateResult, tie: str, picked: frozenset[str]
) -> Row:
    chosen = result.candidate in picked
    return Row(
        lambda width: ranked_line(plan, pack, result, width, tie=tie, picked=chosen),
        result.candidate,
        _words(result),
    )


class _Drawing(Protocol):
    def __call__(
        self, plan: Columns, result: CandidateResult, width: int, *, picked: bool
    ) -> Spans: ...


def _row(result: CandidateResult, draw: _Drawing, plan: Columns, picked: frozenset[str]) -> Row:
    chosen = result.candidate in picked
    return Row(
        lambda width: draw(plan, result, width, picked=chosen), result.candidate, _words(result)
    )


def _words(result: CandidateResult) -> str:
    return f"{result.candidate} {result.name} {result.department}"


def _score(result: CandidateResult, with_error: bool) -> str:
    return figures.score(result) if with_error else figures.score(result).split(" ")[0]


def _status(pack: Pack, result: CandidateResult) -> str:
    return status_words(pack, result) + (" !" if needs_look(result) else "")


def ends_of(result: CandidateResult) -> tuple[float, float] | None:
    """The ends of a result's interval; None where no error is known."""
    if result.low is None or result.high is None:
        return None
    return result.low, result.high


def _edges(result: CandidateResult) -> str:
    return " · ".join(edge_words(minimum) for minimum in result.minimums if on_edge(minimum))


def _coverage_role(result: CandidateResult) -> str:
    return "warning" if result.coverage < 100 else "muted"
