"""Candidates × modules as lines: in each cell a score and what it means, in marks and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.i18n import _
from assess.model.pack import Pack
from assess.model.people import Candidate
from assess.tui.widgets.cells import Spans, cell_len, columns, fit, fit_spans, widest
from assess.tui.widgets.interval import glyphs
from assess.tui.widgets.lines import Row
from assess.tui.widgets.statuses import needs_look, short_name, status_words
from assess.workspace import wording
from assess.workspace.deciding import Decision
from assess.workspace.results import CandidateResult, Ranking

BY_CODE = "code"
"""Sorted by code; otherwise by the score in the module of that id."""
_WORDS_MOST = 18
_NAME_MOST = 18
_NAME_SHORT = 8
_GAP = 2


@dataclass(frozen=True, slots=True)
class GridColumns:
    """Cells of code, name and each module's column, and the first module that is in sight."""

    code: int
    name: int
    module: int
    words: bool
    """Whether a column has room for the status in words."""
    first: int
    shown: int
    """How many modules are in sight."""

    def start(self, column: int) -> int:
        """The cell at which a module's column begins."""
        before = 3 + self.code + _GAP + (self.name + _GAP if self.name else 0)
        return before + (column - self.first) * (self.module + _GAP)


class GridTable:
    """The lines for any width; ``at`` (the module lit) may change while they are shown."""

    def __init__(
        self,
        pack: Pack,
        ranking: Ranking,
        people: Mapping[str, Candidate],
        taken: Mapping[str, Decision],
        *,
        names: bool = True,
        order: str = BY_CODE,
    ) -> None:
        self.modules = [module.module for module in ranking.modules]
        self.at = 0
        self._pack = pack
        self._people = people
        self._names = names
        self._results: dict[str, dict[str, CandidateResult]] = {}
        for module in ranking.modules:
            for one in module.candidates:
                self._results.setdefault(one.candidate, {})[module.module] = one
        self._roles = {
            (code, module): role
            for module, one in taken.items()
            for role, code in (("A", one.a), ("B", one.b))
            if code
        }
        self.codes = sorted(self._results)
        if order != BY_CODE:
            self.codes.sort(key=lambda code: _by_score(self._results[code].get(order)))
        self._kinds: dict[tuple[str, str | None], str] = {}
        self._code = widest(self.codes, least=2, most=12)
        named = [people[code].name for code in self.codes if code in people]
        self._name = widest(named, most=_NAME_MOST) if names else 0
        results = [one for row in self._results.values() for one in row.values()]
        self._status = widest(
            [short_name(words) for words in {self._words(one) for one in results}],
            most=_WORDS_MOST,
        )

    def of(self, candidate: str, module: str) -> CandidateResult | None:
        """The result in a cell; None for who does not stand for the module."""
        return self._results.get(candidate, {}).get(module)

    def columns(self, width: int) -> GridColumns:
        """What fits: words where they do, else marks; the lit module is always in sight."""
        short = min(self._name, _NAME_SHORT)
        for words, name in (
            (True, self._name),
            (True, short),
            (False, self._name),
            (False, short),
            (False, 0),
        ):
            module = _CELL + (1 + self._status if words else 0)
            module = max(module, widest(self.modules, most=12) + 1)
            room = width - 4 - self._code - _GAP - (name + _GAP if name else 0)
            shown = min(len(self.modules), max(1, (room + _GAP) // (module + _GAP)))
            if shown == len(self.modules) or (not words and name <= short):
                first = min(max(0, self.at - shown + 1), len(self.modules) - shown)
                return GridColumns(self._code, name, module, words, first, shown)
        raise AssertionError

    # -- lines

    def head(self, width: int) -> Spans:
        """The modules over their columns; the lit one stands out."""
        plan = self.columns(width)
        spans: Spans = [(" " * plan.start(plan.first), "")]
        for column in range(plan.first, plan.first + plan.shown):
            lit = column == self.at
            mark = glyphs().cursor if lit else " "
            label = fit(f"{mark}{self.modules[column]}", plan.module + _GAP)
            spans.append((label, "strong" if lit else "muted"))
        more = len(self.modules) - plan.first - plan.shown
        if more:
            spans.append((f"+{more} {glyphs().above}", "muted"))
        return fit_spans(spans, width)

    def rows(self) -> list[Row]:
        """A line for each candidate."""
        return [self._row(code) for code in self.codes]

    def _row(self, code: str) -> Row:
        person = self._people.get(code)
        said = f"{code} {person.name} {person.department}" if person else code
        return Row(lambda width: self._line(code, width), code, said)

    def _line(self, code: str, width: int) -> Spans:
        plan = self.columns(width)
        person = self._people.get(code)
        spans: Spans = [("   ", "")]
        name = person.name if person else ""
        spans += columns([(code, plan.code, "strong"), (name, plan.name, "")], _GAP)
        spans.append((" " * _GAP, ""))
        for column in range(plan.first, plan.first + plan.shown):
            spans += self._cell(code, self.modules[column], plan, lit=column == self.at)
            spans.append((" " * _GAP, ""))
        return fit_spans(spans, width)

    def _cell(self, code: str, module: str, plan: GridColumns, *, lit: bool) -> Spans:
        one = self.of(code, module)
        if one is None:
            return [(fit("", plan.module), "")]
        role = self._roles.get((code, module), " ")
        score = fit(wording.number(one.score, 0), 4, "right")
        look = "!" if needs_look(one) and one.rank is not None else " "
        spans: Spans = [
            (score, "strong" if lit else ""),
            (f" {mark_of(self._pack, one)}", "accent" if one.rank is not None else "muted"),
            (look, "warning"),
            (role, "success"),
        ]
        if plan.words:
            words = fit(short_name(self._words(one)), self._status)
            spans.append((" " + words, "" if lit else "muted"))
        taken = sum(cell_len(text) for text, _role in spans)
        return [*spans, (" " * max(0, plan.module - taken), "")]

    def _words(self, one: CandidateResult) -> str:
        key = one.status, one.band
        if key not in self._kinds:
            self._kinds[key] = status_words(self._pack, one)
        return self._kinds[key]


_CELL = 8
"""Cells of a cell without words: score, mark, remark, role."""


def _by_score(one: CandidateResult | None) -> tuple[bool, bool, float, str]:
    if one is None:
        return True, True, 0.0, ""
    return False, one.rank is None, -(one.score or 0.0), one.candidate


def mark_of(pack: Pack, one: CandidateResult) -> str:
    """A letter for the status: full, half and empty for the bands, other ones for who is out."""
    letters = glyphs()
    if one.status == "below_minimum":
        return "×"
    if one.rank is None:
        return "?"
    bands = sorted(pack.file.bands, key=lambda band: -band.start)
    at = next((n for n, band in enumerate(bands) if band.id == one.band), len(bands) - 1)
    return (letters.full, letters.half, letters.empty)[at] if at < 3 else letters.axis


def legend(pack: Pack, language: str) -> list[str]:
    """What each mark means."""
    letters = glyphs()
    bands = sorted(pack.file.bands, key=lambda band: -band.start)
    marks: Sequence[str] = (letters.full, letters.half, letters.empty)
    said = [
        f"{marks[n] if n < len(marks) else letters.axis} "
        + short_name(pack.say(band.name, language))
        for n, band in enumerate(bands)
    ]
    said += [_("× below a minimum"), _("? incomplete"), _("! not yet to appoint")]
    return [*said, _("A B decided")]
