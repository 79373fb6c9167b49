"""A module's order as lines: who stands where, how sure that is, and who is not in the order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from assess.i18n import _, listed
from assess.model.pack import Pack
from assess.tui.widgets.cells import Spans, columns, fit_spans, widest
from assess.tui.widgets.interval import draw_axis, draw_interval, glyphs
from assess.tui.widgets.lines import Row, rule, text_row
from assess.tui.widgets.statuses import (
    edge_words,
    missed,
    missed_words,
    missing_words,
    needs_look,
    on_edge,
    places,
    short_status,
)
from assess.workspace import wording
from assess.workspace.results import CandidateResult, ModuleResult

WIDE = 110
"""From how many cells on a row has room for the department, errors in figures and minimums."""
ORDERS = ("score", "name", "department")
_MARGIN = 4
_AXIS_LEAST = 16
_AXIS_MOST = 61
_GIVES_WAY = ("minimums", "coverage", "top", "department", "name", "score")


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column takes; 0 where it is left out."""

    code: int
    name: int
    department: int
    score: int
    places: int
    top: int
    coverage: int
    status: int
    minimums: int
    axis: int

    gap: int
    """Cells between two columns."""

    @property
    def plot(self) -> int:
        """The cell at which the axis begins."""
        before = (self.code, self.name, self.department)
        return _MARGIN + sum(width + self.gap for width in before if width)


class RankingTable:
    """The lines of one module for any width.

    ``picked``, ``names`` and ``order`` may change while they are shown; what was measured of the
    columns and the lines themselves are kept.
    """

    def __init__(
        self, pack: Pack, module: ModuleResult, *, names: bool = True, order: str = ORDERS[0]
    ) -> None:
        self.module = module
        self.picked: set[str] = set()
        self.names = names
        self.order = order
        self.ranked = [result for result in module.candidates if result.rank is not None]
        self.tied = any(mark != " " for mark in tie_marks(self.ranked))
        self.looked_at = any(needs_look(result) for result in self.ranked)
        """Whether something stands against the appointment of somebody ranked."""
        self._pack = pack
        self._starts = [band.start for band in pack.file.bands]
        self._plans: dict[tuple[int, bool], Columns] = {}
        self._kept: dict[str, Row] = {}
        self._ties: dict[str, str] = {}

    # -- columns

    def plan(self, width: int) -> Columns:
        """What fits into ``width`` cells: the axis takes what the words leave.

        In a narrow window the chances of the top places give way first, then the names.
        """
        key = width, self.names
        if key not in self._plans:
            wanted = self._wanted(width)
            least = _AXIS_LEAST
            giving_way = iter(_GIVES_WAY)
            while (axis := self._left(width, wanted)) < least:
                column = next(giving_way, None)
                if column is None:
                    break
                wanted[column] = 0
            self._plans[key] = Columns(
                axis=max(0, min(_AXIS_MOST, axis)), gap=_gap(width), **wanted
            )
        return self._plans[key]

    @staticmethod
    def _left(width: int, wanted: dict[str, int]) -> int:
        gaps = sum(_gap(width) for cells in wanted.values() if cells)
        return width - _MARGIN - sum(wanted.values()) - gaps

    def _wanted(self, width: int) -> dict[str, int]:
        results, ranked = self.module.candidates, self.ranked
        wide = width >= WIDE
        names = self.names
        kinds = {(result.band, needs_look(result)): result for result in ranked}
        partly = any(result.coverage < 100 - 1e-9 for result in ranked)
        edges = widest((_edges(result) for result in ranked), most=30) if wide else 0
        departments = {r.department for r in results} if wide and names else set()
        return {
            "code": widest((r.candidate for r in results), least=2, most=10),
            "name": widest((r.name for r in results), most=18 if wide else 10) if names else 0,
            "department": widest(departments, most=22),
            "score": widest([*(_score(r, wide) for r in ranked), _("score")]),
            "places": widest({*map(places, ranked), _("place")}),
            "top": widest([_("top {k}").format(k=self.module.k)], least=5),
            "coverage": widest([_("counted")]) if partly else 0,
            "status": widest([*map(self._status, kinds.values()), _("status")], most=24),
            "minimums": max(edges, widest([_("on the edge")])) if edges else 0,
        }

    def _status(self, result: CandidateResult) -> str:
        return short_status(self._pack, result) + (" !" if needs_look(result) else "")

    # -- lines

    def head(self, width: int) -> Spans:
        """The heads of the columns, with the figures of the axis."""
        plan = self.plan(width)
        spans = columns(
            [
                (draw_axis(plan.axis, self._starts), plan.axis, "muted"),
                (_("score"), -plan.score, "muted"),
                (_("place"), -plan.places, "muted"),
                (_("top {k}").format(k=self.module.k), -plan.top, "muted"),
                (_("counted"), -plan.coverage, "muted"),
                (_("status"), plan.status, "muted"),
                (_("on the edge"), plan.minimums, "muted"),
            ],
            plan.gap,
        )
        return fit_spans([(" " * plan.plot, ""), *spans], width)

    def rows(self) -> list[Row]:
        """The ranked, then those below a minimum, then those incomplete."""
        by_score = self.order == ORDERS[0]
        ranked = self.ranked
        if not by_score:
            ranked = sorted(ranked, key=lambda r: (getattr(r, self.order), r.rank or 0))
        marks = tie_marks(ranked) if by_score else [" "] * len(ranked)
        self._ties = {r.candidate: mark for r, mark in zip(ranked, marks, strict=True)}
        rows = [self._row(r, self._ranked) for r in ranked]
        if not ranked:
            rows.append(text_row("    " + _("nobody can be ranked yet"), "muted"))
        below = [r for r in self.module.candidates if r.status == "below_minimum"]
        if below:
            rows += [text_row(""), rule(_("below a minimum"), str(len(below)))]
            rows += [self._row(r, self._below) for r in below]
        rest = [r for r in self.module.candidates if r.rank is None and r.status != "below_minimum"]
        if rest:
            rows += [text_row(""), rule(_("incomplete, not ranked"), str(len(rest)))]
            rows += [self._row(r, self._incomplete) for r in rest]
        return rows

    def _row(self, result: CandidateResult, draw: Callable[[CandidateResult, int], Spans]) -> Row:
        code = result.candidate
        if code not in self._kept:
            self._kept[code] = Row(partial(draw, result), code, _words(result))
        return self._kept[code]

    def _below(self, result: CandidateResult, width: int) -> Spans:
        return self._unranked(result, *_below_words(result), width)

    def _incomplete(self, result: CandidateResult, width: int) -> Spans:
        return self._unranked(result, *_incomplete_words(result), width)

    def _unranked(self, result: CandidateResult, why: str, then: str, width: int) -> Spans:
        spans = self._name(self.plan(width), result, " ")
        return fit_spans([*spans, (why, ""), ("   ", ""), (then, "muted")], width)

    def _ranked(self, result: CandidateResult, width: int) -> Spans:
        plan = self.plan(width)
        spans = self._name(plan, result, self._ties[result.candidate])
        spans += draw_interval(plan.axis, result.score, ends_of(result), self._starts)
        spans.append((" " * plan.gap, ""))
        partly = result.coverage < 100 - 1e-9
        spans += columns(
            [
                (_score(result, width >= WIDE), -plan.score, "strong"),
                (places(result), -plan.places, ""),
                (wording.percent(result.p_top), -plan.top, ""),
                (wording.coverage(result.coverage), -plan.coverage, "warning" if partly else ""),
                (self._status(result), plan.status, "warning" if needs_look(result) else ""),
                (_edges(result), plan.minimums, "muted"),
            ],
            plan.gap,
        )
        return fit_spans(spans, width)

    def _name(self, plan: Columns, result: CandidateResult, tie: str) -> Spans:
        mark = glyphs().picked if result.candidate in self.picked else " "
        spans: Spans = [(" ", ""), (tie, "muted"), (mark, "accent"), (" ", "")]
        spans += columns(
            [
                (result.candidate, plan.code, "strong"),
                (result.name, plan.name, ""),
                (result.department, plan.department, "muted"),
            ],
            plan.gap,
        )
        return [*spans, (" " * plan.gap, "")]


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


def ends_of(result: CandidateResult) -> tuple[float, float] | None:
    """The ends of a result's interval; None where no error is known."""
    if result.low is None or result.high is None:
        return None
    return result.low, result.high


def order_words(order: str) -> str:
    """What the rows are sorted by."""
    return {"score": _("score"), "name": _("name"), "department": _("department")}[order]


def _below_words(result: CandidateResult) -> tuple[str, str]:
    reasons = missed(result)
    develop = listed(minimum.competency for minimum in reasons)
    return (
        " · ".join(missed_words(minimum) for minimum in reasons),
        _("develop: {competencies}").format(competencies=develop),
    )


def _incomplete_words(result: CandidateResult) -> tuple[str, str]:
    if not result.lines:
        return _("no answers yet"), ""
    why = _("{share} of the weight").format(share=wording.coverage(result.coverage))
    asks = [missing_words(missing) for missing in sorted(result.missing, key=lambda m: -m.weight)]
    if not asks:
        return why, ""
    return why, _("ask next: {competencies}").format(competencies=listed(asks))


def _words(result: CandidateResult) -> str:
    return f"{result.candidate} {result.name} {result.department}"


def _gap(width: int) -> int:
    return 2 if width >= WIDE else 1


def _score(result: CandidateResult, wide: bool) -> str:
    return wording.score(result) if wide else wording.number(result.score)


def _edges(result: CandidateResult) -> str:
    return " · ".join(edge_words(minimum) for minimum in result.minimums if on_edge(minimum))
