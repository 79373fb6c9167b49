"""Columns from a team server in bulk: the same figures as from interviews read one by one.

Interviews in which two heads stand for one item are read one by one all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assess.model.asking import fits
from assess.model.forms import FORMS, Sheet, asked_of
from assess.model.items import RatingItem, YesNoItem
from assess.workspace.columns import Columns, Rows, WaveColumns
from assess.workspace.reading import rates, read_interview

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

if TYPE_CHECKING:
    from assess.store.postgres.gathering import Gathered, GatheredInterview
    from assess.workspace.reading import InterviewRecords
    from assess.workspace.workspace import Workspace


def columns_of(workspace: Workspace) -> Columns:
    """What counts now, by the shortest way that the store has."""
    gather = getattr(type(workspace.store), "gather", None)
    if gather is None:
        return Columns(workspace, workspace.visible())
    rated, others = _numbered(workspace)
    found = gather(workspace.store, rated, others)
    if found is None:
        return Columns(workspace, workspace.visible())
    return GatheredColumns(workspace, found)


def content_key(workspace: Workspace) -> object:
    """What tells one content of the store from another."""
    marks = getattr(type(workspace.store), "marks", None)
    return marks(workspace.store) if marks else tuple(sorted(workspace.store.digests().items()))


def _numbered(workspace: Workspace) -> tuple[dict[str, int], dict[str, int]]:
    """The items that are rated and the others, numbered, under every name they had."""
    pack = workspace.pack
    at = {item: number for number, item in enumerate(pack.items)}
    names = dict.fromkeys((*pack.items, *pack.present_id))
    present = {name: pack.present_id.get(name, name) for name in names}
    known = {name: at[item] for name, item in present.items() if item in at}
    rated = {n: at_ for n, at_ in known.items() if isinstance(pack.items[present[n]], RatingItem)}
    return rated, {n: number for n, number in known.items() if n not in rated}


def _table(lines: bytes) -> tuple[Ints, Ints, Floats, NDArray[np.bool_]]:
    """Of each answer the interview's and the item's number, the value, and whether it has a note.

    From lines as :class:`assess.store.postgres.gathering.Gathered` has them.
    """
    flat = np.fromstring(lines.decode(), dtype=np.float64, sep=" ")
    heads, at = [], 0
    while at < len(flat):
        heads.append(at)
        at += 2 + 2 * int(flat[at + 1])
    starts = np.array(heads, dtype=np.int64)
    answer = np.ones(len(flat), dtype=bool)
    answer[starts] = answer[starts + 1] = False
    pairs = flat[answer].reshape(-1, 2)
    item = pairs[:, 0].astype(np.int64)
    n = np.repeat(flat[starts].astype(np.int64), flat[starts + 1].astype(np.int64))
    return n, item // 2, pairs[:, 1], item % 2 == 1


class GatheredColumns(Columns):
    """All that counts on a team server, and may be seen by who works there."""

    def __init__(self, workspace: Workspace, found: Gathered) -> None:
        super().__init__(workspace, ())
        self._workspace = workspace
        self._items = list(self.pack.items)
        self._places: dict[int, list[int]] = {}
        self._gates = {item.id for item in self.pack.items.values() if isinstance(item, YesNoItem)}
        self._gate_answers: list[tuple[str, str, bool]] = []
        people, withdrawn = workspace.candidates(), workspace.withdrawn()
        self._erased = workspace.standing.erased
        self._modules = {
            code: tuple(workspace.modules_of(person))
            for code, person in people.items()
            if code not in withdrawn
        }
        found = replace(found, interviews=self._as_joined(found.interviews))
        self.raters = sorted({*self.raters, *(one.rater for one in found.interviews if one.rater)})
        self._rater_at = {code: at for at, code in enumerate(self.raters)}
        self._fill(found)

    def _as_joined(self, interviews: list[GatheredInterview]) -> list[GatheredInterview]:
        """The interviews with whom they were, by the codes that are used now."""
        joins = self._workspace.standing.joins
        if not joins:
            return interviews
        return [replace(i, candidate=joins.whose(i.stream, i.candidate)) for i in interviews]

    def gate_answers(self, gates: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
        """Candidate, gate item and answer of every gate answered."""
        wanted = set(gates)
        yield from (one for one in self._gate_answers if one[1] in wanted)

    def _fill(self, found: Gathered) -> None:
        n, m, value, noted = _table(found.ratings)
        size = len(self._items)
        cells, counts = np.unique(n * size + m, return_counts=True)
        odd = set((cells[counts > 1] // size).tolist())
        foreign = np.array([one.pack != self.pack.hash for one in found.interviews], dtype=bool)
        fit = self._fit(m, value) | ~foreign[n]
        n, m, value, noted = n[fit], m[fit], value[fit], noted[fit]
        others: dict[int, dict[str, tuple[str, Any]]] = {}
        heads = set[tuple[int, int]]()
        for number, item, state, answer in found.others:
            name = self._items[item]
            if (number, item) in heads:
                odd.add(number)
            heads.add((number, item))
            taken = not foreign[number] or state != "answered"
            if taken or fits(self.pack, self.pack.items[name], answer):
                others.setdefault(number, {})[name] = state, answer
        rated = np.bincount(n[~np.isnan(value)], minlength=len(found.interviews)) > 0
        seen = self._seen(found.interviews, odd, rated)
        given = self._read_by_conditions(n, m, value)
        answered = np.bincount(n, minlength=len(found.interviews))
        shown = np.zeros((len(found.interviews), size), dtype=bool)
        use = np.zeros(len(found.interviews), dtype=bool)
        for number, one in enumerate(found.interviews):
            if number not in seen:
                continue
            if number in odd:
                self._add_slowly(seen[number])
            elif self._counts(one):
                mine = others.get(number, {})
                sheet = self._sheet(one, given.get(number, {}), mine)
                for gate in mine.keys() & self._gates:
                    said, answer = mine[gate]
                    if said == "answered":
                        self._gate_answers.append((one.candidate, gate, bool(answer)))
                if not self.pack.questionnaires[one.questionnaire].counting:
                    continue
                if not (answered[number] or mine):
                    continue
                use[number] = True
                shown[number, self._shown(sheet)] = True
                self._open(one, mine, sheet)
        keep = use[n] & shown[n, m] & ~np.isnan(value)
        self._extend(found, n[keep], m[keep], value[keep], ~noted[keep])
        self._settle()

    def _fit(self, m: Ints, value: Floats) -> NDArray[np.bool_]:
        """Whether each rating, or none, is one that its item takes now."""
        items = [self.pack.items[name] for name in self._items]
        rated = [self.pack.scale_of(i) if isinstance(i, RatingItem) else None for i in items]
        low = np.array([scale.low if scale else -np.inf for scale in rated])[m]
        high = np.array([scale.high if scale else np.inf for scale in rated])[m]
        return np.isnan(value) | ((low <= value) & (value <= high))

    def _seen(
        self, interviews: list[GatheredInterview], odd: set[int], rated: NDArray[np.bool_]
    ) -> dict[int, tuple[str, ...]]:
        """The interviews that may be seen, and the streams of each; ``odd`` are read one by one.

        Interviews that joining made one are one, under the first of them, and odd.
        """
        same: dict[object, list[int]] = {}
        for number, one in enumerate(interviews):
            four = one.candidate, one.rater, one.questionnaire, one.wave
            same.setdefault(four if one.rater else number, []).append(number)
        found = {}
        for numbers in same.values():
            streams = tuple(sorted(interviews[number].stream for number in numbers))
            if len(numbers) > 1 or not interviews[numbers[0]].rater:
                odd.add(numbers[0])
            found[numbers[0]] = streams
        me = self._workspace.me
        if me is None:
            return found
        open_to_me = set()
        for number, streams in found.items():
            one = interviews[number]
            if one.rater != me or one.form == "self" or not (one.submitted or number in odd):
                continue
            if self._rates(streams) if number in odd else rated[number]:
                open_to_me.add((one.candidate, one.wave))
        return {
            number: streams
            for number, streams in found.items()
            for one in [interviews[number]]
            if one.form != "self" and (one.rater == me or (one.candidate, one.wave) in open_to_me)
        }

    def _reading(self, streams: tuple[str, ...]) -> InterviewRecords | None:
        records = [r for stream in streams for r in self._workspace.store.read(stream)]
        return read_interview(
            self._workspace, streams, sorted(records, key=lambda record: record["id"])
        )

    def _rates(self, streams: tuple[str, ...]) -> bool:
        """Whether an interview that is read one by one is submitted and holds a rating."""
        reading = self._reading(streams)
        return reading is not None and reading.submitted and rates(self.pack, reading)

    def _add_slowly(self, streams: tuple[str, ...]) -> None:
        reading = self._reading(streams)
        if reading is None or reading.candidate not in self._modules:
            return
        for item, value in reading.answers.answered():
            if item in self._gates:
                self._gate_answers.append((reading.candidate, item, bool(value)))
        if reading.questionnaire.counting and reading.answers:
            self._add(reading)

    def _counts(self, one: GatheredInterview) -> bool:
        """Whether an interview belongs to somebody and something known."""
        erased = self._erased
        return (
            one.candidate in self._modules
            and one.questionnaire in self.pack.questionnaires
            and one.wave in self.pack.waves
            and not (erased and erased.has_stream(one.stream))
        )

    def _read_by_conditions(self, n: Any, m: Any, value: Any) -> dict[int, dict[str, float]]:
        """The values of the rated items that conditions read, by interview."""
        wanted = self.pack.read_by_conditions
        places = [at for at, item in enumerate(self._items) if item in wanted]
        found: dict[int, dict[str, float]] = {}
        chosen = np.isin(m, places) & ~np.isnan(value)
        for number, item, given in zip(
            n[chosen].tolist(), m[chosen].tolist(), value[chosen].tolist(), strict=True
        ):
            found.setdefault(number, {})[self._items[item]] = given
        return found

    def _sheet(
        self,
        one: GatheredInterview,
        rated: Mapping[str, float],
        others: Mapping[str, tuple[str, Any]],
    ) -> Sheet:
        given: dict[str, Any] = dict(rated)
        for item in self.pack.read_by_conditions:
            state, value = others.get(item, ("", None))
            if state == "answered":
                given[item] = value
        return asked_of(
            self.pack,
            self.pack.questionnaires[one.questionnaire],
            self.pack.waves[one.wave],
            form=one.form if one.form in FORMS else "full",
            modules=self._modules[one.candidate],
            given=given,
        )

    def _shown(self, sheet: Sheet) -> list[int]:
        """The numbers of the items that a sheet shows."""
        if id(sheet) not in self._places:  # the pack keeps its sheets, so that each has its id
            places = enumerate(self._items)
            self._places[id(sheet)] = [at for at, item in places if item in sheet.shown]
        return self._places[id(sheet)]

    def _open(
        self, one: GatheredInterview, others: Mapping[str, tuple[str, Any]], sheet: Sheet
    ) -> None:
        """Count an interview, and what its keyed items earned."""
        wave = self.waves.setdefault(one.wave, WaveColumns())
        c = self._candidate_at[one.candidate]
        self.newest = max(self.newest, one.newest)
        if not one.submitted:
            wave.open_interviews[c] = wave.open_interviews.get(c, 0) + 1
        for item_id, item in self.keyed_items.items():
            if item_id not in others and item_id not in sheet.ids:
                continue
            state, value = others.get(item_id, ("open", None))
            if state == "answered" and item_id in sheet.shown:
                wave.keyed.setdefault((c, item_id), []).append(item.earned(value))
            elif one.submitted and item_id in sheet.ids and state in ("open", "declined"):
                wave.keyed.setdefault((c, item_id), []).append(None)

    def _extend(self, found: Gathered, n: Any, m: Any, value: Any, bare: Any) -> None:
        """Add the ratings that count to the columns of their waves."""
        place = np.array([self._item_at.get(item, -1) for item in self._items])
        items = place[m]
        n, items, value, bare = (part[items >= 0] for part in (n, items, value, bare))
        lines = found.interviews
        of_wave = {code: number for number, code in enumerate(self.waves)}
        waves = np.array([of_wave.get(one.wave, -1) for one in lines], dtype=np.int64)
        people = np.array([self._candidate_at.get(one.candidate, -1) for one in lines])
        raters = np.array([self._rater_at.get(one.rater, -1) for one in lines])
        for code, number in of_wave.items():
            mine = waves[n] == number
            c, r = people[n[mine]], raters[n[mine]]
            rows = Rows(c, r, items[mine].astype(np.int32), value[mine])
            self._rows.setdefault(code, []).append(rows)
            wave = self.waves[code]
            for rater, count in enumerate(np.bincount(r[bare[mine]]).tolist()):
                if count:
                    wave.without_note[rater] = wave.without_note.get(rater, 0) + count
