"""Rating files: answers that were given on paper, in forms or in other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from assess.errors import BadInput
from assess.exchange.answers import Value, read_answer
from assess.exchange.cells import CellError, Findings, code, labels, shown
from assess.exchange.columns import Columns, match_columns
from assess.exchange.form_reading import as_filled, is_form
from assess.exchange.items import ItemFinder
from assess.exchange.moments import read_moment
from assess.exchange.names import Names
from assess.exchange.tables import Row, read_table
from assess.i18n import _, listed
from assess.model.items import Item
from assess.model.pack import Pack, Questionnaire
from assess.model.records import State

COLUMNS = {
    "candidate": ("candidate id", "候选人编号", "候选人", "人员编号", "员工编号", "工号"),
    "rater": (
        "rater id",
        "interviewer",
        "评分人编号",
        "评分人",
        "评价人",
        "评估人",
        "面试官",
        "访谈人",
    ),
    "item": ("item id", "question", "题号", "条目编号", "条目", "题目", "问题"),
    "value": ("rating", "answer", "评分", "分值", "得分", "答案", "回答", "值"),
    "questionnaire": ("问卷编号", "问卷"),
    "wave": ("milestone", "波次", "轮次", "里程碑"),
    "note": ("notes", "comment", "备注", "证据", "说明"),
    "at": ("time", "date", "时间", "日期", "评分时间"),
}
"""The columns of a rating file with the labels understood for them."""

REQUIRED = ("candidate", "rater", "item", "value")
T = TypeVar("T")
Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One answer: the row it stands in, what it is about, and what it says.

    ``at`` is UTC, ISO 8601 with offset, empty where the file gives no time.
    """

    row: int
    candidate: str
    rater: str
    questionnaire: str
    wave: str
    item: str
    state: State
    value: Value | None
    note: str
    at: str


def read_ratings(
    path: str | Path,
    pack: Pack,
    *,
    candidates: Collection[str] | Mapping[str, str],
    raters: Collection[str] | Mapping[str, str],
    create: bool,
    wave_default: str,
    waves: Collection[str],
    notes: list[str] | None = None,
    now: dt.datetime | None = None,
) -> list[RatingRow]:
    """The answers in a ``.csv`` or ``.xlsx`` file, one per row.

    ``candidates`` and ``raters`` are the known ids; given as a mapping to names, a name that only
    one of them has is understood too. With ``create`` unknown ids are taken as new people. Rows
    without value and note are left out; a note without a value gives the state ``open``. ``notes``
    takes up what to tell about the file; ``now`` (aware) is the latest time an answer may carry.
    Raises BadInput, with one finding per mistake (bounded), naming row and column.
    """
    table = read_table(path)
    columns = match_columns(table, COLUMNS, REQUIRED)
    rows = table.rows
    if is_form(columns):
        columns, rows = as_filled(columns)
    reader = _Reader(
        pack=pack,
        columns=columns,
        findings=Findings(table.file),
        candidates=_people(candidates),
        raters=_people(raters),
        create=create,
        wave_default=wave_default,
        waves=_waves(pack, waves),
        now=now or dt.datetime.now(dt.UTC),
    )
    found = reader.read(rows)
    if not found:
        raise BadInput(
            _("{file}: no row holds a value or a note, so there is nothing to import").format(
                file=table.file
            )
        )
    if notes is not None:
        notes += columns.notes(COLUMNS)
    return found


def _people(known: Collection[str] | Mapping[str, str]) -> Names:
    names = known if isinstance(known, Mapping) else dict.fromkeys(sorted(known), "")
    return Names({person: (name,) for person, name in names.items()}, exact=True)


def _waves(pack: Pack, waves: Collection[str]) -> Names:
    """The waves in the pack's order by what people call them."""
    return Names({id: labels(wave.name) for id, wave in pack.waves.items() if id in waves})


@dataclass
class _Reader:
    """Reads row by row, so that one wrong cell does not hide the next."""

    pack: Pack
    columns: Columns
    findings: Findings
    candidates: Names
    raters: Names
    create: bool
    wave_default: str
    waves: Names
    now: dt.datetime
    memory: dict[tuple[str, str | None, str], object] = field(default_factory=dict)
    told: set[tuple[str, str]] = field(default_factory=set)

    def read(self, rows: Collection[Row]) -> list[RatingRow]:
        self.items = ItemFinder(self.pack)
        first: dict[Key, int] = {}
        answers = []
        for row in rows:
            if not (self.columns.cell(row, "value") or self.columns.cell(row, "note")):
                continue
            answer = self._row(row)
            if answer is not None:
                self._once(first, answer)
                answers.append(answer)
        self.findings.stop()
        return answers

    def _row(self, row: Row) -> RatingRow | None:
        before = self.findings.count
        candidate = self._cell(row, "candidate", self._candidate)
        rater = self._cell(row, "rater", self._rater)
        given = bool(self.columns.cell(row, "questionnaire"))
        questionnaire = self._cell(row, "questionnaire", self.items.questionnaire, blank=True)
        found: tuple[Questionnaire, Item] | None = None
        if not given or questionnaire is not None:
            found = self._cell(
                row, "item", lambda cell: self.items.find(cell, questionnaire), about=questionnaire
            )
        wave = self._cell(row, "wave", self._wave, blank=True)
        at = self._cell(row, "at", lambda cell: read_moment(cell, self.now), blank=True)
        state, value = self._answer(row, found)
        if self.findings.count > before or candidate is None or rater is None or found is None:
            return None
        home, item = found
        note = self.columns.cell(row, "note")
        wave = wave or self.wave_default
        return RatingRow(
            row.number, candidate, rater, home.id, wave, item.id, state, value, note, at or ""
        )

    def _cell(
        self,
        row: Row,
        column: str,
        parse: Callable[[str], T],
        *,
        blank: bool = False,
        about: str | None = None,
    ) -> T | None:
        """What a cell says, None (and a finding) when it cannot be read, None when it is blank.

        The same words mean the same each time, as long as ``parse`` depends on ``about`` only.
        """
        cell = self.columns.cell(row, column)
        if not cell and blank:
            return None
        known = self.memory.get((column, about, cell))
        if known is not None:
            return cast("T", known)
        try:
            if not cell:
                raise CellError(_("the cell is empty: give an id"))
            read = parse(cell)
        except CellError as error:
            self._tell(column, cell, str(error), row)
            return None
        self.memory[column, about, cell] = read
        return read

    def _tell(self, column: str, cell: str, problem: str, row: Row) -> None:
        """Note a mistake; a person whom many rows name only once, so that others stay in sight."""
        if cell and column in ("candidate", "rater"):
            if (column, cell) in self.told:
                return
            self.told.add((column, cell))
        self.findings.add(problem, row.number, self.columns.name(column))

    def _answer(
        self, row: Row, found: tuple[Questionnaire, Item] | None
    ) -> tuple[State, Value | None]:
        nothing: tuple[State, None] = ("open", None)
        if found is None:
            return nothing
        item = found[1]
        read = self._cell(
            row, "value", lambda cell: read_answer(self.pack, item, cell), blank=True, about=item.id
        )
        return read or nothing

    def _candidate(self, cell: str) -> str:
        unknown = _(
            "'{cell}' is no candidate of the engagement:"
            " correct it, import the roster first, or repeat with --create"
        )
        return self._person(cell, self.candidates, unknown)

    def _rater(self, cell: str) -> str:
        unknown = _("'{cell}' is no known rater: correct it, or repeat with --create")
        return self._person(cell, self.raters, unknown)

    def _person(self, cell: str, known: Names, unknown: str) -> str:
        found = known.find(cell)
        if found is not None:
            return found
        person = code(cell)
        if person not in known.known and not self.create:
            raise CellError(unknown.format(cell=shown(cell)))
        return person

    def _wave(self, cell: str) -> str:
        found = self.waves.find(cell)
        if found is None:
            raise CellError(
                _("'{cell}' is no wave: known are {known}").format(
                    cell=shown(cell), known=listed(self.waves.codes, most=20)
                )
            )
        return found

    def _once(self, first: dict[Key, int], answer: RatingRow) -> None:
        key = (answer.candidate, answer.rater, answer.questionnaire, answer.wave, answer.item)
        earlier = first.setdefault(key, answer.row)
        if earlier != answer.row:
            self.findings.add(
                _(
                    "{rater} on {candidate}, item '{item}', wave {wave} is answered"
                    " in row {row} already: keep one of the two"
                ).format(
                    rater=answer.rater,
                    candidate=answer.candidate,
                    item=answer.item,
                    wave=answer.wave,
                    row=earlier,
                ),
                answer.row,
                self.columns.name("item"),
            )
