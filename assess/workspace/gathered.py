"""Columns from a team server in bulk: the same figures as from interviews read one by one.

Interviews in which two heads stand for one item are read one by one all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from assess.model.forms import FORMS, Sheet, asked_of
from assess.model.items import RatingItem, YesNoItem
from assess.workspace.columns import Columns, Rows, WaveColumns
from assess.workspace.reading import read_interview

if TYPE_CHECKING:
    from assess.store.postgres.gathering import Gathered, GatheredInterview
    from assess.workspace.workspace import Workspace


def columns_of(workspace: Workspace) -> Columns:
    """What counts now, by the shortest way that the store has."""
    gather = getattr(type(workspace.store), "gather", None)
    if gather is None or workspace.me is not None or workspace.standing.joins:
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


class GatheredColumns(Columns):
    """All that counts on a team server."""

    def __init__(self, workspace: Workspace, found: Gathered) -> None:
        super().__init__(workspace, ())
        self._workspace = workspace
        self._items = list(self.pack.items)
        self._places: dict[int, list[int]] = {}
        self._gates = {item.id for item in self.pack.items.values() if isinstance(item, YesNoItem)}
        self._gate_answers: list[tuple[str, str, bool]] = []
        people, withdrawn = workspace.candidates(), workspace.withdrawn()
        self._modules = {
            code: tuple(workspace.modules_of(person))
            for code, person in people.items()
            if code not in withdrawn
        }
        self.raters = sorted({*self.raters, *(one.rater for one in found.interviews if one.rater)})
        self._rater_at = {code: at for at, code in enumerate(self.raters)}
        self._fill(found)

    def gate_answers(self, gates: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
        """Candidate, gate item and answer of every gate answered."""
        wanted = set(gates)
        yield from (one for one in self._gate_answers if one[1] in wanted)

    def _fill(self, found: Gathered) -> None:
        table = np.fromstring(found.ratings.decode(), dtype=np.float64, sep=" ").reshape(-1, 4)
        n, m = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
        size = len(self._items)
        cells, counts = np.unique(n * size + m, return_counts=True)
        odd = set((cells[counts > 1] // size).tolist())
        others: dict[int, dict[str, tuple[str, Any]]] = {}
        for number, item, state, value in found.others:
            mine = others.setdefault(number, {})
            if self._items[item] in mine:
                odd.add(number)
            mine[self._items[item]] = state, value
        given = self._read_by_conditions(n, m, table[:, 2])
        answered = np.bincount(n, minlength=len(found.interviews))
        shown = np.zeros((len(found.interviews), size), dtype=bool)
        use = np.zeros(len(found.interviews), dtype=bool)
        for number, one in enumerate(found.interviews):
            if number in odd or not one.rater:
                self._add_slowly(one.stream)
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
        keep = use[n] & shown[n, m] & ~np.isnan(table[:, 2])
        self._extend(found, n[keep], m[keep], table[keep, 2], table[keep, 3] == 0)
        self._settle()

    def _add_slowly(self, stream: str) -> None:
        records = self._workspace.store.read(stream)
        reading = read_interview(self._workspace, (stream,), records)
        if reading is None or reading.candidate not in self._modules:
            return
        for item, value in reading.answers.answered():
            if item in self._gates:
                self._gate_answers.append((reading.candidate, item, bool(value)))
        if reading.questionnaire.counting and reading.answers:
            self._add(reading)

    def _counts(self, one: GatheredInterview) -> bool:
        """Whether an interview belongs to somebody and something known."""
        erased = self._workspace.standing.erased
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
