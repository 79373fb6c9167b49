"""Answers as columns: from the records of all interviews to the arrays that the measurement takes.

What counts is decided here (docs/measurement.md, sections 1 and 4): questionnaires that count,
items that no condition hides, values that were given, keyed items left open in a submitted check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assess.measure import Answers, Keyed
from assess.model.items import ChoiceItem, ChoicesItem, NumberItem, RatingItem
from assess.workspace.reading import InterviewRecords

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass
class WaveColumns:
    """The counted ratings of one wave, a row each, before they are sorted into :class:`Answers`."""

    candidate: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    rater: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    item: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    value: Floats = field(default_factory=lambda: np.empty(0))
    """The ratings as given, in units of their scale."""
    points: Floats = field(default_factory=lambda: np.empty(0))
    agreed: Floats = field(default_factory=lambda: np.empty(0))
    """The points that panels agreed on; not a number where they did not."""
    keyed: dict[tuple[int, str], list[float | None]] = field(default_factory=dict)
    """Points earned by (candidate, keyed item), one per check; None was left open or declined."""
    without_note: dict[int, int] = field(default_factory=dict)
    """Ratings without a note, by rater."""
    open_interviews: dict[int, int] = field(default_factory=dict)
    """Counted interviews not submitted yet, by candidate."""


class Rows(NamedTuple):
    """Ratings that count: of one interview, or of many."""

    candidate: Ints | int
    rater: Ints | int
    item: Ints
    value: Floats


class _Layout(NamedTuple):
    """What counts in all interviews that show and answer the same items."""

    places: tuple[int, ...]
    """Where the answers are that count."""
    item: Ints
    """Their items."""
    keyed: tuple[str, ...]
    """The keyed items that were asked or answered."""


class Columns:
    """All that counts in a workspace, indexed: candidates, raters, rating items, waves."""

    def __init__(self, workspace: Workspace, interviews: Iterable[InterviewRecords]) -> None:
        pack = workspace.pack
        self.pack = pack
        self.candidates = list(workspace.candidates())
        interviews = self._interviews = list(interviews)
        self.raters = sorted({*workspace.raters(), *(one.rater for one in interviews)})
        self.competencies = list(pack.competencies)
        rating = [
            item
            for questionnaire, item in pack.each_item()
            if questionnaire.counting and isinstance(item, RatingItem)
        ]
        order = {competency: at for at, competency in enumerate(self.competencies)}
        self.items = sorted(rating, key=lambda item: order[item.competency or ""])
        self.item_competency = np.array(
            [order[item.competency or ""] for item in self.items], dtype=np.int32
        )
        self.keyed_items: dict[str, ChoiceItem | ChoicesItem | NumberItem] = {
            item.id: item
            for questionnaire, item in pack.each_item()
            if questionnaire.counting
            and isinstance(item, ChoiceItem | ChoicesItem | NumberItem)
            and item.keyed
        }
        self.agreed = workspace.agreed_values()
        self.waves: dict[str, WaveColumns] = {}
        self.newest = ""
        self._candidate_at = {code: at for at, code in enumerate(self.candidates)}
        self._rater_at = {code: at for at, code in enumerate(self.raters)}
        self._item_at = {item.id: at for at, item in enumerate(self.items)}
        scales = [pack.scale_of(item) for item in self.items]
        self._low = np.array([scale.low for scale in scales])
        self._high = np.array([scale.high for scale in scales])
        self._rows: dict[str, list[Rows]] = {}
        self._layouts: dict[tuple[object, ...], _Layout] = {}
        for interview in interviews:
            if interview.questionnaire.counting and interview.answers:
                self._add(interview)
        self._settle()

    def _add(self, interview: InterviewRecords) -> None:
        wave = self.waves.setdefault(interview.wave, WaveColumns())
        c, r = self._candidate_at[interview.candidate], self._rater_at[interview.rater]
        self.newest = max(self.newest, interview.newest)
        if not interview.submitted:
            wave.open_interviews[c] = wave.open_interviews.get(c, 0) + 1
        answers, layout = interview.answers, self._layout(interview)
        value = np.array([answers.given[at] for at in layout.places], dtype=np.float64)
        self._rows.setdefault(interview.wave, []).append(Rows(c, r, layout.item, value))
        bare = sum(not answers.noted[at] for at in layout.places) if 0 in answers.noted else 0
        if bare:
            wave.without_note[r] = wave.without_note.get(r, 0) + bare
        self._add_keyed(wave, c, interview, layout.keyed)

    def _layout(self, interview: InterviewRecords) -> _Layout:
        answers, sheet = interview.answers, interview.sheet
        key = answers.codes, answers.states, sheet.shown, sheet.ids
        if key not in self._layouts:
            counted = [
                (place, self._item_at[item])
                for place, item in enumerate(answers.codes)
                if answers.states[place] == "answered"
                and item in self._item_at
                and item in sheet.shown
            ]
            self._layouts[key] = _Layout(
                tuple(place for place, _at in counted),
                np.array([at for _place, at in counted], dtype=np.int32),
                tuple(item for item in self.keyed_items if item in answers or item in sheet.ids),
            )
        return self._layouts[key]

    def _add_keyed(
        self, wave: WaveColumns, c: int, interview: InterviewRecords, items: Iterable[str]
    ) -> None:
        for item in items:
            state = interview.answers.state(item)
            if state == "answered" and item in interview.shown:
                value = interview.answers.value(item)
                earned: float | None = self.keyed_items[item].earned(value)
            elif not interview.submitted or item not in interview.sheet.ids:
                continue
            elif state in (None, "open", "declined"):
                earned = None
            else:
                continue
            wave.keyed.setdefault((c, item), []).append(earned)

    def _settle(self) -> None:
        """Put the rows found so far into the columns of their waves."""
        for code, rows in self._rows.items():
            wave = self.waves[code]
            wave.candidate = _column(wave.candidate, [(one.candidate, one) for one in rows])
            wave.rater = _column(wave.rater, [(one.rater, one) for one in rows])
            wave.item = np.concatenate([wave.item, *(one.item for one in rows)])
            wave.value = np.concatenate([wave.value, *(one.value for one in rows)])
            low, high = self._low[wave.item], self._high[wave.item]
            wave.points = 100.0 * (wave.value - low) / (high - low)
            wave.agreed = self._agreed_points(code, wave)
        self._rows = {}

    def _agreed_points(self, code: str, wave: WaveColumns) -> Floats:
        """The points that panels agreed on, not a number where none did."""
        found = np.full(len(wave.item), np.nan)
        known = {
            self._candidate_at[candidate] * len(self.items) + self._item_at[item]: value
            for (candidate, item, at), value in self.agreed.items()
            if at == code and candidate in self._candidate_at and item in self._item_at
        }
        if not known:
            return found
        cells = np.array(sorted(known))
        values = np.array([known[cell] for cell in sorted(known)], dtype=np.float64)
        mine = wave.candidate.astype(np.int64) * len(self.items) + wave.item
        place = np.minimum(np.searchsorted(cells, mine), len(cells) - 1)
        there = cells[place] == mine
        low, high = self._low[wave.item[there]], self._high[wave.item[there]]
        found[there] = 100.0 * (values[place[there]] - low) / (high - low)
        return found

    def gate_answers(self, gates: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
        """Candidate, gate item and answer of every gate answered."""
        for interview, gate in product(self._interviews, gates):
            if interview.answers.state(gate) == "answered":
                yield interview.candidate, gate, bool(interview.answers.value(gate))

    def answers(self, wave: str) -> Answers:
        """The counted ratings of a wave, sorted."""
        columns = self.waves.get(wave, WaveColumns())
        agreed = columns.agreed
        return Answers.from_columns(
            columns.candidate,
            columns.rater,
            columns.item,
            columns.points,
            self.item_competency,
            n_candidates=len(self.candidates),
            n_raters=len(self.raters),
            n_competencies=len(self.competencies),
            agreed=None if np.isnan(agreed).all() else agreed,
        )

    def item_mask(self, module: str) -> NDArray[np.bool_] | None:
        """Which rating items count in a module; None where all do."""
        mask = np.array([item.modules is None or module in item.modules for item in self.items])
        return None if mask.all() else mask

    def keyed(self, wave: str, module: str) -> Keyed | None:
        """Points of the keyed items of a module per candidate and competency; None without any.

        An item that several checks asked counts once, with the mean of what it earned.
        """
        shape = (len(self.candidates), len(self.competencies))
        points, possible, guessed = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        items, answered = np.zeros(shape), np.zeros(shape)
        order = {competency: at for at, competency in enumerate(self.competencies)}
        found = self.waves[wave].keyed if wave in self.waves else {}
        for (c, item_id), earned in found.items():
            item = self.keyed_items[item_id]
            if item.competency is None or (item.modules is not None and module not in item.modules):
                continue
            cell = c, order[item.competency]
            points[cell] += sum(one or 0.0 for one in earned) / len(earned)
            possible[cell] += item.possible
            guessed[cell] += item.guessed
            items[cell] += 1
            answered[cell] += any(one is not None for one in earned)
        if not items.any():
            return None
        return Keyed(
            points=points, possible=possible, guessed=guessed, items=items, answered=answered
        )


def _column(before: Ints, parts: Iterable[tuple[Ints | int, Rows]]) -> Ints:
    """``before``, and behind it the value or values of each part, one for each of its rows."""
    rows = [np.full(len(one.item), value, dtype=np.int32) for value, one in parts]
    return np.concatenate([before, *rows])
