"""Columns from a team server in bulk: the same figures as from interviews read one by one.

Interviews in which two heads stand for one item are read one by one all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from assess.model.asking import asked_items, shown_items
from assess.model.forms import FORMS, sheet_of
from assess.model.items import RatingItem, YesNoItem
from assess.workspace.columns import Columns, WaveColumns
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
        self._sheets: dict[tuple[Any, ...], tuple[frozenset[str], tuple[str, ...]]] = {}
        self._gates = {item.id for item in self.pack.items.values() if isinstance(item, YesNoItem)}
        self._gate_answers: list[tuple[str, str, bool]] = []
        people, withdrawn = workspace.candidates(), workspace.withdrawn()
        self._modules = {
            code: tuple(workspace.modules_of(person))
            for code, person in people.items()
            if code not in withdrawn
        }
        self._conditions = {
            item.id: item.when.items() for item in self.pack.items.values() if item.when
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
        at = {item: number for number, item in enumerate(self._items)}
        for number, one in enumerate(found.interviews):
            if number in odd or not one.rater:
                self._add_slowly(one.stream)
            elif self._counts(one):
                mine = others.get(number, {})
                seen, asked = self._sheet(one, given.get(number, {}), mine)
                for gate in mine.keys() & self._gates:
                    said, answer = mine[gate]
                    if said == "answered":
                        self._gate_answers.append((one.candidate, gate, bool(answer)))
                if not self.pack.questionnaires[one.questionnaire].counting:
                    continue
                if not (answered[number] or mine):
                    continue
                use[number] = True
                shown[number, [at[item] for item in seen]] = True
                self._open(one, mine, seen, asked)
        keep = use[n] & shown[n, m] & ~np.isnan(table[:, 2])
        self._extend(found, n[keep], m[keep], table[keep, 2], table[keep, 3] == 0)

    def _add_slowly(self, stream: str) -> None:
        records = self._workspace.store.read(stream)
        reading = read_interview(self._workspace, (stream,), records)
        if reading is None or reading.candidate not in self._modules:
            return
        for item, answer in reading.answers.items():
            if item in self._gates and answer.state == "answered":
                self._gate_answers.append((reading.candidate, item, bool(answer.value)))
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
        wanted = {item for read in self._conditions.values() for item in read}
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
    ) -> tuple[frozenset[str], tuple[str, ...]]:
        """The items shown and those asked; worked out once for all whom the same is asked."""
        questionnaire = self.pack.questionnaires[one.questionnaire]
        read = {item for i in questionnaire.items for item in self._conditions.get(i.id, ())}
        given: dict[str, Any] = {item: rated[item] for item in read if item in rated}
        for item in read & others.keys():
            state, value = others[item]
            if state == "answered":
                given[item] = value
        form = one.form if one.form in FORMS else "full"
        modules = self._modules[one.candidate]
        key = one.questionnaire, one.wave, form, modules, repr(sorted(given.items(), key=str))
        if key not in self._sheets:
            sheet = sheet_of(self.pack, questionnaire, form, modules)
            whole = questionnaire if form == "short" else sheet
            asked = asked_items(sheet, self.pack.waves[one.wave], given, modules)
            self._sheets[key] = (
                frozenset(shown_items(whole, given, modules) & self.pack.items.keys()),
                tuple(item.id for item in asked),
            )
        return self._sheets[key]

    def _open(
        self,
        one: GatheredInterview,
        others: Mapping[str, tuple[str, Any]],
        shown: frozenset[str],
        asked: tuple[str, ...],
    ) -> None:
        """Count an interview, and what its keyed items earned."""
        wave = self.waves.setdefault(one.wave, WaveColumns())
        c = self._candidate_at[one.candidate]
        self.newest = max(self.newest, one.newest)
        if not one.submitted:
            wave.open_interviews[c] = wave.open_interviews.get(c, 0) + 1
        for item_id, item in self.keyed_items.items():
            if item_id not in others and item_id not in asked:
                continue
            state, value = others.get(item_id, ("open", None))
            if state == "answered" and item_id in shown:
                wave.keyed.setdefault((c, item_id), []).append(item.earned(value))
            elif one.submitted and item_id in asked and state in ("open", "declined"):
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
        scales = [self.pack.scale_of(item) for item in self.items]
        low = np.array([scale.low for scale in scales])
        high = np.array([scale.high for scale in scales])
        for code, number in of_wave.items():
            mine = waves[n] == number
            wave, i, v = self.waves[code], items[mine], value[mine]
            c, r = people[n[mine]], raters[n[mine]]
            points = 100 * (v - low[i]) / (high[i] - low[i])
            wave.candidate += c.tolist()
            wave.rater += r.tolist()
            wave.item += i.tolist()
            wave.value += v.tolist()
            wave.points += points.tolist()
            wave.agreed += self._agreed_points(code, c, i).tolist()
            for rater, count in enumerate(np.bincount(r[bare[mine]]).tolist()):
                if count:
                    wave.without_note[rater] = wave.without_note.get(rater, 0) + count

    def _agreed_points(self, wave: str, c: Any, i: Any) -> Any:
        """The points that panels agreed on, not a number where none did."""
        found = np.full(len(c), np.nan)
        for (candidate, item, at), value in self.agreed.items():
            if at == wave and candidate in self._candidate_at and item in self._item_at:
                number = self._item_at[item]
                cell = (c == self._candidate_at[candidate]) & (i == number)
                found[cell] = self._points(number, value)
        return found
