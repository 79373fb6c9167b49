"""Answers as columns: from the records of all interviews to the arrays that the measurement takes.

What counts is decided here (docs/measurement.md, sections 1 and 4): questionnaires that count,
items that no condition hides, values that were given, keyed items left open in a submitted check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assess.measure import Answers, Keyed
from assess.model.asking import Answer
from assess.model.items import ChoiceItem, ChoicesItem, NumberItem, RatingItem
from assess.workspace.reading import InterviewRecords

if TYPE_CHECKING:
    from assess.workspace.workspace import Workspace

Floats = NDArray[np.float64]


@dataclass
class WaveColumns:
    """The counted answers of one wave, before they are sorted into :class:`Answers`."""

    candidate: list[int] = field(default_factory=list)
    rater: list[int] = field(default_factory=list)
    item: list[int] = field(default_factory=list)
    points: list[float] = field(default_factory=list)
    agreed: list[float] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    """The ratings as given, in units of their scale."""
    keyed: dict[tuple[int, str], list[float | None]] = field(default_factory=dict)
    """Points earned by (candidate, keyed item), one per check; None was left open or declined."""
    without_note: dict[int, int] = field(default_factory=dict)
    """Ratings without a note, by rater."""
    open_interviews: dict[int, int] = field(default_factory=dict)
    """Counted interviews not submitted yet, by candidate."""


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
        self._points = cache(lambda at, value: scales[at].points(value))
        for interview in interviews:
            if interview.questionnaire.counting and interview.answers:
                self._add(interview)

    def _add(self, interview: InterviewRecords) -> None:
        wave = self.waves.setdefault(interview.wave, WaveColumns())
        c, r = self._candidate_at[interview.candidate], self._rater_at[interview.rater]
        self.newest = max(self.newest, interview.newest)
        if not interview.submitted:
            wave.open_interviews[c] = wave.open_interviews.get(c, 0) + 1
        counted = [
            (at, answer)
            for item_id, answer in interview.answers.items()
            if answer.state == "answered"
            and (at := self._item_at.get(item_id)) is not None
            and item_id in interview.shown
        ]
        values = [float(answer.value) for _at, answer in counted]  # type: ignore[arg-type]
        wave.candidate += [c] * len(counted)
        wave.rater += [r] * len(counted)
        wave.item += [at for at, _answer in counted]
        wave.value += values
        wave.points += map(self._points, wave.item[-len(counted) :], values)
        wave.agreed += [self._agreed(interview, at, answer) for at, answer in counted]
        if bare := sum(not answer.note.strip() for _at, answer in counted):
            wave.without_note[r] = wave.without_note.get(r, 0) + bare
        self._add_keyed(wave, c, interview)

    def _agreed(self, interview: InterviewRecords, at: int, answer: Answer) -> float:
        """The points that a panel agreed on; not a number where it did not."""
        if not self.agreed:
            return np.nan
        agreed = self.agreed.get((interview.candidate, answer.item, interview.wave))
        return np.nan if agreed is None else self._points(at, agreed)

    def _add_keyed(self, wave: WaveColumns, c: int, interview: InterviewRecords) -> None:
        asked = {item.id for item in interview.asked}
        for item_id, item in self.keyed_items.items():
            answer = interview.answers.get(item_id)
            if answer is not None and answer.state == "answered" and item_id in interview.shown:
                earned: float | None = item.earned(answer.value)
            elif not interview.submitted or item_id not in asked:
                continue
            elif answer is None or answer.state in ("open", "declined"):
                earned = None
            else:
                continue
            wave.keyed.setdefault((c, item_id), []).append(earned)

    def gate_answers(self, gates: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
        """Candidate, gate item and answer of every gate answered."""
        for interview, gate in product(self._interviews, gates):
            answer = interview.answers.get(gate)
            if answer is not None and answer.state == "answered":
                yield interview.candidate, gate, bool(answer.value)

    def answers(self, wave: str) -> Answers:
        """The counted ratings of a wave, sorted."""
        columns = self.waves.get(wave, WaveColumns())
        agreed = np.array(columns.agreed, dtype=np.float64)
        return Answers.from_columns(
            np.array(columns.candidate, dtype=np.int32),
            np.array(columns.rater, dtype=np.int32),
            np.array(columns.item, dtype=np.int32),
            np.array(columns.points, dtype=np.float64),
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
