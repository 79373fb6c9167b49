"""From one module's arrays to what is said of each candidate: order, states, account, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assess.measure import Minimums, minimums, rank, standing
from assess.measure import Ranking as Order
from assess.measure.ranks import two_sided
from assess.workspace.columns import Columns
from assess.workspace.results import CandidateResult, Line, MinimumResult, Missing, ModuleResult

if TYPE_CHECKING:
    from assess.workspace.scoring import Scoring

SEED = 20240101
"""Of the draws for ranks: the same data print the same figures."""


class ModuleBuilder:
    """What one module says of each of its candidates, from its arrays."""

    def __init__(self, scoring: Scoring, columns: Columns, module: str, wave: str) -> None:
        self.workspace = scoring.workspace
        self.columns = columns
        self.pack = self.workspace.pack
        self.module = self.workspace.module(module)
        self.wave = wave
        self.waves = scoring.waves_up_to(wave)
        self.scores = scoring.scores(module, wave)
        people = self.workspace.candidates()
        stands = [module in self.workspace.modules_of(people[c]) for c in columns.candidates]
        self.standing = np.array(stands, dtype=bool)
        policy = self.pack.file.policy
        self.minimums: Minimums = minimums(self.scores, confidence=policy.confidence)
        self.states = standing(self.scores, self.minimums)
        self.order: Order = rank(
            self.scores,
            self.standing & self.states.ranked,
            k=policy.top,
            confidence=policy.confidence,
            keys=columns.candidates,
            seed=SEED,
        )
        self.z = two_sided(policy.confidence)
        self.items_of = self._items_answered()
        self.gates = self._gates()
        account = self.scores.account
        self.tables = {
            "counted": self.scores.counted,
            "weight": self.scores.weights,
            "theta": self.scores.theta,
            "se": self.scores.theta_se,
            "wave": self.scores.wave,
            "short": self.scores.too_few_keyed,
            "raw": account.raw,
            "item_mix": account.item_mix,
            "severity": account.severity,
            "agreed": account.agreed,
            "knowledge": account.knowledge,
            "points": account.points,
        }
        """Candidates × competencies; what an account's lines are made of."""

    def build(self) -> ModuleResult:
        """The result, the ranked first, then below a minimum, then incomplete."""
        found = [self._candidate(c) for c in np.flatnonzero(self.standing).tolist()]
        found.sort(
            key=lambda one: (
                one.rank is None,
                one.rank or 0,
                one.status == "incomplete",
                -(one.score or 0.0) if one.status == "below_minimum" else -one.coverage,
                one.candidate,
            )
        )
        behind = self.scores.block[self.standing & (self.scores.raters > 0)]
        assumed = self.scores.severity_assumed[self.standing & (self.scores.raters > 0)]
        raters = {
            int(r)
            for fitted in (w.fit for w in self.scores.waves)
            for r in fitted.answers.r[self.standing[fitted.answers.c]]
        }
        return ModuleResult(
            module=self.module.id,
            wave=self.wave,
            k=self.pack.file.policy.top,
            confidence=self.pack.file.policy.confidence,
            candidates=found,
            raters=len(raters),
            blocks=len(np.unique(behind)),
            severity="assumed" if assumed.any() or not len(assumed) else "estimated",
        )

    def _candidate(self, c: int) -> CandidateResult:
        scores, order = self.scores, self.order
        code = self.columns.candidates[c]
        person = self.workspace.candidates()[code]
        score = _plain(scores.score[c])
        se = _plain(scores.se[c])
        band = None if score is None else self.pack.band(score).id
        place = int(order.place[c]) or None
        state = str(self.states.status(c))
        ends = None if score is None or se is None else (score - self.z * se, score + self.z * se)
        return CandidateResult(
            candidate=code,
            name=person.name,
            department=person.department,
            score=score,
            se=se,
            low=ends and ends[0],
            high=ends and ends[1],
            rank=place,
            rank_low=_whole(order.low[c]),
            rank_high=_whole(order.high[c]),
            tie_group=int(order.tie_group[c]) or None,
            p_top=_plain(order.p_top[c]),
            status=(band or "incomplete") if state == "ranked" else state,
            band=band,
            coverage=float(scores.coverage[c]),
            bounds=(float(scores.lower[c]), float(scores.upper[c])),
            release_open=bool(self.states.release_open[c]),
            minimums=self._minimums(c),
            lines=self._lines(c),
            missing=self._missing(c),
            raters=int(scores.raters[c]),
            severity="assumed"
            if scores.severity_assumed[c] or not scores.raters[c]
            else "estimated",
            block=int(scores.block[c]) + 1 if scores.block[c] >= 0 else None,
            open_interviews=sum(
                self.columns.waves[w].open_interviews.get(c, 0)
                for w in self.waves
                if w in self.columns.waves
            ),
            gates={gate: self.gates.get((code, gate)) for gate in self.module.gates},
        )

    def _minimums(self, c: int) -> list[MinimumResult]:
        found, scale = self.minimums, self.pack.file.scale
        results = []
        for m, g in enumerate(found.competency.tolist()):
            code = self.columns.competencies[g]
            se = _plain(found.se[c, m])
            theta = _plain(found.theta[c, m])
            results.append(
                MinimumResult(
                    competency=code,
                    at=self.module.minimums[code],
                    value=None if theta is None else scale.units(theta),
                    se=None if se is None else se * (scale.high - scale.low) / 100,
                    p_met=_plain(found.p_met[c, m]),
                    state=found.state(c, m).value,
                    borderline=bool(found.borderline[c, m]),
                    arrangement=self.pack.competencies[code].kind == "arrangement",
                )
            )
        return results

    def _lines(self, c: int) -> list[Line]:
        scores, scale = self.scores, self.pack.file.scale
        unit = (scale.high - scale.low) / 100
        rows = {name: table[c].tolist() for name, table in self.tables.items()}
        lines = []
        for g, counts in enumerate(rows["counted"]):
            if not counts or not rows["weight"][g]:
                continue
            wave = rows["wave"][g]
            lines.append(
                Line(
                    competency=self.columns.competencies[g],
                    weight=round(100 * rows["weight"][g], 10),  # no 14.000000000000002
                    value=scale.units(rows["theta"][g]),
                    raw_points=rows["raw"][g],
                    item_mix=rows["item_mix"][g],
                    severity=rows["severity"][g],
                    agreed=rows["agreed"][g],
                    knowledge=rows["knowledge"][g],
                    points=rows["points"][g],
                    se=rows["se"][g] * unit,
                    wave=self.waves[wave],
                    items=int(scores.tables[wave].n_items[c, g]),
                    raters=int(scores.tables[wave].raters[c, g]),
                    knowledge_items=self._keyed_answered(wave, c, g),
                    knowledge_short=rows["short"][g],
                )
            )
        return lines

    def _keyed_answered(self, wave: int, c: int, g: int) -> int:
        keyed = self.scores.waves[wave].keyed
        return 0 if keyed is None else int(keyed.answered[c, g])

    def _missing(self, c: int) -> list[Missing]:
        wanted = {g: w for g, w in self.module.weights.items() if w > 0}
        wanted |= {g: wanted.get(g, 0.0) for g in self.module.minimums}
        at = {competency: g for g, competency in enumerate(self.columns.competencies)}
        return [
            Missing(code, weight, int(self.items_of[c, at[code]]), self.pack.file.policy.min_items)
            for code, weight in wanted.items()
            if not self.scores.counted[c, at[code]]
        ]

    def _items_answered(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """(C, G) distinct rating items answered in the wave with the most of them."""
        return np.asarray(np.max([table.n_items for table in self.scores.tables], axis=0))

    def _gates(self) -> dict[tuple[str, str], bool | None]:
        """What the module's gate items say; a single no outweighs any yes."""
        found: dict[tuple[str, str], bool | None] = {}
        for candidate, gate, said in self.columns.gate_answers(self.module.gates):
            key = candidate, gate
            found[key] = said and found.get(key, True)
        return found


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> float | None:
    """A rank as a whole number where it is one (from 200 candidates on it is an expectation)."""
    if np.isnan(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
